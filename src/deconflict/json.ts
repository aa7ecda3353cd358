/** JSON (RFC 8259) in which no entry can be lost: a name that is given twice in one object is refused. */
import { deconflictError } from "./errors.ts";
import { step } from "./fault.ts";

/** In UTF-16 units; about as many bytes. */
const MAX_TEXT = 256 * 1024 * 1024;

/** Throws check-file-too-large, json-malformed, json-repeats-key (with the place as `detail.path`). */
export function parseJson(text: string): unknown {
  if (text.length > MAX_TEXT) throw deconflictError("check-file-too-large", "The file is too large.");
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.slice(0, 200) : "";
    throw deconflictError("json-malformed", `The file is not JSON: ${why}.`, { cause });
  }
  refuseRepeatedKeys(plain);
  return value;
}

interface Level {
  /** null: a list. */
  readonly keys: Set<string> | null;
  /** The name or number of the entry that is being read. */
  at: string | number;
  isName: boolean;
}

/** Walks the tokens of a text that is known to be JSON. */
function refuseRepeatedKeys(text: string): void {
  const levels: Level[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},]/g;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const token = match[0];
    const level = levels.at(-1);
    if (token === "{") levels.push({ keys: new Set(), at: "", isName: true });
    else if (token === "[") levels.push({ keys: null, at: 0, isName: false });
    else if (token === "}" || token === "]") levels.pop();
    else if (level === undefined) continue;
    else if (token === ",") {
      if (level.keys === null) level.at = Number(level.at) + 1;
      else level.isName = true;
    } else if (level.keys !== null && level.isName) {
      nameEntry(level, JSON.parse(token) as string, levels);
    }
  }
}

function nameEntry(level: Level, key: string, levels: readonly Level[]): void {
  const repeated = level.keys?.has(key) === true;
  level.keys?.add(key);
  level.at = key;
  level.isName = false;
  if (!repeated) return;
  const path = levels.map(({ at }) => step(at)).join("");
  throw deconflictError("json-repeats-key", `The name "${key.slice(0, 40)}" is given twice.`, { detail: { path } });
}
