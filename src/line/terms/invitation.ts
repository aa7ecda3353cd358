/** The first two steps of pairing: one party invites, the others join, each with its identity key (spec/pairing.md). */
import { hash, keyFingerprint, type Signer, signCose, type Suite, verifyCose } from "../../crypto/index.ts";
import { type Bytes, equalBytes, toBase64 } from "../../wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import type { PartyId } from "../../wire/id.ts";
import { asBytes, asInteger, asOneOf, asRecord } from "../../wire/shape.ts";
import {
  type CharterParty,
  malformed,
  MAX_CHARTER_BYTES,
  OPTIONAL_TERMS,
  partyFrom,
  type Terms,
  TERMS,
  termsFromCbor,
  termsToCbor,
} from "./charter.ts";
import { lineError } from "../errors.ts";
import { formatFile, parseFile } from "./pairing-file.ts";

const LABEL = "parley/v1/pairing";

export interface PartyName {
  readonly id: PartyId;
  readonly name: string;
}

/** A party's signed word in pairing. `fingerprint` is what two people compare by voice. */
interface Word {
  readonly party: CharterParty;
  readonly fingerprint: string;
  /** The signed bytes. */
  readonly content: Bytes;
  readonly signature: Bytes;
}

export interface Invitation extends Word {
  readonly terms: Terms;
}

export interface Join extends Word {
  /** Hash of the invitation's signed bytes. */
  readonly invitation: Bytes;
}

/** Run by the party that proposes a line. @throws charter-malformed, text-refused */
export async function invite(suite: Suite, by: PartyName, terms: Terms, signer: Signer): Promise<string> {
  const party = { id: by.id, name: by.name, identity: signer.publicKey };
  const nonce = suite.randomBytes(16);
  const content = malformed("charter-malformed", "The terms do not hold together", () => {
    const bytes = encodeCbor({ v: 1, suite: 1, step: "invitation", party, nonce, terms: termsToCbor(terms) });
    readInvitation(bytes);
    return bytes;
  });
  const signature = await signCose(LABEL, content, signer);
  return checked(formatInvitation(suite, { party, content, signature }), (text) => parseInvitation(suite, text));
}

/** @throws pairing-file-malformed, pairing-wrong-file, pairing-signature */
export function parseInvitation(suite: Suite, text: string): Invitation {
  const parsed = parseFile(
    "parley-invitation/v1",
    text,
    (file) => {
      const content = file.bytes("content");
      const { party, terms } = readInvitation(content);
      const fingerprint = keyFingerprint(suite, party.identity);
      return { party, fingerprint, terms, content, signature: file.bytes("signature") };
    },
    (word) => formatInvitation(suite, word),
  );
  return verified(suite, parsed);
}

function readInvitation(content: Bytes): Pick<Invitation, "party" | "terms"> {
  const value = decodeCbor(content, MAX_CHARTER_BYTES);
  const map = asRecord(value, "invitation", ["v", "suite", "step", "party", "nonce", "terms"]);
  firstVersion(map.v, map.suite);
  asOneOf(map.step, "step", ["invitation"]);
  asBytes(map.nonce, "nonce", 16);
  const party = partyFrom(map.party);
  return { party, terms: termsFromCbor(asRecord(map.terms, "terms", TERMS, OPTIONAL_TERMS)) };
}

/** Run by an invited party: says who it is, under its identity key. @throws pairing-not-invited */
export async function join(suite: Suite, invitation: Invitation, by: PartyName, signer: Signer): Promise<string> {
  const { party: host } = invitation;
  if (by.id === host.id || equalBytes(host.identity, signer.publicKey)) {
    throw lineError("pairing-not-invited", "This is the party that made the invitation.");
  }
  const party = { id: by.id, name: by.name, identity: signer.publicKey };
  const reference = invitationHash(suite, invitation.content);
  const content = encodeCbor({ v: 1, suite: 1, step: "join", invitation: reference, party });
  const signature = await signCose(LABEL, content, signer);
  return checked(formatJoin(suite, { party, content, signature }), (text) => parseJoin(suite, text));
}

/** @throws pairing-file-malformed, pairing-wrong-file, pairing-signature */
export function parseJoin(suite: Suite, text: string): Join {
  const parsed = parseFile(
    "parley-join/v1",
    text,
    (file) => {
      const content = file.bytes("content");
      const map = asRecord(decodeCbor(content, 4096), "join", ["v", "suite", "step", "invitation", "party"]);
      firstVersion(map.v, map.suite);
      asOneOf(map.step, "step", ["join"]);
      const party = partyFrom(map.party);
      const invitation = asBytes(map.invitation, "invitation", 32);
      const fingerprint = keyFingerprint(suite, party.identity);
      return { party, fingerprint, invitation, content, signature: file.bytes("signature") };
    },
    (word) => formatJoin(suite, word),
  );
  return verified(suite, parsed);
}

export function invitationHash(suite: Suite, content: Bytes): Bytes {
  return hash(suite, LABEL, content);
}

function firstVersion(v: Parameters<typeof asInteger>[0], suite: Parameters<typeof asInteger>[0]): void {
  asInteger(v, "v", 1, 1);
  asInteger(suite, "suite", 1, 1);
}

/** What is made is read as its receiver will read it, so that nothing is sent that would be refused. */
function checked(text: string, parse: (text: string) => unknown): string {
  parse(text);
  return text;
}

type Written = Pick<Word, "party" | "content" | "signature">;

function formatInvitation(suite: Suite, word: Written): string {
  return formatFile("parley-invitation/v1", wordFields(suite, word));
}

function formatJoin(suite: Suite, word: Written): string {
  return formatFile("parley-join/v1", wordFields(suite, word));
}

function wordFields(suite: Suite, { party, content, signature }: Written) {
  return {
    party: party.id,
    name: party.name,
    fingerprint: keyFingerprint(suite, party.identity),
    content: toBase64(content),
    signature: toBase64(signature),
  };
}

function verified<T extends Word>(suite: Suite, word: T): T {
  if (verifyCose(suite, LABEL, word.content, word.signature, word.party.identity)) return word;
  throw lineError(
    "pairing-signature",
    `The file is not signed by the identity key that it names for ${word.party.id}.`,
  );
}
