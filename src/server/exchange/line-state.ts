/** Who speaks on the line: the charter, every party's rosters as far as they were opened, this node's own keys. */
import type { Suite } from "../../crypto/index.ts";
import {
  type Charter,
  type CharterParty,
  decodeClosing,
  extendHistory,
  type LineFile,
  newest,
  originOf,
  type Roster,
  type RosterHistory,
  type SignedCharter,
  type SignedClosing,
  type SignedRoster,
  type VerifiedClosing,
} from "../../line/index.ts";
import type { LineStore } from "../../store/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LineId, type LogOrigin, parseLogOrigin, type PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { ReachableNode } from "../carriers/carrier.ts";
import { declaredOnLine, type DeclaredOnLine } from "./declared-on-line.ts";
import type { OwnKeys } from "../own-keys.ts";

export interface LineState extends DeclaredOnLine {
  readonly suite: Suite;
  readonly line: LineId;
  readonly self: PartyId;
  /** Of this party's own log, in its newest generation. */
  readonly origin: LogOrigin;
  readonly keys: OwnKeys;
  readonly charter: Charter;
  readonly charterHash: string;
  readonly signedCharter: SignedCharter;
  /** As they were signed in the pairing. */
  readonly foundingRosters: ReadonlyMap<PartyId, SignedRoster>;
  /** This party goes on with keys that this node does not have: it may say nothing any more. @throws node-locked */
  requireUnlocked(): void;
  /** Every party but this one, in the order of their ids. */
  readonly others: readonly CharterParty[];
  /** Those of them that have not left the line. */
  present(): readonly CharterParty[];
  party(id: PartyId): CharterParty;
  /** The rosters of the newest generation. */
  history(id: PartyId): RosterHistory;
  /** Of every generation. */
  histories(id: PartyId): readonly RosterHistory[];
  /** Those by which the entries of this very log are judged. */
  historyOf(origin: LogOrigin): RosterHistory;
  roster(id: PartyId): Roster;
  /** The TLS keys that its node may show: the newest, and the one before it, which it shows until all know the newest. */
  tlsKeys(id: PartyId): readonly Bytes[];
  /** What its newest roster says of the way to its node. */
  reachable(id: PartyId): ReachableNode;
  /** The newest generation. */
  originOf(id: PartyId): LogOrigin;
  /** In the order in which they were taken up. */
  closings(): readonly TakenClosing[];
  /** What its party said of where this log ends; null where it has not closed it. */
  closedBy(origin: LogOrigin): TakenClosing | null;
  /** Takes up a roster that stands at `index` of this log. @throws roster-not-next, roster-signature */
  takeUp(origin: LogOrigin, index: number, signed: SignedRoster): void;
  /**
   * Goes over to the generation that a verified closing begins. `null` where it is one that was known, or an older one.
   * A recalled one was verified when it came: its identity key may have been succeeded since.
   * @throws closings-used-up, closing-malformed, closing-signature
   */
  close(signed: SignedClosing, from?: "recalled"): TakenClosing | null;
}

export interface TakenClosing extends VerifiedClosing {
  readonly signed: SignedClosing;
}

