import { useState } from "react";
import { isWritable, type Writable, WRITABLE } from "../draft/forms.ts";
import { useTask } from "../draft/use-task.ts";
import { go, href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { WordsField } from "../view/fields.tsx";
import { Button, Empty, Notice, ProblemNotice } from "../view/pieces.tsx";
import { Missing } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import type { Said } from "../words/types.ts";

/** Drafting: a form made for the kind, then the draft with its findings, where it is signed. */
export function WritePage({ kind, about }: { readonly kind: string; readonly about: string | null }) {
  const { t } = useWords();
  if (!isWritable(kind)) return <Empty>{t("write.command-line")}</Empty>;
  return <WriteForm kind={kind} about={about} />;
}

function WriteForm({ kind, about }: { readonly kind: Writable; readonly about: string | null }) {
  const { client } = useDesk();
  const { t, has } = useWords();
  const task = useTask();
  const form = WRITABLE[kind];
  const [subject, setSubject] = useState("");
  const [value, setValue] = useState(() => form.empty(Date.now(), about));
  const [missing, setMissing] = useState<Said | null>(null);

  const submit = () => {
    try {
      if (subject.trim() === "") throw new Missing((say) => say("missing.subject"));
      const body = form.body(value) as never;
      setMissing(null);
      task.run(async () => {
        const draft = await client.createDraft({ body: { items: [{ kind, subject: subject.trim(), body }] } });
        go({ page: "draft", id: draft.id });
      });
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      setMissing(() => error.said);
    }
  };

  return (
    <div className="page">
      <h1>{t(kind === "alert" ? "write.alert-title" : `drafts.new-${kind}`)}</h1>
      {kind === "alert" ? <Notice tone="grave">{t("write.alert-rule")}</Notice> : null}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <WordsField
          label={t("write.subject")}
          value={subject}
          onChange={setSubject}
          hint={t("write.subject-hint")}
          required
        />
        <form.Fields
          value={value}
          set={(change: object) => setValue((before: unknown) => ({ ...(before as object), ...change }))}
        />
        {missing === null ? null : (
          <div role="alert" className="notice warn">
            <strong>{t("write.not-yet")}</strong> {missing(t, has)}
          </div>
        )}
        <ProblemNotice problem={task.problem} />
        <div className="row">
          <Button type="submit" tone="primary" busy={task.busy}>
            {t("write.check")}
          </Button>
          <a href={href({ page: "drafts" })}>{t("write.leave")}</a>
        </div>
      </form>
    </div>
  );
}
