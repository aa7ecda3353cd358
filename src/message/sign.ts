/**
 * From bytes to a message in four types that cannot be mistaken for each other: ToBeSigned, Drafted, Released on the
 * side that writes; SignedMessage, and Verified once checked, on the side that reads. Both officers sign the same bytes under
 * different labels (RFC 9052 external_aad), so that neither signature can stand in for the other.
 */
import { coseSignerOf, type Signer, signCose, type Suite, verifyCose } from "../crypto/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { MessageHash } from "../wire/id.ts";
import { messageError } from "./errors.ts";
import { decodeMessage, encodeMessage, type Message, messageHash } from "./message.ts";

const DRAFTED = "parley/v1/drafted";
const RELEASED = "parley/v1/released";

/** A message as it travels: the signed bytes, kept as they came, and detached COSE_Sign1 signatures over them. */
export interface SignedMessage {
  readonly bytes: Bytes;
  /** Null where one officer released it. */
  readonly drafted: Bytes | null;
  readonly released: Bytes;
}

interface Composed {
  readonly bytes: Bytes;
  readonly message: Message;
  readonly hash: MessageHash;
}

export interface ToBeSigned extends Composed {
  readonly stage: "to-be-signed";
}

export interface Drafted extends Composed {
  readonly stage: "drafted";
  readonly drafted: Bytes;
}

export interface Released extends Composed {
  readonly stage: "released";
  readonly signed: SignedMessage;
}

/** Fixes the bytes. @throws the codes of encodeMessage */
export function toBeSigned(suite: Suite, message: Message): ToBeSigned {
  const bytes = encodeMessage(message);
  return { stage: "to-be-signed", bytes, message: decodeMessage(bytes), hash: messageHash(suite, bytes) };
}

/** The same from stored bytes, which are not written anew. @throws the codes of decodeMessage */
export function toBeSignedFrom(suite: Suite, bytes: Bytes): ToBeSigned {
  return { stage: "to-be-signed", bytes, message: decodeMessage(bytes), hash: messageHash(suite, bytes) };
}

/** The first officer signs. */
export async function signDrafted(suite: Suite, tbs: ToBeSigned, signer: Signer): Promise<Drafted> {
  return withDrafted(suite, tbs, await signCose(DRAFTED, tbs.bytes, signer));
}

/** Takes the first officer's signature from his own device. @throws signature-invalid */
export function withDrafted(suite: Suite, { bytes, message, hash }: ToBeSigned, drafted: Bytes): Drafted {
  checkCose(suite, DRAFTED, bytes, drafted);
  return { stage: "drafted", bytes, message, hash, drafted };
}

/** The releasing officer signs: after a draft where two are needed, at once where one may. */
export async function signReleased(suite: Suite, draft: Drafted | ToBeSigned, signer: Signer): Promise<Released> {
  return withReleased(suite, draft, await signCose(RELEASED, draft.bytes, signer));
}

/** Takes the releasing officer's signature from his own device. @throws signature-invalid */
export function withReleased(suite: Suite, draft: Drafted | ToBeSigned, released: Bytes): Released {
  const { bytes, message, hash } = draft;
  checkCose(suite, RELEASED, bytes, released);
  const drafted = draft.stage === "drafted" ? draft.drafted : null;
  return { stage: "released", bytes, message, hash, signed: { bytes, drafted, released } };
}

/** Public keys of those who signed, as their signatures name them. Whose they are, the roster says. */
export interface Signatures {
  readonly drafter: Bytes | null;
  readonly releaser: Bytes;
}

export interface Verified extends Composed, Signatures {}

/**
 * Reads the bytes as they came and checks both signatures over them. It says which keys signed and not who may.
 * @throws signature-invalid, and the codes of decodeMessage
 */
export function verifySigned(suite: Suite, signed: SignedMessage): Verified {
  const { bytes } = signed;
  const message = decodeMessage(bytes);
  return { bytes, message, ...verifySignatures(suite, signed), hash: messageHash(suite, bytes) };
}

/** The half of it that takes the time, and does not read the bytes. @throws signature-invalid */
export function verifySignatures(suite: Suite, { bytes, drafted, released }: SignedMessage): Signatures {
  const drafter = drafted === null ? null : checkCose(suite, DRAFTED, bytes, drafted);
  return { drafter, releaser: checkCose(suite, RELEASED, bytes, released) };
}

function checkCose(suite: Suite, label: typeof DRAFTED | typeof RELEASED, bytes: Bytes, cose: Bytes): Bytes {
  const signer = signerOf(cose);
  if (!verifyCose(suite, label, bytes, cose, signer)) {
    throw messageError("signature-invalid", `The signature under ${label} does not belong to these bytes.`);
  }
  return signer;
}

function signerOf(cose: Bytes): Bytes {
  try {
    return coseSignerOf(cose);
  } catch (cause) {
    throw messageError("signature-invalid", "The signature is not a COSE_Sign1 that Parley knows.", { cause });
  }
}
