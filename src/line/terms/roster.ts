/**
 * The roster: a party's appointments of its officers' and its node's keys, signed by its identity key and valid by log
 * index, never by clock (spec/roster.md).
 */
import {
  hash,
  isSealable,
  type Signer,
  signCose,
  type Suite,
  verifyCose,
  XWING_PUBLIC_KEY_BYTES,
} from "../../crypto/index.ts";
import { type Bytes, equalBytes, fromHex, toHex } from "../../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import type { LineId, OfficerId, PartyId, PersonId, UnitId } from "../../wire/id.ts";
import { parseLineId, parseOfficerId, parsePartyId, parsePersonId, parseUnitId } from "../../wire/id.ts";
import { asArray, asBytes, asInteger, asMap, asNullable, asOneOf, asRecord, asText } from "../../wire/shape.ts";
import { malformed, words } from "./charter.ts";
import { lineError } from "../errors.ts";
import {
  addressFrom,
  carriersFrom,
  carriersToCbor,
  ed25519Key,
  isReachable,
  type RosterCarriers,
} from "./roster-carriers.ts";
import { ACTIVE, type PartyStanding, standingFromCbor, standingToCbor } from "../standing.ts";

export const ROLES = ["watch", "drafter", "releaser", "planner", "administrator", "auditor"] as const;
export type Role = (typeof ROLES)[number];

export interface Officer {
  readonly id: OfficerId;
  /** Two officers of one person never count as two persons. */
  readonly person: PersonId;
  /** In the order of ROLES. */
  readonly roles: readonly Role[];
  /** Ed25519 public key. */
  readonly key: Bytes;
}

export interface Unit {
  readonly id: UnitId;
  readonly name: string;
}

/** A node's public keys: Ed25519 for log, receipt and parcel; X-Wing for sealing and transport. */
export interface NodeKeys {
  readonly log: Bytes;
  readonly receipt: Bytes;
  readonly parcel: Bytes;
  readonly sealing: Bytes;
  readonly transport: Bytes;
}

/** What a party decides; the rest follows from where the roster stands. */
export interface Appointments {
  readonly officers: readonly Officer[];
  readonly units: readonly Unit[];
  readonly node: NodeKeys;
  /** Where the node's line door is reached: https, or http on its own machine alone; null where it has none. */
  readonly address: string | null;
  /** The key of its TLS certificate and its mailboxes; null where it has neither. */
  readonly carriers: RosterCarriers | null;
  readonly issued_at: number;
}

export interface Roster extends Appointments {
  readonly line: LineId;
  readonly party: PartyId;
  /** 0 for the founding roster, then one more each time. */
  readonly seq: number;
  /** Hash of the roster before, 64 hexadecimal digits; null for the founding one. */
  readonly prev: string | null;
  /** Whether its party has suspended the line. */
  readonly standing: PartyStanding;
}

export interface SignedRoster {
  readonly bytes: Bytes;
  readonly signature: Bytes;
}

/** A roster at its place in its party's log. */
export interface RosterEntry {
  readonly index: number;
  readonly roster: Roster;
  readonly hash: string;
}

/** A party's rosters in the order of their index; the founding one first. */
export type RosterHistory = readonly [RosterEntry, ...RosterEntry[]];

/** Every log begins with the adopted charter and the founding roster. */
export const CHARTER_INDEX = 0;
export const FOUNDING_ROSTER_INDEX = 1;
export const MAX_ROSTER_BYTES = 45_056;
const MAX_OFFICERS = 256;
const MAX_UNITS = 256;
const MAX_TIME = 253_402_300_799_999;
const LABEL = "parley/v1/roster";
const NODE_KEYS = ["log", "receipt", "parcel", "sealing", "transport"] as const;

export function rosterHash(suite: Pick<Suite, "sha256">, bytes: Bytes): string {
  return toHex(hash(suite, LABEL, bytes));
}

/** @throws roster-malformed, text-refused */
export function encodeRoster(roster: Roster): Bytes {
  const { line, party, seq, prev, officers, units, node, address, carriers, issued_at, standing } = roster;
  const bytes = encodeCbor({
    v: 1,
    suite: 1,
    line: fromHex(line, 32),
    party,
    seq,
    prev: prev === null ? null : fromHex(prev, 32),
    officers: officers.map(({ id, person, roles, key }) => ({ id, person, roles: [...roles], key })),
    units: units.map(({ id, name }) => ({ id, name })),
    node: {
      log: node.log,
      receipt: node.receipt,
      parcel: node.parcel,
      sealing: node.sealing,
      transport: node.transport,
    },
    address,
    issued_at,
    ...(carriers === null ? {} : { carriers: carriersToCbor(carriers) }),
    ...standingToCbor(standing),
  });
  decodeRoster(bytes);
  return bytes;
}

