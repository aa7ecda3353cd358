/** The last steps of pairing: the founding charter is proposed, signed by all, and becomes the line's file. */
import { keyFingerprint, type Signer, type Suite } from "../../crypto/index.ts";
import type { PartySignature } from "../../message/index.ts";
import { type Bytes, equalBytes, toBase64, toHex } from "../../wire/bytes.ts";
import { type LineId, parseLineId, type PartyId, parsePartyId } from "../../wire/id.ts";
import {
  type Charter,
  type CharterParty,
  charterHash,
  decodeCharter,
  encodeCharter,
  isCharterSignature,
  lineIdOf,
  MAX_PARTIES,
  signCharter,
  type SignedCharter,
  verifyCharterSignatures,
} from "./charter.ts";
import { lineError } from "../errors.ts";
import { type Invitation, invitationHash, type Join } from "./invitation.ts";
import { formatFile, type JsonRecord, parseFile, type Reader } from "./pairing-file.ts";
import {
  type Appointments,
  beginHistory,
  foundingRoster,
  type RosterHistory,
  type SignedRoster,
  signRoster,
  verifyRoster,
} from "./roster.ts";

export interface PartyRoster extends SignedRoster {
  readonly party: PartyId;
}

/** A charter on its way: signatures and rosters of some of its parties, in the order of the parties. */
export interface Proposal {
  readonly line: LineId;
  readonly charter: Charter;
  readonly signed: SignedCharter;
  readonly rosters: readonly PartyRoster[];
  /** What every party compares by voice with every other. */
  readonly fingerprints: readonly Fingerprint[];
}

export interface Fingerprint {
  readonly party: PartyId;
  readonly name: string;
  readonly fingerprint: string;
}

/** A line's file, verified: signed by every party, with every founding roster. */
export interface LineFile extends Proposal {
  readonly charterHash: string;
  readonly histories: ReadonlyMap<PartyId, RosterHistory>;
}

export interface CharterSignature {
  readonly line: LineId;
  readonly party: PartyId;
  readonly signature: Bytes;
  readonly roster: SignedRoster;
}

export function fingerprintsOf(suite: Suite, parties: readonly CharterParty[]): Fingerprint[] {
  return parties.map(({ id, name, identity }) => ({ party: id, name, fingerprint: keyFingerprint(suite, identity) }));
}

/**
 * Run by the party that invited, once its people have compared the fingerprints of all who joined. `foundedAt` is
 * milliseconds since the epoch.
 * @throws pairing-not-invited, charter-malformed, roster-malformed
 */
export async function propose(
  suite: Suite,
  { invitation, joins, appointments, foundedAt }: ProposeInput,
  signer: Signer,
): Promise<string> {
  const reference = invitationHash(suite, invitation.content);
  const stray = joins.find((join) => !equalBytes(join.invitation, reference));
  if (stray !== undefined) {
    throw lineError("pairing-not-invited", `${stray.party.id} answers another invitation.`);
  }
  if (!equalBytes(invitation.party.identity, signer.publicKey)) {
    throw lineError("pairing-not-invited", "Only the party that made the invitation proposes the charter.");
  }
  const parties = [invitation.party, ...joins.map(({ party }) => party)].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const bytes = encodeCharter({
    ...invitation.terms,
    founded_at: foundedAt,
    nonce: suite.randomBytes(16),
    prev: null,
    parties,
  });
  const own = await signAs(suite, bytes, invitation.party.id, appointments, signer);
  const proposal = { signed: { bytes, signatures: [own.signature] }, rosters: [own.roster] };
  const text = formatProposal(suite, "parley-proposal/v1", proposal);
  parseProposal(suite, text);
  return text;
}

export interface ProposeInput {
  readonly invitation: Invitation;
  readonly joins: readonly Join[];
  readonly appointments: Appointments;
  readonly foundedAt: number;
}

