/** An entry that the evidence opens: that it opens under its commitment, and what it says. */
import { keyFingerprint } from "../../crypto/index.ts";
import {
  isToList,
  judgeReadBack,
  KIND_RULES,
  type Message,
  openWithContentKey,
  type OpenEntry,
  render,
  type SignedMessage,
  verifyNotice,
} from "../../message/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { MessageHash } from "../../wire/id.ts";
import { charterHash, verifySuccessor } from "../terms/charter.ts";
import { checkMessage, type Counted, type MessageContext, type Refused } from "../check-message.ts";
import { lineError } from "../errors.ts";
import { type EvidenceSigner, LIMITS } from "./report.ts";
import {
  check,
  declarationsOf,
  fault,
  type Found,
  historyOf,
  type LineFacts,
  ownerAt,
  placeOf,
  type Section,
  takeLateClosings,
  type Verification,
  type Waiting,
  whereOf,
} from "./state.ts";
import { declare, hasLeftBefore } from "../terms/declared.ts";
import { CHARTER_INDEX, extendHistory, type Officer, rosterAt } from "../terms/roster.ts";

interface Shown {
  readonly index: number;
  readonly core: Bytes;
  readonly key: Bytes;
}

export function takeEntry(state: Verification, section: Section, { index, core, key }: Shown): void {
  const where = whereOf(section, index);
  const place = { origin: section.origin, index };
  const content = check(state, "evidence-entry", where, () => openWithContentKey(state.suite, core, place, key));
  if (content === null) return;
  try {
    takeContent(state, section, index, content);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    uncounted(state, where, error.code, error.message);
  }
}

/**
 * What stands in a log under its author's own checkpoint and breaks the line's rules is the author's doing, and evidence
 * of it. It is listed and not held against the file: else one bad entry of one party would spoil everybody's record.
 */
function uncounted(state: Verification, where: string, why: string, message: string): void {
  state.uncounted.push({ where, why, message });
}

function takeContent(state: Verification, section: Section, index: number, content: OpenEntry): void {
  if (content.type !== "message" && hasLeft(state, section, index)) {
    throw lineError("declaration-refused", `${section.party} had left the line before this was logged.`);
  }
  switch (content.type) {
    case "charter":
      return takeCharter(state, section, index, content);
    case "roster": {
      const history = historyOf(state, section.origin);
      const owner = ownerAt(state, section, index);
      state.histories.set(section.origin, extendHistory(state.suite, history, owner, index, content));
      return;
    }
    case "declaration":
      return takeDeclaration(state, section, index, content);
    case "notice":
      return takeNotice(state, section, index, content);
    case "message":
      return takeMessage(state, section, index, content.message);
  }
}

/** The first is the line's founding charter; any other replaces the one before it. */
function takeCharter(
  state: Verification,
  section: Section,
  index: number,
  signed: Extract<OpenEntry, { type: "charter" }>,
): void {
  if (index === CHARTER_INDEX) {
    const same = equalBytes(signed.bytes, section.signedCharter.bytes);
    if (!same) fault(state, "evidence-charter", whereOf(section, index), "The log begins with another charter.");
    return;
  }
  section.charter = verifySuccessor(state.suite, section.signedCharter, signed);
  section.signedCharter = signed;
  section.charterHash = charterHash(state.suite, signed.bytes);
}

function hasLeft(state: Verification, { origin, party }: Section, index: number): boolean {
  return hasLeftBefore(declarationsOf(state, party), placeOf(origin, index));
}

function takeDeclaration(
  state: Verification,
  section: Section,
  index: number,
  signed: Extract<OpenEntry, { type: "declaration" }>,
): void {
  const { origin, party, owner } = section;
  const placed = { place: placeOf(origin, index), signed };
  state.declarations.set(party, declare(state.suite, owner, declarationsOf(state, party), placed));
  takeLateClosings(state, state.line as LineFacts, "now");
}

function takeNotice(
  state: Verification,
  section: Section,
  index: number,
  signed: Extract<OpenEntry, { type: "notice" }>,
): void {
  const { parcel } = rosterAt(historyOf(state, section.origin), index).node;
  const notice = verifyNotice(state.suite, signed, parcel);
  if (notice.from !== section.party || notice.line !== state.line?.id) {
    throw lineError("evidence-entry", "The notice is of another party or line than its log.");
  }
  for (const item of notice.items) {
    if (item.code !== "opened") continue;
    const { origin, from, to } = item;
    state.openedRanges.push({ party: section.party, at: notice.at, origin, from, to });
  }
}

