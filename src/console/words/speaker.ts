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

/** Several names in one argument, put together as the language does it. */
export interface Listed {
  readonly listed: "conjunction" | "unit";
  readonly names: readonly string[];
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const DIRECTION_CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** An argument must not turn the sentence around it: it is isolated (UAX 9) wherever its direction may differ. */
function isolate(text: string, dir: "ltr" | "rtl"): string {
  const plain = text.replace(DIRECTION_CONTROLS, "");
  return dir === "rtl" || RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** Figures and Latin words with what stands between them: `2026-11-23 15:30Z`, `36°20.4'N 43°07.8'E`, `officers/watch-1.key`. */
const FIGURES = /[+\-−]?[A-Za-z0-9][A-Za-z0-9.,:/°'"+\-− ]*[A-Za-z0-9'"]|[+\-−]?[A-Za-z0-9]/g;

/** Among words that run from right to left, figures that are written out keep their own order: `2026-11-23` stays so. */
function figuresApart(text: string, dir: "ltr" | "rtl"): string {
  return dir === "ltr" ? text : text.replace(FIGURES, (figures) => `\u2066${figures}\u2069`);
}

/** What `book` does not say yet, `english` says: better in a language that few read than not at all. */
export function speakerOf(language: Language, book: Book, english: Book): Speaker {
  const { dir, locales } = LANGUAGES[language];
  const parsed = new Map<string, MessageFormat>();
  const argument = (value: unknown): unknown => {
    if (typeof value === "string") return isolate(value, dir);
    if (typeof value !== "object" || value === null) return value;
    const { listed, names } = value as Listed;
    return new Intl.ListFormat([...locales], { type: listed }).format(names.map((name) => isolate(name, dir)));
  };
  const partOf = (part: FormattedPart): Part => {
    const { type, value } = part as { readonly type: string; readonly value?: unknown };
    if (value instanceof Slot) return { slot: value.name };
    if (type === "text" && typeof value === "string") return { text: figuresApart(value, dir) };
    if (typeof value === "string") return { text: value };
    const { parts } = part as { readonly parts?: readonly { readonly value: string }[] };
    return { text: (parts ?? []).map((inner) => inner.value).join("") };
  };
  const sourceOf = (key: string): string | undefined => messageIn(book, key) ?? messageIn(english, key);
  const formatOf = (key: string): MessageFormat => {
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const made = new MessageFormat([...locales], sourceOf(key) ?? "", { bidiIsolation: "none" });
    parsed.set(key, made);
    return made;
  };
  const spoken = kept<string>();
  const pieces = kept<readonly Part[]>();
  return {
    t: <K extends Key>(key: K, ...[given]: Given<K, string | Listed>) =>
      spoken(JSON.stringify([key, given]), () => {
        const entries = Object.entries(given ?? {}).map(([name, value]): [string, unknown] => [name, argument(value)]);
        const said = formatOf(key).formatToParts(Object.fromEntries(entries)).map(partOf);
        return said.map((part) => ("text" in part ? part.text : "")).join("");
      }),
    parts: (key, given) => {
      const marked = Object.entries(given).map(([name, value]) => [name, typeof value === "number" ? value : null]);
      return pieces(JSON.stringify([key, marked]), () => {
        const slotted = marked.map(([name, value]) => [name, value ?? new Slot(name as string)]);
        return formatOf(key).formatToParts(Object.fromEntries(slotted)).map(partOf);
      });
    },
    has: (key): key is Key => sourceOf(key) !== undefined,
  };
}

/** Sentences of that many kinds and figures stand on a screen at once. */
const KEPT = 3000;

/** The newest that were made: rows that are drawn again say the same again, and putting a sentence together takes long. */
function kept<Made>(): (name: string, make: () => Made) => Made {
  const known = new Map<string, Made>();
  return (name, make) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = make();
    known.set(name, made);
    if (known.size > KEPT) known.delete(known.keys().next().value as string);
    return made;
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
