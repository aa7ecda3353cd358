/**
 * Certificates: a node's signed statement that a plan was checked against what it had opened of the line's logs, under
 * which rules, and what came of it (spec/certificate.md). It names the plan and the conflicts by salted commitments
 * alone, so that it can be shown without showing the plan, and the plan can be opened to an inquiry afterwards. It is
 * self-attested: it proves what the node said and when it said so, not that the check was made well.
 */
import { hash, signCoseWithSeed, type Suite, verifyCose } from "../crypto/index.ts";
import { type Bytes, fromHex, toHex } from "../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { isParleyError } from "../wire/error.ts";
import { type LineId, type LogOrigin, parseLineId, parseLogOrigin, parsePartyId, type PartyId } from "../wire/id.ts";
import { asArray, asBoolean, asBytes, asInteger, asMap, asOneOf, asRecord, asText } from "../wire/shape.ts";
import { deconflictError } from "./errors.ts";
import { type Grave, GRAVES } from "./rules.ts";

/** A log as far as the plan was checked against it. */
export interface CertifiedHead {
  readonly origin: LogOrigin;
  /** Entries that were looked at; `root` is of the tree of this size. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
  /** Entries that the node knew of; those from `size` on were not checked. */
  readonly known: number;
  /** Of the entries that were looked at, those that could not be opened, and so were not checked. */
  readonly unopened: number;
}

export type CertifiedOutcome =
  | { readonly outcome: "clear" }
  | {
      readonly outcome: "conflicts";
      readonly conflicts: number;
      readonly gravest: Grave;
      /** Beside the conflicts. */
      readonly undecided: number;
    }
  | { readonly outcome: "undecided"; readonly undecided: number };

export interface Certificate {
  readonly line: LineId;
  readonly party: PartyId;
  readonly exercise: boolean;
  /** By the node's clock, milliseconds since the epoch. */
  readonly at: number;
  /** `commitmentOf` the plan, 64 hexadecimal digits. */
  readonly plan: string;
  /** `rulesHash`, 64 hexadecimal digits. */
  readonly rules: string;
  /** In the order of their origins. */
  readonly heads: readonly CertifiedHead[];
  /** `findingsHash` of what was found, 64 hexadecimal digits. */
  readonly findings: string;
  readonly outcome: CertifiedOutcome;
}

export interface SignedCertificate {
  readonly bytes: Bytes;
  /** COSE_Sign1 by the node's parcel key. */
  readonly signature: Bytes;
}

const LABEL = "parley/v1/certificate";
const MAX_BYTES = 65_536;
const MAX_HEADS = 256;
const MAX_TIME = 253_402_300_799_999;
const KEYS = [
  "v",
  "suite",
  "line",
  "party",
  "exercise",
  "at",
  "plan",
  "rules",
  "heads",
  "findings",
  "outcome",
] as const;

/** What a reader would refuse is refused here. @throws certificate-malformed */
export function encodeCertificate(certificate: Certificate): Bytes {
  const { line, party, exercise, at, plan, rules, heads, findings, outcome } = certificate;
  const bytes = encodeCbor({
    v: 1,
    suite: 1,
    line: fromHex(line, 32),
    party,
    exercise,
    at,
    plan: fromHex(plan, 32),
    rules: fromHex(rules, 32),
    heads: heads.map(({ origin, size, root, known, unopened }) => [origin, size, fromHex(root, 32), known, unopened]),
    findings: fromHex(findings, 32),
    outcome: outcomeToCbor(outcome),
  });
  decodeCertificate(bytes);
  return bytes;
}

function outcomeToCbor(outcome: CertifiedOutcome): CborValue {
  switch (outcome.outcome) {
    case "clear":
      return ["clear"];
    case "conflicts":
      return ["conflicts", outcome.conflicts, outcome.gravest, outcome.undecided];
    case "undecided":
      return ["undecided", outcome.undecided];
  }
}