const FIELDS = [
  "v",
  "suite",
  "line",
  "party",
  "seq",
  "prev",
  "officers",
  "units",
  "node",
  "address",
  "issued_at",
] as const;

/** Strict; nothing is verified. @throws roster-malformed, roster-newer */
export function decodeRoster(bytes: Bytes): Roster {
  return malformed("roster-malformed", "The roster is malformed", () => {
    const value = decodeCbor(bytes, MAX_ROSTER_BYTES);
    const head = asMap(value, "roster");
    const known = asInteger(head["v"], "v", 1, 1000) === 1 && asInteger(head["suite"], "suite", 1, 1000) === 1;
    if (!known) throw lineError("roster-newer", "This roster was written by a newer version of Parley.");
    const { standing, carriers, ...rest } = head;
    const map = asRecord(rest, "roster", FIELDS);
    const seq = asInteger(map.seq, "seq", 0, 1_000_000);
    const prev = asNullable(map.prev, (hashed) => toHex(asBytes(hashed, "prev", 32)));
    refuseUnless((seq === 0) === (prev === null), "only the founding roster follows none");
    const roster = {
      line: parseLineId(toHex(asBytes(map.line, "line", 32))),
      party: parsePartyId(asText(map.party, "party", 32)),
      seq,
      prev,
      officers: asArray(map.officers, "officers", MAX_OFFICERS).map(officerFrom),
      units: asArray(map.units, "units", MAX_UNITS).map(unitFrom),
      node: nodeFrom(map.node),
      address: asNullable(map.address, (address) => addressFrom(asText(address, "address", 300), "address")),
      carriers: carriers === undefined ? null : carriersFrom(carriers),
      issued_at: asInteger(map.issued_at, "issued_at", 0, MAX_TIME),
      standing: standingFromCbor(standing),
    };
    refuseUnless(isReachable(roster), "an address needs https and the TLS key, or http and this very machine");
    refuseUnless(seq > 0 || roster.standing.state === "active", "a line does not begin suspended");
    refuseSharedKeys(roster);
    return roster;
  });
}

function officerFrom(value: CborValue): Officer {
  const map = asRecord(value, "officer", ["id", "person", "roles", "key"]);
  const roles = asArray(map.roles, "roles", ROLES.length).map((role) => asOneOf(role, "roles", ROLES));
  const places = roles.map((role) => ROLES.indexOf(role));
  refuseUnless(roles.length > 0, "an officer has no role");
  refuseUnless(
    places.every((place, i) => i === 0 || (places[i - 1] as number) < place),
    "roles are not each once and in order",
  );
  return {
    id: parseOfficerId(asText(map.id, "officer.id", 32)),
    person: parsePersonId(asText(map.person, "officer.person", 32)),
    roles,
    key: ed25519Key(map.key, "officer.key"),
  };
}

function unitFrom(value: CborValue): Unit {
  const map = asRecord(value, "unit", ["id", "name"]);
  return { id: parseUnitId(asText(map.id, "unit.id", 32)), name: words(map.name, "unit.name", 80) };
}

function nodeFrom(value: CborValue): NodeKeys {
  const map = asRecord(value, "node", NODE_KEYS);
  return {
    log: ed25519Key(map.log, "node.log"),
    receipt: ed25519Key(map.receipt, "node.receipt"),
    parcel: ed25519Key(map.parcel, "node.parcel"),
    sealing: asBytes(map.sealing, "node.sealing", XWING_PUBLIC_KEY_BYTES),
    transport: asBytes(map.transport, "node.transport", XWING_PUBLIC_KEY_BYTES),
  };
}

/** One key, one purpose: a key that served two could be made to say one thing by being asked another. */
function refuseSharedKeys({ officers, units, node, carriers }: Roster): void {
  const own = [...NODE_KEYS.map((name) => node[name]), ...(carriers === null ? [] : [carriers.tls])];
  const keys = [...officers.map(({ key }) => key), ...own].map(toHex);
  refuseUnless(new Set(keys).size === keys.length, "one key serves twice");
  refuseUnless(new Set(officers.map(({ id }) => id)).size === officers.length, "an officer is named twice");
  refuseUnless(new Set(units.map(({ id }) => id)).size === units.length, "a unit is named twice");
}

function refuseUnless(holds: boolean, message: string): void {
  if (!holds) throw lineError("roster-malformed", `The roster does not hold together: ${message}.`);
}

/** Run by a party, with its identity key. */
export async function signRoster(roster: Roster, signer: Signer): Promise<SignedRoster> {
  const bytes = encodeRoster(roster);
  return { bytes, signature: await signCose(LABEL, bytes, signer) };
}

export function foundingRoster(line: LineId, party: PartyId, appointments: Appointments): Roster {
  return { line, party, seq: 0, prev: null, standing: ACTIVE, ...appointments };
}

