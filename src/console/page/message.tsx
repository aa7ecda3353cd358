import type { InboxItem, MessageDetail, MessageSummary } from "../../api/index.ts";
import { sayAlone } from "../draft/say.ts";
import { useTask } from "../draft/use-task.ts";
import { useNow } from "../live/use-now.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { saveFile } from "../view/download.ts";
import { byNewest, LadderView } from "../view/ladder.tsx";
import { KIND_NAMES } from "../view/names.ts";
import { Button, Notice, Panel, PartyLabel, PrivateBox, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { RenderedView } from "../view/rendered.tsx";
import { Due, Time } from "../view/time.tsx";

/** One message: what was said and by whom, who has it how far, what speaks against it here, and the evidence. */
export function MessagePage({ hash }: { readonly hash: string }) {
  const { client } = useDesk();
  const detail = useResource(`message ${hash}`, () => client.message({ params: { hash } }), [
    "message",
    "receipt",
    "conflict",
    "plan",
    "exchange",
  ]);
  const inbox = useResource("inbox", () => client.inbox(), ["message", "draft"]);
  const item = inbox.value?.items.find(
    ({ message }) => message.hash === hash || isOfList(message, detail.value?.summary),
  );
  if (detail.value === null)
    return detail.problem === null ? <p className="quiet">Loading…</p> : <ProblemNotice problem={detail.problem} />;
  const { summary, rendered, compared, ladder, conflicts } = detail.value;
  const said = (
    <Panel title="What was said">
      <RenderedView rendered={rendered} lang={summary.lang} />
      {compared === null ? null : <Notice tone="plain">Compared here: {compared}.</Notice>}
    </Panel>
  );
  const ladders =
    ladder.length === 0 ? null : (
      <Panel title="Who has it, how far" aside="each rung is its own evidence; none stands for another">
        <div className="ladders">
          {byNewest(ladder).map((one) => (
            <LadderView key={one.party} ladder={one} here={hash} />
          ))}
        </div>
      </Panel>
    );
  // Of what we told, the question is who has it; of what we heard, what it says.
  return (
    <article className="page" aria-label={summary.subject}>
      <ProblemNotice problem={detail.problem} />
      <MessageHead detail={detail.value} item={item} />
      <NextAction detail={detail.value} item={item} />
      {conflicts.length === 0 ? null : (
        <PrivateBox title="Too close to what is ours">
          <ConflictList conflicts={conflicts} />
        </PrivateBox>
      )}
      {summary.own ? ladders : said}
      {summary.own ? said : ladders}
      <Thread messages={detail.value.thread} leftOut={detail.value.thread_left_out} here={hash} />
      <Evidence detail={detail.value} />
    </article>
  );
}

function isOfList(message: MessageSummary, of: MessageSummary | undefined): boolean {
  return message.list !== null && message.list.id === of?.list?.id;
}

function MessageHead({ detail, item }: { readonly detail: MessageDetail; readonly item: InboxItem | undefined }) {
  const now = useNow(1000);
  const placeOf = usePartyPlace();
  const { summary, rendered } = detail;
  return (
    <header className="stack">
      <div className="row">
        <Tag tone={summary.kind === "alert" ? "grave" : "plain"}>{KIND_NAMES[summary.kind]}</Tag>
        <PartyLabel name={summary.from_name} place={placeOf(summary.from)} />
        <Time at={summary.at} />
        {summary.state === "in-force" ? null : <Tag tone="warn">{summary.state}</Tag>}
        {summary.stale ? <Tag tone="grave">stale: it can no longer be complied with</Tag> : null}
        {summary.faults.map((code) => (
          <Tag key={code} tone="grave">
            {`counts for nothing: ${code}`}
          </Tag>
        ))}
        <Due at={item?.due_at ?? null} now={now} />
      </div>
      <h1>
        <Words lang={summary.lang}>{rendered.title}</Words>
      </h1>
    </header>
  );
}

/** The one thing that this message needs next, or nothing. */
function NextAction({ detail, item }: { readonly detail: MessageDetail; readonly item: InboxItem | undefined }) {
  const desk = useDesk();
  const mayWrite = useMay("write drafts");
  const task = useTask();
  const { hash, list } = detail.summary;
  const [next] = item?.needs ?? [];
  if (next === undefined || next === "release" || !mayWrite) return null;
  const scope = list === null ? "message" : "list";
  const read = () =>
    sayAlone(desk, {
      kind: "read",
      subject: detail.summary.subject,
      body: { scope },
      re: { relation: "reads", message: hash },
    });
  return (
    <Notice tone={item?.overdue === true ? "grave" : "plain"}>
      <div className="row apart">
        <span>
          {next === "read" ? "Say that you have read it. This is neither agreement nor understanding." : null}
          {next === "readback" ? "Read it back: enter place and time again without seeing them." : null}
          {next === "answer" ? "It waits for your side's answer." : null}
        </span>
        {next === "read" ? (
          <Button tone="primary" busy={task.busy} onPress={() => task.run(read)}>
            I have read this
          </Button>
        ) : (
          <a className="button primary" href={href({ page: next, hash })}>
            {next === "readback" ? "Read back" : "Answer"}
          </a>
        )}
      </div>
      <ProblemNotice problem={task.problem} />
    </Notice>
  );
}

function Thread({
  messages,
  leftOut,
  here,
}: {
  readonly messages: readonly MessageSummary[];
  readonly leftOut: number;
  readonly here: string;
}) {
  const placeOf = usePartyPlace();
  if (messages.length < 2) return null;
  return (
    <Panel title="Thread">
      <ol className="stack">
        {messages.map((message) => (
          <li key={message.hash} className="row">
            <span className="mono fine">
              <Time at={message.at} />
            </span>
            <PartyLabel name={message.from_name} place={placeOf(message.from)} />
            {message.hash === here ? (
              <strong>{KIND_NAMES[message.kind]} (this one)</strong>
            ) : (
              <a href={href({ page: "message", hash: message.hash })}>
                {KIND_NAMES[message.kind]} {message.answer}
                {message.kind === "read" || message.answer !== null || message.kind === "readback" ? null : (
                  <>
                    : <Words lang={message.lang}>{message.subject}</Words>
                  </>
                )}
              </a>
            )}
          </li>
        ))}
      </ol>
      {leftOut === 0 ? null : <p className="fine">{leftOut} more are not shown here.</p>}
    </Panel>
  );
}

function Evidence({ detail }: { readonly detail: MessageDetail }) {
  const { client } = useDesk();
  const may = useMay("export evidence");
  const task = useTask();
  const { hash, origin, index } = detail.summary;
  const download = async () => {
    const bytes = await client.messageEvidence({ params: { hash } });
    saveFile(`${hash.slice(0, 12)}.parley-evidence`, bytes);
  };
  return (
    <Panel title="Evidence" aside="a stranger can check it: parley verify FILE">
      <dl className="facts">
        {detail.signers.map((signer) => (
          <div key={signer.as} className="fact">
            <dt>{signer.as === "drafted" ? "Drafted by" : "Released by"}</dt>
            <dd>
              <bdi>{signer.officer}</bdi> ({signer.person}), key <span className="mono">{signer.fingerprint}</span>
            </dd>
          </div>
        ))}
        <div className="fact">
          <dt>Hash</dt>
          <dd className="mono">{hash}</dd>
        </div>
        <div className="fact">
          <dt>In the log</dt>
          <dd className="mono">
            {origin}, entry {index}
          </dd>
        </div>
      </dl>
      {may ? (
        <div className="row">
          <Button busy={task.busy} onPress={() => task.run(download)}>
            Download evidence
          </Button>
        </div>
      ) : null}
      <ProblemNotice problem={task.problem} />
    </Panel>
  );
}
