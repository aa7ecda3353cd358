import { useMemo, useState } from "react";
import { readItem, sayAlone } from "../draft/say.ts";
import { CoordinateField, NumberField, readNumber, readPosition, readTime, TimeField } from "../draft/place-fields.tsx";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import {
  compareReadBack,
  type Message,
  type ReadBackBody,
  type ReadBackEntry,
  type ReadBackField,
  readBackOf,
} from "../../message/index.ts";
import { href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { metres } from "../view/conflicts.tsx";
import { Button, Empty, Notice, Panel, ProblemNotice, Words } from "../view/pieces.tsx";
import { duration } from "../view/time.tsx";

/** Place and time are entered again without seeing them; the comparison comes afterwards and is told as it is. */
export function ReadBackPage({ hash }: { readonly hash: string }) {
  const { client } = useDesk();
  const detail = useResource(`message ${hash}`, () => client.message({ params: { hash } }), []);
  const message = useMemo(
    () => (detail.value === null ? null : readItem({ bytes: detail.value.bytes, hash }).message),
    [detail.value, hash],
  );
  if (message === null || detail.value === null) {
    return detail.problem === null ? <p className="quiet">Loading…</p> : <ProblemNotice problem={detail.problem} />;
  }
  const fields = readBackOf(message);
  if (fields.length === 0) return <Empty>There is nothing in it to read back.</Empty>;
  return <ReadBackForm message={message} hash={hash} fields={fields} />;
}

interface FormProps {
  readonly message: Message;
  readonly hash: string;
  readonly fields: readonly ReadBackField[];
}

function ReadBackForm({ message, hash, fields }: FormProps) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [compared, setCompared] = useState<ReadBackBody | null>(null);
  const entries = fields.map((field) => entryOf(field, texts[field.field] ?? "")).filter((entry) => entry !== null);
  if (compared !== null) return <Comparison message={message} hash={hash} body={compared} fields={fields} />;
  return (
    <div className="page">
      <div>
        <h1>Read back</h1>
        <p className="quiet">
          <Words lang={message.lang}>{message.subject}</Words>
        </p>
      </div>
      <Notice tone="plain">
        Enter what you heard or plotted, from your own notes or map. What was sent stays hidden until you compare.
      </Notice>
      <form
        className="panel form"
        onSubmit={(event) => {
          event.preventDefault();
          setCompared(compareReadBack(message, entries));
        }}
      >
        {fields.map((field) => {
          const props = {
            label: nameOf(field),
            value: texts[field.field] ?? "",
            onChange: (value: string) => setTexts((before) => ({ ...before, [field.field]: value })),
          };
          if (field.type === "position") return <CoordinateField key={field.field} {...props} />;
          if (field.type === "at") return <TimeField key={field.field} {...props} />;
          return <NumberField key={field.field} {...props} unit="metres" min={-20_000} max={1_000_000} />;
        })}
        <div className="row">
          <Button type="submit" tone="primary" disabled={entries.length !== fields.length}>
            Compare
          </Button>
          <a href={href({ page: "inbox" })}>Not now</a>
        </div>
      </form>
    </div>
  );
}

function Comparison({ message, hash, body, fields }: FormProps & { readonly body: ReadBackBody }) {
  const desk = useDesk();
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
      <h1>Comparison</h1>
      <Notice tone={same ? "good" : "grave"}>
        <strong>{same ? "What you entered is what was sent." : "What you entered is not what was sent."}</strong>{" "}
        {same ? "" : "Send it as it is: the sender must know. Then ask by voice which of the two is right."}
      </Notice>
      <Panel title="Field by field">
        <table>
          <thead>
            <tr>
              <th>Field</th>
              <th>Comparison</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => {
              const off = body.differences.find((difference) => difference.field === field.field);
              return (
                <tr key={field.field} className={off === undefined ? "same" : "differs"}>
                  <td>{nameOf(field)}</td>
                  <td>{off === undefined ? "✓ the same" : `✗ ${offBy(off)}`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Panel>
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button tone="primary" busy={task.busy} onPress={() => task.run(send)}>
          Sign and send this read-back
        </Button>
        <a href={href({ page: "message", hash })}>See the message</a>
      </div>
    </div>
  );
}

function offBy({ distance_m, seconds, height_m }: ReadBackBody["differences"][number]): string {
  if (distance_m !== null) return `${metres(distance_m)} away`;
  if (seconds !== null) return `${duration(seconds * 1000)} off`;
  return height_m === null ? "not entered" : `${height_m} m off`;
}

function entryOf({ field, type }: ReadBackField, text: string): ReadBackEntry | null {
  const none = { field, position: null, at: null, height_m: null };
  const value =
    type === "position"
      ? readPosition(text).value
      : type === "at"
        ? readTime(text).value
        : readNumber(text, -20_000, 1_000_000).value;
  return value === null ? null : { ...none, [type]: value };
}

/** `route.0.position` as an officer says it. */
function nameOf({ field, type }: ReadBackField): string {
  const [list = "", index = "0", ...rest] = field.split(".");
  const number = Number(index) + 1;
  const what =
    type === "position"
      ? "place"
      : type === "height_m"
        ? rest.includes("lower_m")
          ? "lower height"
          : "upper height"
        : "time";
  if (list === "route") return `Waypoint ${number}: ${what}`;
  const end = rest.includes("start") ? "start " : rest.includes("end") ? "end " : "";
  const corner =
    rest[0] === "footprint" && /^\d+$/.test(rest.at(-1) ?? "") ? ` of corner ${Number(rest.at(-1)) + 1}` : "";
  return `Volume ${number}: ${end}${what}${corner}`;
}