/** The roster that follows the newest of `history`. New appointments leave the party's standing as it is. */
export function nextRoster(history: RosterHistory, appointments: Appointments): Roster {
  const last = newest(history);
  const { line, party, seq, standing } = last.roster;
  return { line, party, seq: seq + 1, prev: last.hash, standing, ...appointments };
}

/** The same appointments again, and another standing. `issued_at` in milliseconds since the epoch. */
export function rosterWithStanding(history: RosterHistory, standing: PartyStanding, issued_at: number): Roster {
  const { officers, units, node, address, carriers } = newest(history).roster;
  return { ...nextRoster(history, { officers, units, node, address, carriers, issued_at }), standing };
}

/** Whose roster it must be: a party of the line, by its identity key. */
export interface RosterOwner {
  readonly line: LineId;
  readonly party: PartyId;
  readonly identity: Bytes;
}

/** @throws roster-signature, and as decodeRoster; `roster-malformed` where it is another's or of another line */
export function verifyRoster(suite: Suite, owner: RosterOwner, { bytes, signature }: SignedRoster): Roster {
  const roster = decodeRoster(bytes);
  refuseUnless(roster.line === owner.line && roster.party === owner.party, "it is of another party or line");
  const { log, receipt, parcel } = roster.node;
  const keys = [...roster.officers.map(({ key }) => key), log, receipt, parcel];
  if (roster.carriers !== null) keys.push(roster.carriers.tls);
  refuseUnless(!keys.some((key) => equalBytes(key, owner.identity)), "the identity key serves for something else");
  if (!verifyCose(suite, LABEL, bytes, signature, owner.identity)) {
    throw lineError("roster-signature", `The roster is not signed by the identity key of ${owner.party}.`);
  }
  const { sealing, transport } = roster.node;
  refuseUnless(isSealable(suite, sealing) && isSealable(suite, transport), "nothing can be sealed to a node's key");
  return roster;
}

/** The history that a verified founding roster begins. @throws roster-not-next */
export function beginHistory(suite: Pick<Suite, "sha256">, roster: Roster, bytes: Bytes): RosterHistory {
  if (roster.seq !== 0) throw lineError("roster-not-next", "A line begins with founding rosters.");
  return startHistory(suite, roster, bytes);
}

/** The history of a generation that begins with this roster, which is verified. */
export function startHistory(suite: Pick<Suite, "sha256">, roster: Roster, bytes: Bytes): RosterHistory {
  return [{ index: FOUNDING_ROSTER_INDEX, roster, hash: rosterHash(suite, bytes) }];
}

/**
 * Takes up a roster that was opened at `index` of its party's log. The same roster again at the founding index is what
 * every log has there, and changes nothing.
 * @throws roster-not-next, and as verifyRoster
 */
export function extendHistory(
  suite: Suite,
  history: RosterHistory,
  owner: RosterOwner,
  index: number,
  signed: SignedRoster,
): RosterHistory {
  const roster = verifyRoster(suite, owner, signed);
  const hashed = rosterHash(suite, signed.bytes);
  if (history.some((entry) => entry.index === index && entry.hash === hashed)) return history;
  const last = newest(history);
  if (index <= last.index || roster.seq !== last.roster.seq + 1 || roster.prev !== last.hash) {
    throw lineError("roster-not-next", `The roster at entry ${index} does not follow the one before it.`);
  }
  return [...history, { index, roster, hash: hashed }];
}

export function newest(history: RosterHistory): RosterEntry {
  return history.at(-1) as RosterEntry;
}

/** The roster in force for the entry at `index`: the newest at or before it. */
export function rosterAt(history: RosterHistory, index: number): Roster {
  return (history.findLast((entry) => entry.index <= index) ?? history[0]).roster;
}

/**
 * The key that signs checkpoints of `size`. A new roster's log key takes over after the first checkpoint that covers
 * the roster, so that a receiver can always verify, open and take up the roster with the keys that it has.
 */
export function logKeyFor(history: RosterHistory, size: number): Bytes {
  return rosterAt(history, size - 2).node.log;
}

/**
 * Where a segment from `from` must end at the latest: right after the next roster that changes the log key.
 * Infinity where none does.
 */
export function segmentLimit(history: RosterHistory, from: number): number {
  const changes = history.filter(({ index, roster }, i) => {
    const before = history[i - 1];
    return before !== undefined && index >= from && !equalBytes(before.roster.node.log, roster.node.log);
  });
  return changes[0] === undefined ? Infinity : changes[0].index + 1;
}

/** An officer of the roster by key, or null. */
export function officerByKey(roster: Roster, key: Bytes): Officer | null {
  return roster.officers.find((officer) => equalBytes(officer.key, key)) ?? null;
}
