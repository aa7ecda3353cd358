/** What different logs say about each message, put together: who held it, cosigned it, opened it, and what was replied. */
import { coversMember } from "../../message/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import { cosignedOver } from "./cosigned.ts";
import { whyTakenAway } from "./declared.ts";
import { openedBy } from "./opened.ts";
import type { EvidenceMessage, EvidenceReply, FoundReceipt } from "./report.ts";
import type { Found, Verification } from "./state.ts";
import { listName } from "./targets.ts";

type Following = Pick<EvidenceMessage, "receipts" | "cosigned" | "opened" | "replies">;

/** Asked when all of the file is known. */
export function whatFollows(state: Verification): (found: Found) => Following {
  const known = (state.replies ?? []).filter((reply) => whyTakenAway(state, reply) === null);
  const replies = grouped(known, ({ re }) => re as MessageHash);
  const toLists = listRepliesOf(state, known);
  const opened = openedBy(state);
  const sections = new Map(state.sections.map((section) => [section.origin, bySize(section.receipts)]));
  const logs = new Map(state.sections.map((section) => [section.origin, section]));
  const proofs = new Map(state.sections.filter(({ form }) => form === "proofs").map((each) => [each.origin, each]));
  return (found) => {
    const { origin, index } = found;
    const over = proofs.get(origin)?.over.get(index) ?? [];
    const receipts = covering(proofs.has(origin) ? bySize(over) : (sections.get(origin) ?? []), index);
    // A notice names a place, not what stood there: it is about this entry only where the same party receipted it.
    const holders = new Set(receipts.map(({ party }) => party));
    return {
      receipts,
      cosigned: cosignedOver(logs.get(origin), index),
      opened: opened(origin, index).filter(({ party }) => holders.has(party)),
      replies: [...(replies.get(found.hash) ?? []), ...toLists(found)].map(replyOf),
    };
  };
}

/** Replies that name another member of a message's list, and are about it too. */
function listRepliesOf(
  { listReplies, targets }: Verification,
  known: readonly Found[],
): (found: Found) => readonly Found[] {
  const toLists = grouped(
    known.filter(({ hash }) => listReplies.has(hash)),
    ({ re }) => targets.listOf(re as MessageHash),
  );
  return (found) => {
    const replies = found.list === null ? [] : (toLists.get(listName(found, found.list.id)) ?? []);
    return replies.filter(({ hash, re, origin, index }) => {
      return re !== found.hash && coversMember({ origin, index, heads: listReplies.get(hash) ?? [] }, found);
    });
  };
}

function grouped<Key, T>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function replyOf({ hash, from, kind, at, says }: Found): EvidenceReply {
  return { hash, party: from, kind, says, at };
}

function bySize(receipts: readonly FoundReceipt[]): readonly FoundReceipt[][] {
  const each = grouped(receipts, ({ party }) => party);
  return [...each.values()].map((own) => own.toSorted((a, b) => a.size - b.size));
}

/** Of each party the first receipt over the entry, found by halving. */
function covering(parties: readonly (readonly FoundReceipt[])[], index: number): FoundReceipt[] {
  return parties.flatMap((own) => {
    let [low, high] = [0, own.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((own[middle] as FoundReceipt).size > index) high = middle;
      else low = middle + 1;
    }
    return own[low] ?? [];
  });
}
