/** What an entry that the evidence opens says, where it stands. */
import { isToList, judgeReadBack, type Message, type OpenEntry, render, verifyNotice } from "../../message/index.ts";
import { equalBytes, fromHex, toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { MessageHash, MessageId, PartyId } from "../../wire/id.ts";
import { charterHash, verifySuccessor } from "../terms/charter.ts";
import {
  checkRead,
  type Counted,
  type MessageContext,
  readLooked,
  type Refused,
  type Target,
} from "../check-message.ts";
import { lineError } from "../errors.ts";
import type { Look, Said } from "./look.ts";
import { Names } from "./names.ts";
import { type EvidenceSigner, LIMITS } from "./report.ts";
import {
  carriedBy,
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

export function takeEntry(state: Verification, section: Section, index: number, look: Look): void {
  const where = whereOf(section, index);
  try {
    switch (look.seen) {
      case "malformed":
      case "closed":
        return;
      case "unopened":
        return fault(state, "evidence-entry", where, look.why);
      case "content":
        return takeContent(state, section, index, look.content);
      case "message":
        return takeMessage(state, section, index, look.said);
      case "unsigned":
        return settleRefused(state, section, index, unsigned(look));
    }
  } catch (error) {
    if (!isParleyError(error)) throw error;
    uncounted(state, where, error.code, error.message);
  }
}

function unsigned({ bytes, why }: Extract<Look, { seen: "unsigned" }>): Refused {
  const read = readLooked(bytes, { unsigned: why });
  if (!("ok" in read)) throw new TypeError("What is not signed was read as signed.");
  return read;
}

/**
 * What stands in a log under its author's own checkpoint and breaks the line's rules is the author's doing, and evidence
 * of it. It is listed and not held against the file: else one bad entry of one party would spoil everybody's record.
 */
function uncounted(state: Verification, where: string, why: string, message: string): void {
  state.uncounted.push({ where, why, message });
}

type Terms = Extract<Look, { seen: "content" }>["content"];

function takeContent(state: Verification, section: Section, index: number, content: Terms): void {
  if (hasLeft(state, section, index)) {
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
  const before = declarationsOf(state, party);
  state.declarations.set(party, declare(state.suite, owner, before, placed, carriedBy(state, party)));
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

function takeMessage(state: Verification, section: Section, index: number, said: Said): void {
  const context: MessageContext = {
    line: (state.line as LineFacts).id,
    charter: section.charter,
    charterHash: section.charterHash,
    party: section.party,
    roster: rosterAt(historyOf(state, section.origin), index),
    // A revocation may stand further on: it is looked at when all is known (declared.ts).
    isRevoked: () => false,
    hasLeft: hasLeft(state, section, index),
    isRepeated: (from, id) => isRepeated(state, from, id),
    target: (hash) => targetOf(state, hash),
  };
  const found = checkRead(context, readLooked(said.bytes, { ...said, hash: toHex(said.hash) as MessageHash }), 0);
  if (found.ok) return settle(state, section, index, { said, found });
  const re = found.message?.re?.message;
  if (found.fault !== "unknown-target" || re === undefined) return settleRefused(state, section, index, found);
  const again = { ...context, isRepeated: () => false };
  state.waiting.push({ section, index, said: copied(said), re, context: again });
}

function isRepeated({ suite, ids }: Verification, from: PartyId, id: MessageId): boolean {
  const own = ids.get(from) ?? new Names(suite, ID_BYTES);
  ids.set(from, own);
  const { count } = own;
  return own.put(fromHex(id, ID_BYTES)) < count;
}

const ID_BYTES = 16;

function targetOf(state: Verification, hash: MessageHash): Target | null {
  return state.targets.get(hash, (state.line as LineFacts).id);
}

/** Out of memory that may be written over, or that is much larger. */
function copied({ bytes, hash, drafter, releaser }: Said): Said {
  return { bytes: bytes.slice(), hash: hash.slice(), drafter: drafter?.slice() ?? null, releaser: releaser.slice() };
}

/** Looks again at what referred to something further on in the file: once for each target that came. */
export function settleWaiting(state: Verification): void {
  const byTarget = Map.groupBy(state.waiting, ({ re }) => re);
  const settled = new Set([...byTarget.keys()].filter((hash) => state.targets.has(hash)));
  const left = new Set(state.waiting);
  for (const target of settled) {
    for (const each of byTarget.get(target) ?? []) {
      const { section, index, said } = each;
      const found = checkedAgain(each);
      if (!found.ok && found.fault === "unknown-target") continue;
      left.delete(each);
      if (found.ok) settle(state, section, index, { said, found });
      else settleRefused(state, section, index, found);
      if (found.ok) settled.add(found.hash);
    }
  }
  for (const each of left) settleUnknown(state, each);
}

function checkedAgain({ said, context }: Waiting): Counted | Refused {
  return checkRead(context, readLooked(said.bytes, { ...said, hash: toHex(said.hash) as MessageHash }), 0);
}

function settleUnknown(state: Verification, each: Waiting): void {
  const { section, index, re } = each;
  const refused = checkedAgain(each) as Refused;
  if (state.targets.has(re)) return settleRefused(state, section, index, refused);
  state.limits.add(LIMITS.targets);
  const message = refused.message as Message;
  const rest = { counts: false, why: "unknown-target" } as const;
  add(state, foundOf(section, index, message, refused.hash as MessageHash, rest), message);
}

interface Settled {
  readonly said: Said;
  readonly found: Counted;
}

function settle(state: Verification, section: Section, index: number, { said, found }: Settled): void {
  const { message, hash, drafter, releaser, sole } = found;
  state.targets.add(said.hash, message, releaser.person);
  const signer = (as: EvidenceSigner["as"], { id, person, key }: Officer): EvidenceSigner => {
    return { as, officer: id, person, fingerprint: state.fingerprintOf(key) };
  };
  const signers = [...(drafter === null ? [] : [signer("drafted", drafter)]), signer("released", releaser)];
  const told = message.re === null ? null : (targetOf(state, message.re.message)?.message ?? null);
  const shown = foundOf(section, index, message, hash, { counts: true, why: null });
  const whole = { ...shown, says: saysOf(message, told), signers, sole };
  if (hash === state.line?.about) state.about = whole;
  if (message.re !== null && state.replies !== null) {
    state.replies.push(whole);
    if (isToList(message)) state.listReplies.set(hash, message.heads);
  }
  add(state, whole, message);
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
  if (message === null || hash === null) return;
  add(state, foundOf(section, index, message, hash, { counts: false, why }), message);
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
  const said = { from, kind, subject, at, exercise, re: re?.message ?? null };
  const scope = isToList(message) ? "list" : "message";
  return { hash, ...place, ...said, list, scope, says: saysOf(message, null), signers: [], sole: false, ...rest };
}

/** A read-back's claim is compared again, with what it is of: the one who makes it may be the one who misleads. */
function saysOf(message: Message, told: Message | null): string | null {
  if (message.kind === "answer") return message.body.answer;
  return message.kind === "readback" ? judgeReadBack(told, message.body).says : null;
}

function add(state: Verification, found: Found, message: Message): void {
  if (state.onMessage === null) state.messages.push({ ...found, rendered: render(message) });
  else state.onMessage(found, message);
}
