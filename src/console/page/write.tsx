import { useState } from "react";
import { Missing } from "../draft/form.ts";
import { isWritable, type Writable, WRITABLE } from "../draft/forms.ts";
import { useTask } from "../draft/use-task.ts";
import { go, href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { WordsField } from "../view/fields.tsx";
import { KIND_NAMES } from "../view/names.ts";
import { Button, Empty, Notice, ProblemNotice } from "../view/pieces.tsx";

/** Drafting: a form made for the kind, then the draft with its findings, where it is signed. */
export function WritePage({ kind, about }: { readonly kind: string; readonly about: string | null }) {
  if (!isWritable(kind)) return <Empty>This kind is written with the command line: parley draft.</Empty>;
  return <WriteForm kind={kind} about={about} />;
}

const ALERT_RULE = "One officer releases an alert. It goes to every party at once and never becomes stale.";

function WriteForm({ kind, about }: { readonly kind: Writable; readonly about: string | null }) {
  const { client } = useDesk();
  const task = useTask();
  const form = WRITABLE[kind];
  const [subject, setSubject] = useState("");
  const [value, setValue] = useState(() => form.empty(Date.now(), about));
  const [missing, setMissing] = useState<string | null>(null);

  const submit = () => {
    try {
      if (subject.trim() === "") throw new Missing("The subject is missing.");
      const body = form.body(value) as never;
      setMissing(null);
      task.run(async () => {
        const draft = await client.createDraft({ body: { items: [{ kind, subject: subject.trim(), body }] } });
        go({ page: "draft", id: draft.id });
      });
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      setMissing(error.message);
    }
  };

  return (
    <div className="page">
      <h1>{kind === "alert" ? "Alert" : `New ${KIND_NAMES[kind].toLowerCase()}`}</h1>
      {kind === "alert" ? <Notice tone="grave">{ALERT_RULE}</Notice> : null}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <WordsField
          label="Subject"
          value={subject}
          onChange={setSubject}
          hint="One line, as the other side will read it"
          required
        />
        <form.Fields
          value={value}
          set={(change: object) => setValue((before: unknown) => ({ ...(before as object), ...change }))}
        />
        {missing === null ? null : (
          <div role="alert" className="notice warn">
            <strong>Not yet:</strong> {missing}
          </div>
        )}
        <ProblemNotice problem={task.problem} />
        <div className="row">
          <Button type="submit" tone="primary" busy={task.busy}>
            Check and review
          </Button>
          <a href={href({ page: "drafts" })}>Leave it</a>
        </div>
      </form>
    </div>
  );
}
