/**
 * What a party declares beside its rosters (spec/declaration.md): that an officer's key counts for nothing from an
 * index on, whose identity key succeeds its own, that this has happened, and that it leaves the line.
 */
import { type Signer, signCose, type Suite, verifyCose } from "../../crypto/index.ts";
import { type Bytes, fromHex, toHex } from "../../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import { type LineId, type PartyId, parseLineId, parsePartyId } from "../../wire/id.ts";
import { asArray, asBytes, asInteger, asMap, asNullable, asOneOf, asRecord, asText } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";
import { SUSPENSION_REASONS, type SuspensionReason } from "../standing.ts";
import { malformed } from "./charter.ts";
import { ed25519Key } from "./roster-carriers.ts";

/** Where something stands in a party's logs. */
export interface Place {
  readonly generation: number;
  readonly index: number;
}

/** Why a key is revoked, where it is said: codes, and no free text. */
export const REVOCATION_REASONS = ["key-compromised", "key-lost", "misuse", "under-review"] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export type Declared =
  /** What this officer's key signed from that place on counts for nothing. */
  | {
      readonly declares: "revocation";
      readonly key: Bytes;
      readonly from: Place;
      readonly reason: RevocationReason | null;
    }
  /** This key may take the place of the identity key, once. */
  | { readonly declares: "successor"; readonly identity: Bytes }
  /** It has taken its place. */
  | { readonly declares: "succession" }
  /** Nothing that the party logs after this counts. */
  | { readonly declares: "leaving"; readonly reason: SuspensionReason | null };

export type Declaration = Declared & {
  readonly line: LineId;
  readonly party: PartyId;
  /** By the party's clock, milliseconds since the epoch. */
  readonly issued_at: number;
};

export interface SignedDeclaration {
  readonly bytes: Bytes;
  readonly signature: Bytes;
}

const LABEL = "parley/v1/declaration";
export const MAX_DECLARATION_BYTES = 512;
const MAX_TIME = 253_402_300_799_999;
const MAX_GENERATION = 999_999;
const MAX_INDEX = 2 ** 48;
const COMMON = ["v", "suite", "line", "party", "declares", "issued_at"] as const;

/** @throws declaration-malformed */
export function encodeDeclaration(declaration: Declaration): Bytes {
  const { line, party, declares, issued_at } = declaration;
  const head = { v: 1, suite: 1, line: fromHex(line, 32), party, declares, issued_at };
  const bytes = encodeCbor({ ...head, ...ownFields(declaration) });
  decodeDeclaration(bytes);
  return bytes;
}

function ownFields(declared: Declared): Readonly<Record<string, CborValue>> {
  switch (declared.declares) {
    case "revocation": {
      const { key, from, reason } = declared;
      return { key, from: [from.generation, from.index], reason };
    }
    case "successor":
      return { identity: declared.identity };
    case "succession":
      return {};
    case "leaving":
      return { reason: declared.reason };
  }
}

/** Strict; nothing is verified. @throws declaration-malformed, declaration-newer */
export function decodeDeclaration(bytes: Bytes): Declaration {
  return malformed("declaration-malformed", "The declaration is malformed", () => {
    const value = decodeCbor(bytes, MAX_DECLARATION_BYTES);
    const { v, suite, declares } = asMap(value, "declaration");
    const known = asInteger(v, "v", 1, 1000) === 1 && asInteger(suite, "suite", 1, 1000) === 1;
    const declared = known ? declaredFrom(value, asText(declares, "declares", 32)) : null;
    if (declared === null) {
      throw lineError("declaration-newer", "This declaration was written by a newer version of Parley.");
    }
    const map = value as { readonly [key: string]: CborValue };
    return {
      line: parseLineId(toHex(asBytes(map["line"], "line", 32))),
      party: parsePartyId(asText(map["party"], "party", 32)),
      issued_at: asInteger(map["issued_at"], "issued_at", 0, MAX_TIME),
      ...declared,
    };
  });
}

/** Null where it declares what this version does not know. */
function declaredFrom(value: CborValue, declares: string): Declared | null {
  switch (declares) {
    case "revocation": {
      const map = asRecord(value, "revocation", [...COMMON, "key", "from", "reason"]);
      const reason = asNullable(map.reason, (given) => asOneOf(given, "reason", REVOCATION_REASONS));
      return { declares, key: ed25519Key(map.key, "key"), from: placeFrom(map.from), reason };
    }
    case "successor": {
      const map = asRecord(value, "successor", [...COMMON, "identity"]);
      return { declares, identity: ed25519Key(map.identity, "identity") };
    }
    case "succession":
      asRecord(value, "succession", COMMON);
      return { declares };
    case "leaving": {
      const map = asRecord(value, "leaving", [...COMMON, "reason"]);
      return { declares, reason: asNullable(map.reason, (given) => asOneOf(given, "reason", SUSPENSION_REASONS)) };
    }
    default:
      return null;
  }
}

function placeFrom(value: CborValue): Place {
  const [generation, index, ...more] = asArray(value, "from", 2);
  if (more.length > 0) throw lineError("declaration-malformed", "from has too many parts.");
  return {
    generation: asInteger(generation, "from.generation", 0, MAX_GENERATION),
    index: asInteger(index, "from.index", 0, MAX_INDEX),
  };
}

/** Run by a party, with its identity key; a succession, with the successor's. */
export async function signDeclaration(declaration: Declaration, signer: Signer): Promise<SignedDeclaration> {
  const bytes = encodeDeclaration(declaration);
  return { bytes, signature: await signCose(LABEL, bytes, signer) };
}

export function isDeclarationBy(suite: Suite, { bytes, signature }: SignedDeclaration, identity: Bytes): boolean {
  return verifyCose(suite, LABEL, bytes, signature, identity);
}
