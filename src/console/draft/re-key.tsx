/** Re-keying: the releaser enters place and time from the source, without copying them from the screen. It catches what was typed wrong. */
import { useEffect, useState } from "react";
import type { DraftItem } from "../../api/index.ts";
import { compareReKeyed, type Message, reKeyedOf } from "../../message/index.ts";
import { Button, Notice } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { EnterAgain, entriesOf, nameOf, offBy } from "./enter-again.tsx";
import { readItem } from "./say.ts";

/** Nothing to enter; not entered yet; entered, and the same or not. */
export type ReKeyed = "not-asked" | "waiting" | "same" | "different";

/** Of a list so many members are sampled, by chance. */
const SAMPLE = 3;

export function ReKey({
  items,
  told,
}: {
  readonly items: readonly DraftItem[];
  readonly told: (state: ReKeyed) => void;
}) {
  const { t } = useWords();
  const [messages] = useState(() => sampled(items));
  const [done, setDone] = useState<Readonly<Record<number, "same" | "different">>>({});
  const states = messages.map((_, i) => done[i] ?? "waiting");
  const state: ReKeyed = states.includes("different")
    ? "different"
    : messages.length === 0
      ? "not-asked"
      : states.includes("waiting")
        ? "waiting"
        : "same";
  useEffect(() => told(state), [told, state]);
  if (messages.length === 0) return null;
  return (
    <details className="stack">
      <summary>{t("draft.re-key", { count: messages.length })}</summary>
      <p className="fine">{t("draft.re-key-note")}</p>
      {messages.map((message, i) => (
        <ReKeyOne
          key={message.id}
          message={message}
          told={(outcome) => setDone((before) => ({ ...before, [i]: outcome }))}
        />
      ))}
    </details>
  );
}

function sampled(items: readonly DraftItem[]): readonly Message[] {
  const messages = items.flatMap((item) => {
    try {
      const { message } = readItem(item);
      return reKeyedOf(message).length === 0 ? [] : [message];
    } catch {
      // The page says above that these bytes cannot be read.
      return [];
    }
  });
  const chances = [...crypto.getRandomValues(new Uint32Array(messages.length))];
  return messages
    .map((message, i) => ({ message, chance: chances[i] ?? 0 }))
    .toSorted((a, b) => a.chance - b.chance)
    .slice(0, SAMPLE)
    .map(({ message }) => message);
}

function ReKeyOne({
  message,
  told,
}: {
  readonly message: Message;
  readonly told: (outcome: "same" | "different") => void;
}) {
  const { t } = useWords();
  const fields = reKeyedOf(message);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [differences, setDifferences] = useState<ReturnType<typeof compareReKeyed> | null>(null);
  const entries = entriesOf(fields, texts);
  const compare = () => {
    const found = compareReKeyed(message, entries);
    setDifferences(found);
    told(found.length === 0 ? "same" : "different");
  };
  return (
    <fieldset className="stack">
      <legend>
        <bdi>{message.subject}</bdi>
      </legend>
      <EnterAgain fields={fields} texts={texts} set={(change) => setTexts((before) => ({ ...before, ...change }))} />
      <div className="row">
        <Button disabled={entries.length !== fields.length} onPress={compare}>
          {t("readback.compare")}
        </Button>
      </div>
      {differences === null ? null : (
        <div role="alert">
          <Notice tone={differences.length === 0 ? "good" : "grave"}>
            {differences.length === 0 ? t("draft.re-key-same") : t("draft.re-key-different")}
            <ul>
              {differences.map((difference) => {
                const field = fields.find(({ field: name }) => name === difference.field);
                return field === undefined ? null : (
                  <li key={field.field}>
                    {nameOf(t, field)}: {offBy(t, difference)}
                  </li>
                );
              })}
            </ul>
          </Notice>
        </div>
      )}
    </fieldset>
  );
}
