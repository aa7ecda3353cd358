/** What the line's parties have declared so far, and by which identity key each speaks since. */
import { coseSignerOf, type Suite } from "../../crypto/index.ts";
import {
  type CarriedStep,
  type Declarations,
  declare,
  hasLeftBefore,
  identitiesOf,
  identityAt,
  identityNow,
  isRevoked,
  type Leaving,
  leavingOf,
  type LineFile,
  type Place,
  type PlacedDeclaration,
  type RosterOwner,
  type SignedClosing,
  type SignedDeclaration,
  type VerifiedClosing,
  verifyClosing,
} from "../../line/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LogOrigin, parseLogOrigin, type PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";

export interface DeclaredOnLine {
  /** The identity key in force. */
  identity(id: PartyId): Bytes;
  /** By whose identity key a roster at this place must be signed. */
  ownerAt(origin: LogOrigin, index: number): RosterOwner;
  /** What a party has declared beside its rosters, and counts. */
  declarations(id: PartyId): Declarations;
  /** Null where the party is still on the line. */
  left(id: PartyId): Leaving | null;
  /** What the key signed at `index` counts for nothing by its party's own word. */
  isRevoked(origin: LogOrigin, index: number, key: Bytes): boolean;
  /** What was logged at `index` came after the party had left. */
  hasLeft(origin: LogOrigin, index: number): boolean;
  /** Takes up a declaration that stands at `index` of this log. @throws declaration-… */
  declare(origin: LogOrigin, index: number, signed: SignedDeclaration): PlacedDeclaration;
  /**
   * By the identity key in force; one that is recalled was verified when it came, and its key may have been succeeded since.
   * Successions by which it leads on to its signer's key count from here on.
   * @throws closing-malformed, closing-signature
   */
  verifiedClosing(id: PartyId, signed: SignedClosing, from: "recalled" | undefined): VerifiedClosing;
}

export function declaredOnLine(suite: Suite, { line, charter }: LineFile): DeclaredOnLine {
  const declared = new Map<PartyId, Declarations>(charter.parties.map(({ id }) => [id, []]));
  const owners = new Map(charter.parties.map(({ id, identity }) => [id, { line, party: id, identity }]));
  const owner = (id: PartyId): RosterOwner => owners.get(id) ?? unknown(id);
  const of = (id: PartyId): Declarations => declared.get(id) ?? unknown(id);
  const carried = new Map<PartyId, readonly CarriedStep[]>();
  const carriedBy = (id: PartyId): readonly CarriedStep[] => carried.get(id) ?? [];
  const identity = (id: PartyId): Bytes => identityNow(owner(id).identity, of(id), carriedBy(id)).identity;
  return {
    identity,
    ownerAt: (origin, index) => {
      const founding = owner(partyOf(origin));
      const { party } = founding;
      const place = placeOf(origin, index);
      return { ...founding, identity: identityAt(founding.identity, of(party), place, carriedBy(party)) };
    },
    declarations: of,
    left: (id) => leavingOf(of(id)),
    isRevoked: (origin, index, key) => isRevoked(of(partyOf(origin)), key, placeOf(origin, index)),
    hasLeft: (origin, index) => hasLeftBefore(of(partyOf(origin)), placeOf(origin, index)),
    declare: (origin, index, signed) => {
      const id = partyOf(origin);
      const place = placeOf(origin, index);
      const taken = declare(suite, owner(id), of(id), { place, signed }, carriedBy(id));
      declared.set(id, taken);
      return taken.find((each) => isAt(each.place, place)) as PlacedDeclaration;
    },
    verifiedClosing: (id, signed, from) => {
      const inForce = identity(id);
      const ever = identitiesOf(owner(id).identity, of(id), carriedBy(id));
      // What came since from an earlier log may lead elsewhere. It was the party's key when it came, and is named on it.
      const recalledBy = () => [inForce, ...ever.toReversed(), coseSignerOf(signed.signature)];
      const taken =
        from === undefined
          ? verifyClosing(suite, { ...owner(id), identity: inForce }, signed, ever)
          : verifiedByAny(suite, owner(id), recalledBy(), signed);
      const { next } = taken.closing;
      carried.set(id, [...carriedBy(id), ...taken.steps.map((step) => ({ ...step, next }))]);
      return taken;
    },
  };
}

/** @throws closing-signature where it is by none of these keys */
function verifiedByAny(
  suite: Suite,
  owner: RosterOwner,
  keys: readonly Bytes[],
  signed: SignedClosing,
): VerifiedClosing {
  for (const [i, identity] of keys.entries()) {
    try {
      return verifyClosing(suite, { ...owner, identity }, signed);
    } catch (error) {
      if (!isParleyError(error, "closing-signature") || i === keys.length - 1) throw error;
    }
  }
  throw new Error("a party has an identity key");
}

export function placeOf(origin: LogOrigin, index: number): Place {
  return { generation: parseLogOrigin(origin).generation, index };
}

function isAt(a: Place, b: Place): boolean {
  return a.generation === b.generation && a.index === b.index;
}

function partyOf(origin: LogOrigin): PartyId {
  return parseLogOrigin(origin).party;
}

function unknown(id: PartyId): never {
  throw serverError("keys-not-in-roster", `The line has no party ${id}.`);
}
