/** What a message says otherwise than the one that it replaces: field by field in words, and how far its places moved. */
import { sortedJson } from "../wire/json.ts";
import type { Message } from "./message.ts";
import { EN } from "./phrases/en.ts";
import type { Phrasebook } from "./phrases/phrasebook.ts";
import { bodyLines } from "./render.ts";
import { formatTime } from "../geo/index.ts";

export interface FieldDifference {
  readonly field: string;
  readonly label: string;
  /** null: it was not said. */
  readonly before: string | null;
  readonly after: string | null;
}

interface Said {
  readonly label: string;
  readonly value: string;
  /** What was signed; two that read the same may still differ in it. */
  readonly exact: string;
}

/** Both of one kind. Empty where the second says in every field what the first does. */
export function differencesBetween(before: Message, after: Message, book: Phrasebook = EN): readonly FieldDifference[] {
  const [then, now] = [saidIn(before, book), saidIn(after, book)];
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((field) => {
    const [a, b] = [then.get(field) ?? null, now.get(field) ?? null];
    if (a?.exact === b?.exact) return [];
    const isAlike = a !== null && b !== null && a.value === b.value;
    const label = (b ?? a)?.label ?? field;
    return [
      {
        field,
        label,
        before: a === null ? null : isAlike ? a.exact : a.value,
        after: b === null ? null : isAlike ? b.exact : b.value,
      },
    ];
  });
}

/** By the member of the body; what nobody wrote is not in it. */
function saidIn(message: Message, book: Phrasebook): ReadonlyMap<string, Said> {
  const { subject, expires, lang } = message;
  const body: Readonly<Record<string, unknown>> = { ...message.body };
  const found = new Map<string, Said>([
    ["subject", { label: book.envelope.subject, value: subject, exact: subject }],
    ["lang", { label: book.envelope.lang, value: lang, exact: lang }],
  ]);
  if (expires !== null) {
    found.set("expires", { label: book.envelope.expires, value: formatTime(expires), exact: String(expires) });
  }
  for (const { field, label, value } of bodyLines(message.kind, message.body, book)) {
    const more = found.get(field);
    const exact = sortedJson(body[field]);
    found.set(field, more === undefined ? { label, value, exact } : { ...more, value: `${more.value}\n${value}` });
  }
  return found;
}
