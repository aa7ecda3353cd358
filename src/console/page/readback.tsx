import { useState } from "react";
import { sayAlone } from "../draft/say.ts";
import { EnterAgain, entriesOf, nameOf, offBy } from "../draft/enter-again.tsx";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import {
  compareReadBack,
  type Message,
  type ReadBackBody,
  type ReadBackField,
  readBackOf,
} from "../../message/index.ts";
import { href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { Button, Empty, Loading, Notice, Panel, ProblemNotice, Words } from "../view/pieces.tsx";
import { useMessage } from "../view/rendered.tsx";
import { useWords } from "../words/say.tsx";

/** Place and time are entered again without seeing them; the comparison comes afterwards and is told as it is. */
export function ReadBackPage({ hash }: { readonly hash: string }) {
  const { client } = useDesk();
  const { t } = useWords();
  const detail = useResource(`message ${hash}`, () => client.message({ params: { hash } }), []);
  const { message, problem } = useMessage(detail.value?.bytes ?? null, hash);
  if (message === null || detail.value === null) {
    const fault = detail.problem ?? problem;
    return fault === null ? <Loading /> : <ProblemNotice problem={fault} />;
  }
  const fields = readBackOf(message);
  if (fields.length === 0) return <Empty>{t("readback.nothing")}</Empty>;
  return <ReadBackForm message={message} hash={hash} fields={fields} />;
}

interface FormProps {
  readonly message: Message;
  readonly hash: string;
  readonly fields: readonly ReadBackField[];
}

function ReadBackForm({ message, hash, fields }: FormProps) {
  const { t } = useWords();
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [compared, setCompared] = useState<ReadBackBody | null>(null);
  const entries = entriesOf(fields, texts);
  if (compared !== null) return <Comparison message={message} hash={hash} body={compared} fields={fields} />;
  return (
    <div className="page">
      <div>
        <h1>{t("readback.title")}</h1>
        <p className="quiet">
          <Words lang={message.lang}>{message.subject}</Words>
        </p>
      </div>
      <Notice tone="plain">{t("readback.enter-what-you-heard")}</Notice>
      <form
        className="panel form"
        onSubmit={(event) => {
          event.preventDefault();
          setCompared(compareReadBack(message, entries));
        }}
      >
        <EnterAgain fields={fields} texts={texts} set={(change) => setTexts((before) => ({ ...before, ...change }))} />
        <div className="row">
          <Button type="submit" tone="primary" disabled={entries.length !== fields.length}>
            {t("readback.compare")}
          </Button>
          <a href={href({ page: "inbox" })}>{t("readback.not-now")}</a>
        </div>
      </form>
    </div>
  );
}

function Comparison({ message, hash, body, fields }: FormProps & { readonly body: ReadBackBody }) {
  const desk = useDesk();
  const { t } = useWords();
  const task = useTask();
  const same = body.result === "same";
  const send = async () => {
    await sayAlone(desk, {
      kind: "readback",
      subject: message.subject,
      body: { ...body },
      re: { relation: "reads-back", message: hash },
    });
    window.location.hash = href({ page: "message", hash });
  };
  return (
    <div className="page">
      <h1>{t("readback.comparison")}</h1>
      <Notice tone={same ? "good" : "grave"}>
        <strong>{t(same ? "readback.same" : "readback.different")}</strong> {same ? "" : t("readback.send-as-it-is")}
      </Notice>
      <Panel title={t("readback.field-by-field")}>
        <table>
          <thead>
            <tr>
              <th>{t("readback.field")}</th>
              <th>{t("readback.comparison")}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => {
              const off = body.differences.find((difference) => difference.field === field.field);
              return (
                <tr key={field.field} className={off === undefined ? "same" : "differs"}>
                  <td>{nameOf(t, field)}</td>
                  <td>{off === undefined ? `✓ ${t("readback.field-same")}` : `✗ ${offBy(t, off)}`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Panel>
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button tone="primary" busy={task.busy} onPress={() => task.run(send)}>
          {t("readback.send")}
        </Button>
        <a href={href({ page: "message", hash })}>{t("readback.see-message")}</a>
      </div>
    </div>
  );
}
