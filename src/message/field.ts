/**
 * One description of a field gives its TypeScript type, its JSON schema, its CBOR form and the way it is shown, so
 * that the four cannot drift apart. In memory and in JSON a value is the same; in CBOR numbers are whole (spec/kinds.md).
 */
import { z } from "zod";
import type { CborValue } from "../wire/cbor.ts";
import type { MessageHash, PartyId } from "../wire/id.ts";
import { parseMessageHash, parsePartyId } from "../wire/id.ts";
import { fromHex, toHex } from "../wire/bytes.ts";
import { asBytes, asInteger, asOneOf, asText } from "../wire/shape.ts";
import { formatTime } from "../geo/index.ts";
import { CODES, type Code, type CodeList } from "./codes.ts";
import { messageError } from "./errors.ts";
import { LANGUAGE_TAG, ONE_LINE, saidText, WORDS } from "./text.ts";

/** What a phrasebook lends to a field that shows itself. */
export interface Speaker {
  readonly code: (list: CodeList, value: string) => string;
  readonly field: (name: string) => string;
  /** Figures that are read from left to right in every language (a position, a time in Zulu), among other words. */
  readonly figures: (text: string) => string;
  /** A person's words among ours: their direction ends where they end. */
  readonly said: (text: string) => string;
  readonly not_said: string;
  readonly none: string;
  readonly units: { readonly metres: string; readonly seconds: string };
  readonly heights: { readonly all: string; readonly ground_up: string; readonly no_top: string };
  readonly times: {
    readonly from: string;
    readonly until: string;
    readonly always: string;
    readonly unsaid: string;
  };
  readonly shapes: {
    readonly circle: string;
    readonly polygon: string;
    readonly holes: string;
    readonly corridor: string;
  };
}

export interface Line {
  readonly label: string;
  readonly value: string;
}

export interface Field<T> {
  /** For JSON bodies. What may be null or empty may be left out on the way in; it is always there on the way out. */
  readonly json: z.ZodType<T>;
  readonly encode: (value: T) => CborValue;
  /** Strict. @throws cbor-wrong-shape, text-refused, value-refused, id-malformed */
  readonly decode: (value: CborValue, where: string) => T;
  readonly show: (value: T, speaker: Speaker) => string;
  /** Where a field takes more than one line of a message as people read it. */
  readonly lines?: (value: T, name: string, speaker: Speaker) => Line[];
}

export type Told<F> = F extends Field<infer T> ? T : never;

/** Words of a person, several lines, at most `max` UTF-16 code units; may be empty, and then may be left out in JSON. */
export function words(max: number): Field<string> {
  return {
    json: z.string().max(max).regex(WORDS).default(""),
    encode: (value) => value,
    decode: (value, where) => saidText(asText(value, where, max), where, WORDS, max),
    show: (value, speaker) => (value === "" ? speaker.none : speaker.said(value)),
  };
}

/** One line of words, 1 to `max` UTF-16 code units. */
export function line(max: number): Field<string> {
  return {
    json: z.string().min(1).max(max).regex(ONE_LINE),
    encode: (value) => value,
    decode: (value, where) => {
      const text = saidText(asText(value, where, max), where, ONE_LINE, max);
      if (text === "") throw messageError("value-refused", `${where} is empty.`);
      return text;
    },
    show: (value, speaker) => speaker.said(value),
  };
}

function matching<T extends string>(form: RegExp, max: number, parse: (text: string) => T): Field<T> {
  return {
    json: z.string().max(max).regex(form) as unknown as z.ZodType<T>,
    encode: (value) => value,
    decode: (value, where) => parse(asText(value, where, max)),
    show: (value) => value,
  };
}

export function partyId(): Field<PartyId> {
  return matching(/^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,31}$/, 32, parsePartyId);
}

/** A language tag such as `en` or `ckb`. */
export function language(): Field<string> {
  return matching(LANGUAGE_TAG, 35, (text) => {
    if (!LANGUAGE_TAG.test(text)) throw messageError("value-refused", `"${text}" is not a language tag.`);
    return text;
  });
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** A day, ISO 8601: `2014-07-02`. */
export function day(): Field<string> {
  return {
    json: z
      .string()
      .max(10)
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .refine(isDay, "There is no such day."),
    encode: (value) => value,
    decode: (value, where) => {
      const text = asText(value, where, 10);
      if (!isDay(text)) throw messageError("value-refused", `${where} is not a day.`);
      return text;
    },
    show: (value) => value,
  };
}

/** A message by its hash: hexadecimal in memory and JSON, 32 bytes in CBOR. */
export function messageRef(): Field<MessageHash> {
  return {
    json: z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<MessageHash>,
    encode: (value) => fromHex(value, 32),
    decode: (value, where) => parseMessageHash(toHex(asBytes(value, where, 32))),
    show: (value) => value.slice(0, 16),
  };
}

/** One code of a closed list. */
export function code<const List extends CodeList>(list: List): Field<Code<List>> {
  const allowed = CODES[list] as readonly Code<List>[];
  return {
    json: z.enum(allowed as readonly [string, ...string[]]) as unknown as z.ZodType<Code<List>>,
    encode: (value) => value,
    decode: (value, where) => asOneOf<Code<List>>(value, where, allowed),
    show: (value, speaker) => speaker.code(list, value),
  };
}

/** A whole number of things. */
export function count(min: number, max: number): Field<number> {
  return {
    json: z.int().min(min).max(max),
    encode: (value) => value,
    decode: (value, where) => asInteger(value, where, min, max),
    show: (value) => String(value),
  };
}

/** The last millisecond of the year 9999. */
export const MAX_INSTANT = 253_402_300_799_999;

/** A moment: whole milliseconds since the epoch. */
export function instant(): Field<number> {
  return { ...count(0, MAX_INSTANT), show: (value) => formatTime(value) };
}

/** A duration in whole seconds. */
export function seconds(max: number): Field<number> {
  return { ...count(0, max), show: (value, speaker) => `${value} ${speaker.units.seconds}` };
}

/** A length in metres, to the millimetre; whole millimetres in CBOR. */
export function metres(min: number, max: number): Field<number> {
  return {
    json: z.number().min(min).max(max),
    encode: (value) => wholeNumber(value * 1000),
    decode: (value, where) => asInteger(value, where, min * 1000, max * 1000) / 1000,
    show: (value, speaker) => `${value} ${speaker.units.metres}`,
  };
}

/** Rounded half away from zero, and never minus zero, which deterministic CBOR has no place for. */
export function wholeNumber(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) + 0;
}