export function lineState(suite: Suite, file: LineFile, self: PartyId, keys: OwnKeys): LineState {
  const first = (id: PartyId): LogOrigin => originOf(file.line, id);
  const histories = new Map([...file.histories].map(([id, history]) => [first(id), history]));
  const current = new Map(file.charter.parties.map(({ id }) => [id, first(id)]));
  const closings: TakenClosing[] = [];
  const parties = new Map(file.charter.parties.map((party) => [party.id, party]));
  of(parties, self);
  const declared = declaredOnLine(suite, file);
  const others = file.charter.parties.filter(({ id }) => id !== self);
  const newestOf = (id: PartyId): Roster => newest(of(histories, of(current, id))).roster;
  const tlsKeys = (id: PartyId): readonly Bytes[] => {
    const keys = of(histories, of(current, id)).flatMap(({ roster }) => roster.carriers?.tls ?? []);
    const distinct = keys.toReversed().filter((key, i, all) => i === 0 || !equalBytes(key, all[i - 1] as Bytes));
    return distinct.slice(0, 2);
  };
  return {
    suite,
    line: file.line,
    self,
    get origin() {
      return of(current, self);
    },
    keys,
    charter: file.charter,
    charterHash: file.charterHash,
    signedCharter: file.signed,
    foundingRosters: new Map(file.rosters.map(({ party, bytes, signature }) => [party, { bytes, signature }])),
    others,
    present: () => others.filter(({ id }) => declared.left(id) === null),
    ...declared,
    requireUnlocked: () => requireKeysOf(newestOf(self), keys),
    party: (id) => of(parties, id),
    history: (id) => of(histories, of(current, id)),
    histories: (id) => [...histories].filter(([origin]) => partyOfOrigin(origin) === id).map(([, history]) => history),
    historyOf: (origin) => of(histories, origin),
    roster: newestOf,
    tlsKeys,
    reachable: (id) => ({ ...newestOf(id), tlsKeys: tlsKeys(id) }),
    originOf: (id) => of(current, id),
    closings: () => closings,
    closedBy: (origin) => closedBy(closings, origin),
    takeUp: (origin, index, signed) => {
      const owner = declared.ownerAt(origin, index);
      histories.set(origin, extendHistory(suite, of(histories, origin), owner, index, signed));
    },
    close: (signed, from) => {
      const { party, next } = decodeClosing(signed.bytes);
      const before = current.get(party);
      if (before === undefined || next <= parseLogOrigin(before).generation) return null;
      if (from !== "recalled") requireAnotherClosing(closings, party);
      const taken = { ...declared.verifiedClosing(party, signed, from), signed };
      closings.push(taken);
      current.set(party, taken.origin);
      histories.set(taken.origin, taken.history);
      return taken;
    },
  };
}

/** @throws node-locked */
function requireKeysOf({ party, node }: Roster, keys: OwnKeys): void {
  if (keys.has("log", node.log) && keys.has("parcel", node.parcel)) return;
  const message = `${party} has closed the log that this node wrote, and goes on elsewhere with other keys.`;
  throw serverError("node-locked", message);
}

/** One a month for twenty years: each is carried and gone through for ever, and no party may make that endless. */
const MOST_CLOSINGS = 256;

/** @throws closings-used-up */
export function requireAnotherClosing(taken: readonly TakenClosing[], party: PartyId): void {
  if (taken.filter(({ closing }) => closing.party === party).length < MOST_CLOSINGS) return;
  throw serverError("closings-used-up", `${party} has closed its log ${MOST_CLOSINGS} times.`);
}

/** The one that names it; else any later one, which ends what lies before it. */
function closedBy(closings: readonly TakenClosing[], origin: LogOrigin): TakenClosing | null {
  const { party, generation } = parseLogOrigin(origin);
  const later = closings.filter(({ closing }) => closing.party === party && closing.next > generation);
  return later.find(({ closing }) => closing.generation === generation) ?? later[0] ?? null;
}

/** @throws keys-not-in-roster */
function of<K extends string, T>(map: ReadonlyMap<K, T>, id: K): T {
  const found = map.get(id);
  if (found === undefined) throw serverError("keys-not-in-roster", `The line has no party or log ${id}.`);
  return found;
}

/** Takes up again, at a start, what was taken up before: of each log in its order, and each log once it has begun. */
export function recallTerms(state: LineState, store: LineStore): void {
  const rosters = Map.groupBy(store.rosters(), ({ origin }) => origin);
  const declarations = Map.groupBy(store.declarations(), ({ origin }) => origin);
  const recall = (origin: LogOrigin): void => {
    for (const { index, bytes, signature } of declarations.get(origin) ?? [])
      whereItCounts(() => state.declare(origin, index, { bytes, signature }));
    for (const { index, bytes, signature } of rosters.get(origin) ?? [])
      whereItCounts(() => state.takeUp(origin, index, { bytes, signature }));
  };
  for (const { id } of state.charter.parties) recall(state.originOf(id));
  for (const { signed } of store.closings()) {
    const taken = state.close(signed, "recalled");
    if (taken !== null) recall(taken.origin);
  }
}

/**
 * What counted when it came may count no more: an earlier log of its party came later, and says who spoke for it then. No
 * party may keep another's node from starting by holding such a log back.
 */
function whereItCounts(take: () => unknown): void {
  try {
    take();
  } catch (error) {
    const verdicts = ["declaration-signature", "declaration-refused", "roster-signature", "roster-not-next"] as const;
    if (!isParleyError(error, ...verdicts)) throw error;
  }
}

export function partyOfOrigin(origin: LogOrigin): PartyId {
  return parseLogOrigin(origin).party;
}
