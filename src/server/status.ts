/** The line as this node sees it, and who is on it. */
import type { GivenReplyOf } from "../api/index.ts";
import { allows } from "../api/index.ts";
import { keyFingerprint } from "../crypto/index.ts";
import { type Officer, type Roster, rosterHash, type SignedRoster } from "../line/index.ts";
import { emptyFrontier, rootOf } from "../log/index.ts";
import { toBase64, toHex } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import type { PartyId } from "../wire/id.ts";
import { sizeHeldBy } from "./exchange/exchange.ts";
import { inboxCounts } from "./messages/inbox.ts";
import { leavingsOf, lineStateName, suspensionsOf } from "./exchange/line-standing.ts";
import type { Node } from "./node.ts";
import { VERSION } from "./version.ts";

type Status = GivenReplyOf<"status">;
type CharterReply = GivenReplyOf<"charter">;
type RosterReply = GivenReplyOf<"publishRoster">;

export function statusOf(node: Node, officer: Officer): Status {
  const { state, store, plans, suite, now } = node;
  const own = store.checkpoint(state.origin);
  const counts = plans.counts();
  return {
    party: state.self,
    name: state.party(state.self).name,
    line: state.line,
    line_title: state.charter.title,
    charter: state.charterHash,
    exercise: state.charter.exercise,
    state: lineStateName(state, now()),
    suspended: suspensionsOf(state),
    left: leavingsOf(state),
    expires_at: state.charter.expires_at,
    at: now(),
    log: { origin: state.origin, size: own?.size ?? 0, root: toHex(own?.root ?? rootOf(suite, emptyFrontier())) },
    silenced: silencedBecause(node),
    peers: state.others.map(({ id }) => peerOf(node, id)),
    witnesses: witnessesOf(node),
    counts: {
      ...inboxCounts(node),
      drafts: allows("see drafts", officer.roles) ? store.countOpenDrafts() : 0,
      conflicts: allows("see conflicts", officer.roles) ? counts.conflicts : 0,
      plans: allows("see plans", officer.roles) ? counts.plans : 0,
      unopened: store.countUnopened(),
    },
    version: VERSION,
  };
}

function silencedBecause({ outbound }: Node): Status["silenced"] {
  try {
    outbound.requireOpen();
    return null;
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return { code: error.code, message: error.message };
  }
}

function witnessesOf({ witnessing }: Node): Status["witnesses"] {
  return witnessing.asking.facts().map(({ fault, ...facts }) => {
    return { ...facts, fault: fault && { code: fault.error.code, message: fault.error.message, at: fault.at } };
  });
}

function peerOf({ state, store, peers }: Node, id: PartyId): Status["peers"][number] {
  const origin = state.originOf(id);
  const log = store.log(origin);
  const { lastExchangeAt, lastFault, ways } = peers.facts(id);
  return {
    party: id,
    name: state.party(id).name,
    origin,
    address: state.roster(id).address,
    size: log?.size ?? 0,
    known_size: store.checkpoint(origin)?.size ?? 0,
    they_hold: sizeHeldBy(store, state.origin, id),
    last_exchange_at: lastExchangeAt,
    last_fault: lastFault,
    split: log?.split ?? false,
    understands: store.understood(id)?.slice() ?? null,
    ways: ways.map(({ carrier, reaches, lastSentAt, lastHeardAt, lastFault }) => {
      return { carrier, reaches, last_sent_at: lastSentAt, last_heard_at: lastHeardAt, last_fault: lastFault };
    }),
  };
}

export function charterReply({ state, suite }: Node): CharterReply {
  const { charter, signedCharter } = state;
  const { parties, nonce: _, ...terms } = charter;
  return {
    line: state.line,
    hash: state.charterHash,
    bytes: toBase64(signedCharter.bytes),
    signatures: signedCharter.signatures.map(({ party, signature }) => ({ party, signature: toBase64(signature) })),
    parties: parties.map(({ id, name, identity }) => ({ id, name, fingerprint: keyFingerprint(suite, identity) })),
    terms: { ...terms },
  };
}

/** Every party's, oldest first: the founding ones from the pairing, the others from their logs. */
export function rosterReplies(node: Node): RosterReply[] {
  const { state, store } = node;
  const later = store.rosters();
  return state.charter.parties.flatMap(({ id }) =>
    state.history(id).map(({ index, roster, hash }) => {
      const inLog = later.find((record) => record.party === id && rosterHash(node.suite, record.bytes) === hash);
      const closing = state.closings().find(({ closing: { roster: named } }) => named === hash);
      const signed = inLog ?? closing?.signed.roster ?? state.foundingRosters.get(id);
      if (signed === undefined) throw new Error(`the roster ${index} of ${id} is nowhere`);
      return rosterReply(node, roster, inLog === undefined ? null : index, signed);
    }),
  );
}

export function closingReplies({ state }: Node): GivenReplyOf<"rosters">["closings"] {
  return state.closings().map(({ closing: { party, generation, size, next, cause, issued_at } }) => {
    return { party, generation, size, next, cause, issued_at };
  });
}

export function rosterReply({ suite }: Node, roster: Roster, index: number | null, signed: SignedRoster): RosterReply {
  return {
    party: roster.party,
    seq: roster.seq,
    index,
    bytes: toBase64(signed.bytes),
    signature: toBase64(signed.signature),
    officers: roster.officers.map(({ id, person, roles, key }) => {
      return { id, person, roles: [...roles], fingerprint: keyFingerprint(suite, key) };
    }),
    units: roster.units.map(({ id, name }) => ({ id, name })),
    address: roster.address,
    standing: roster.standing,
    issued_at: roster.issued_at,
  };
}
