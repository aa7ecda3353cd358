/**
 * A certificate as a file: with the roster that names the node's key and, where its holder opens it, the plan
 * (spec/certificate.md). Whoever has it needs nothing else but the party's fingerprint, compared by voice.
 */
import { keyFingerprint, type Suite } from "../crypto/index.ts";
import { type AnyVolume, validAnyVolume } from "../geo/index.ts";
import { type Pin, type SignedRoster, verifyRoster } from "../line/index.ts";
import { type Bytes, fromBase64, toBase64 } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import { type Certificate, decodeCertificate, type SignedCertificate, verifyCertificate } from "./certificate.ts";
import { commitmentOf, type CommittedPlan, type Finding, findingsHash, outcomeOf, SALT_BYTES } from "./commitment.ts";
import { deconflictError } from "./errors.ts";
import { GRAVES } from "./rules.ts";

/** What the holder of a plan shows to an inquiry. */
export interface Opening {
  readonly salt: Bytes;
  readonly plan: CommittedPlan;
  readonly findings: readonly Finding[];
}

export interface CertificateFile extends SignedCertificate {
  /** The party's identity key; unproven until its fingerprint was compared. */
  readonly identity: Bytes;
  /** The roster that names the node's parcel key. */
  readonly roster: SignedRoster;
  /** null: the plan stays closed. */
  readonly opening: Opening | null;
}

export interface CertificateReport {
  readonly ok: boolean;
  readonly certificate: Certificate | null;
  readonly opening: Opening | null;
  readonly faults: readonly { readonly code: string; readonly message: string }[];
}

export const CERTIFICATE_FILE = "parley-certificate/v1";
const MAX_FILE = 64 << 20;

export function formatCertificateFile({ bytes, signature, identity, roster, opening }: CertificateFile): string {
  const file = {
    parley: CERTIFICATE_FILE,
    certificate: toBase64(bytes),
    signature: toBase64(signature),
    identity: toBase64(identity),
    roster: { bytes: toBase64(roster.bytes), signature: toBase64(roster.signature) },
    opening: opening === null ? null : openingToJson(opening),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function openingToJson({ salt, plan, findings }: Opening) {
  const { id, category, volumes } = plan;
  return {
    salt: toBase64(salt),
    plan: { id, category, volumes: volumes.map(volumeToJson) },
    findings: findings.map(({ against, grave, undecided }) => ({ against, grave, undecided })),
  };
}

/** In the one spelling that reading it gives again. */
function volumeToJson(volume: AnyVolume) {
  const { footprint, height, window, recurs, motion } = validAnyVolume(volume);
  const more = { ...(recurs == null ? {} : { recurs }), ...(motion == null ? {} : { motion }) };
  return { footprint, height, window, ...more };
}

/** True where the text says of itself that it is such a file. */
function isCertificateFile(text: string): boolean {
  return text.startsWith(`{\n  "parley": "${CERTIFICATE_FILE}",\n`);
}

/** @throws certificate-malformed */
export function parseCertificateFile(text: string): CertificateFile {
  if (text.length > MAX_FILE || !isCertificateFile(text)) throw malformed("it is not a certificate's file");
  try {
    const file = fieldsOf(JSON.parse(text));
    const roster = fieldsOf(file["roster"]);
    const opening = file["opening"] === null ? null : openingOf(fieldsOf(file["opening"]));
    const read: CertificateFile = {
      bytes: bytesOf(file["certificate"]),
      signature: bytesOf(file["signature"]),
      identity: bytesOf(file["identity"], 32),
      roster: { bytes: bytesOf(roster["bytes"]), signature: bytesOf(roster["signature"]) },
      opening,
    };
    if (formatCertificateFile(read) === text) return read;
  } catch (cause) {
    throw deconflictError("certificate-malformed", "The certificate's file is malformed.", { cause });
  }
  throw malformed("it was edited, or written by something else");
}

type Fields = Readonly<Record<string, unknown>>;

function openingOf(fields: Fields): Opening {
  const plan = fieldsOf(fields["plan"]);
  const { volumes } = plan;
  const { findings } = fields;
  if (!Array.isArray(volumes) || !Array.isArray(findings)) throw malformed("a list is missing");
  return {
    salt: bytesOf(fields["salt"], SALT_BYTES),
    plan: {
      id: textOf(plan["id"]),
      category: textOf(plan["category"]),
      volumes: volumes.map((volume, i) => validAnyVolume(volume, `/opening/plan/volumes/${i}`)),
    },
    findings: findings.map((finding) => findingOf(fieldsOf(finding))),
  };
}

function findingOf({ against, grave, undecided }: Fields): Finding {
  const known = GRAVES.find((each) => each === grave);
  if (known === undefined) throw malformed("how grave a finding is");
  return { against: textOf(against), grave: known, undecided: undecided === null ? null : textOf(undecided) };
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed("a part is not an object");
  return value as Fields;
}

function textOf(value: unknown): string {
  if (typeof value !== "string" || value.length > 1000) throw malformed("a part is not text");
  return value;
}

function bytesOf(value: unknown, length?: number): Bytes {
  if (typeof value !== "string") throw malformed("a part is not base64");
  return fromBase64(value, length);
}

function malformed(what: string) {
  return deconflictError("certificate-malformed", `The certificate's file is malformed: ${what}.`);
}

/**
 * Checks a certificate with nothing but its file and what the party read out as its fingerprint: the identity key, the
 * roster that it signed, the node's signature and, where the plan was opened, that it is the plan that was checked.
 * @throws certificate-malformed, certificate-newer
 */
export function verifyCertificateFile(suite: Suite, text: string, pins: readonly Pin[]): CertificateReport {
  const file = parseCertificateFile(text);
  const certificate = decodeCertificate(file.bytes);
  const checks = [
    () => checkIdentity(suite, file, certificate, pins),
    () => checkSigner(suite, file, certificate),
    () => checkOpening(suite, file.opening, certificate),
  ];
  const faults = checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (!isParleyError(error)) throw error;
      return [{ code: error.code, message: error.message }];
    }
  });
  const ok = faults.length === 0;
  return { ok, certificate: ok ? certificate : null, opening: ok ? file.opening : null, faults };
}

function checkIdentity(
  suite: Suite,
  { identity }: CertificateFile,
  { party }: Certificate,
  pins: readonly Pin[],
): void {
  const pin = pins.find((each) => each.party === party);
  if (pin === undefined) {
    throw deconflictError("certificate-fingerprint", `Nobody has given the fingerprint of ${party}.`);
  }
  if (keyFingerprint(suite, identity) !== pin.fingerprint) {
    throw deconflictError("certificate-fingerprint", `The identity key is not the one that ${party} read out.`);
  }
}

function checkSigner(suite: Suite, file: CertificateFile, { line, party }: Certificate): void {
  const roster = verifyRoster(suite, { line, party, identity: file.identity }, file.roster);
  verifyCertificate(suite, file, roster.node.parcel);
}

/** @throws certificate-opening where what is shown is not what was committed to */
export function checkOpening(suite: Suite, opening: Opening | null, certificate: Certificate): void {
  if (opening === null) return;
  const { salt, plan, findings } = opening;
  if (commitmentOf(suite, salt, plan) !== certificate.plan) {
    throw deconflictError("certificate-opening", "The plan that is shown is not the plan that was checked.");
  }
  const same = JSON.stringify(outcomeOf(findings)) === JSON.stringify(certificate.outcome);
  if (!same || findingsHash(suite, salt, findings) !== certificate.findings) {
    throw deconflictError("certificate-opening", "The findings that are shown are not those that were certified.");
  }
}
