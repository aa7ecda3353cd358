/**
 * A key under a passphrase, as a file that a person carries (`spec/key-file.md`): JSON text of one form, so that what
 * is read is exactly what was written. The passphrase goes through scrypt; the seed is sealed with AES-256-GCM, and the
 * rest of the file is bound to it.
 */
import { type Bytes, fromBase64, fromHex, toBase64, toHex, utf8 } from "../wire/bytes.ts";
import { parsePartyId, parsePersonId, type PartyId, type PersonId } from "../wire/id.ts";
import { isHonestKey } from "./ed25519-key.ts";
import { cryptoError } from "./errors.ts";
import { AES_KEY_BYTES, AES_NONCE_BYTES, AES_TAG_BYTES, SEED_BYTES, type Suite } from "./suite.ts";

const KEY_PURPOSES = ["identity", "officer"] as const;
type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** What a key file says without its passphrase. Nothing vouches for it but the roster that names the key. */
export interface KeyFileHeader {
  readonly purpose: KeyPurpose;
  readonly party: PartyId;
  /** For people: the officer's name on the line, or the party's own name. 1 to 100 characters, none of them control. */
  readonly name: string;
  /** Who holds it; null for an identity key. */
  readonly person: PersonId | null;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Bytes;
}

export interface OpenedKeyFile extends KeyFileHeader {
  /** 32 secret bytes. */
  readonly seed: Bytes;
}

interface Sealed extends KeyFileHeader {
  readonly salt: Bytes;
  readonly nonce: Bytes;
  /** The seed sealed, 48 bytes; empty where the text stands as associated data. */
  readonly box: Bytes;
}

/** 32 MiB and about 0.1 s. Fixed: a file cannot ask for less, nor for all of the machine. */
const KDF = { name: "scrypt", n: 2 ** 15, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const MAX_CHARACTERS = 4096;
const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;

/** Seals `seed` under `passphrase`; the text is to be written as it is. Throws `key-file-passphrase-empty`. */
export function sealKeyFile(suite: Suite, key: Omit<OpenedKeyFile, "publicKey">, passphrase: string): string {
  if (!NAME.test(key.name)) throw malformed("its name is empty, too long or has control characters");
  const salt = suite.randomBytes(SALT_BYTES);
  const nonce = suite.randomBytes(AES_NONCE_BYTES);
  const publicKey = suite.ed25519PublicKey(key.seed);
  const unsealed: Sealed = { ...key, publicKey, salt, nonce, box: new Uint8Array(0) };
  const wrapping = wrappingKey(suite, passphrase, salt);
  return textOf({ ...unsealed, box: suite.aesGcmSeal(wrapping, nonce, utf8(textOf(unsealed)), key.seed) });
}

/** Reads what stands outside of the box. Throws `key-file-malformed`. */
export function parseKeyFile(text: string): KeyFileHeader {
  const { purpose, party, name, person, publicKey } = parse(text);
  return { purpose, party, name, person, publicKey };
}

/** Throws `key-file-malformed`, or `key-file-passphrase` where it is wrong or the file was altered. */
export function openKeyFile(suite: Suite, text: string, passphrase: string): OpenedKeyFile {
  const { salt, nonce, box, ...header } = parse(text);
  const associated = utf8(textOf({ ...header, salt, nonce, box: new Uint8Array(0) }));
  const seed = suite.aesGcmOpen(wrappingKey(suite, passphrase, salt), nonce, associated, box);
  if (seed === null) throw cryptoError("key-file-passphrase", "The passphrase does not open this key file.");
  if (toHex(suite.ed25519PublicKey(seed)) !== toHex(header.publicKey)) throw malformed("it holds another key");
  return { ...header, seed };
}

function wrappingKey(suite: Suite, passphrase: string, salt: Bytes): Bytes {
  if (passphrase === "") throw cryptoError("key-file-passphrase-empty", "The passphrase is empty.");
  return suite.scrypt(utf8(passphrase.normalize("NFKC")), salt, KDF.n, KDF.r, KDF.p, AES_KEY_BYTES);
}

/** The one text of a key file: two spaces of indent, members in this order, a final newline. */
function textOf({ purpose, party, name, person, publicKey, salt, nonce, box }: Sealed): string {
  const file = {
    parley: "key-file/v1",
    purpose,
    party,
    name,
    person,
    public_key: toHex(publicKey),
    kdf: { ...KDF, salt: toBase64(salt) },
    nonce: toBase64(nonce),
    box: toBase64(box),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function parse(text: string): Sealed {
  if (text.length > MAX_CHARACTERS) throw malformed(`it has more than ${MAX_CHARACTERS} characters`);
  let sealed: Sealed;
  try {
    sealed = read(JSON.parse(text) as Record<string, unknown>);
  } catch (cause) {
    throw cryptoError("key-file-malformed", "This is not a key file.", { cause });
  }
  if (textOf(sealed) !== text) throw malformed("it was edited");
  return sealed;
}

/** Throws anything at all where a member is missing or wrong; members too many are found by writing it again. */
function read(file: Record<string, unknown>): Sealed {
  const purpose = KEY_PURPOSES.find((known) => known === file["purpose"]);
  const name = textIn(file["name"]);
  const publicKey = fromHex(textIn(file["public_key"]), 32);
  if (purpose === undefined || !NAME.test(name) || !isHonestKey(publicKey)) throw new TypeError("A member is wrong.");
  return {
    purpose,
    party: parsePartyId(textIn(file["party"])),
    name,
    person: file["person"] === null ? null : parsePersonId(textIn(file["person"])),
    publicKey,
    salt: fromBase64(textIn((file["kdf"] as Record<string, unknown>)["salt"]), SALT_BYTES),
    nonce: fromBase64(textIn(file["nonce"]), AES_NONCE_BYTES),
    box: fromBase64(textIn(file["box"]), SEED_BYTES + AES_TAG_BYTES),
  };
}

function textIn(member: unknown): string {
  if (typeof member !== "string") throw new TypeError("A member is not text.");
  return member;
}

function malformed(why: string) {
  return cryptoError("key-file-malformed", `This is not a key file that Parley wrote: ${why}.`);
}
