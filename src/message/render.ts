/**
 * A message as people read it, built from its codes. The body's own description shows it, so that no field can be
 * forgotten; only words that nobody wrote make no line.
 */
import { formatTime } from "../geo/index.ts";
import { bodyField, type BodyOf } from "./bodies.ts";
import type { Code, CodeList, Kind } from "./codes.ts";
import type { FieldLine } from "./compose.ts";
import type { Line, Speaker } from "./field.ts";
import { type Message, relationOf } from "./message.ts";
import { EN } from "./phrases/en.ts";
import type { Phrasebook } from "./phrases/phrasebook.ts";
import { apart, isolated, leftToRight } from "./text.ts";

export interface Rendered {
  /** Begins with EXERCISE where it is one. */
  readonly title: string;
  readonly lines: readonly Line[];
  /** What must stand on every screen and print of it. */
  readonly notice: string | null;
}

/**
 * Title, labelled lines and notice of a message in the words of `book`. Times read "2026-11-23 15:30Z", positions in two notations,
 * numbers with their units. Officers' own words stay in the language that they were written in. `nameOf` a party is its id
 * where nothing else is known.
 */
export function render(
  message: Message,
  book: Phrasebook = EN,
  nameOf: (party: string) => string = (party) => party,
): Rendered {
  const kind = `${book.kinds[message.kind]}: ${saidIn(book, message.subject)}`;
  return {
    title: message.exercise ? `${book.exercise} ${kind}` : kind,
    lines: [
      ...envelopeLines(message, book, nameOf(message.from)),
      ...bodyLines(message.kind, message.body, book).map(({ label, value }) => ({ label, value })),
    ],
    notice: noticeOf(message, book),
  };
}

/** The lines of a body, or of a part of one, each with the member that it shows. */
export function bodyLines<K extends Kind>(
  kind: K,
  body: Partial<BodyOf<K>>,
  book: Phrasebook = EN,
): readonly FieldLine[] {
  return bodyField(kind).bodyLines(body, speakerOf(book), relationOf(kind) !== null);
}

/** A value of a closed list in words. */
export function phraseOf<List extends CodeList>(list: List, code: Code<List>, book: Phrasebook = EN): string {
  return book.codes[list][code];
}

/** The name of a body's field in words; the name itself where it is none. */
export function labelOf(field: string, book: Phrasebook = EN): string {
  return speakerOf(book).field(field);
}

/** Among words that run from right to left even a Latin name is set apart, or its punctuation would wander. */
const saidIn = ({ dir }: Phrasebook, text: string): string => (dir === "rtl" ? apart(text) : isolated(text));

function speakerOf(book: Phrasebook): Speaker {
  const fields: Readonly<Record<string, string>> = book.fields;
  return {
    ...book,
    figures: (text) => (book.dir === "rtl" ? leftToRight(text) : text),
    said: (text) => saidIn(book, text),
    code: (list, value) => (book.codes[list] as Readonly<Record<string, string>>)[value] ?? value,
    field: (name) => (Object.hasOwn(fields, name) ? (fields[name] as string) : name),
  };
}

function envelopeLines(message: Message, book: Phrasebook, from: string): Line[] {
  const { envelope, relations } = book;
  const { re, list, expires, sole_reason } = message;
  const lines: (Line | null)[] = [
    { label: envelope.from, value: from },
    { label: envelope.at, value: formatTime(message.at) },
    expires === null ? null : { label: envelope.expires, value: formatTime(expires) },
    re === null ? null : { label: relations[re.relation], value: re.message.slice(0, 16) },
    list === null
      ? null
      : { label: envelope.list, value: `${saidIn(book, list.name)}, ${list.index + 1} ${envelope.of} ${list.count}` },
    sole_reason === null ? null : { label: envelope.sole_reason, value: saidIn(book, sole_reason) },
    { label: envelope.lang, value: message.lang },
  ];
  return lines.filter((line) => line !== null);
}

function noticeOf({ kind }: Message, book: Phrasebook): string | null {
  if (kind === "site" || kind === "movement") return book.for_information;
  return kind === "warning" ? book.no_consent : null;
}

/** What to add to a message at `now`: a site past its validity stays protected, others past not-after are stale. */
export function agedNotice(message: Message, now: number, book: Phrasebook = EN): string | null {
  if (message.kind === "site") {
    const { valid_until } = message.body;
    return valid_until !== null && valid_until < now ? book.lapsed : null;
  }
  return message.expires !== null && message.expires < now ? book.stale : null;
}
