/** Says the words of one language: parses each message of its book when it is first used, and keeps it. */
import { MessageFormat } from "messageformat";
import { type Language, LANGUAGES } from "./languages.ts";
import type { Book, Given, Key, Section, Translate } from "./types.ts";

export type Part = { readonly text: string } | { readonly slot: string };

export interface Speaker {
  readonly t: Translate;
  /** The message in pieces, for what holds more than text: a slot stands where the argument of that name goes. */
  readonly parts: (key: Key, given: Readonly<Record<string, unknown>>) => readonly Part[];
  /** True where the language has such a key: for codes that come from elsewhere. */
  readonly has: (key: string) => key is Key;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const DIRECTION_CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** An argument must not turn the sentence around it: it is isolated (UAX 9) wherever its direction may differ. */
function isolate(text: string, dir: "ltr" | "rtl"): string {
  const plain = text.replace(DIRECTION_CONTROLS, "");
  return dir === "rtl" || RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** What `book` does not say yet, `english` says: better in a language that few read than not at all. */
export function speakerOf(language: Language, book: Book, english: Book): Speaker {
  const { dir, locales } = LANGUAGES[language];
  const parsed = new Map<string, MessageFormat>();
  const sourceOf = (key: string): string | undefined => messageIn(book, key) ?? messageIn(english, key);
  const formatOf = (key: string): MessageFormat => {
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const made = new MessageFormat([...locales], sourceOf(key) ?? "", { bidiIsolation: "none" });
    parsed.set(key, made);
    return made;
  };
  return {
    t: <K extends Key>(key: K, ...[given]: Given<K, string>) => {
      const entries = Object.entries(given ?? {}).map(([name, value]): [string, unknown] => [
        name,
        typeof value === "string" ? isolate(value, dir) : value,
      ]);
      return formatOf(key).format(Object.fromEntries(entries));
    },
    parts: (key, given) => {
      const marked = Object.entries(given).map(([name, value]): [string, unknown] => [
        name,
        typeof value === "number" ? value : new Slot(name),
      ]);
      return formatOf(key).formatToParts(Object.fromEntries(marked)).map(partOf);
    },
    has: (key): key is Key => sourceOf(key) !== undefined,
  };
}

function messageIn(book: Book, key: string): string | undefined {
  const dot = key.indexOf(".");
  const [name, rest] = [key.slice(0, dot), key.slice(dot + 1)];
  const section: Readonly<Record<string, string | undefined>> | undefined = Object.hasOwn(book, name)
    ? book[name as Section]
    : undefined;
  return section !== undefined && Object.hasOwn(section, rest) ? section[rest] : undefined;
}

/** Stands in a message for something that is no text. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type FormattedPart = ReturnType<MessageFormat["formatToParts"]>[number];

function partOf(part: FormattedPart): Part {
  const { value } = part as { readonly value?: unknown };
  if (value instanceof Slot) return { slot: value.name };
  if (typeof value === "string") return { text: value };
  const { parts } = part as { readonly parts?: readonly { readonly value: string }[] };
  return { text: (parts ?? []).map((inner) => inner.value).join("") };
}