/** @throws certificate-malformed, certificate-newer */
export function decodeCertificate(bytes: Bytes): Certificate {
  try {
    const value = decodeCbor(bytes, MAX_BYTES);
    const { v, suite } = asMap(value, "certificate");
    if (asInteger(v, "v", 1, 1000) !== 1 || asInteger(suite, "suite", 1, 1000) !== 1) {
      throw deconflictError("certificate-newer", "This certificate was written by a newer version of Parley.");
    }
    const read = asRecord(value, "certificate", KEYS);
    const heads = asArray(read.heads, "heads", MAX_HEADS).map(headFromCbor);
    for (const [i, { origin }] of heads.entries()) {
      const before = heads[i - 1];
      if (before !== undefined && before.origin >= origin) throw malformed("its logs are not in their order");
    }
    return {
      line: parseLineId(digest(read.line, "line")),
      party: parsePartyId(asText(read.party, "party", 32)),
      exercise: asBoolean(read.exercise, "exercise"),
      at: asInteger(read.at, "at", 0, MAX_TIME),
      plan: digest(read.plan, "plan"),
      rules: digest(read.rules, "rules"),
      heads,
      findings: digest(read.findings, "findings"),
      outcome: outcomeFromCbor(read.outcome),
    };
  } catch (cause) {
    if (isParleyError(cause, "certificate-newer")) throw cause;
    throw deconflictError("certificate-malformed", "The certificate is malformed.", { cause });
  }
}

function headFromCbor(value: CborValue): CertifiedHead {
  const [origin, size, root, known, unopened] = exactly(value, "head", 5);
  const looked = asInteger(size, "size", 0, Number.MAX_SAFE_INTEGER);
  return {
    origin: parseLogOrigin(asText(origin, "origin", 120)).origin,
    size: looked,
    root: digest(root, "root"),
    known: asInteger(known, "known", looked, Number.MAX_SAFE_INTEGER),
    unopened: asInteger(unopened, "unopened", 0, looked),
  };
}

function outcomeFromCbor(value: CborValue): CertifiedOutcome {
  const parts = asArray(value, "outcome", 4);
  const outcome = asOneOf(parts[0], "outcome", ["clear", "conflicts", "undecided"]);
  switch (outcome) {
    case "clear":
      exactly(value, "outcome", 1);
      return { outcome };
    case "conflicts": {
      const [, conflicts, gravest, undecided] = exactly(value, "outcome", 4);
      return {
        outcome,
        conflicts: asInteger(conflicts, "conflicts", 1, Number.MAX_SAFE_INTEGER),
        gravest: asOneOf(gravest, "gravest", GRAVES),
        undecided: asInteger(undecided, "undecided", 0, Number.MAX_SAFE_INTEGER),
      };
    }
    case "undecided": {
      const [, undecided] = exactly(value, "outcome", 2);
      return { outcome, undecided: asInteger(undecided, "undecided", 1, Number.MAX_SAFE_INTEGER) };
    }
  }
}

function exactly(value: CborValue, what: string, length: number): readonly CborValue[] {
  const parts = asArray(value, what, length);
  if (parts.length !== length) throw malformed(`${what} does not have ${length} parts`);
  return parts;
}

function digest(value: CborValue | undefined, what: string): string {
  return toHex(asBytes(value, what, 32));
}

function malformed(what: string) {
  return deconflictError("certificate-malformed", `The certificate is malformed: ${what}.`);
}

/** Run by the node, with its parcel key's seed. @throws certificate-malformed */
export function signCertificate(suite: Suite, certificate: Certificate, seed: Bytes): SignedCertificate {
  const bytes = encodeCertificate(certificate);
  return { bytes, signature: signCoseWithSeed(suite, LABEL, bytes, seed) };
}

/**
 * Reads a certificate that the node with this parcel key signed.
 * @throws certificate-signature where it is not by `publicKey`; certificate-malformed; certificate-newer
 */
export function verifyCertificate(
  suite: Pick<Suite, "ed25519Verify">,
  { bytes, signature }: SignedCertificate,
  publicKey: Bytes,
): Certificate {
  if (!verifyCose(suite, LABEL, bytes, signature, publicKey)) {
    throw deconflictError("certificate-signature", "The certificate is not signed by the node that its roster names.");
  }
  return decodeCertificate(bytes);
}

/** By what a certificate is called: 64 hexadecimal digits. */
export function certificateHash(suite: Pick<Suite, "sha256">, bytes: Bytes): string {
  return toHex(hash(suite, LABEL, bytes));
}
