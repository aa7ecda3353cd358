import type { Draft } from "../../api/index.ts";
import { Decision } from "../draft/decision.tsx";
import { ItemView } from "../draft/item-view.tsx";
import { ListItems } from "../draft/list-items.tsx";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { Loading, Notice, Panel, PartyLabel, PrivateBox, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

/** What stands between a draft and the line: who would get it, what they would learn, the very bytes, the findings. */
export function DraftPage({ id }: { readonly id: string }) {
  const { client } = useDesk();
  const { t } = useWords();
  const { value: draft, problem } = useResource(`draft ${id}`, () => client.draft({ params: { id } }), [
    "draft",
    "conflict",
  ]);
  if (draft === null) return problem === null ? <Loading /> : <ProblemNotice problem={problem} />;
  const [first] = draft.items;
  const conflicts = draft.items.flatMap((item) => item.conflicts);
  return (
    <article className="page" aria-label={t("draft.title")}>
      <ProblemNotice problem={problem} />
      <header className="stack">
        <div className="row">
          <StateTag draft={draft} />
          <span className="quiet">
            <Say k="common.by-one" given={{ officer: draft.drafted_by, at: <Time at={draft.created_at} /> }} />
          </span>
        </div>
        <h1>
          <Words>{draft.list_name ?? first?.subject ?? ""}</Words>
        </h1>
      </header>
      <Receivers draft={draft} />
      <Since draft={draft} />
      {conflicts.length === 0 ? null : (
        <PrivateBox title={t("common.too-close")}>
          <ConflictList conflicts={conflicts} left={draft.conflicts_count - conflicts.length} />
        </PrivateBox>
      )}
      {draft.items.length > 1 ? (
        <ListItems draft={draft} />
      ) : (
        draft.items.map((item) => <ItemView key={item.hash} item={item} />)
      )}
      <Decision draft={draft} />
    </article>
  );
}

function StateTag({ draft }: { readonly draft: Draft }) {
  const { t } = useWords();
  return <Tag tone={STATE_TONES[draft.state]}>{t(`draft.state-${draft.state}`)}</Tag>;
}

const STATE_TONES = { unsigned: "warn", signed: "warn", released: "good", refused: "grave" } as const;

function Receivers({ draft }: { readonly draft: Draft }) {
  const placeOf = usePartyPlace();
  const { t } = useWords();
  return (
    <Panel title={t("draft.receivers")}>
      <div className="row">
        {draft.recipients.map(({ party, name }) => (
          <PartyLabel key={party} name={name} place={placeOf(party)} />
        ))}
      </div>
      <p className="fine">{t("draft.receivers-note")}</p>
    </Panel>
  );
}

/** What the releaser could not see in the draft as it was written. */
function Since({ draft }: { readonly draft: Draft }) {
  const { t } = useWords();
  const { heard, conflicts, ended } = draft.since;
  if ((draft.state !== "signed" && draft.state !== "unsigned") || heard + conflicts + ended.length === 0) return null;
  return (
    <Notice tone={conflicts + ended.length > 0 ? "warn" : "plain"}>
      <strong>{t("draft.since")}</strong>
      <ul className="stack">
        {ended.length === 0 ? null : (
          <li>
            {t("draft.since-ended", { count: ended.length })}{" "}
            <a href={href({ page: "message", hash: ended[0] as string })}>{t("common.see")}</a>
          </li>
        )}
        {conflicts === 0 ? null : <li>{t("draft.since-conflicts", { count: conflicts })}</li>}
        {heard === 0 ? null : <li>{t("draft.since-heard", { count: heard })}</li>}
      </ul>
    </Notice>
  );
}
