/** The closed list of what intake can find in what people bring. A code always has the same gravity. */
import { type FindingKey, type GivenOf, inEnglish, reason, type Sentence, sentence } from "./words/sentence.ts";

/**
 * refuse: there is no draft of this row, and why is said. warn: there is a draft, and whoever releases it confirms that
 * it was looked at. note: worth knowing, nothing to confirm.
 */
export type Gravity = "refuse" | "warn" | "note";

interface FindingEntry {
  readonly gravity: Gravity;
  /** What it means, for `spec/import.md` and for people. */
  readonly says: string;
}

export const FINDINGS = {
  "blank-row": { gravity: "refuse", says: "The row says nothing about any place." },
  "ragged-row": { gravity: "refuse", says: "The row has more or fewer fields than the header." },
  "field-too-long": { gravity: "refuse", says: "A field is longer than anything that can be told." },
  "position-missing": { gravity: "refuse", says: "The row has no latitude or no longitude." },
  "position-not-a-number": {
    gravity: "refuse",
    says: "A latitude, longitude or position is in no notation that means one place.",
  },
  "position-out-of-range": { gravity: "refuse", says: "A latitude is beyond 90 degrees or a longitude beyond 180." },
  "position-swapped": {
    gravity: "refuse",
    says: "The latitude is beyond 90 degrees and the longitude is not: the two may have been exchanged.",
  },
  "position-default": {
    gravity: "refuse",
    says: "The position is 0, 0, which software writes where nothing was entered.",
  },
  "positions-differ": {
    gravity: "refuse",
    says: "The row says where it is in two ways, and they name two places.",
  },
  "geometry-missing": { gravity: "refuse", says: "The feature has no geometry." },
  "geometry-malformed": { gravity: "refuse", says: "The geometry does not have the form that GeoJSON gives it." },
  "geometry-invalid": {
    gravity: "refuse",
    says: "The geometry is well written and encloses nothing that can be checked.",
  },
  "geometry-not-for-kind": { gravity: "refuse", says: "This kind of message cannot hold a geometry of this type." },
  "geometry-many-parts": {
    gravity: "refuse",
    says: "The geometry has several parts, and the message holds one footprint.",
  },
  "geometry-no-width": { gravity: "refuse", says: "A line has no width, and its corridor needs one." },
  cancellation: {
    gravity: "refuse",
    says: "The record ends another one and says nothing else; there is nothing to draft, and something to withdraw.",
  },
  "part-dropped": {
    gravity: "refuse",
    says: "This part of the file is of a sort that no message can hold, or points elsewhere; it is named and left out.",
  },
  "time-missing": { gravity: "refuse", says: "The row names no time, and this kind of message needs one." },
  "end-before-start": { gravity: "refuse", says: "It ends before it begins." },
  "body-refused": {
    gravity: "refuse",
    says: "The row was read, and what it says has no place in a message of this kind.",
  },
  "far-from-district": {
    gravity: "warn",
    says: "The position lies far from everything else that names the same district.",
  },
  "far-from-name": {
    gravity: "warn",
    says: "The position lies away from the place that the row names, as other rows or a gazetteer have it.",
  },
  "outside-named": {
    gravity: "warn",
    says: "The position lies outside the district, governorate or country that the row names, as a boundary draws it.",
  },
  "in-sea": { gravity: "warn", says: "The position lies in the sea." },
  "position-of-capital": {
    gravity: "warn",
    says: "The position is the very middle of a capital that the row does not name: software writes it where it found nothing better.",
  },
  "names-differ": { gravity: "warn", says: "The name in one script does not sound like the name in the other." },
  "name-disguised": {
    gravity: "warn",
    says: "A word of a name mixes letters of several scripts that look alike.",
  },
  "moved-since": { gravity: "warn", says: "The site lies elsewhere than in the list before." },
  "list-moved": { gravity: "warn", says: "Many sites lie elsewhere than in the list before." },
  "datum-shifted": {
    gravity: "warn",
    says: "Positions lie off those that are known by what another datum makes of them.",
  },
  "list-shrunk": { gravity: "warn", says: "Many sites of the list before are missing." },
  "day-and-month": { gravity: "warn", says: "Day and month of a time are probably exchanged." },
  "zone-forgotten": {
    gravity: "warn",
    says: "A time names no zone, and nearly all others of the list do.",
  },
  "weekday-differs": { gravity: "warn", says: "The weekday that is written is not that day's." },
  "time-far": { gravity: "warn", says: "A time is many years ago or ahead." },
  "list-of-past": { gravity: "note", says: "Five reports of the list or more are of many years ago." },
  "unit-differs": { gravity: "warn", says: "A height is in another unit than nearly all heights of the list." },
  "height-unlikely": { gravity: "warn", says: "A height is above all that flies: feet may stand as metres." },
  "fix-jumps": { gravity: "warn", says: "A position lies off a track that goes on without it." },
  "clock-jumps": { gravity: "warn", says: "A time of a track is not between those beside it." },
  "speed-impossible": { gravity: "warn", says: "A leg would have to be travelled faster than is possible." },
  "route-backtracks": { gravity: "warn", says: "A route turns back on itself." },
  "row-hidden": { gravity: "warn", says: "The row is hidden in the workbook that it stands in." },
  "outside-area": { gravity: "warn", says: "The position lies outside the area of interest." },
  "id-repeated": { gravity: "warn", says: "Another row has the same number." },
  "site-repeated": {
    gravity: "note",
    says: "Another row of the same name lies at the same position or close by: they may be one site.",
  },
  "name-missing": { gravity: "warn", says: "The row gives its place no name." },
  "number-refused": {
    gravity: "warn",
    says: "A number other than the position is not a plain number; it was left out.",
  },
  "time-refused": { gravity: "warn", says: "A time is ambiguous or is not one; it was left out." },
  "text-refused": {
    gravity: "warn",
    says: "A text holds characters that could disguise it, or is too long; it was left out.",
  },
  "width-unsaid": {
    gravity: "warn",
    says: "The record tells a line without its width; the line alone was taken.",
  },
  "windows-joined": {
    gravity: "note",
    says: "It has more windows than can be told, and was taken to hold from the first to the last.",
  },
  "not-understood": {
    gravity: "note",
    says: "Some of its words were not understood; they stay in the remarks.",
  },
  cancels: { gravity: "note", says: "The record also ends another one, which is to be withdrawn." },
  "category-unknown": {
    gravity: "note",
    says: "The row's category is none that Parley has; the one given for the file was taken.",
  },
  "position-repeated": { gravity: "note", says: "Another row has exactly the same position." },
  "precision-low": { gravity: "note", says: "The position is written to a kilometre or coarser." },
  "height-opened": {
    gravity: "note",
    says: "Its two heights are above different things; the limit that cannot be told with the other was left open.",
  },
  "height-pressure": {
    gravity: "note",
    says: "Its heights are flight levels, which no message can hold; it was taken to reach all heights.",
  },
  "height-ignored": { gravity: "note", says: "A height without a unit or a datum, or that is none, was left out." },
} as const satisfies Readonly<Record<string, FindingEntry>>;

