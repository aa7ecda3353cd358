/** Bytes into text: UTF-8, UTF-16, Windows-1256 or Windows-1251, detected and said; anything else is refused. */
import type { Bytes } from "../../wire/bytes.ts";
import { intakeError } from "../errors.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1256" | "windows-1251";

/** Text comes out piece by piece; the encoding is settled by the first bytes that are not plain ASCII. */
export class Decoder {
  #decoder: TextDecoder | null = null;
  #encoding: Encoding = "utf-8";
  #begun = false;

  get encoding(): Encoding {
    return this.#encoding;
  }

  /** Throws file-not-text. */
  push(bytes: Bytes): string {
    if (!this.#begun) {
      this.#begun = true;
      const marked = byMark(bytes);
      if (marked !== null) this.#settle(marked);
    }
    if (this.#decoder === null) {
      if (isAscii(bytes)) return checked(new TextDecoder().decode(bytes));
      this.#settle(guessed(bytes));
    }
    return this.#decode(bytes, true);
  }

  /** Throws file-not-text. */
  end(): string {
    return this.#decoder === null ? "" : this.#decode(new Uint8Array(0), false);
  }

  #settle(encoding: Encoding): void {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  #decode(bytes: Bytes, stream: boolean): string {
    try {
      return checked((this.#decoder as TextDecoder).decode(bytes, { stream }));
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw intakeError("file-not-text", `The file is not well-formed ${this.#encoding} throughout.`, { cause });
    }
  }
}

function checked(text: string): string {
  if (!text.includes("\u0000")) return text;
  throw intakeError("file-not-text", "The file holds zero bytes: it is not a text file.");
}

function isAscii(bytes: Bytes): boolean {
  for (const byte of bytes) if (byte > 127) return false;
  return true;
}

/** By the byte order mark; or, of UTF-16 without one, by the zero in every other byte of what begins with ASCII. */
function byMark([a, b, c, d]: Bytes): Encoding | null {
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (b === 0 && d === 0 && a !== 0 && c !== 0 && a !== undefined) return "utf-16le";
  if (a === 0 && c === 0 && b !== 0 && d !== 0 && b !== undefined) return "utf-16be";
  return null;
}

function guessed(bytes: Bytes): Encoding {
  const sample = bytes.subarray(0, 1 << 20);
  if (isUtf8(sample)) return "utf-8";
  const arabic = doubt(sample, "windows-1256");
  const cyrillic = doubt(sample, "windows-1251");
  const [least, encoding] =
    arabic <= cyrillic ? [arabic, "windows-1256" as const] : [cyrillic, "windows-1251" as const];
  if (least <= MOST_DOUBT) return encoding;
  const message =
    "The file is neither UTF-8 nor UTF-16, and does not read as Windows-1256 (Arabic) or 1251 (Cyrillic).";
  throw intakeError("file-not-text", message);
}

/** A character that the end of the sample cuts is no fault. */
function isUtf8(bytes: Bytes): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The share of letters that may be out of place, at most, for a guess. */
const MOST_DOUBT = 0.1;
const LEAST_LETTERS = 3;
const OWN = { "windows-1256": /\p{Script=Arabic}/u, "windows-1251": /\p{Script=Cyrillic}/u } as const;

const GLUED = {
  "windows-1256": /[A-Za-z](?=\p{Script=Arabic})|\p{Script=Arabic}(?=[A-Za-z])/gu,
  "windows-1251": /[A-Za-z](?=\p{Script=Cyrillic})|\p{Script=Cyrillic}(?=[A-Za-z])/gu,
} as const;

/**
 * How unlike a text of its script the bytes are in an encoding: the share of their runs beyond ASCII that hold something
 * other than its letters, or change from small to capital letters inside a word.
 */
function doubt(bytes: Bytes, encoding: keyof typeof OWN): number {
  const text = new TextDecoder(encoding).decode(bytes);
  const runs = text.match(/\P{ASCII}+/gu) ?? [];
  const own = OWN[encoding];
  let [letters, odd] = [0, 0];
  for (const run of runs.slice(0, 20_000)) {
    for (const character of run) {
      if (/[«»“”„–—№،؛؟ـ\u00a0\u200c-\u200f°’‘]/.test(character)) continue;
      letters += 1;
      odd += own.test(character) ? 0 : 1;
    }
    odd += (run.match(/\p{Ll}\p{Lu}/gu) ?? []).length * 2;
  }
  // "Hôpital" of Western Europe (Windows-1252) would be "Hфpital": no word of these scripts goes on in Latin letters.
  odd += (text.match(GLUED[encoding]) ?? []).length;
  return letters < LEAST_LETTERS ? 1 : odd / letters;
}
