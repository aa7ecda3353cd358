import { useState } from "react";
import { type WhoKnows, whoKnowsCsv } from "../../api/index.ts";
import { parseTime } from "../../geo/index.ts";
import { RUNGS } from "../../line/index.ts";
import { CONTENT_KINDS } from "../../message/index.ts";
import { parsePartyId } from "../../wire/id.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { MomentBar, useMoment } from "../time/moment.tsx";
import { ChoiceField, WordsField } from "../view/fields.tsx";
import { saysOf } from "../view/ladder.tsx";
import { ListFiles, placesOf } from "../view/paper.tsx";
import { Button, Empty, Loading, PartyLabel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { Missing } from "../view/problem.ts";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

interface Filter {
  readonly text: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly area: string;
  readonly since: string;
  readonly until: string;
}

const NOTHING: Filter = { text: "", kind: "", from: "", to: "", area: "", since: "", until: "" };
type Query = NonNullable<NonNullable<Parameters<ReturnType<typeof useDesk>["client"]["whoKnows"]>[0]>["query"]>;

/** @throws Missing, time-malformed, … */
function queryOf({ text, kind, from, to, area, since, until }: Filter): Query {
  const query: Record<string, unknown> = {};
  if (text.trim() !== "") query["text"] = text.trim();
  if (kind !== "") query["kinds"] = kind;
  if (from !== "") query["from"] = from;
  if (to !== "") query["to"] = parsePartyId(to);
  if (since.trim() !== "") query["since"] = parseTime(since.trim(), Date.now()).at;
  if (until.trim() !== "") query["until"] = parseTime(until.trim(), Date.now()).at;
  if (area.trim() !== "") Object.assign(query, boxOf(area));
  return query;
}

function boxOf(area: string) {
  const numbers = area
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || numbers.some((number) => !Number.isFinite(number))) {
    throw new Missing((t) => t("knows.area-wrong"));
  }
  return { west, south, east, north };
}

/** Messages against recipients, as of any moment; the one page that an inquiry asks for. */
export function KnowsPage() {
  const { client } = useDesk();
  const { t } = useWords();
  const { asOf } = useMoment();
  const [query, setQuery] = useState<Query>({});
  const [limit, setLimit] = useState(PAGE);
  const asked: Query = { ...query, limit, ...(asOf === null ? {} : { as_of: asOf }) };
  const knows = useResource(`knows ${JSON.stringify(asked)}`, () => client.whoKnows({ query: asked }), [
    "message",
    "receipt",
    "notice",
  ]);
  return (
    <div className="page wide">
      <div className="page-head">
        <h1>{t("knows.title")}</h1>
        <span className="quiet">{t("knows.about")}</span>
      </div>
      <div className="no-print stack">
        <MomentBar />
        <FilterForm onQuery={setQuery} />
      </div>
      <ProblemNotice problem={knows.problem} />
      {knows.value === null ? (
        <Loading />
      ) : (
        <Matrix knows={knows.value} asked={asked} onMore={() => setLimit(limit + PAGE)} />
      )}
    </div>
  );
}

const PAGE = 100;

function FilterForm({ onQuery }: { readonly onQuery: (query: Query) => void }) {
  const { client } = useDesk();
  const { t, phrases } = useWords();
  const task = useTask();
  const [filter, setFilter] = useState(NOTHING);
  const charter = useResource("charter", () => client.charter(), []);
  const field = (name: keyof Filter) => ({
    value: filter[name],
    onChange: (value: string) => setFilter((before) => ({ ...before, [name]: value })),
  });
  const parties = (charter.value?.parties ?? []).map(({ id, name }) => ({ value: id as string, label: name }));
  const anyParty = [{ value: "", label: t("knows.all-parties") }, ...parties];
  const kinds = CONTENT_KINDS.map((kind) => ({ value: kind as string, label: phrases.kinds[kind] }));
  return (
    <form
      className="knows-filter"
      aria-label={t("knows.filter")}
      onSubmit={(event) => {
        event.preventDefault();
        task.run(async () => onQuery(queryOf(filter)));
      }}
    >
      <WordsField label={t("knows.text")} {...field("text")} />
      <ChoiceField
        label={t("knows.kind")}
        options={[{ value: "", label: t("knows.all-kinds") }, ...kinds]}
        {...field("kind")}
      />
      <ChoiceField label={t("knows.from")} options={anyParty} {...field("from")} />
      <ChoiceField label={t("knows.to")} options={anyParty} {...field("to")} />
      <WordsField label={t("knows.since")} {...field("since")} />
      <WordsField label={t("knows.until")} {...field("until")} />
      <WordsField label={t("knows.area")} hint={t("knows.area-hint")} {...field("area")} />
      <Button type="submit" tone="primary">
        {t("knows.apply")}
      </Button>
      <ProblemNotice problem={task.problem} />
    </form>
  );
}