async function signAs(suite: Suite, charter: Bytes, party: PartyId, appointments: Appointments, signer: Signer) {
  const signature = await signCharter(party, charter, signer);
  const line = lineIdOf(suite, charter);
  const roster = { party, ...(await signRoster(foundingRoster(line, party, appointments), signer)) };
  verifyRoster(suite, { line, party, identity: signer.publicKey }, roster);
  return { signature, roster };
}

/** @throws pairing-file-malformed, pairing-wrong-file, charter-signature, and as decodeCharter and verifyRoster */
export function parseProposal(suite: Suite, text: string): Proposal {
  return verifyParts(suite, parseParts(suite, "parley-proposal/v1", text));
}

/**
 * Run by a party that joined, once its people have read the terms and compared every fingerprint: its signature of
 * the charter, and its founding roster.
 * @throws pairing-not-ours where the charter does not name this party with this identity key
 */
export async function signProposal(
  suite: Suite,
  proposal: Proposal,
  by: { readonly party: PartyId; readonly appointments: Appointments },
  signer: Signer,
): Promise<string> {
  const named = proposal.charter.parties.find(({ id }) => id === by.party);
  if (named === undefined || !equalBytes(named.identity, signer.publicKey)) {
    throw lineError("pairing-not-ours", `The charter does not name ${by.party} with this identity key.`);
  }
  const own = await signAs(suite, proposal.signed.bytes, by.party, by.appointments, signer);
  const { line } = proposal;
  return formatSignature({ line, party: by.party, signature: own.signature.signature, roster: own.roster });
}

/** Structure only: `assembleLine` verifies. @throws pairing-file-malformed, pairing-wrong-file */
export function parseCharterSignature(text: string): CharterSignature {
  return parseFile("parley-signature/v1", text, readSignature, formatSignature);
}

function readSignature(file: Reader): CharterSignature {
  const roster = file.record("roster");
  return {
    line: parseLineId(file.text("line")),
    party: parsePartyId(file.text("party")),
    signature: file.bytes("signature"),
    roster: { bytes: roster.bytes("bytes"), signature: roster.bytes("signature") },
  };
}

function formatSignature({ line, party, signature, roster }: CharterSignature): string {
  return formatFile("parley-signature/v1", {
    line,
    party,
    signature: toBase64(signature),
    roster: { bytes: toBase64(roster.bytes), signature: toBase64(roster.signature) },
  });
}

/**
 * Merges the proposal with one signature file from every other party into the line's file, which all import.
 * @throws pairing-not-ours where a file is for another charter; pairing-incomplete; charter-signature, roster-signature
 */
export function assembleLine(suite: Suite, proposal: Proposal, files: readonly CharterSignature[]): string {
  const stray = files.find(({ line }) => line !== proposal.line);
  if (stray !== undefined) throw lineError("pairing-not-ours", `${stray.party} has signed another charter.`);
  const signatures = [...proposal.signed.signatures, ...files.map(({ party, signature }) => ({ party, signature }))];
  const rosters = [...proposal.rosters, ...files.map(({ party, roster }) => ({ party, ...roster }))];
  const each = proposal.charter.parties.map(({ id }) => ({
    signature: onlyOne(
      signatures.filter(({ party }) => party === id),
      id,
    ),
    roster: onlyOne(
      rosters.filter(({ party }) => party === id),
      id,
    ),
  }));
  const text = formatProposal(suite, "parley-line/v1", {
    signed: { bytes: proposal.signed.bytes, signatures: each.map(({ signature }) => signature) },
    rosters: each.map(({ roster }) => roster),
  });
  parseLineFile(suite, text);
  return text;
}

function onlyOne<T extends object>(found: readonly T[], party: PartyId): T {
  const [first, ...more] = found;
  if (first !== undefined && more.length === 0) return first;
  throw lineError(
    "pairing-incomplete",
    `There is ${first === undefined ? "no" : "more than one"} signature by ${party}.`,
  );
}

