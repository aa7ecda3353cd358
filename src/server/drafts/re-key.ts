/**
 * Re-keying before release: the node chooses what is entered again from the source, and compares it itself. It guards
 * against slips of typing; an officer who copies from the screen it cannot stop.
 */
import type { Draft, ReKeyed } from "../../api/index.ts";
import { compareReKeyed, decodeMessage, reKeyedOf } from "../../message/index.ts";
import type { DraftRecord } from "../../store/index.ts";
import { utf8 } from "../../wire/bytes.ts";
import { toHex } from "../../wire/bytes.ts";
import { serverError } from "../errors.ts";
import type { Node } from "../node.ts";

/** Of a list so many members are sampled. */
const SAMPLE = 3;

/**
 * The sample hangs on the draft's id, which the node makes after the drafter has given the items: nobody knows beforehand
 * which of them will be entered again. What one officer says at once, an alert for example, is never held up.
 */
export function reKeyOf({ suite, config }: Pick<Node, "suite" | "config">, draft: DraftRecord): Draft["re_key"] {
  const required = config.reKey === "required";
  if (draft.needs === 1 && draft.soleReason === null) return { required, items: [] };
  const places = draft.items.flatMap(({ bytes, hash }, i) =>
    reKeyedOf(decodeMessage(bytes)).length === 0 ? [] : [{ i, lot: toHex(suite.sha256(utf8(`${draft.id} ${hash}`))) }],
  );
  const drawn = places.toSorted((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, SAMPLE);
  return { required, items: drawn.map(({ i }) => i).toSorted((a, b) => a - b) };
}

/** @throws draft-not-re-keyed */
export function requireReKeyed(node: Node, draft: DraftRecord, given: readonly ReKeyed[]): void {
  const { required, items } = reKeyOf(node, draft);
  if (!required) return;
  for (const i of items) {
    const entries = given.find(({ item }) => item === i)?.entries;
    const message = decodeMessage((draft.items[i] as DraftRecord["items"][number]).bytes);
    if (entries === undefined) {
      throw serverError("draft-not-re-keyed", `"${message.subject}" was not entered again from the source.`, {
        detail: { item: i },
      });
    }
    const [off] = compareReKeyed(message, entries);
    if (off === undefined) continue;
    const { field, distance_m, seconds, height_m } = off;
    throw serverError("draft-not-re-keyed", `"${message.subject}": ${field} was entered otherwise than drafted.`, {
      detail: { item: i, field, distance_m, seconds, height_m },
    });
  }
}
