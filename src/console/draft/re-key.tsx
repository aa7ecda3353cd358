/** Re-keying: the releaser enters place and time from the source, without copying them from the screen. It catches what was typed wrong. */
import { useEffect, useState } from "react";
import type { Draft, ReKeyed } from "../../api/index.ts";
import {
  compareReKeyed,
  draftedPosition,
  type Message,
  positionsInPieces,
  type ReadBackEntry,
  reKeyedOf,
} from "../../message/index.ts";
import { Button, Notice } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { EnterAgain, entriesOf, nameOf, offBy } from "./enter-again.tsx";
import { readItem } from "./say.ts";

/** Nothing to enter; not entered yet; entered, and the same or not. */
export type ReKeyState = "not-asked" | "waiting" | "same" | "different";

export interface ReKeyDone {
  readonly state: ReKeyState;
  /** What was entered, for the node to compare once more. */
  readonly entered: readonly ReKeyed[];
}

interface One {
  readonly outcome: "same" | "different";
  readonly entered: ReKeyed;
}

/** Those that the node chose: of a list some, by chance. */
export function ReKey({ draft, told }: { readonly draft: Draft; readonly told: (done: ReKeyDone) => void }) {
  const { t } = useWords();
  const chosen = draft.re_key.items.flatMap((place) => messageAt(draft, place));
  const [done, setDone] = useState<Readonly<Record<number, One>>>({});
  const outcomes = chosen.map(({ place }) => done[place]?.outcome ?? "waiting");
  const state: ReKeyState = outcomes.includes("different")
    ? "different"
    : chosen.length === 0
      ? "not-asked"
      : outcomes.includes("waiting")
        ? "waiting"
        : "same";
  useEffect(() => told({ state, entered: Object.values(done).map(({ entered }) => entered) }), [told, state, done]);
  if (chosen.length === 0) return null;
  return (
    <details className="stack" open={draft.re_key.required}>
      <summary>{t("draft.re-key", { count: chosen.length })}</summary>
      <p className="fine">{t(draft.re_key.required ? "draft.re-key-required" : "draft.re-key-note")}</p>
      {chosen.map(({ message, place }) => (
        <ReKeyOne
          key={message.id}
          message={message}
          told={(outcome, entries) =>
            setDone((before) => ({ ...before, [place]: { outcome, entered: { item: place, entries: [...entries] } } }))
          }
        />
      ))}
    </details>
  );
}

function messageAt({ items }: Draft, place: number): { readonly message: Message; readonly place: number }[] {
  const item = items[place];
  if (item === undefined) return [];
  try {
    return [{ message: readItem(item).message, place }];
  } catch {
    // The page says above that these bytes cannot be read.
    return [];
  }
}

function ReKeyOne({
  message,
  told,
}: {
  readonly message: Message;
  readonly told: (outcome: "same" | "different", entries: readonly ReadBackEntry[]) => void;
}) {
  const { t } = useWords();
  const fields = reKeyedOf(message);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [differences, setDifferences] = useState<ReturnType<typeof compareReKeyed> | null>(null);
  const entries = entriesOf(fields, texts);
  const compare = () => {
    const found = compareReKeyed(message, entries);
    setDifferences(found);
    told(found.length === 0 ? "same" : "different", entries);
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
                    <Digits message={message} field={field.field} entered={texts[field.field] ?? ""} />
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

interface DigitsProps {
  readonly message: Message;
  readonly field: string;
  readonly entered: string;
}

/** Both positions in one notation, with the digits that differ marked. */
function Digits({ message, field, entered }: DigitsProps) {
  const { t } = useWords();
  const drafted = draftedPosition(message, field);
  if (drafted === null || entered.trim() === "") return null;
  const pieces = positionsInPieces(drafted, entered);
  return (
    <dl className="facts digits">
      {(["drafted", "entered"] as const).map((side) => (
        <div key={side} className="fact">
          <dt>{t(`draft.re-key-${side}`)}</dt>
          <dd className="mono" dir="ltr">
            {pieces[side].map(({ text, differs }, i) => (differs ? <mark key={i}>{text}</mark> : text))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
