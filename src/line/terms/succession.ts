/**
 * What leads from one identity key of a party to the next: that it was named, and that it took over. Such pairs go with a
 * closing (spec/closing.md), so that who holds nothing of the log in which they stand can follow them.
 */
import { COSE_BYTES, coseSignerOf, type Suite } from "../../crypto/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import type { CborValue } from "../../wire/cbor.ts";
import { asArray, asBytes } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";
import { malformed } from "./charter.ts";
import {
  type Declaration,
  decodeDeclaration,
  isDeclarationBy,
  MAX_DECLARATION_BYTES,
  type SignedDeclaration,
} from "./declaration.ts";
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

/**
 * The keys that they lead through, the first one's `from` included; none where there is none. Strict, whoever reads it:
 * each names a key by the one before it, and is taken over by the one that it names. Nothing is verified.
 * @throws closing-malformed
 */
export function keysThrough(owner: RosterOwner, successions: readonly SignedSuccession[]): readonly Bytes[] {
  return malformed("closing-malformed", "What leads to the closing's key is malformed", () => {
    const keys: Bytes[] = [];
    for (const { naming, succession } of successions) {
      const [named, taken] = [declaredBy(owner, naming), declaredBy(owner, succession)];
      const from = coseSignerOf(naming.signature);
      if (named.declares !== "successor" || taken.declares !== "succession") throw broken();
      if (keys.length === 0) keys.push(from);
      const isNext =
        equalBytes(keys.at(-1) as Bytes, from) && equalBytes(coseSignerOf(succession.signature), named.identity);
      if (!isNext || keys.some((key) => equalBytes(key, named.identity))) throw broken();
      keys.push(named.identity);
    }
    return keys;
  });
}

function declaredBy({ line, party }: RosterOwner, { bytes }: SignedDeclaration): Declaration {
  const declaration = decodeDeclaration(bytes);
  if (declaration.line !== line || declaration.party !== party) throw broken();
  return declaration;
}

function broken(): Error {
  return lineError("closing-malformed", "What comes with the closing does not lead from key to key.");
}

/** `keys`: as `keysThrough` found them. */
export function areSigned(suite: Suite, successions: readonly SignedSuccession[], keys: readonly Bytes[]): boolean {
  return successions.every(({ naming, succession }, i) => {
    const [from, to] = [keys[i], keys[i + 1]] as [Bytes, Bytes];
    return isDeclarationBy(suite, naming, from) && isDeclarationBy(suite, succession, to);
  });
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
  const all = asArray(value, "successions", MAX_SUCCESSIONS);
  if (all.length === 0) throw lineError("closing-malformed", "Where nothing leads to the key, the member is left out.");
  return all.map((each) => {
    const [naming, namingSignature, succession, signature, ...more] = asArray(each, "succession", 4);
    if (more.length > 0) throw lineError("closing-malformed", "A succession has too many parts.");
    return {
      naming: signedFrom(naming, namingSignature),
      succession: signedFrom(succession, signature),
    };
  });
}

function signedFrom(bytes: CborValue | undefined, signature: CborValue | undefined): SignedDeclaration {
  const [declaration, cose] = [asBytes(bytes, "succession"), asBytes(signature, "succession.signature")];
  if (declaration.length > MAX_DECLARATION_BYTES || cose.length > COSE_BYTES) {
    throw lineError("closing-malformed", "A succession is larger than any can be.");
  }
  return { bytes: declaration.slice(), signature: cose.slice() };
}
