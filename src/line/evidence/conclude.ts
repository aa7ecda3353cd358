/** What a whole file comes to: what different logs say about each message, put together. */
import { coversMember } from "../../message/index.ts";
import { toHex } from "../../wire/bytes.ts";
import type { LogOrigin, MessageHash, PartyId } from "../../wire/id.ts";
import { checkQuorum, cosignedOver } from "./cosigned.ts";
import { declarationsFound } from "./declared.ts";
import {
  type EvidenceLogReport,
  type EvidenceMessage,
  type EvidenceReply,
  type EvidenceReport,
  type FoundReceipt,
  LIMITS,
} from "./report.ts";
import { fault, type Found, type Section, type Verification } from "./state.ts";

export function reportOf(state: Verification): EvidenceReport {
  const { line, sections } = state;
  if (line === null && state.faults.length === 0) fault(state, "evidence-line", "the file", "It holds nothing.");
  if (sections.some(({ unopened }) => unopened.length > 0)) state.limits.add(LIMITS.rosters);
  if (sections.some(({ origin, next }) => next > (state.ends.get(origin) ?? Infinity))) state.limits.add(LIMITS.ends);
  const messages = withWhatFollows(state);
  if (state.onMessage === null) checkQuorum(state, messages);
  if (line !== null && line.about !== null && state.onMessage === null) {
    const about = messages.find(({ hash }) => hash === line.about);
    if (about?.counts !== true) {
      fault(
        state,
        "evidence-missing",
        "the file",
        `The message that it is for, ${line.about.slice(0, 12)}, is not shown to count.`,
      );
    }
  }
  return {
    ok: state.faults.length === 0,
    line: line?.id ?? null,
    title: line?.charter.title ?? null,
    exercise: line?.charter.exercise ?? null,
    about: line?.about ?? null,
    parties: line?.parties ?? [],
    logs: sections.map(logReport),
    messages,
    declarations: line === null ? [] : declarationsFound(state, line),
    faults: state.faults,
    uncounted: state.uncounted,
    limits: [...state.limits],
  };
}

function logReport({
  origin,
  party,
  form,
  checkpoint,
  entries,
  opened,
  unopened,
  receipts,
}: Section): EvidenceLogReport {
  return {
    origin,
    party,
    form,
    size: checkpoint?.size ?? 0,
    root: checkpoint === null ? null : toHex(checkpoint.root),
    entries,
    opened,
    unopened: unopened.reduce((sum, { from, to }) => sum + to - from, 0),
    unopened_ranges: unopened,
    receipts: newestOf(receipts),
  };
}

function newestOf(receipts: readonly FoundReceipt[]): FoundReceipt[] {
  const newest = new Map<PartyId, FoundReceipt>();
  for (const receipt of receipts) {
    if (receipt.size > (newest.get(receipt.party)?.size ?? -1)) newest.set(receipt.party, receipt);
  }
  return [...newest.values()];
}

/** Puts together what different logs say about each message. */
function withWhatFollows(state: Verification): EvidenceMessage[] {
  const replies = grouped(
    state.messages.filter(({ re, counts }) => re !== null && counts),
    ({ re }) => re as MessageHash,
  );
  const toLists = listRepliesOf(state);
  const opened = openedOf(state);
  const sections = new Map(state.sections.map((section) => [section.origin, bySize(section.receipts)]));
  const logs = new Map(state.sections.map((section) => [section.origin, section]));
  const proofs = new Map(state.sections.filter(({ form }) => form === "proofs").map((each) => [each.origin, each]));
  return state.messages.map((found) => {
    const { origin, index } = found;
    const over = proofs.get(origin)?.over.get(index) ?? [];
    const receipts = covering(proofs.has(origin) ? bySize(over) : (sections.get(origin) ?? []), index);
    // A notice names a place, not what stood there: it is about this entry only where the same party receipted it.
    const holders = new Set(receipts.map(({ party }) => party));
    const says = (opened.get(`${origin}#${index}`) ?? []).filter(({ party }) => holders.has(party));
    return {
      ...found,
      receipts,
      cosigned: cosignedOver(logs.get(origin), index),
      opened: says,
      replies: [...(replies.get(found.hash) ?? []), ...toLists(found)].map(replyOf),
    };
  });
}

/** Replies that name another member of a message's list, and are about it too. */
function listRepliesOf({ messages, listReplies }: Verification): (found: Found) => readonly Found[] {
  const byHash = new Map(messages.map((found) => [found.hash, found]));
  const toLists = grouped(
    messages.filter(({ hash, re, counts }) => counts && re !== null && listReplies.has(hash)),
    ({ re }) => listOf(byHash.get(re as MessageHash)),
  );
  return (found) => {
    const replies = found.list === null ? [] : (toLists.get(listOf(found)) ?? []);
    return replies.filter(({ hash, re, origin, index }) => {
      return re !== found.hash && coversMember({ origin, index, heads: listReplies.get(hash) ?? [] }, found);
    });
  };
}

/** A list is all messages of one author, kind and list id. */
function listOf(found: Found | undefined): string {
  return `${found?.from} ${found?.kind} ${found?.list?.id}`;
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

/** By place: which nodes said that they opened the entry, and when first. */
function openedOf({ openedRanges, messages }: Verification): Map<string, { party: PartyId; at: number }[]> {
  const shown = new Map<LogOrigin, number[]>();
  for (const { origin, index } of messages) {
    const indices = shown.get(origin) ?? [];
    shown.set(origin, indices);
    indices.push(index);
  }
  const opened = new Map<string, { party: PartyId; at: number }[]>();
  for (const { party, at, origin, from, to } of openedRanges) {
    for (const index of shown.get(origin)?.filter((each) => each >= from && each < to) ?? []) {
      const place = `${origin}#${index}`;
      const parties = opened.get(place) ?? [];
      opened.set(place, parties);
      if (!parties.some((each) => each.party === party)) parties.push({ party, at });
    }
  }
  return opened;
}
