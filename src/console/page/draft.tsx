import { useMemo, useState } from "react";
import type { Draft, DraftItem, Finding, Learned } from "../../api/index.ts";
import { readItem, release, signatures } from "../draft/say.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { render } from "../../message/index.ts";
import { go, href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { CheckField, WordsField } from "../view/fields.tsx";
import { Button, Notice, Panel, PartyLabel, PrivateBox, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { problemOf } from "../view/problem.ts";
import { RenderedView } from "../view/rendered.tsx";
import { Time } from "../view/time.tsx";

const SHOWN_AT_ONCE = 20;

/** What stands between a draft and the line: who would get it, what they would learn, the very bytes, the findings. */
export function DraftPage({ id }: { readonly id: string }) {
  const { client } = useDesk();
  const { value: draft, problem } = useResource(`draft ${id}`, () => client.draft({ params: { id } }), [
    "draft",
    "conflict",
  ]);
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  if (draft === null) return problem === null ? <p className="quiet">Loading…</p> : <ProblemNotice problem={problem} />;
  const [first] = draft.items;
  const conflicts = draft.items.flatMap((item) => item.conflicts);
  return (
    <article className="page" aria-label="Draft">
      <ProblemNotice problem={problem} />
      <header className="stack">
        <div className="row">
          <StateTag draft={draft} />
          <span className="quiet">
            drafted by <bdi>{draft.drafted_by}</bdi>, <Time at={draft.created_at} />
          </span>
        </div>
        <h1>
          <Words>{draft.list_name ?? first?.subject ?? ""}</Words>
        </h1>
      </header>
      <Receivers draft={draft} />
      {conflicts.length === 0 ? null : (
        <PrivateBox title="Too close to what is ours">
          <ConflictList conflicts={conflicts} />
        </PrivateBox>
      )}
      {draft.items.slice(0, shown).map((item) => (
        <ItemView key={item.hash} item={item} />
      ))}
      {draft.items.length > shown ? (
        <Button
          onPress={() => setShown((before) => before + 200)}
        >{`Show more (${draft.items.length - shown} not shown)`}</Button>
      ) : null}
      <Decision draft={draft} />
    </article>
  );
}

function StateTag({ draft }: { readonly draft: Draft }) {
  switch (draft.state) {
    case "unsigned":
      return <Tag tone="warn">not yet signed</Tag>;
    case "signed":
      return <Tag tone="warn">waits for the second officer</Tag>;
    case "released":
      return <Tag tone="good">released</Tag>;
    case "refused":
      return <Tag tone="grave">refused</Tag>;
  }
}

function Receivers({ draft }: { readonly draft: Draft }) {
  const placeOf = usePartyPlace();
  return (
    <Panel title="Who receives it">
      <div className="row">
        {draft.recipients.map(({ party, name }) => (
          <PartyLabel key={party} name={name} place={placeOf(party)} />
        ))}
      </div>
      <p className="fine">
        Every party of the line, and nobody else. Once released it cannot be recalled, only superseded or withdrawn.
      </p>
    </Panel>
  );
}

/** Rendered here from the bytes that would be signed: not from what the node says that they say. */
function ItemView({ item }: { readonly item: DraftItem }) {
  const read = useMemo(() => {
    try {
      const { message } = readItem(item);
      return { rendered: render(message), lang: message.lang, problem: null };
    } catch (error) {
      return { rendered: null, lang: "en", problem: problemOf(error) };
    }
  }, [item]);
  return (
    <>
      <Panel title="What it says" aside="read in this page from the bytes to be signed">
        <ProblemNotice problem={read.problem} />
        {read.rendered === null ? null : (
          <>
            <h3>
              <Words lang={read.lang}>{read.rendered.title}</Words>
            </h3>
            <RenderedView rendered={read.rendered} lang={read.lang} />
          </>
        )}
        <p className="fine mono break">{item.hash}</p>
        <Findings findings={item.findings} />
      </Panel>
      <LearnTable learn={item.learn} />
    </>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return findings.map((finding, i) => (
    <Notice key={i} tone={finding.gravity === "refuse" ? "grave" : finding.gravity === "warn" ? "warn" : "plain"}>
      <strong>{finding.gravity === "note" ? "Note" : finding.gravity === "warn" ? "Check" : "Refused"}:</strong>{" "}
      {finding.message} {finding.because} <span className="fine mono">{finding.code}</span>
    </Notice>
  ));
}

const KNOWN: Record<Learned["known"], { name: string; tone: "warn" | "plain" | "good" }> = {
  new: { name: "new to them", tone: "warn" },
  told: { name: "told before", tone: "plain" },
  public: { name: "public", tone: "good" },
};

function LearnTable({ learn }: { readonly learn: readonly Learned[] }) {
  if (learn.length === 0) return null;
  return (
    <Panel
      title="What they would newly learn"
      aside={`${learn.filter(({ known }) => known === "new").length} of ${learn.length} are new`}
    >
      <div className="scroll-x">
        <table>
          <tbody>
            {learn.map((one, i) => (
              <tr key={i}>
                <td>
                  <Tag tone={KNOWN[one.known].tone}>{KNOWN[one.known].name}</Tag>
                </td>
                <td className="quiet">{one.label}</td>
                <td className="break">
                  <Words>{one.value}</Words>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Decision({ draft }: { readonly draft: Draft }) {
  const { session } = useDesk();
  const maySign = useMay("sign drafts");
  const mayRelease = useMay("release drafts");
  const mine = draft.drafted_by === session.officer;
  if (draft.state === "released") {
    const [first] = draft.released ?? [];
    return first === undefined ? null : (
      <Notice tone="good">
        Released. <a href={href({ page: "message", hash: first.hash })}>See the message and its ladder</a>
      </Notice>
    );
  }
  if (draft.state === "refused") {
    return (
      <Notice tone="grave">
        Refused by <bdi>{draft.refused?.by}</bdi>: <Words>{draft.refused?.reason ?? ""}</Words>
      </Notice>
    );
  }
  if (draft.state === "unsigned" && mine && draft.needs === 2) return maySign ? <SignPanel draft={draft} /> : null;
  const alone = draft.state === "unsigned" && draft.needs === 1 && mine;
  if (mayRelease && (alone || (draft.state === "signed" && !mine))) return <ReleasePanel draft={draft} />;
  return (
    <Notice tone="plain">
      {mine && draft.state === "signed"
        ? "You drafted this. Another officer must release it."
        : "It waits for an officer who may release it."}
    </Notice>
  );
}

function SignPanel({ draft }: { readonly draft: Draft }) {
  const desk = useDesk();
  const task = useTask();
  const sign = async () => {
    const signed = await signatures(desk, draft, "drafted");
    await desk.client.signDraft({ params: { id: draft.id }, body: { signatures: signed } });
  };
  const discard = async () => {
    await desk.client.deleteDraft({ params: { id: draft.id } });
    go({ page: "drafts" });
  };
  return (
    <Panel title="Sign as its drafter">
      <p>Your signature says that you drafted these very words. It leaves nothing yet: a second officer releases it.</p>
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button tone="primary" busy={task.busy} onPress={() => task.run(sign)}>
          Sign draft
        </Button>
        <Button tone="grave" disabled={task.busy} onPress={() => task.run(discard)}>
          Throw away
        </Button>
      </div>
    </Panel>
  );
}

function ReleasePanel({ draft }: { readonly draft: Draft }) {
  const desk = useDesk();
  const task = useTask();
  const [confirmed, setConfirmed] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const warnings = draft.items.flatMap((item) => item.findings).filter((finding) => finding.gravity === "warn").length;
  const send = async () => {
    const [first] = await release(desk, draft, confirmed);
    if (first !== undefined) go({ page: "message", hash: first.hash });
  };
  const refuse = () => desk.client.refuseDraft({ params: { id: draft.id }, body: { reason: (reason ?? "").trim() } });
  return (
    <Panel title="Release">
      <p>
        With your key you release {draft.items.length === 1 ? "this message" : `these ${draft.items.length} messages`}{" "}
        to {draft.recipients.map(({ name }) => name).join(" and ")}.
      </p>
      {warnings === 0 ? null : (
        <CheckField value={confirmed} onChange={setConfirmed}>
          I have checked {warnings === 1 ? "the finding" : `the ${warnings} findings`} against the source, and it is
          right as it stands.
        </CheckField>
      )}
      {reason === null ? null : (
        <WordsField label="Why it is refused" value={reason} onChange={setReason} rows={2} required />
      )}
      <ProblemNotice problem={task.problem} />
      {reason === null ? (
        <div className="row">
          <Button tone="primary" busy={task.busy} disabled={warnings > 0 && !confirmed} onPress={() => task.run(send)}>
            Release
          </Button>
          <Button tone="grave" disabled={task.busy} onPress={() => setReason("")}>
            Refuse…
          </Button>
        </div>
      ) : (
        <div className="row">
          <Button tone="grave" busy={task.busy} disabled={reason.trim() === ""} onPress={() => task.run(refuse)}>
            Refuse with this reason
          </Button>
          <Button onPress={() => setReason(null)}>Back</Button>
        </div>
      )}
    </Panel>
  );
}
