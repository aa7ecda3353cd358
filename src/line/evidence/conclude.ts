/** What a whole file comes to. */
import { toHex } from "../../wire/bytes.ts";
import type { PartyId } from "../../wire/id.ts";
import { checkQuorum } from "./cosigned.ts";
import { declarationsFound, whyTakenAway } from "./declared.ts";
import { whatFollows } from "./follows.ts";
import {
  type EvidenceLogReport,
  type EvidenceMessage,
  type EvidenceReport,
  type FoundReceipt,
  LIMITS,
} from "./report.ts";
import { fault, type Section, type Verification } from "./state.ts";

export function reportOf(state: Verification): EvidenceReport {
  const { line, sections } = state;
  if (line === null && state.faults.length === 0) fault(state, "evidence-line", "the file", "It holds nothing.");
  if (sections.some(({ unopened }) => unopened.length > 0)) state.limits.add(LIMITS.rosters);
  if (sections.some(({ origin, next }) => next > (state.ends.get(origin) ?? Infinity))) state.limits.add(LIMITS.ends);
  const follow = whatFollows(state);
  const messages = state.messages.map((found): EvidenceMessage => ({ ...found, ...follow(found) }));
  if (state.onMessage === null) checkQuorum(state, messages);
  if (line !== null && line.about !== null && (state.about === null || whyTakenAway(state, state.about) !== null)) {
    const message = `The message that it is for, ${line.about.slice(0, 12)}, is not shown to count.`;
    fault(state, "evidence-missing", "the file", message);
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
