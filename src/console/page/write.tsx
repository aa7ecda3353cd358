import { useEffect, useState } from "react";
import type { DraftItemRequest, Scratch } from "../../api/index.ts";
import type { Message } from "../../message/index.ts";
import { corrected } from "../draft/correction.ts";
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
import { useMessage } from "../view/rendered.tsx";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";
import type { Said } from "../words/types.ts";

/** Drafting: a form made for the kind, then the draft with its findings, where it is signed. */
export function WritePage({ route }: { readonly route: Writing }) {
  const { t } = useWords();
  const { kind, about, list = null, corrects = null, scratch } = route;
  if (!isWritable(kind)) return <Empty>{t("write.command-line")}</Empty>;
  const given = { kind, about, list };
  if (scratch !== undefined) return <TakenUp given={given} id={scratch} />;
  return corrects === null ? (
    <WriteForm {...given} taken={null} told={null} />
  ) : (
    <Correcting given={given} hash={corrects} taken={null} />
  );
}

type Given = Pick<FormProps, "kind" | "about" | "list">;

function TakenUp({ given, id }: { readonly given: Given; readonly id: string }) {
  const { client } = useDesk();
  const { value, problem } = useResource(`scratch ${id}`, () => client.scratches(), []);
  if (value === null) return problem === null ? <Loading /> : <ProblemNotice problem={problem} />;
  const taken = value.items.find((item) => item.id === id) ?? null;
  const kept = taken === null ? null : keptOf(taken);
  const corrects = kept?.corrects ?? null;
  if (corrects !== null) return <Correcting given={given} hash={corrects} taken={taken} />;
  return <WriteForm {...given} list={kept?.list ?? given.list} taken={taken} told={null} />;
}

/** The message that is replaced, read in this page from its signed bytes. */
function Correcting({
  given,
  hash,
  taken,
}: {
  readonly given: Given;
  readonly hash: string;
  readonly taken: Scratch | null;
}) {
  const { client } = useDesk();
  const { value, problem } = useResource(`message ${hash}`, () => client.message({ params: { hash } }), []);
  const told = useMessage(value?.bytes ?? null, hash);
  if (told.message === null) {
    const fault = problem ?? told.problem;
    return fault === null ? <Loading /> : <ProblemNotice problem={fault} />;
  }
  return <WriteForm {...given} taken={taken} told={{ message: told.message, hash }} />;
}

/** This side's own message, restated as a whole. */
interface Told {
  readonly message: Message;
  readonly hash: string;
}

interface FormProps {
  readonly kind: Writable;
  readonly about: string | null;
  /** The list of this side's that it becomes a member of. */
  readonly list: string | null;
  readonly taken: Scratch | null;
  /** What it corrects; null of something new. */
  readonly told: Told | null;
}

/** What is typed, from the first field on: taken up again, as it was told, drawn on the map, or empty. */
function useForm({ kind, about, taken, told }: FormProps) {
  const form = WRITABLE[kind];
  const [id] = useState(() => taken?.id ?? newScratchId());
  const [subject, setSubject] = useState(taken?.subject ?? told?.message.subject ?? "");
  const [value, setValue] = useState<object>(() => {
    const first = told === null ? form.empty(Date.now(), about, drawnShape()) : form.of(told.message.body);
    return taken === null ? (first as object) : { ...(first as object), ...keptOf(taken)?.value };
  });
  useEffect(() => forgetDrawn, []);
  const set = (change: object) => setValue((before) => ({ ...before, ...change }));
  return { form, id, subject, setSubject, value, set };
}

/** The message as it stands, or what is missing before it is one. */
function readForm(
  { form, subject, value }: ReturnType<typeof useForm>,
  { kind, told }: FormProps,
): DraftItemRequest | Missing {
  try {
    if (subject.trim() === "") throw new Missing((say) => say("missing.subject"));
    const item = { kind, subject: subject.trim(), body: form.body(value) };
    if (told === null) return item;
    const { body, expires, lang } = told.message;
    return {
      ...item,
      body: corrected(body, form.body(form.of(body)), item.body) as DraftItemRequest["body"],
      re: { relation: "supersedes", message: told.hash },
      expires_at: expires,
      lang,
    };
  } catch (error) {
    if (error instanceof Missing) return error;
    throw error;
  }
}

function WriteForm(props: FormProps) {
  const { kind, list, told } = props;
  const { client } = useDesk();
  const { t, has, phrases } = useWords();
  const task = useTask();
  const written = useForm(props);
  const { form, id, subject, value } = written;
  const [missing, setMissing] = useState<Said | null>(null);
  const scratch = useScratch({ id, kind, subject, value, list, corrects: told?.hash ?? null });
  const read = readForm(written, props);
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
      <FormHead kind={kind} told={told} />
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
            <strong>{t("write.not-yet")}</strong> {missing(t, has, phrases)}
          </div>
        )}
        <CheckedView checked={checked} />
        <ProblemNotice problem={task.problem} />
        <div className="row">
          <Button type="submit" tone="primary" busy={task.busy}>
            {t("write.check")}
          </Button>
          <a href={told === null ? href({ page: "drafts" }) : href({ page: "message", hash: told.hash })}>
            {t("write.leave")}
          </a>
          <KeptAt at={scratch.keptAt} />
        </div>
      </form>
    </div>
  );
}

function FormHead({ kind, told }: Pick<FormProps, "kind" | "told">) {
  const { t } = useWords();
  if (told !== null) {
    return (
      <>
        <h1>
          <Say k="write.corrects" given={{ subject: told.message.subject }} />
        </h1>
        <Notice tone="plain">{t("write.corrects-note")}</Notice>
      </>
    );
  }
  return (
    <>
      <h1>{t(kind === "alert" ? "write.alert-title" : `drafts.new-${kind}`)}</h1>
      {kind === "alert" ? <Notice tone="grave">{t("write.alert-rule")}</Notice> : null}
    </>
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
  const { findings, conflicts, conflictsCount, problem } = checked;
  const isClear = findings.length === 0 && conflicts.length === 0 && problem === null;
  return (
    <section className="stack" aria-label={t("write.while-writing")} aria-live="polite">
      {isClear ? <p className="fine">{t("write.nothing-found")}</p> : null}
      <Findings findings={findings} />
      {conflicts.length === 0 ? null : (
        <PrivateBox title={t("common.too-close")}>
          <ConflictList conflicts={conflicts} left={conflictsCount - conflicts.length} />
        </PrivateBox>
      )}
      <ProblemNotice problem={problem} />
    </section>
  );
}