function takeMessage(state: Verification, section: Section, index: number, signed: SignedMessage): void {
  const place = `${section.origin}#${index}`;
  const context: MessageContext = {
    line: (state.line as LineFacts).id,
    charter: section.charter,
    charterHash: section.charterHash,
    party: section.party,
    roster: rosterAt(historyOf(state, section.origin), index),
    // A revocation may stand further on: it is looked at when all is known (declared.ts).
    isRevoked: () => false,
    hasLeft: hasLeft(state, section, index),
    isRepeated: (from, id) => {
      const name = `${from} ${id}`;
      if (!state.ids.has(name)) state.ids.set(name, place);
      return state.ids.get(name) !== place;
    },
    target: (hash) => state.targets.get(hash) ?? null,
  };
  const placed = { origin: section.origin, index, signed };
  const found = checkMessage(state.suite, context, placed, 0);
  if (found.ok) return settle(state, section, index, found);
  if (found.fault !== "unknown-target") return settleRefused(state, section, index, found);
  state.waiting.push({ section, index, signed, refused: found, context });
}

/** Looks again at what referred to something further on in the file: once for each target that came. */
export function settleWaiting(state: Verification): void {
  const byTarget = Map.groupBy(state.waiting, ({ refused }) => refused.message?.re?.message as MessageHash);
  const settled = new Set([...byTarget.keys()].filter((hash) => state.targets.has(hash)));
  const left = new Set(state.waiting);
  for (const target of settled) {
    for (const each of byTarget.get(target) ?? []) {
      const { section, index, signed, context } = each;
      const found = checkMessage(state.suite, context, { origin: section.origin, index, signed }, 0);
      if (!found.ok && found.fault === "unknown-target") continue;
      left.delete(each);
      if (found.ok) settle(state, section, index, found);
      else settleRefused(state, section, index, found);
      if (found.ok) settled.add(found.hash);
    }
  }
  for (const each of left) settleUnknown(state, each);
}

function settleUnknown(state: Verification, { section, index, refused, context }: Waiting): void {
  const message = refused.message as Message;
  const held = message.re !== null && context.target(message.re.message) !== null;
  if (held) return settleRefused(state, section, index, refused);
  state.limits.add(LIMITS.targets);
  const rest = { counts: false, why: "unknown-target" } as const;
  add(state, foundOf(section, index, message, refused.hash as MessageHash, rest));
}

function settle(state: Verification, section: Section, index: number, found: Counted): void {
  const { message, hash, drafter, releaser, sole } = found;
  state.targets.set(hash, { message: slim(message), releasedBy: releaser.person });
  const signer = (as: EvidenceSigner["as"], { id, person, key }: Officer): EvidenceSigner => {
    return { as, officer: id, person, fingerprint: keyFingerprint(state.suite, key) };
  };
  const signers = [...(drafter === null ? [] : [signer("drafted", drafter)]), signer("released", releaser)];
  const told = message.re === null ? null : (state.targets.get(message.re.message)?.message ?? null);
  if (isToList(message)) state.listReplies.set(hash, message.heads);
  const shown = foundOf(section, index, message, hash, { counts: true, why: null });
  add(state, { ...shown, says: saysOf(message, told), signers, sole });
}

/** What was logged and does not count stays visible, with its cause. */
function settleRefused(
  state: Verification,
  section: Section,
  index: number,
  { fault: why, explanation, message, hash }: Refused,
): void {
  if (why === "newer-version") {
    state.limits.add(LIMITS.newer);
    return;
  }
  uncounted(state, whereOf(section, index), why, explanation);
  if (message !== null && hash !== null) add(state, foundOf(section, index, message, hash, { counts: false, why }));
}

function foundOf(
  section: Section,
  index: number,
  message: Message,
  hash: MessageHash,
  rest: Pick<Found, "counts" | "why">,
): Found {
  const { from, kind, subject, at, exercise, re, list } = message;
  const place = { origin: section.origin, index };
  const said = { from, kind, subject, at, exercise, re: re?.message ?? null, rendered: render(message) };
  const scope = isToList(message) ? "list" : "message";
  return { hash, ...place, ...said, list, scope, says: saysOf(message, null), signers: [], sole: false, ...rest };
}

/** A read-back's claim is compared again, with what it is of: the one who makes it may be the one who misleads. */
function saysOf(message: Message, told: Message | null): string | null {
  if (message.kind === "answer") return message.body.answer;
  return message.kind === "readback" ? judgeReadBack(told, message.body).says : null;
}

function add(state: Verification, found: Found): void {
  if (state.onMessage === null) state.messages.push(found);
  else state.onMessage(found);
}

/** What later messages need of one that they refer to: a body only where it is confirmed, restated or read back. */
function slim(message: Message): Message {
  const needed = message.kind === "answer" || message.kind === "stance" || KIND_RULES[message.kind].readBack;
  return { ...message, subject: "", heads: [], body: needed ? message.body : null } as Message;
}
