import { useState } from "react";
import type { Draft } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { go, href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { CheckField, WordsField } from "../view/fields.tsx";
import { Button, Notice, Panel, ProblemNotice, Words } from "../view/pieces.tsx";
import { Say, useWords } from "../words/say.tsx";
import { ReKey, type ReKeyDone } from "./re-key.tsx";
import { release, signatures } from "./say.ts";
import { keptOf } from "./use-scratch.ts";
import { useTask } from "./use-task.ts";

/** Sign, release or refuse: whatever is this officer's to do now. */
export function Decision({ draft }: { readonly draft: Draft }) {
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
        <div className="row apart">
          <span>
            <Say
              k="draft.refused-by"
              given={{ officer: draft.refused?.by ?? "", reason: <Words>{draft.refused?.reason ?? ""}</Words> }}
            />
          </span>
          {mine ? <TakeUpAgain draft={draft} /> : null}
        </div>
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

/** What was typed is still there: it is written again from where it was left. */
function TakeUpAgain({ draft }: { readonly draft: Draft }) {
  const { client } = useDesk();
  const { t } = useWords();
  const { value } = useResource("scratches", () => client.scratches(), []);
  const found = value?.items.find((item) => keptOf(item)?.draft === draft.id);
  if (found === undefined) return null;
  return (
    <a className="button" href={href({ page: "write", kind: found.kind, about: null, scratch: found.id })}>
      {t("draft.take-up-again")}
    </a>
  );
}

function ReleasePanel({ draft }: { readonly draft: Draft }) {
  const { t } = useWords();
  const desk = useDesk();
  const task = useTask();
  const [confirmed, setConfirmed] = useState(false);
  const [reKeyed, setReKeyed] = useState<ReKeyDone>({ state: "not-asked", entered: [] });
  const [reason, setReason] = useState<string | null>(null);
  const warnings = draft.items.flatMap((item) => item.findings).filter((finding) => finding.gravity === "warn").length;
  const { state } = reKeyed;
  const held = state === "different" || (state === "waiting" && draft.re_key.required);
  const send = async () => {
    const [first] = await release(desk, draft, confirmed, reKeyed.state === "same" ? reKeyed.entered : []);
    if (first !== undefined) go({ page: "message", hash: first.hash });
  };
  const refuse = () => desk.client.refuseDraft({ params: { id: draft.id }, body: { reason: (reason ?? "").trim() } });
  return (
    <Panel title={t("draft.release-title")}>
      <p>
        {t("draft.release-note", {
          count: draft.items.length,
          parties: { listed: "conjunction", names: draft.recipients.map(({ name }) => name) },
        })}
      </p>
      <ReKey draft={draft} told={setReKeyed} />
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
          <Button
            tone="primary"
            busy={task.busy}
            disabled={(warnings > 0 && !confirmed) || held}
            onPress={() => task.run(send)}
          >
            {t(reKeyed.state === "waiting" && !held ? "draft.release-unchecked" : "common.release")}
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
