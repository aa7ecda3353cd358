/** Positions in running text: what looks like one is read strictly, and what cannot be is left where it stands. */
import { type FindPlaces, parseCoordinate, plainMarks } from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { WrittenPosition } from "../record.ts";

export interface FoundPosition extends WrittenPosition {
  /** From and to, in the text that was searched. */
  readonly from: number;
  readonly to: number;
}

/**
 * An angle in each notation, without its letter, after it and before it. Both halves of a position are in one: in "RIG 12
 * 19-23.0N 092-03.1W" the rig's number is no degree, and a text in which it could be one is left alone.
 */
const DIGITS = String.raw`\d{1,2}(?:\.\d+)?`;
const SECONDS = String.raw`(?:[°: ]+\d{1,2}[': ]+|[° ]*-[° ]*\d{1,2}[' ]*-[' ]*)${DIGITS}`;
const ANGLES: readonly { readonly before: string; readonly after: string }[] = [
  { before: String.raw`\d{1,3}${SECONDS} ?['"]* ?`, after: String.raw`\d{2,3}${SECONDS}['"]*` },
  { before: String.raw`\d{1,3}[-°: ]+${DIGITS} ?'* ?`, after: String.raw`\d{2,3}[-°: ]+${DIGITS}'*` },
  { before: String.raw`\d{4,7}(?:\.\d+)? ?`, after: String.raw`\d{4,7}(?:\.\d+)?` },
  { before: String.raw`\d{1,3}(?:\.\d{1,10})? ?°? ?`, after: String.raw`\d{1,3}(?:\.\d{1,10})?°?` },
];
const SEPARATOR = String.raw`[ ,;/-]{0,3}(?:AND |LONG?(?:ITUDE)?[ :.]{1,2})?`;

function halvesIn({ before, after }: (typeof ANGLES)[number]): readonly RegExp[] {
  const angle = (letters: string): string => String.raw`(?:[${letters}] ?${after}|${before}[${letters}])(?![A-Z\d])`;
  const [lat, lon] = [angle("NS"), angle("EW")];
  const begin = String.raw`(?<![\d.A-Z-])`;
  return [
    new RegExp(String.raw`${begin}(?:LAT(?:ITUDE)?[ :.]{1,2})?${lat}${SEPARATOR}${lon}`, "g"),
    new RegExp(`${begin}${lon}${SEPARATOR}${lat}`, "g"),
  ];
}

const FORMS: readonly RegExp[] = [
  ...ANGLES.flatMap(halvesIn),
  /(?<![\dA-Z.-])\d{1,2} ?[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?(?:\d{2} ?\d{2}|\d{3} ?\d{3}|\d{4} ?\d{4}|\d{5} ?\d{5})(?![\dA-Z])/g,
  /(?<![\dA-Z.-])\d{1,2} ?(?:NORTH|SOUTH|[C-HJ-NP-X]) \d{6}(?:\.\d+)?(?:M?E)? \d{7}(?:\.\d+)?(?:M?N)?(?![\dA-Z])/g,
  /(?<![\d.A-Z-])[+-]?\d{1,2}\.\d{3,10}(?:, ?| )[+-]?\d{1,3}\.\d{3,10}(?![\d.A-Z°])/g,
];
const NAMED =
  /(?<![\d.])\d{1,4}(?:\.\d{1,3})? ?(?:KM|KILOMETRES|KILOMETERS|NM|MILES|M) (?:TO THE )?(?:[NSEW]{1,3}|(?:NORTH|SOUTH|EAST|WEST)[ -]?(?:EAST|WEST)?) (?:OF|FROM) (\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*){0,3})/giu;

/** The same text with its digits and marks in one form and in capitals; places in it are those of the original. */
function searchable(text: string): string {
  return Array.from(text, (character) => (character.length === 1 ? oneOf(character) : "  ")).join("");
}

function oneOf(character: string): string {
  if (/\s/.test(character)) return " ";
  const plain = plainMarks(character).toUpperCase();
  return plain.length === 1 ? plain : character;
}

/** In their order; where two overlap, the one that begins first, and the longer of two that begin together. */
export function positionsIn(text: string, places: FindPlaces | null): FoundPosition[] {
  const plain = searchable(text);
  const found = FORMS.flatMap((form) => [...plain.matchAll(form)].flatMap((match) => readAt(text, match, null)));
  if (places !== null) found.push(...namedIn(text, places));
  const sorted = found.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const kept: FoundPosition[] = [];
  for (const each of sorted) if (each.from >= (kept.at(-1)?.to ?? 0)) kept.push(each);
  return kept;
}

/** Half a position, with minutes: watts, megahertz and compass points are none. */
const HALF =
  /(?<![\dA-Z.-])(?:\d{1,3}[-°]\d{1,2}(?:[-'.]\d[\dOIL]*)*['"]? ?|\d{4}(?:\d{2})?(?:\.\d+)?)[NS](?![A-Z\d])|(?<![\dA-Z.-])(?:\d{1,3}[-°]\d{1,2}(?:[-'.]\d[\dOIL]*)*['"]? ?|\d{5}(?:\d{2})?(?:\.\d+)?)[EW](?![A-Z\d])/g;

/** What is written as a latitude or longitude, and no position was made of it. */
export function unreadIn(text: string, found: readonly Pick<FoundPosition, "from" | "to">[]): string[] {
  let plain = searchable(text);
  for (const { from, to } of found) plain = plain.slice(0, from) + " ".repeat(to - from) + plain.slice(to);
  return (plain.match(HALF) ?? []).slice(0, 20);
}

/** Of a name of several words, the longest that the gazetteer has. */
function namedIn(text: string, places: FindPlaces): FoundPosition[] {
  return [...text.matchAll(NAMED)].flatMap((match) => {
    const words = (match[1] as string).split(" ");
    for (let count = words.length; count > 0; count--) {
      const cut = match[0].length - words.slice(count).join(" ").length - (count < words.length ? 1 : 0);
      const read = readAt(text, { 0: match[0].slice(0, cut), index: match.index }, places);
      if (read.length > 0) return read;
    }
    return [];
  });
}

function readAt(
  text: string,
  match: { readonly 0: string; readonly index: number },
  places: FindPlaces | null,
): FoundPosition[] {
  const [from, to] = [match.index, match.index + match[0].length];
  const written = text.slice(from, to).replaceAll(/\s+/g, " ").trim();
  const plain = written.replace(/(?<=[NSEW\d'"])(?: ?- ?|;|\/)(?=[\dNSEW])(?=.*[EW])/i, (mark) =>
    /[NS] ?$/i.test(written.slice(0, written.indexOf(mark))) ? " " : mark,
  );
  try {
    const { position: at, notation, precision_m } = parseCoordinate(plain, places);
    return [{ field: "text", text: written, at, notation, precision_m, from, to }];
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return [];
  }
}
