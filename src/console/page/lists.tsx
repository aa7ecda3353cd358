import type { ListSummary } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { Empty, PartyLabel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

/** Every list that was told and heard, each as the one unit that it is. */
export function ListsPage() {
  const { client } = useDesk();
  const { t } = useWords();
  const mayWrite = useMay("write drafts");
  const { value, problem } = useResource("lists", () => client.lists(), ["message", "conflict"]);
  return (
    <div className="page">
      <div className="row apart">
        <h1>{t("lists.title")}</h1>
        {mayWrite ? (
          <a className="button" href={href({ page: "bring", list: null })}>
            {t("lists.bring")}
          </a>
        ) : null}
      </div>
      <ProblemNotice problem={problem} />
      {value?.lists.length === 0 ? <Empty>{t("lists.empty")}</Empty> : null}
      <ul className="inbox" aria-label={t("lists.title")}>
        {(value?.lists ?? []).map((list) => (
          <ListRow key={`${list.from} ${list.kind} ${list.id}`} list={list} />
        ))}
      </ul>
    </div>
  );
}

function ListRow({ list }: { readonly list: ListSummary }) {
  const placeOf = usePartyPlace();
  const { t } = useWords();
  return (
    <li className={`item party-${placeOf(list.from) % 4}`}>
      <a className="subject" href={href({ page: "list", from: list.from, id: list.id })}>
        <Words>{list.name}</Words>
      </a>
      <ListFacts list={list} />
      <a className="button act" href={href({ page: "list", from: list.from, id: list.id })}>
        {t("common.open")}
      </a>
    </li>
  );
}

/** Whose it is, of what kind, and its figures: those that ask for something first. */
export function ListFacts({ list }: { readonly list: ListSummary }) {
  const placeOf = usePartyPlace();
  const { t, phrases } = useWords();
  return (
    <div className="row meta">
      <Tag>{phrases.kinds[list.kind]}</Tag>
      <PartyLabel name={list.from_name} place={placeOf(list.from)} />
      {list.matter === 0 ? null : <Tag tone="warn">{t("lists.matter", { count: list.matter })}</Tag>}
      {list.open === 0 ? null : <Tag>{t("lists.open", { count: list.open })}</Tag>}
      <span>{t("lists.in-force", { count: list.in_force })}</span>
      {list.ended === 0 ? null : <span>{t("lists.ended", { count: list.ended })}</span>}
      <span>
        <Say k="lists.told-at" given={{ at: <Time at={list.told_at} /> }} />
      </span>
    </div>
  );
}
