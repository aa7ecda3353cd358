import { useState } from "react";
import type { DraftItemRequest, MessageDetail } from "../../api/index.ts";
import { readTime, TimeField } from "../draft/place-fields.tsx";
import { draftAndSign, sayAlone } from "../draft/say.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { go, href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { CheckField, type Option, RadioField, WordsField } from "../view/fields.tsx";
import { answerHint } from "../view/names.ts";
import { Button, Empty, Loading, Notice, Panel, PrivateBox, ProblemNotice, Words } from "../view/pieces.tsx";
import { RenderedView, useMessage } from "../view/rendered.tsx";
import type { Tongue } from "../words/load.ts";
import { Say, useWords } from "../words/say.tsx";

/** Answers that the message's kind allows, and no others. */
export function AnswerPage({ hash, only }: { readonly hash: string; readonly only: boolean }) {
  const { client } = useDesk();
  const { t } = useWords();
  const detail = useResource(`message ${hash}`, () => client.message({ params: { hash } }), ["conflict"]);
  const { rendered, problem } = useMessage(detail.value?.bytes ?? null, hash);
  if (detail.value === null || rendered === null) {
    return detail.problem === null && problem === null ? (
      <Loading />
    ) : (
      <ProblemNotice problem={detail.problem ?? problem} />
    );
  }
  if (detail.value.answers.length === 0) return <Empty>{t("answer.not-owed")}</Empty>;
  return (
    <div className="page">
      <div>
        <h1>{t("answer.title")}</h1>
        <p className="quiet">
          <Words>{rendered.title}</Words>
        </p>
      </div>
      {detail.value.conflicts.length === 0 ? null : (
        <PrivateBox title={t("common.too-close")}>
          <ConflictList conflicts={detail.value.conflicts} />
          <p className="fine">{t("answer.concern-only")}</p>
        </PrivateBox>
      )}
      <AnswerForm detail={detail.value} only={only} />
      <Panel title={t("message.said")}>
        <RenderedView rendered={rendered} />
      </Panel>
    </div>
  );
}

const WITH_REASON = ["CONCERN", "NOT LISTED", "NOT MEANT", "DIFFER", "UNABLE"];
const WITH_WORDS = ["RESTATED", "ANSWERED"];
const TIMED = ["STANDBY", "CEASED"];

interface Given {
  readonly code: string;
  readonly said: string;
  readonly at: number | null;
  readonly scope: "message" | "list";
}

function answerItem({ summary, thread }: MessageDetail, { code, said, at, scope }: Given): DraftItemRequest {
  return {
    kind: "answer",
    subject: `${code}: ${summary.subject}`.slice(0, 200),
    body: {
      answer: code,
      scope,
      reason: WITH_REASON.includes(code) ? said : "",
      words: WITH_WORDS.includes(code) ? said : "",
      until: code === "STANDBY" ? at : null,
      at: code === "CEASED" ? at : null,
    },
    re: { relation: "answers", message: summary.hash },
    // Where another officer of this side answers meanwhile, the node says who was first.
    seen_answer:
      thread.findLast(({ own, kind, re }) => own && kind === "answer" && re?.message === summary.hash)?.hash ?? null,
  };
}

function optionsOf(tongue: Tongue, answers: MessageDetail["answers"]): readonly Option[] {
  const { t } = tongue;
  return answers.map(({ code, closes, officers }) => {
    const hints = [
      answerHint(tongue, code),
      closes ? t("answer.closes") : "",
      officers === 2 ? t("answer.two-officers") : "",
    ];
    return { value: code, label: code, hint: hints.filter(Boolean).join(" · ") };
  });
}

interface SaidProps {
  readonly code: string;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly time: string;
  readonly setTime: (time: string) => void;
}

/** What this answer must hold beside its code, and no other field. */
function SaidFields({ code, reason, setReason, time, setTime }: SaidProps) {
  const { t } = useWords();
  const inWords = WITH_WORDS.includes(code);
  if (inWords || WITH_REASON.includes(code)) {
    const label = inWords ? t("answer.in-words") : t("answer.reason");
    return <WordsField label={label} value={reason} onChange={setReason} rows={3} required />;
  }
  if (!TIMED.includes(code)) return null;
  const label = code === "STANDBY" ? t("answer.answer-by") : t("answer.ceased-at");
  return <TimeField label={label} value={time} onChange={setTime} />;
}

function AnswerForm({ detail, only }: { readonly detail: MessageDetail; readonly only: boolean }) {
  const desk = useDesk();
  const tongue = useWords();
  const { t } = tongue;
  const task = useTask();
  const [code, setCode] = useState("");
  const [reason, setReason] = useState("");
  const [time, setTime] = useState("");
  const [whole, setWhole] = useState(!only);
  const { hash, list } = detail.summary;
  const chosen = detail.answers.find((answer) => answer.code === code);
  const timed = TIMED.includes(code);
  const worded = WITH_REASON.includes(code) || WITH_WORDS.includes(code);
  const at = readTime(time).value;
  const ready = chosen !== undefined && (!timed || at !== null) && (!worded || reason.trim() !== "");

  const send = async () => {
    const scope = list !== null && whole ? "list" : "message";
    const item = answerItem(detail, { code, said: reason.trim(), at, scope });
    if (chosen?.officers === 1) {
      await sayAlone(desk, item);
      go({ page: "message", hash });
      return;
    }
    go({ page: "draft", id: (await draftAndSign(desk, item)).id });
  };

  return (
    <form
      className="panel form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) task.run(send);
      }}
    >
      <RadioField
        label={t("answer.your-sides")}
        value={code}
        onChange={setCode}
        options={optionsOf(tongue, detail.answers)}
      />
      <SaidFields code={code} reason={reason} setReason={setReason} time={time} setTime={setTime} />
      {list === null ? null : (
        <CheckField value={whole} onChange={setWhole}>
          <Say k="answer.whole-list" given={{ list: list.name, count: list.count }} />
        </CheckField>
      )}
      {chosen?.officers === 2 ? <Notice tone="plain">{t("answer.second-officer")}</Notice> : null}
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button type="submit" tone="primary" busy={task.busy} disabled={!ready}>
          {chosen?.officers === 2 ? t("answer.sign-and-pass") : t("answer.sign-and-send")}
        </Button>
        <a href={href({ page: "message", hash })}>{t("common.back")}</a>
      </div>
    </form>
  );
}
