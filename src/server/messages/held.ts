/** What came over a narrow link ahead of its log, here and elsewhere. */
import type { MessageSummary } from "../../api/index.ts";
import type { NoticeItem } from "../../message/index.ts";
import type { LineStore, LineWrite } from "../../store/index.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Fact } from "../book.ts";
import type { LineState } from "../exchange/line-state.ts";

/** How far a message is from being told; null where it stands in its author's log. */
export function heldState(store: LineStore, { origin, index, hash }: Fact): MessageSummary["held"] {
  const size = store.log(origin)?.size ?? 0;
  if (size <= index) return store.heldAt(origin, index)?.proof === null ? "held" : "proven";
  const entry = store.entry(origin, index);
  if (entry === null || entry.type === null) return "held";
  const told = store.messageAt(origin, index);
  return told?.hash === hash ? null : "differs";
}

/** What a notice says of alerts of this node's own that its sender holds ahead of their log. */
export function heldWrites(
  { state, store }: { readonly state: LineState; readonly store: LineStore },
  party: PartyId,
  { at, knownAt, items }: { readonly at: number; readonly knownAt: number; readonly items: readonly NoticeItem[] },
): LineWrite[] {
  return items.flatMap((item): LineWrite[] => {
    if (item.code !== "held" || item.origin !== state.origin) return [];
    const said = store.messageAt(item.origin, item.index)?.hash === item.message;
    return said ? [{ write: "held-by", origin: item.origin, index: item.index, party, at, knownAt }] : [];
  });
}
