import { memo } from "react";
import { allDrafts, type DraftSummary, inboxCsv, type InboxItem } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { href, type Route } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { isSame } from "../live/same.ts";
import { ListFiles, placesOf } from "../view/paper.tsx";
import { Button, Empty, PartyLabel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { StandingTags } from "../view/standing-tags.tsx";
import { Due, Time } from "../view/time.tsx";
import { useInbox } from "../watch/use-inbox.ts";
import { Say, useWords } from "../words/say.tsx";

/** What needs somebody now, by when it is due, each with its one next action. */
export function InboxPage() {
  const { client } = useDesk();
  const { t } = useWords();
  const inbox = useInbox();
  const told = useResource("told", () => client.messages({ query: { limit: 40 } }), ["message", "receipt"]);
  const items = inbox.value?.items ?? [];
  const { waiting: count, left_out: left } = inbox.value ?? { waiting: 0, left_out: 0 };
  const waiting = new Set(items.map((item) => item.message.hash));
  const rest = (told.value?.messages ?? []).filter(
    (message) => !waiting.has(message.hash) && !["read", "readback"].includes(message.kind),
  );
  return (
    <div className="page">
      <ProblemNotice problem={inbox.problem} />
      <WaitingDrafts />
      <div className="page-head">
        <h1>{t("inbox.title")}</h1>
        <span className="quiet">{count === 0 ? t("inbox.nothing-waits") : t("inbox.waits", { count })}</span>
      </div>
      {inbox.value !== null && items.length === 0 ? <Empty>{t("inbox.empty")}</Empty> : null}
      <ul className="inbox" aria-label={t("inbox.waiting")}>
        {items.map((item) => (
          <InboxRow key={item.message.hash} item={item} />
        ))}
      </ul>
      <MoreRows left={left} more={inbox.more} />
      {rest.length === 0 ? null : (
        <>
          <h2>{t("inbox.told")}</h2>
          <ul className="inbox" aria-label={t("inbox.told")}>
            {rest.map((message) => (
              <InboxRow
                key={message.hash}
                item={{ message, messages: 1, needs: [], due_at: null, overdue: false, conflicts: 0 }}
              />
            ))}
          </ul>
        </>
      )}
      {inbox.value === null ? null : (
        <ListFiles
          name="inbox"
          csv={inboxCsv(items)}
          {...(left === 0 ? {} : { whole: async () => inboxCsv((await client.inbox()).items) })}
          places={() =>
            placesOf(
              client,
              items.map(({ message }) => message.hash),
            )
          }
        />
      )}
    </div>
  );
}

type Action = `common.${"read" | "read-back" | "answer" | "correct" | "release"}`;

const ACTIONS: Record<InboxItem["needs"][number], { label: Action; to: (message: InboxItem["message"]) => Route }> = {
  read: { label: "common.read", to: ({ hash }) => ({ page: "message", hash }) },
  readback: { label: "common.read-back", to: ({ hash }) => ({ page: "readback", hash }) },
  answer: { label: "common.answer", to: ({ hash }) => ({ page: "answer", hash }) },
  correct: { label: "common.correct", to: ({ hash }) => ({ page: "message", hash }) },
  release: { label: "common.release", to: () => ({ page: "drafts" }) },
};

/** Rows that the limit left out: said, and one press away. */
export function MoreRows({ left, more }: { readonly left: number; readonly more: () => void }) {
  const { t } = useWords();
  return left === 0 ? null : <Button onPress={more}>{t("common.show-more", { count: left })}</Button>;
}

/** Drawn anew where something of it has changed, not whenever the list was asked for. */
export const InboxRow = memo(InboxItemRow, (a, b) => isSame(a.item, b.item));

function InboxItemRow({ item }: { readonly item: InboxItem }) {
  const { t, phrases } = useWords();
  const placeOf = usePartyPlace();
  const { message } = item;
  const [next] = item.needs;
  const action = next === undefined ? null : ACTIONS[next];
  return (
    <li className={`item party-${placeOf(message.from) % 4} ${item.overdue ? "overdue" : ""}`}>
      <a className="subject" href={href({ page: "message", hash: message.hash })}>
        <Words lang={message.lang}>{message.subject}</Words>
        {item.messages > 1 ? ` ${t("inbox.more-of-list", { count: item.messages - 1 })}` : ""}
      </a>
      <div className="meta">
        <Tag tone={message.kind === "alert" ? "grave" : "plain"}>
          {phrases.kinds[message.kind]}
          {message.answer === null ? "" : ` ${message.answer}`}
        </Tag>
        <PartyLabel name={message.from_name} place={placeOf(message.from)} />
        <Time at={message.at} />
        <StandingTags message={message} />
        {item.conflicts === 0 ? null : (
          <Tag tone="private">{t("common.too-close-count", { count: item.conflicts })}</Tag>
        )}
      </div>
      {item.due_at === null ? null : (
        <div className="meta">
          <Due at={item.due_at} />
        </div>
      )}
      {action === null ? null : (
        <a className="button primary act" href={href(action.to(message))}>
          {t(action.label)}
        </a>
      )}
    </li>
  );
}

/** Drafts that wait for a second officer come first: nobody else can move them on. */
export function WaitingDrafts() {
  const { client, session } = useDesk();
  const { t } = useWords();
  const maySee = useMay("see drafts");
  const mayRelease = useMay("release drafts");
  const drafts = useResource("drafts", () => (maySee ? allDrafts(client) : Promise.resolve([])), ["draft"]);
  const waiting = (drafts.value ?? []).filter(
    (draft) => draft.state === "signed" && draft.drafted_by !== session.officer,
  );
  if (!mayRelease || waiting.length === 0) return null;
  return (
    <section className="stack" aria-label={t("inbox.waiting-for-release")}>
      <h2 className="section">{t("inbox.to-release")}</h2>
      <ul className="inbox">
        {waiting.map((draft) => (
          <DraftRow key={draft.id} draft={draft} action={t("inbox.review")} />
        ))}
      </ul>
    </section>
  );
}

interface DraftRowProps {
  readonly draft: DraftSummary;
  readonly action: string;
  /** Nothing is left to do with it. */
  readonly isDone?: boolean;
}

export function DraftRow({ draft, action, isDone = false }: DraftRowProps) {
  const { node } = useDesk();
  const { t, phrases } = useWords();
  const placeOf = usePartyPlace();
  return (
    <li className={`item party-${placeOf(node.party) % 4}`}>
      <a className="subject" href={href({ page: "draft", id: draft.id })}>
        <Words>{draft.list_name ?? draft.subject}</Words>
        {draft.count > 1 ? ` (${t("inbox.messages", { count: draft.count })})` : ""}
      </a>
      <div className="meta">
        <Tag>{phrases.kinds[draft.kind]}</Tag>
        <span>
          <Say k="common.by-one" given={{ officer: draft.drafted_by, at: <Time at={draft.created_at} /> }} />
        </span>
        {draft.warnings === 0 ? null : <Tag tone="warn">{t("inbox.to-confirm", { count: draft.warnings })}</Tag>}
        {draft.conflicts === 0 ? null : (
          <Tag tone="private">{t("common.too-close-count", { count: draft.conflicts })}</Tag>
        )}
      </div>
      <a className={`button act ${isDone ? "" : "primary"}`} href={href({ page: "draft", id: draft.id })}>
        {action}
      </a>
    </li>
  );
}
