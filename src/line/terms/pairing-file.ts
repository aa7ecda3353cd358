/** The text form that every file of pairing has: JSON in exactly one spelling, which says what it is (spec/pairing.md). */
import { type Bytes, fromBase64 } from "../../wire/bytes.ts";
import { malformed } from "./charter.ts";
import { lineError } from "../errors.ts";

export const PAIRING_FILES = {
  "parley-invitation/v1": "an invitation to a line",
  "parley-join/v1": "a party's answer to an invitation",
  "parley-proposal/v1": "a charter that is proposed to be signed",
  "parley-signature/v1": "a party's signature of a charter, with its roster",
  "parley-line/v1": "a line's file: the charter signed by all, and their rosters",
} as const;
export type PairingFileType = keyof typeof PAIRING_FILES;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonRecord = { readonly [key: string]: Json };

const MAX_FILE = 4_194_304;

export function formatFile(type: PairingFileType, fields: JsonRecord): string {
  return `${JSON.stringify({ parley: type, ...fields }, null, 2)}\n`;
}

/** Which file of pairing this is; null where it is none. */
export function pairingFileType(text: string): PairingFileType | null {
  const type = /^\{\n {2}"parley": "([a-z/0-9-]{1,40})",\n/.exec(text)?.[1];
  return type !== undefined && Object.hasOwn(PAIRING_FILES, type) ? (type as PairingFileType) : null;
}

/**
 * Reads a file: `read` takes the fields apart, `format` writes them again, and both texts must be the same.
 * @throws pairing-wrong-file, pairing-file-malformed, and what `read` throws of its own
 */
export function parseFile<T>(
  type: PairingFileType,
  text: string,
  read: (fields: Reader) => T,
  format: (value: T) => string,
): T {
  const found = pairingFileType(text);
  if (found !== null && found !== type) {
    throw lineError("pairing-wrong-file", `This file is ${PAIRING_FILES[found]}; needed is ${PAIRING_FILES[type]}.`);
  }
  if (found === null || text.length > MAX_FILE) {
    throw lineError("pairing-file-malformed", `This file is not ${PAIRING_FILES[type]}.`);
  }
  const value = malformed("pairing-file-malformed", "The file is malformed", () => read(readerOf(json(text))));
  if (format(value) !== text)
    throw lineError("pairing-file-malformed", "The file was edited, or written by something else.");
  return value;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw lineError("pairing-file-malformed", "The file is not JSON.", { cause });
  }
}

/** Takes fields out by name. What is missing or more is caught when the text is written again and compared. */
export interface Reader {
  text(key: string): string;
  bytes(key: string): Bytes;
  records(key: string, max: number): Reader[];
  record(key: string): Reader;
}

function readerOf(value: unknown): Reader {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("a part of it is not an object");
  const record = value as Readonly<Record<string, unknown>>;
  const field = (key: string): unknown => (Object.hasOwn(record, key) ? record[key] : undefined);
  const text = (key: string): string => {
    const found = field(key);
    if (typeof found !== "string") throw wrong(`"${key}" is not text`);
    return found;
  };
  return {
    text,
    bytes: (key) => fromBase64(text(key)),
    record: (key) => readerOf(field(key)),
    records: (key, max) => {
      const found = field(key);
      if (!Array.isArray(found) || found.length > max) throw wrong(`"${key}" is not a list of at most ${max}`);
      return found.map(readerOf);
    },
  };
}

function wrong(what: string) {
  return lineError("pairing-file-malformed", `The file is malformed: ${what}.`);
}
