/**
 * All that a party has declared, put together by its place in the party's logs: whoever holds the same entries comes to
 * the same result, in whatever order they came (spec/declaration.md).
 */
import type { Suite } from "../../crypto/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { lineError } from "../errors.ts";
import {
  type Declaration,
  decodeDeclaration,
  isDeclarationBy,
  type Place,
  type SignedDeclaration,
} from "./declaration.ts";
import type { RosterOwner } from "./roster.ts";
import type { KeyStep } from "./succession.ts";

export interface PlacedDeclaration {
  readonly place: Place;
  readonly signed: SignedDeclaration;
  readonly declaration: Declaration;
}

/** What counts of it, in the order of its places. */
export type Declarations = readonly PlacedDeclaration[];

/** A succession that came with a closing, whoever holds the log in which it stands: it is before the generation `next`. */
export interface CarriedStep extends KeyStep {
  readonly next: number;
}

/** What a party declared of itself, as far as a message's counting goes. */
export type DeclaredFault = "officer-revoked" | "party-left";

/**
 * Takes up a declaration that was opened at `place`. The same one again changes nothing.
 * @throws declaration-malformed, declaration-newer, declaration-signature, declaration-refused
 */
export function declare(
  suite: Suite,
  { line, party, identity: founding }: RosterOwner,
  declarations: Declarations,
  { place, signed }: Pick<PlacedDeclaration, "place" | "signed">,
  carried: readonly CarriedStep[] = [],
): Declarations {
  const declaration = decodeDeclaration(signed.bytes);
  if (declaration.line !== line || declaration.party !== party) {
    throw lineError("declaration-malformed", "The declaration is of another party or line.");
  }
  if (declarations.some((each) => compare(each.place, place) === 0)) return declarations;
  const before = declarations.filter((each) => compare(each.place, place) < 0);
  const made = { place, signed, declaration };
  requireInOrder(suite, { founding, carried }, before, made);
  // What stands behind it may count no more: it is looked at again.
  return declarations.slice(before.length).reduce<Declarations>(
    (known, each) => {
      try {
        requireInOrder(suite, { founding, carried }, known, each);
        return [...known, each];
      } catch (error) {
        if (!isParleyError(error)) throw error;
        return known;
      }
    },
    [...before, made],
  );
}

interface Origins {
  readonly founding: Bytes;
  readonly carried: readonly CarriedStep[];
}

function requireInOrder(suite: Suite, from: Origins, before: Declarations, made: PlacedDeclaration): void {
  const { place, signed, declaration } = made;
  const { founding } = from;
  const carried = from.carried.filter(({ next }) => next <= place.generation);
  const { identity, successor } = succession(founding, before, carried);
  if (leavingOf(before) !== null) throw lineError("declaration-refused", "The party has left the line before.");
  const { declares } = declaration;
  if (declares === "succession" && successor === null) {
    throw lineError("declaration-refused", "No successor was named whose key could take over.");
  }
  const signer = declares === "succession" ? (successor as Bytes) : identity;
  if (!isDeclarationBy(suite, signed, signer)) {
    const whose = declares === "succession" ? "the successor that was named" : declaration.party;
    throw lineError("declaration-signature", `The declaration is not signed by the identity key of ${whose}.`);
  }
  if (declares === "successor" && successor !== null) {
    // Else a thief of the identity key would name another, and the way back would be his.
    throw lineError("declaration-refused", "A successor was named before: the first one stands.");
  }
  if (
    declares === "successor" &&
    identitiesOf(founding, before, carried).some((key) => equalBytes(key, declaration.identity))
  ) {
    throw lineError("declaration-refused", "The successor's key is an identity key of this party already.");
  }
  if (declares === "revocation" && compare(declaration.from, place) > 0) {
    throw lineError(
      "declaration-refused",
      "A key is revoked from a place on that the log has; later ones, by a roster.",
    );
  }
}

interface Succession {
  readonly identity: Bytes;
  /** Named, and not yet in its place. */
  readonly successor: Bytes | null;
}

/** `generation`: up to which what was carried counts. */
function succession(
  founding: Bytes,
  declarations: Declarations,
  carried: readonly CarriedStep[],
  generation = Infinity,
): Succession {
  let now: Succession = { identity: founding, successor: null };
  for (const { declaration, place } of declarations) {
    now = led(now, carried, place.generation);
    if (declaration.declares === "successor") now = { ...now, successor: declaration.identity };
    if (declaration.declares === "succession") now = { identity: now.successor ?? now.identity, successor: null };
  }
  return led(now, carried, generation);
}

/** What was declared leads on by itself, where its log is held; where it is not, what was carried does. */
function led(from: Succession, carried: readonly CarriedStep[], generation: number): Succession {
  const past = carried.filter(({ next }) => next <= generation);
  return past.reduce((now, step) => {
    return equalBytes(step.from, now.identity) ? { identity: step.to, successor: null } : now;
  }, from);
}

/** The identity key in force for what stands at `place`. */
export function identityAt(
  founding: Bytes,
  declarations: Declarations,
  place: Place,
  carried: readonly CarriedStep[] = [],
): Bytes {
  const before = declarations.filter((each) => compare(each.place, place) < 0);
  return succession(founding, before, carried, place.generation).identity;
}

/** The identity key in force now, and the one that was named to succeed it. */
export function identityNow(
  founding: Bytes,
  declarations: Declarations,
  carried: readonly CarriedStep[] = [],
): Succession {
  return succession(founding, declarations, carried);
}

/** Every identity key that was ever in force, the founding one first. */
export function identitiesOf(
  founding: Bytes,
  declarations: Declarations,
  carried: readonly CarriedStep[] = [],
): readonly Bytes[] {
  const taken = declarations.filter(({ declaration }) => declaration.declares === "succession");
  const declared = taken.map(({ place }) => succession(founding, upTo(declarations, place), carried).identity);
  const rest = carried.map(({ to }) => to).filter((key) => !declared.some((each) => equalBytes(each, key)));
  return [founding, ...rest, ...declared];
}

function upTo(declarations: Declarations, place: Place): Declarations {
  return declarations.filter((each) => compare(each.place, place) <= 0);
}

/** What the key signed there counts for nothing. */
export function isRevoked(declarations: Declarations, key: Bytes, place: Place): boolean {
  return declarations.some(
    ({ declaration: each }) =>
      each.declares === "revocation" && equalBytes(each.key, key) && compare(each.from, place) <= 0,
  );
}

export interface Leaving extends PlacedDeclaration {
  readonly declaration: Extract<Declaration, { declares: "leaving" }>;
}

/** Null where the party has not left. */
export function leavingOf(declarations: Declarations): Leaving | null {
  return (declarations.find(({ declaration }) => declaration.declares === "leaving") as Leaving | undefined) ?? null;
}

/** What stands there was logged after the party had left. */
export function hasLeftBefore(declarations: Declarations, place: Place): boolean {
  const left = leavingOf(declarations);
  return left !== null && compare(left.place, place) < 0;
}

function compare(a: Place, b: Place): number {
  return a.generation - b.generation || a.index - b.index;
}
