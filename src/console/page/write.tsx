import { useEffect, useState } from "react";
import type { DraftItemRequest, Scratch } from "../../api/index.ts";
import { isWritable, type Writable, WRITABLE } from "../draft/forms.ts";
import { drawnShape, forgetDrawn } from "../draft/handoff.ts";
import { type Checked, useCheck } from "../draft/use-check.ts";
import { keptOf, newScratchId, useScratch } from "../draft/use-scratch.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { go, href, type Writing } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { WordsField } from "../view/fields.tsx";
import { Findings } from "../view/findings.tsx";
import { Button, Empty, Loading, Notice, PrivateBox, ProblemNotice } from "../view/pieces.tsx";
import { Missing } from "../view/problem.ts";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";
import type { Said } from "../words/types.ts";

/** Drafting: a form made for the kind, then the draft with its findings, where it is signed. */
export function WritePage({ route }: { readonly route: Writing }) {
  const { t } = useWords();
  const { kind, about, list = null, scratch } = route;
  if (!isWritable(kind)) return <Empty>{t("write.command-line")}</Empty>;
  const given = { kind, about, list };
  return scratch === undefined ? <WriteForm {...given} taken={null} /> : <TakenUp given={given} id={scratch} />;
}

function TakenUp({ given, id }: { readonly given: Omit<FormProps, "taken">; readonly id: string }) {
  const { client } = useDesk();
  const { value, problem } = useResource(`scratch ${id}`, () => client.scratches(), []);
  if (value === null) return problem === null ? <Loading /> : <ProblemNotice problem={problem} />;
  const taken = value.items.find((item) => item.id === id) ?? null;
  return (
    <WriteForm {...given} list={given.list ?? (taken === null ? null : (keptOf(taken)?.list ?? null))} taken={taken} />
  );
}

interface FormProps {
  readonly kind: Writable;
  readonly about: string | null;
  /** The list of this side's that it becomes a member of. */
  readonly list: string | null;
  readonly taken: Scratch | null;
}

/** What is typed, from the first field on: taken up again, drawn on the map, or empty. */
function useForm({ kind, about, taken }: FormProps) {
  const form = WRITABLE[kind];
  const [id] = useState(() => taken?.id ?? newScratchId());
  const [subject, setSubject] = useState(taken?.subject ?? "");
  const [value, setValue] = useState<object>(() => {
    const empty = form.empty(Date.now(), about, drawnShape()) as object;
    return taken === null ? empty : { ...empty, ...keptOf(taken)?.value };
  });
  useEffect(() => forgetDrawn, []);
  const set = (change: object) => setValue((before) => ({ ...before, ...change }));
  return { form, id, subject, setSubject, value, set };
}

/** The message as it stands, or what is missing before it is one. */
function readForm({ form, subject, value }: ReturnType<typeof useForm>, kind: Writable): DraftItemRequest | Missing {
  try {
    if (subject.trim() === "") throw new Missing((say) => say("missing.subject"));
    return { kind, subject: subject.trim(), body: form.body(value) };
  } catch (error) {
    if (error instanceof Missing) return error;
    throw error;
  }
}

function WriteForm(props: FormProps) {
  const { kind, list } = props;
  const { client } = useDesk();
  const { t, has } = useWords();
  const task = useTask();
  const written = useForm(props);
  const { form, id, subject, value } = written;
  const [missing, setMissing] = useState<Said | null>(null);
  const scratch = useScratch({ id, kind, subject, value, list });
  const read = readForm(written, kind);
  const checked = useCheck(read instanceof Missing ? null : read);
  const submit = () => {
    setMissing(() => (read instanceof Missing ? read.said : null));
    if (read instanceof Missing) return;
    task.run(async () => {
      const draft = await client.createDraft({ body: { items: [read], list } });
      await scratch.became(draft.id).catch(() => undefined);
      go({ page: "draft", id: draft.id });
    });
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
          onChange={written.setSubject}
          hint={t("write.subject-hint")}
          required
        />
        <form.Fields value={value} set={written.set} />
        {missing === null ? null : (
          <div role="alert" className="notice warn">
            <strong>{t("write.not-yet")}</strong> {missing(t, has)}
          </div>
        )}
        <CheckedView checked={checked} />
        <ProblemNotice problem={task.problem} />
        <div className="row">
          <Button type="submit" tone="primary" busy={task.busy}>
            {t("write.check")}
          </Button>
          <a href={href({ page: "drafts" })}>{t("write.leave")}</a>
          <KeptAt at={scratch.keptAt} />
        </div>
      </form>
    </div>
  );
}

function KeptAt({ at }: { readonly at: number | null }) {
  if (at === null) return null;
  return (
    <span className="fine">
      <Say k="write.kept" given={{ at: <Time at={at} /> }} />
    </span>
  );
}

/** Said once for those who hear it, whenever it changes. */
function CheckedView({ checked }: { readonly checked: Checked | null }) {
  const { t } = useWords();
  if (checked === null) return null;
  const { findings, conflicts, problem } = checked;
  const isClear = findings.length === 0 && conflicts.length === 0 && problem === null;
  return (
    <section className="stack" aria-label={t("write.while-writing")} aria-live="polite">
      {isClear ? <p className="fine">{t("write.nothing-found")}</p> : null}
      <Findings findings={findings} />
      {conflicts.length === 0 ? null : (
        <PrivateBox title={t("common.too-close")}>
          <ConflictList conflicts={conflicts} />
        </PrivateBox>
      )}
      <ProblemNotice problem={problem} />
    </section>
  );
}
