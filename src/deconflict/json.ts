/** JSON (RFC 8259) in which no entry can be lost: a name that is given twice in one object is refused. */
import type { ParleyError } from "../wire/error.ts";
import { deconflictError } from "./errors.ts";
import { step } from "./fault.ts";

/** In UTF-16 units; about as many bytes. */
const MAX_TEXT = 256 * 1024 * 1024;
/** Lists and objects within each other; what is read needs a dozen, and a file of brackets alone would fill the memory. */
const MAX_DEPTH = 256;

/** Throws check-file-too-large, json-too-deep, json-malformed, json-repeats-key (with the place as `detail.path`). */
export function parseJson(text: string): unknown {
  if (text.length > MAX_TEXT) throw deconflictError("check-file-too-large", "The file is too large.");
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const repeated = repeatedName(plain);
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.slice(0, 200) : "";
    throw deconflictError("json-malformed", `The file is not JSON: ${why}.`, { cause });
  }
  if (repeated !== null) throw repeated;
  return value;
}

interface Level {
  /** null: a list. */
  readonly keys: Set<string> | null;
  /** The name or number of the entry that is being read. */
  at: string | number;
  isName: boolean;
}

/** The first name that is given twice, if the text is JSON; of any other text it says nothing. */
function repeatedName(text: string): ParleyError | null {
  const levels: Level[] = [];
  const tokens = /["[\]{},]/g;
  let repeated: ParleyError | null = null;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const token = match[0];
    const level = levels.at(-1);
    if (token === '"') {
      const end = endOfText(text, match.index);
      tokens.lastIndex = end;
      if (level?.isName === true) repeated = nameEntry(level, text.slice(match.index, end), levels) ?? repeated;
    } else if (token === "{" || token === "[") {
      if (levels.length >= MAX_DEPTH)
        throw deconflictError("json-too-deep", `The file nests deeper than ${MAX_DEPTH}.`);
      levels.push(token === "{" ? { keys: new Set(), at: "", isName: true } : { keys: null, at: 0, isName: false });
    } else if (token !== ",") levels.pop();
    else if (level !== undefined) nextEntry(level);
  }
  return repeated;
}

/** Behind the quotation mark that ends the text which begins at `start`: one that no odd number of backslashes precedes. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text[before - 1] === "\\") before -= 1;
    if ((end - before) % 2 === 0) return end + 1;
  }
  return text.length;
}

function nextEntry(level: Level): void {
  if (level.keys === null) level.at = Number(level.at) + 1;
  else level.isName = true;
}

function nameEntry(level: Level, written: string, levels: readonly Level[]): ParleyError | null {
  const key = nameOf(written);
  const isRepeated = level.keys?.has(key) === true;
  level.keys?.add(key);
  level.at = key;
  level.isName = false;
  if (!isRepeated) return null;
  const path = levels.map(({ at }) => step(at)).join("");
  return deconflictError("json-repeats-key", `The name "${key.slice(0, 40)}" is given twice.`, { detail: { path } });
}

function nameOf(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    // No JSON: whoever parses the whole says so.
    return written;
  }
}