export type FindingCode = keyof typeof FINDINGS;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Finding {
  readonly code: FindingCode;
  readonly gravity: Gravity;
  /** The field of the draft that it is about; null where it is about the whole row. */
  readonly field: string | null;
  /** What is wrong and what to do, one or two sentences: `says` in English. */
  readonly message: string;
  readonly says: readonly Sentence[];
  /** What was probably meant: fields of the draft with their values. It is never applied by itself. */
  readonly suggestion: { readonly [field: string]: Json } | null;
  /** What speaks for the suggestion, or for the finding where there is none: `reason` in English. */
  readonly because: string | null;
  readonly reason: Sentence | null;
}

/** The code of `far-from-name/known` is `far-from-name`. */
type CodeOf<K extends string> = K extends `${infer Code}/${string}` ? Code : K;
/** Every way in which intake says one of its codes. */
export type Way = { [K in FindingKey]: CodeOf<K> extends FindingCode ? K : never }[FindingKey];

export function finding<K extends Way>(
  way: K,
  field: string | null,
  given: GivenOf<"finding", K>,
  more: {
    readonly suggestion?: Finding["suggestion"];
    readonly reason?: Sentence | null;
    /** The code of an error of the geo room that says what is wrong. */
    readonly fault?: string;
  } = {},
): Finding {
  const code = way.split("/", 1)[0] as FindingCode;
  const { suggestion = null, fault } = more;
  const says: Sentence[] = [sentence(way, given)];
  if (fault !== undefined) says.push({ key: `fault.${fault}`, given: {} });
  return { code, gravity: FINDINGS[code].gravity, field, suggestion, ...spoken(says, more.reason ?? null) };
}

/** All that there is to say: what is wrong, what was probably meant, and what speaks for it. */
export function sentencesOf({
  says = [],
  suggestion,
  reason,
}: {
  readonly [K in "says" | "suggestion" | "reason"]?: Finding[K] | undefined;
}): Sentence[] {
  const meant = suggestion === null || suggestion === undefined ? [] : [meantBy(suggestion)];
  return [...says, ...meant, ...(reason === null || reason === undefined ? [] : [reason])];
}

function meantBy({ latitude: lat, longitude: lon, ...others }: NonNullable<Finding["suggestion"]>): Sentence {
  if (typeof lat === "number" && typeof lon === "number") return reason("meant", { what: { at: { lat, lon } } });
  const what = Object.values({ ...others, ...(lat !== undefined && { lat }), ...(lon !== undefined && { lon }) });
  return reason("meant", { what: what.flatMap(wordsIn).join(", ").slice(0, 500) });
}

/** The texts and numbers of a value, however deep: of names, their words without their languages. */
function wordsIn(value: Json): string[] {
  if (value === null || typeof value === "boolean") return [];
  if (typeof value !== "object") return [String(value)];
  if (isList(value)) return value.flatMap(wordsIn);
  return "text" in value ? wordsIn(value["text"] ?? null) : Object.values(value).flatMap(wordsIn);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** What a finding says, with both of its texts in English. */
export function spoken(
  says: readonly Sentence[],
  why: Sentence | null,
): Pick<Finding, "message" | "says" | "because" | "reason"> {
  return { message: inEnglish(says), says, because: why === null ? null : inEnglish([why]), reason: why };
}
