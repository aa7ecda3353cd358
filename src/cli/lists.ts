/** A file may hold more than one draft takes: it becomes several lists, each released and answered by itself. */
import { type DraftItemRequest, LIST_LIMITS } from "../api/index.ts";
import { utf8 } from "../wire/bytes.ts";
import { cliError } from "./errors.ts";

export interface NamedList {
  readonly name: string;
  readonly items: readonly DraftItemRequest[];
}

/** In the file's order, as few as hold them; "name" where it is one, else "name (1 of 3)" and so on. */
export function listsOf(name: string, items: readonly DraftItemRequest[], limits = LIST_LIMITS): NamedList[] {
  const parts: DraftItemRequest[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    const size = utf8(JSON.stringify(item)).length;
    const last = parts.at(-1) as DraftItemRequest[];
    if (last.length > 0 && (last.length >= limits.items || bytes + size > limits.bytes)) {
      parts.push([item]);
      bytes = size;
    } else {
      last.push(item);
      bytes += size;
    }
  }
  const named = parts.map((part, i) => {
    return { name: parts.length === 1 ? name : `${name} (${i + 1} of ${parts.length})`, items: part };
  });
  const long = named.find((list) => list.name.length > limits.name);
  if (long === undefined) return named;
  throw cliError("usage", `The list's name "${long.name}" has over ${limits.name} characters: give a shorter --list.`);
}
