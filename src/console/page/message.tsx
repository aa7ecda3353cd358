import type { InboxItem, MessageDetail, MessageSummary } from "../../api/index.ts";
import { sayAlone } from "../draft/say.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { PastNotice, useMoment } from "../time/moment.tsx";
import { ConflictList } from "../view/conflicts.tsx";
import { saveFile } from "../view/download.ts";
import { byNewest, LadderView } from "../view/ladder.tsx";
import { CheckWords, PaperFoot } from "../view/paper.tsx";
import { Button, Loading, Notice, Panel, PartyLabel, PrivateBox, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { OwnActions } from "../message/own-actions.tsx";
import { Replaced } from "../message/replaced.tsx";
import { RenderedView, useMessage } from "../view/rendered.tsx";
import { StandingTags } from "../view/standing-tags.tsx";
import { Due, Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

/** As of the moment that all views share. */
function useDetail(hash: string) {
  const { client } = useDesk();
  const { asOf } = useMoment();
  const query = asOf === null ? {} : { as_of: asOf };
  const detail = useResource(`message ${hash} ${asOf ?? "now"}`, () => client.message({ params: { hash }, query }), [
    "message",
    "receipt",
    "conflict",
    "plan",
    "exchange",
  ]);
  return { asOf, detail };
}

/** One message: what was said and by whom, who has it how far, what speaks against it here, and the evidence. */
export function MessagePage({ hash }: { readonly hash: string }) {
  const { client } = useDesk();
  const { t } = useWords();
  const { asOf, detail } = useDetail(hash);
  const inbox = useResource(`waits ${hash}`, () => client.inbox({ query: { message: hash } }), ["message", "draft"]);
  const item = inbox.value?.items[0];
  const { rendered, problem } = useMessage(detail.value?.bytes ?? null, hash);
  if (detail.value === null) {
    return (
      <>
        <PastNotice />
        {detail.problem === null ? <Loading /> : <ProblemNotice problem={detail.problem} />}
      </>
    );
  }
  const { summary, compared, ladder, conflicts } = detail.value;
  const comparedWords =
    compared === "same" || compared === "different" ? t(`ladder.says-${compared}`) : (compared ?? "");
  const said = (
    <Panel title={t("message.said")}>
      <ProblemNotice problem={problem} />
      {rendered === null ? null : <RenderedView rendered={rendered} />}
      {compared === null ? null : <Notice tone="plain">{t("message.compared", { result: comparedWords })}</Notice>}
    </Panel>
  );
  const ladders =
    ladder.length === 0 ? null : (
      <Panel title={t("message.ladders")} aside={t("message.ladders-aside")}>
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
      <PastNotice />
      <ProblemNotice problem={detail.problem} />
      <MessageHead detail={detail.value} item={item} title={rendered?.title ?? summary.subject} />
      {asOf === null ? <NextAction detail={detail.value} item={item} /> : null}
      {asOf === null ? <OwnActions detail={detail.value} /> : null}
      {conflicts.length === 0 ? null : (
        <PrivateBox title={t("common.too-close")}>
          <ConflictList conflicts={conflicts} />
        </PrivateBox>
      )}
      <Replaced summary={summary} bytes={detail.value.bytes} />
      {summary.own ? ladders : said}
      {summary.own ? said : ladders}
      <Thread messages={detail.value.thread} leftOut={detail.value.thread_left_out} here={hash} />
      <Evidence detail={detail.value} />
      <PaperFoot hash={hash} />
    </article>
  );
}

interface AboutProps {
  readonly detail: MessageDetail;
  readonly item: InboxItem | undefined;
}

function MessageHead({ detail, item, title }: AboutProps & { readonly title: string }) {
  const { t, phrases } = useWords();
  const placeOf = usePartyPlace();
  const { summary } = detail;
  return (
    <header className="stack">
      <div className="row">
        <Tag tone={summary.kind === "alert" ? "grave" : "plain"}>{phrases.kinds[summary.kind]}</Tag>
        <PartyLabel name={summary.from_name} place={placeOf(summary.from)} />
        <Time at={summary.at} />
        <StandingTags message={summary} />
        {summary.held === null ? null : (
          <Tag tone={summary.held === "differs" ? "grave" : "warn"}>{t(`message.held-${summary.held}`)}</Tag>
        )}
        {summary.stale ? <Tag tone="grave">{t("message.stale")}</Tag> : null}
        {summary.faults.map((code) => (
          <Tag key={code} tone="grave">
            {DECLARED.has(code)
              ? t(`message.fault-${code as "officer-revoked"}`)
              : t("message.counts-for-nothing", { code })}
          </Tag>
        ))}
        <Due at={item?.due_at ?? null} />
        {summary.list === null ? null : (
          <a href={href({ page: "list", from: summary.from, id: summary.list.id })}>{t("lists.see-list")}</a>
        )}
      </div>
      <h1>
        <Words>{title}</Words>
      </h1>
    </header>
  );
}

/** By its own party's word. */
const DECLARED: ReadonlySet<string> = new Set(["officer-revoked", "party-left"]);

/** The one thing that this message needs next, or nothing. */
function NextAction({ detail, item }: AboutProps) {
  const { t } = useWords();
  const desk = useDesk();
  const mayWrite = useMay("write drafts");
  const task = useTask();
  const { hash, list } = detail.summary;
  const [next] = item?.needs ?? [];
  if (next === undefined || next === "release" || !mayWrite) return null;
  if (next === "correct") return <Notice tone="grave">{t("message.say-correct")}</Notice>;
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
        <span>{t(`message.say-${next}`)}</span>
        {next === "read" ? (
          <Button tone="primary" busy={task.busy} onPress={() => task.run(read)}>
            {t("message.i-have-read")}
          </Button>
        ) : (
          <a className="button primary" href={href({ page: next, hash })}>
            {t(next === "readback" ? "common.read-back" : "common.answer")}
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
  const { t, phrases } = useWords();
  if (messages.length < 2) return null;
  return (
    <Panel title={t("message.thread")}>
      <ol className="stack">
        {messages.map((message) => (
          <li key={message.hash} className="row">
            <span className="mono fine">
              <Time at={message.at} />
            </span>
            <PartyLabel name={message.from_name} place={placeOf(message.from)} />
            {message.hash === here ? (
              <strong>{t("message.this-one", { kind: phrases.kinds[message.kind] })}</strong>
            ) : (
              <a href={href({ page: "message", hash: message.hash })}>
                {phrases.kinds[message.kind]} {message.answer}
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
      {leftOut === 0 ? null : <p className="fine">{t("common.not-shown", { count: leftOut })}</p>}
    </Panel>
  );
}

function Evidence({ detail }: { readonly detail: MessageDetail }) {
  const { t } = useWords();
  const { hash, origin, index } = detail.summary;
  return (
    <Panel title={t("message.evidence")} aside={t("message.evidence-aside")}>
      <dl className="facts">
        {detail.signers.map((signer) => (
          <div key={signer.as} className="fact">
            <dt>{t(`message.${signer.as}-by`)}</dt>
            <dd>
              <Say
                k="message.signer"
                given={{
                  officer: signer.officer,
                  person: signer.person,
                  key: (
                    <span className="mono" dir="ltr">
                      {signer.fingerprint}
                    </span>
                  ),
                }}
              />
            </dd>
          </div>
        ))}
        <div className="fact">
          <dt>{t("message.hash")}</dt>
          <dd className="mono" dir="ltr">
            {hash}
          </dd>
        </div>
        <div className="fact">
          <dt>{t("paper.check-words")}</dt>
          <dd>
            <CheckWords hash={hash} />
          </dd>
        </div>
        <div className="fact">
          <dt>{t("message.in-the-log")}</dt>
          <dd className="mono">
            <Say k="message.log-entry" given={{ log: origin, index: String(index) }} />
          </dd>
        </div>
      </dl>
      <Papers hash={hash} />
    </Panel>
  );
}

/** To take away: on paper, or as the file that a stranger checks. */
function Papers({ hash }: { readonly hash: string }) {
  const { t } = useWords();
  const { client } = useDesk();
  const may = useMay("export evidence");
  const task = useTask();
  const download = async () => {
    const bytes = await client.messageEvidence({ params: { hash } });
    saveFile(`${hash.slice(0, 12)}.parley-evidence`, bytes);
  };
  return (
    <>
      <div className="row no-print">
        <Button onPress={() => window.print()}>{t("paper.print")}</Button>
        {may ? (
          <Button busy={task.busy} onPress={() => task.run(download)}>
            {t("message.download")}
          </Button>
        ) : null}
      </div>
      <ProblemNotice problem={task.problem} />
    </>
  );
}
