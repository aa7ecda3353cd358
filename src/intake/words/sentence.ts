/**
 * What a finding says, as data: which sentence of the catalogue, and the figures, names and places that stand in it. So
 * a program reads them, the command line says them in English, and the console in its reader's language.
 */
import { phraseOf } from "../../message/index.ts";
import { FAULT_WORDS, FINDING_WORDS, REASON_WORDS } from "./english.ts";

const WORDS = { finding: FINDING_WORDS, reason: REASON_WORDS, fault: FAULT_WORDS } as const;
type Words = typeof WORDS;
export type FindingKey = keyof typeof FINDING_WORDS;
export type ReasonKey = keyof typeof REASON_WORDS;

type Stance = Parameters<typeof phraseOf<"stance">>[1];

/** Something that stands in a sentence, and is neither text nor a number of things. */
export type Quantity =
  | { readonly metres: number }
  /** Degrees WGS 84. */
  | { readonly at: { readonly lat: number; readonly lon: number } }
  | { readonly names: readonly string[] }
  /** ISO 3166-1, two letters. */
  | { readonly country: string }
  /** 0 is Sunday. */
  | { readonly weekday: number }
  | { readonly stance: Stance };
export type Value = string | number | Quantity;

export interface Sentence {
  /** `finding.in-sea`, `reason.exchanged`, `fault.time-zone-missing`. */
  readonly key: string;
  readonly given: Readonly<Record<string, Value>>;
}

type Placeholder<M extends string> = M extends `${string}{$${infer Inside}}${infer Rest}`
  ? Inside | Placeholder<Rest>
  : never;
type NameOf<P extends string> = P extends `${infer Name} ${string}` ? Name : P;
type ValuesOf<P extends string> = [P] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [Name in P as NameOf<Name>]: Name extends `${string} :integer${string}` ? number : string | Quantity };
/** What stands in the braces of a sentence, under the same names. */
export type GivenOf<S extends keyof Words, K extends keyof Words[S]> = ValuesOf<Placeholder<Words[S][K] & string>>;

export function sentence<K extends FindingKey>(key: K, given: GivenOf<"finding", K>): Sentence {
  return { key: `finding.${key}`, given };
}

export function reason<K extends ReasonKey>(key: K, given: GivenOf<"reason", K>): Sentence {
  return { key: `reason.${key}`, given };
}

/** How a language says what is no text: the console has its own for each (`view/findings.tsx`). */
export interface Manner {
  readonly locales: readonly string[];
  readonly distance: (length: Length) => string;
  readonly stance: (code: Stance) => string;
}

export interface Length {
  readonly unit: "metres" | "kilometres";
  readonly n: number;
}

/** As fine as it matters: "850 m", "9.4 km", "82 km". */
export function lengthOf(metres: number): Length {
  if (metres < 1000) return { unit: "metres", n: Math.round(metres) };
  const kilometres = metres / 1000;
  return { unit: "kilometres", n: kilometres < 10 ? Math.round(kilometres * 10) / 10 : Math.round(kilometres) };
}

/** A quantity as text, but for several names, which each language lists in its own way. */
export function textOf(value: Exclude<Quantity, { names: unknown }>, { locales, distance, stance }: Manner): string {
  if ("metres" in value) return distance(lengthOf(value.metres));
  if ("at" in value) return `${value.at.lat}, ${value.at.lon}`;
  if ("weekday" in value) {
    const day = new Date(Date.UTC(2023, 0, 1 + value.weekday));
    return new Intl.DateTimeFormat([...locales], { weekday: "long", timeZone: "UTC" }).format(day);
  }
  if ("stance" in value) return stance(value.stance);
  return /^[A-Z]{2}$/.test(value.country)
    ? (new Intl.DisplayNames([...locales], { type: "region" }).of(value.country) ?? value.country)
    : value.country;
}

const COUNT = new Intl.NumberFormat("en-GB");
const LENGTH = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const ENGLISH: Manner = {
  locales: ["en-GB"],
  distance: ({ unit, n }) => `${LENGTH.format(n)} ${unit === "metres" ? "m" : "km"}`,
  stance: (code) => phraseOf("stance", code),
};

/**
 * The sentences in English, one after the other. Its plain substitution is what MessageFormat 2 makes of the English
 * catalogue, a hundred times faster: a file may have a million findings. What has no words is left out.
 */
export function inEnglish(sentences: readonly Sentence[]): string {
  return sentences
    .flatMap(({ key, given }) => {
      const said = (_: string, name: string, how: string) => english(given[name], how.includes("useGrouping=never"));
      return englishOf(key)?.replace(/\{\$(\w+)([^}]*)\}/g, said) ?? [];
    })
    .join(" ");
}

/** `ordinal`: a row's number, which a spreadsheet shows without separators. */
function english(value: Value | undefined, ordinal: boolean): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return ordinal ? String(value) : COUNT.format(value);
  return "names" in value ? value.names.join(", ") : textOf(value, ENGLISH);
}

function englishOf(key: string): string | undefined {
  const dot = key.indexOf(".");
  const [section, rest] = [key.slice(0, dot), key.slice(dot + 1)];
  const words: Readonly<Record<string, string>> | undefined = Object.hasOwn(WORDS, section)
    ? WORDS[section as keyof Words]
    : undefined;
  return words !== undefined && Object.hasOwn(words, rest) ? words[rest] : undefined;
}
