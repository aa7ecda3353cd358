/** What this side may do with a message of its own that is in force: correct it by a new one, or withdraw it. */
import { useState } from "react";
import type { DraftItemRequest, MessageDetail } from "../../api/index.ts";
import { isContentKind } from "../../message/index.ts";
import { isWritable } from "../draft/forms.ts";
import { draftAndSign } from "../draft/say.ts";
import { useTask } from "../draft/use-task.ts";
import { go, href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { CheckField, WordsField } from "../view/fields.tsx";
import { Button, Notice, ProblemNotice } from "../view/pieces.tsx";
import { Say, useWords } from "../words/say.tsx";

export function OwnActions({ detail }: { readonly detail: MessageDetail }) {
  const { t } = useWords();
  const mayWrite = useMay("write drafts");
  const [withdrawing, setWithdrawing] = useState(false);
  const { own, hash, kind, state, faults } = detail.summary;
  const ended = detail.thread.find(({ re }) => re?.relation === "supersedes" && re.message === hash);
  if (state === "superseded" && ended !== undefined) {
    return (
      <Notice tone="warn">
        {t("message.was-replaced")}{" "}
        <a href={href({ page: "message", hash: ended.hash })}>{t("message.see-replacement")}</a>
      </Notice>
    );
  }
  const isInForce = faults.length === 0 && (state === "in-force" || state === "expired");
  if (!own || !mayWrite || !isContentKind(kind) || !isInForce) return null;
  if (withdrawing) return <Withdraw detail={detail} leave={() => setWithdrawing(false)} />;
  return (
    <div className="row">
      {isWritable(kind) && kind !== "alert" ? (
        <a className="button" href={href({ page: "write", kind, about: null, corrects: hash })}>
          {t("common.correct")}
        </a>
      ) : null}
      <Button tone="grave" onPress={() => setWithdrawing(true)}>
        {t("message.withdraw")}
      </Button>
    </div>
  );
}

function Withdraw({ detail, leave }: { readonly detail: MessageDetail; readonly leave: () => void }) {
  const { t } = useWords();
  const desk = useDesk();
  const task = useTask();
  const [reason, setReason] = useState("");
  const [whole, setWhole] = useState(false);
  const { hash, subject, list } = detail.summary;
  const withdraw = async () => {
    const item: DraftItemRequest = {
      kind: "withdrawal",
      subject,
      body: { scope: whole ? "list" : "message", reason: reason.trim() },
      re: { relation: "withdraws", message: hash },
    };
    go({ page: "draft", id: (await draftAndSign(desk, item)).id });
  };
  return (
    <form
      className="panel form"
      onSubmit={(event) => {
        event.preventDefault();
        task.run(withdraw);
      }}
    >
      <WordsField label={t("bring.reason")} value={reason} onChange={setReason} rows={2} required />
      {list === null ? null : (
        <CheckField value={whole} onChange={setWhole}>
          <Say k="answer.whole-list" given={{ list: list.name, count: list.count }} />
        </CheckField>
      )}
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button type="submit" tone="grave" busy={task.busy} disabled={reason.trim() === ""}>
          {t("message.draft-withdrawal")}
        </Button>
        <Button onPress={leave}>{t("common.back")}</Button>
      </div>
    </form>
  );
}