interface MatrixProps {
  readonly knows: WhoKnows;
  readonly asked: Query;
  readonly onMore: () => void;
}

function Matrix({ knows, asked, onMore }: MatrixProps) {
  const { client } = useDesk();
  const { t } = useWords();
  const { rows, recipients, as_of, total, more } = knows;
  /** All of it, not only what is on the page, and as of one moment. */
  const whole = async () => {
    const all: WhoKnows["rows"] = [];
    let before: string | null = null;
    do {
      const query: Query = { ...asked, as_of, limit: 1000, ...(before === null ? {} : { before }) };
      const page: WhoKnows = await client.whoKnows({ query });
      all.push(...page.rows);
      before = page.more;
    } while (before !== null);
    return all;
  };
  const hashes = async () => (await whole()).map(({ message }) => message.hash);
  return (
    <>
      <p>
        <Say k="knows.as-known" given={{ at: <Time at={as_of} seconds />, count: total }} />
      </p>
      {rows.length === 0 ? <Empty>{t("knows.none")}</Empty> : null}
      {rows.length === 0 ? null : <KnowsTable rows={rows} recipients={recipients} />}
      {more === null ? null : (
        <div className="row no-print">
          <Button onPress={onMore}>{t("knows.more")}</Button>
        </div>
      )}
      {more === null ? null : <p className="paper-only">{t("common.not-shown", { count: total - rows.length })}</p>}
      <ListFiles
        name="who-knows"
        csv={whoKnowsCsv({ rows, as_of })}
        whole={async () => whoKnowsCsv({ rows: await whole(), as_of })}
        places={async () => placesOf(client, await hashes())}
      />
    </>
  );
}

function KnowsTable({ rows, recipients }: Pick<WhoKnows, "rows" | "recipients">) {
  const { t, phrases } = useWords();
  const placeOf = usePartyPlace();
  return (
    <div className="scroll-x">
      <table className="knows">
        <thead>
          <tr>
            <th scope="col">{t("knows.message")}</th>
            {recipients.map(({ party, name }) => (
              <th key={party} scope="col">
                <PartyLabel name={name} place={placeOf(party)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ message, cells }) => (
            <tr key={message.hash}>
              <th scope="row">
                <a href={href({ page: "message", hash: message.hash })}>
                  <Words lang={message.lang}>{message.subject}</Words>
                </a>
                <div className="fine">
                  {phrases.kinds[message.kind]} · <bdi>{message.from_name}</bdi> · <Time at={message.at} />
                </div>
              </th>
              {recipients.map(({ party, name }) => (
                <td key={party}>
                  <span className="knows-party" aria-hidden="true">
                    <PartyLabel name={name} place={placeOf(party)} />
                  </span>
                  <Cell cell={cells.find((cell) => cell.party === party) ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Each rung that was reached, with its time; those that were not are said to be missing by their absence alone. */
function Cell({ cell }: { readonly cell: WhoKnows["rows"][number]["cells"][number] | null }) {
  const tongue = useWords();
  const { t } = tongue;
  if (cell === null) return <span className="quiet">{t("knows.its-author")}</span>;
  const reached = RUNGS.flatMap((name) => cell.rungs.filter(({ rung }) => rung === name));
  return (
    <ul className="knows-cell">
      {reached.length === 0 ? <li className="quiet">{t("knows.nothing-yet")}</li> : null}
      {reached.map(({ rung, at, says }) => (
        <li key={rung}>
          <span>
            {t(`ladder.${rung}`)}
            {says === null ? null : (
              <strong>
                {" "}
                <bdi>{saysOf(tongue, says)}</bdi>
              </strong>
            )}
          </span>{" "}
          <Time at={at} />
        </li>
      ))}
      {cell.beside.map(({ state, at }) => (
        <li key={state}>
          <Tag tone="grave">{t(`ladder.beside-${state}`)}</Tag> {at === null ? null : <Time at={at} />}
        </li>
      ))}
    </ul>
  );
}