/** Everything in it is verified. @throws as parseProposal; charter-unsigned, pairing-incomplete */
export function parseLineFile(suite: Suite, text: string): LineFile {
  const proposal = verifyParts(suite, parseParts(suite, "parley-line/v1", text));
  verifyCharterSignatures(suite, proposal.signed);
  const histories = new Map<PartyId, RosterHistory>();
  for (const { id, identity } of proposal.charter.parties) {
    const signed = onlyOne(
      proposal.rosters.filter(({ party }) => party === id),
      id,
    );
    const roster = verifyRoster(suite, { line: proposal.line, party: id, identity }, signed);
    histories.set(id, beginHistory(suite, roster, signed.bytes));
  }
  refuseSharedKeys(proposal.charter, histories);
  return { ...proposal, charterHash: charterHash(suite, proposal.signed.bytes), histories };
}

/** A key that two parties name could make one's signature look like the other's. */
function refuseSharedKeys({ parties }: Charter, histories: ReadonlyMap<PartyId, RosterHistory>): void {
  const rosters = [...histories.values()].map(([{ roster }]) => roster);
  const keys = rosters.flatMap(({ node, carriers }) => {
    const own = [node.log, node.receipt, node.parcel, node.sealing, node.transport];
    return carriers === null ? own : [...own, carriers.tls];
  });
  const all = [...keys, ...parties.map(({ identity }) => identity)].map(toHex);
  if (new Set(all).size !== all.length) throw lineError("roster-malformed", "Two parties name the same key.");
}

interface Parts {
  readonly signed: SignedCharter;
  readonly rosters: readonly PartyRoster[];
}

function parseParts(suite: Suite, type: "parley-proposal/v1" | "parley-line/v1", text: string): Parts {
  return parseFile(type, text, readParts, (parts) => formatProposal(suite, type, parts));
}

function readParts(file: Reader): Parts {
  return {
    signed: {
      bytes: file.bytes("charter"),
      signatures: file.records("signatures", MAX_PARTIES).map((each): PartySignature => ({
        party: parsePartyId(each.text("party")),
        signature: each.bytes("signature"),
      })),
    },
    rosters: file.records("rosters", MAX_PARTIES).map((each) => ({
      party: parsePartyId(each.text("party")),
      bytes: each.bytes("bytes"),
      signature: each.bytes("signature"),
    })),
  };
}

/** The readable fields repeat what the charter's bytes say; reading compares them. */
function formatProposal(
  suite: Suite,
  type: "parley-proposal/v1" | "parley-line/v1",
  { signed, rosters }: Parts,
): string {
  const charter = decodeCharter(signed.bytes);
  const fields: JsonRecord = {
    line: lineIdOf(suite, signed.bytes),
    title: charter.title,
    parties: fingerprintsOf(suite, charter.parties).map((each) => ({ ...each })),
    charter: toBase64(signed.bytes),
    signatures: signed.signatures.map(({ party, signature }) => ({ party, signature: toBase64(signature) })),
    rosters: rosters.map(({ party, bytes, signature }) => ({
      party,
      bytes: toBase64(bytes),
      signature: toBase64(signature),
    })),
  };
  return formatFile(type, fields);
}

/** Every signature and roster that is there belongs to a party of the charter and verifies. */
function verifyParts(suite: Suite, { signed, rosters }: Parts): Proposal {
  const charter = decodeCharter(signed.bytes);
  const line = lineIdOf(suite, signed.bytes);
  const bad = signed.signatures.find((signature) => !isCharterSignature(suite, signed.bytes, signature));
  if (bad !== undefined)
    throw lineError("charter-signature", `The signature by ${bad.party} is not over this charter.`);
  for (const roster of rosters) {
    const named = charter.parties.find(({ id }) => id === roster.party);
    if (named === undefined) throw lineError("roster-signature", `${roster.party} is not a party of this charter.`);
    verifyRoster(suite, { line, party: named.id, identity: named.identity }, roster);
  }
  return { line, charter, signed, rosters, fingerprints: fingerprintsOf(suite, charter.parties) };
}
