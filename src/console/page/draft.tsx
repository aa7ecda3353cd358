import { useState } from "react";
import { labelOf } from "../../message/index.ts";
import type { Draft, DraftItem, Finding, Learned } from "../../api/index.ts";
import { release, signatures } from "../draft/say.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { go, href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { CheckField, WordsField } from "../view/fields.tsx";
import {
  Button,
  Loading,
  NodeWords,
  Notice,
  Panel,
  PartyLabel,
  PrivateBox,
  ProblemNotice,
  Tag,
  Words,
} from "../view/pieces.tsx";
import { RenderedView, useMessage } from "../view/rendered.tsx";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

const SHOWN_AT_ONCE = 20;

/** What stands between a draft and the line: who would get it, what they would learn, the very bytes, the findings. */
export function DraftPage({ id }: { readonly id: string }) {
  const { client } = useDesk();
  const { t } = useWords();
  const { value: draft, problem } = useResource(`draft ${id}`, () => client.draft({ params: { id } }), [
    "draft",
    "conflict",
  ]);
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
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
      {conflicts.length === 0 ? null : (
        <PrivateBox title={t("common.too-close")}>
          <ConflictList conflicts={conflicts} />
        </PrivateBox>
      )}
      {draft.items.slice(0, shown).map((item) => (
        <ItemView key={item.hash} item={item} />
      ))}
      {draft.items.length > shown ? (
        <Button onPress={() => setShown((before) => before + 200)}>
          {t("draft.show-more", { count: draft.items.length - shown })}
        </Button>
      ) : null}
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

/** Rendered here from the bytes that would be signed: not from what the node says that they say. */
function ItemView({ item }: { readonly item: DraftItem }) {
  const { t } = useWords();
  const read = useMessage(item.bytes, item.hash);
  return (
    <>
      <Panel title={t("draft.says")} aside={t("draft.says-aside")}>
        <ProblemNotice problem={read.problem} />
        {read.rendered === null ? null : (
          <>
            <h3>
              <Words>{read.rendered.title}</Words>
            </h3>
            <RenderedView rendered={read.rendered} />
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
  const { t } = useWords();
  return findings.map((finding, i) => (
    <Notice key={i} tone={finding.gravity === "refuse" ? "grave" : finding.gravity === "warn" ? "warn" : "plain"}>
      <strong>{t(`draft.finding-${finding.gravity}`)}</strong>{" "}
      <NodeWords>{`${finding.message} ${finding.because ?? ""}`}</NodeWords>{" "}
      <span className="fine mono">{finding.code}</span>
    </Notice>
  ));
}

const KNOWN = { new: "warn", told: "plain", public: "good" } as const;

function LearnTable({ learn }: { readonly learn: readonly Learned[] }) {
  const { t, phrases } = useWords();
  if (learn.length === 0) return null;
  return (
    <Panel
      title={t("draft.learn")}
      aside={t("draft.learn-aside", { new: learn.filter(({ known }) => known === "new").length, all: learn.length })}
    >
      <div className="scroll-x">
        <table>
          <thead>
            <tr>
              <th>{t("draft.learn-known")}</th>
              <th>{t("draft.learn-field")}</th>
              <th>{t("draft.learn-value")}</th>
            </tr>
          </thead>
          <tbody>
            {learn.map((one, i) => (
              <tr key={i}>
                <td>
                  <Tag tone={KNOWN[one.known]}>{t(`draft.known-${one.known}`)}</Tag>
                </td>
                <td className="quiet">{labelOf(one.field, phrases)}</td>
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
  const { t } = useWords();
  const maySign = useMay("sign drafts");
  const mayRelease = useMay("release drafts");
  const mine = draft.drafted_by === session.officer;
  if (draft.state === "released") {
    const [first] = draft.released ?? [];
    return first === undefined ? null : (
      <Notice tone="good">
        {t("draft.is-released")} <a href={href({ page: "message", hash: first.hash })}>{t("draft.see-ladder")}</a>
      </Notice>
    );
  }
  if (draft.state === "refused") {
    return (
      <Notice tone="grave">
        <Say
          k="draft.refused-by"
          given={{ officer: draft.refused?.by ?? "", reason: <Words>{draft.refused?.reason ?? ""}</Words> }}
        />
      </Notice>
    );
  }
  if (draft.state === "unsigned" && mine && draft.needs === 2) return maySign ? <SignPanel draft={draft} /> : null;
  const alone = draft.state === "unsigned" && draft.needs === 1 && mine;
  if (mayRelease && (alone || (draft.state === "signed" && !mine))) return <ReleasePanel draft={draft} />;
  return (
    <Notice tone="plain">
      {mine && draft.state === "signed" ? t("draft.you-drafted") : t("draft.waits-for-releaser")}
    </Notice>
  );
}

function SignPanel({ draft }: { readonly draft: Draft }) {
  const { t } = useWords();
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
    <Panel title={t("draft.sign-title")}>
      <p>{t("draft.sign-note")}</p>
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button tone="primary" busy={task.busy} onPress={() => task.run(sign)}>
          {t("draft.sign")}
        </Button>
        <Button tone="grave" disabled={task.busy} onPress={() => task.run(discard)}>
          {t("draft.discard")}
        </Button>
      </div>
    </Panel>
  );
}

function ReleasePanel({ draft }: { readonly draft: Draft }) {
  const { t, locales } = useWords();
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
    <Panel title={t("draft.release-title")}>
      <p>
        {t("draft.release-note", {
          count: draft.items.length,
          parties: new Intl.ListFormat([...locales]).format(draft.recipients.map(({ name }) => name)),
        })}
      </p>
      {warnings === 0 ? null : (
        <CheckField value={confirmed} onChange={setConfirmed}>
          {t("draft.confirm", { count: warnings })}
        </CheckField>
      )}
      {reason === null ? null : (
        <WordsField label={t("draft.why-refused")} value={reason} onChange={setReason} rows={2} required />
      )}
      <ProblemNotice problem={task.problem} />
      {reason === null ? (
        <div className="row">
          <Button tone="primary" busy={task.busy} disabled={warnings > 0 && !confirmed} onPress={() => task.run(send)}>
            {t("common.release")}
          </Button>
          <Button tone="grave" disabled={task.busy} onPress={() => setReason("")}>
            {t("draft.refuse")}
          </Button>
        </div>
      ) : (
        <div className="row">
          <Button tone="grave" busy={task.busy} disabled={reason.trim() === ""} onPress={() => task.run(refuse)}>
            {t("draft.refuse-with-reason")}
          </Button>
          <Button onPress={() => setReason(null)}>{t("common.back")}</Button>
        </div>
      )}
    </Panel>
  );
}
