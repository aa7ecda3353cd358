/** Who speaks on the line: the charter, every party's rosters as far as they were opened, this node's own keys. */
import type { Suite } from "../../crypto/index.ts";
import {
  type Charter,
  type CharterParty,
  extendHistory,
  type LineFile,
  newest,
  originOf,
  type Roster,
  type RosterHistory,
  type SignedCharter,
  type SignedRoster,
} from "../../line/index.ts";
import { sealingKid } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type LineId, type LogOrigin, parseLogOrigin, type PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { NodeSeeds } from "../node-keys.ts";

export interface LineState {
  readonly suite: Suite;
  readonly line: LineId;
  readonly self: PartyId;
  readonly origin: LogOrigin;
  readonly seeds: NodeSeeds;
  readonly sealingKid: Bytes;
  readonly transportKey: Bytes;
  readonly charter: Charter;
  readonly charterHash: string;
  readonly signedCharter: SignedCharter;
  /** As they were signed in the pairing. */
  readonly foundingRosters: ReadonlyMap<PartyId, SignedRoster>;
  /** Every party but this one, in the order of their ids. */
  readonly others: readonly CharterParty[];
  party(id: PartyId): CharterParty;
  history(id: PartyId): RosterHistory;
  roster(id: PartyId): Roster;
  originOf(id: PartyId): LogOrigin;
  /** Takes up a roster that stands at `index` of its party's log. @throws roster-not-next, roster-signature */
  takeUp(id: PartyId, index: number, signed: SignedRoster): void;
}

export function lineState(suite: Suite, file: LineFile, self: PartyId, seeds: NodeSeeds): LineState {
  const histories = new Map(file.histories);
  const parties = new Map(file.charter.parties.map((party) => [party.id, party]));
  of(parties, self);
  return {
    suite,
    line: file.line,
    self,
    origin: originOf(file.line, self),
    seeds,
    sealingKid: sealingKid(suite, suite.xwingPublicKey(seeds.sealing)),
    transportKey: suite.xwingPublicKey(seeds.transport),
    charter: file.charter,
    charterHash: file.charterHash,
    signedCharter: file.signed,
    foundingRosters: new Map(file.rosters.map(({ party, bytes, signature }) => [party, { bytes, signature }])),
    others: file.charter.parties.filter(({ id }) => id !== self),
    party: (id) => of(parties, id),
    history: (id) => of(histories, id),
    roster: (id) => newest(of(histories, id)).roster,
    originOf: (id) => originOf(file.line, of(parties, id).id),
    takeUp: (id, index, signed) => {
      const owner = { line: file.line, party: id, identity: of(parties, id).identity };
      histories.set(id, extendHistory(suite, of(histories, id), owner, index, signed));
    },
  };
}

/** @throws keys-not-in-roster */
function of<T>(map: ReadonlyMap<PartyId, T>, id: PartyId): T {
  const found = map.get(id);
  if (found === undefined) throw serverError("keys-not-in-roster", `The line has no party ${id}.`);
  return found;
}

/** Takes up again, at a start, every roster that was opened before. */
export function recallRosters(state: LineState, store: LineStore): void {
  for (const { party, index, bytes, signature } of store.rosters()) state.takeUp(party, index, { bytes, signature });
}

export function partyOfOrigin(origin: LogOrigin): PartyId {
  return parseLogOrigin(origin).party;
}
