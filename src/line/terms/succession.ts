/**
 * What leads from one identity key of a party to the next: that it was named, and that it took over. Such pairs go with a
 * closing (spec/closing.md), so that who holds nothing of the log in which they stand can follow them.
 */
import type { Suite } from "../../crypto/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import type { CborValue } from "../../wire/cbor.ts";
import { isParleyError } from "../../wire/error.ts";
import { asArray, asBytes } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";
import { type Declaration, decodeDeclaration, isDeclarationBy, type SignedDeclaration } from "./declaration.ts";
import type { Declarations } from "./declared.ts";
import type { RosterOwner } from "./roster.ts";

export interface SignedSuccession {
  /** By the key that was in force. */
  readonly naming: SignedDeclaration;
  /** By the key that was named. */
  readonly succession: SignedDeclaration;
}

/** A verified one: whose key `from` was, his key is `to`. */
export interface KeyStep {
  readonly from: Bytes;
  readonly to: Bytes;
}

/** So many go with a closing, the latest. Each may cost its reader two signatures before he knows who sent it. */
export const MAX_SUCCESSIONS = 8;

/** Those that a party has declared, in their order. */
export function successionsOf(declarations: Declarations): SignedSuccession[] {
  let naming: SignedDeclaration | null = null;
  const found: SignedSuccession[] = [];
  for (const { declaration, signed } of declarations) {
    if (declaration.declares === "successor") naming = signed;
    if (declaration.declares !== "succession" || naming === null) continue;
    found.push({ naming, succession: signed });
    naming = null;
  }
  return found.slice(-MAX_SUCCESSIONS);
}

/** Null where it is none of the owner's. Whoever carries a closing may have put anything beside it. */
function declaredBy(owner: RosterOwner, { bytes }: SignedDeclaration): Declaration | null {
  try {
    const declaration = decodeDeclaration(bytes);
    return declaration.line === owner.line && declaration.party === owner.party ? declaration : null;
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return null;
  }
}

/**
 * As far as they lead on from the owner's key. What begins elsewhere, is malformed or another's, is signed by another key
 * or leads back to one that was the party's before (`former`) leads nowhere.
 */
export function stepsFrom(
  suite: Suite,
  owner: RosterOwner,
  successions: readonly SignedSuccession[],
  former: readonly Bytes[],
): KeyStep[] {
  const keys = [...former, owner.identity];
  const steps: KeyStep[] = [];
  for (const { naming, succession } of successions) {
    const from = keys.at(-1) as Bytes;
    const named = declaredBy(owner, naming);
    const taken = declaredBy(owner, succession);
    if (named?.declares !== "successor" || taken?.declares !== "succession") continue;
    const to = named.identity;
    if (keys.some((key) => equalBytes(key, to))) continue;
    if (!isDeclarationBy(suite, naming, from) || !isDeclarationBy(suite, succession, to)) continue;
    keys.push(to);
    steps.push({ from, to });
  }
  return steps;
}

export function successionsToCbor(successions: readonly SignedSuccession[]): CborValue[] {
  return successions.map(({ naming, succession }) => [
    naming.bytes,
    naming.signature,
    succession.bytes,
    succession.signature,
  ]);
}

export function successionsFrom(value: CborValue): SignedSuccession[] {
  return asArray(value, "successions", MAX_SUCCESSIONS).map((each) => {
    const [naming, namingSignature, succession, signature, ...more] = asArray(each, "succession", 4);
    if (more.length > 0) throw lineError("closing-malformed", "A succession has too many parts.");
    return {
      naming: signedFrom(naming, namingSignature),
      succession: signedFrom(succession, signature),
    };
  });
}

function signedFrom(bytes: CborValue | undefined, signature: CborValue | undefined): SignedDeclaration {
  return {
    bytes: asBytes(bytes, "succession").slice(),
    signature: asBytes(signature, "succession.signature").slice(),
  };
}
