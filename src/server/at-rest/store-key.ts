/**
 * `store.key`: the random key of everything that a directory keeps encrypted, itself sealed under a passphrase
 * (`spec/at-rest.md`). Another passphrase rewrites this one small file and nothing else.
 */
import { AES_KEY_BYTES, AES_NONCE_BYTES, AES_TAG_BYTES, type Suite } from "../../crypto/index.ts";
import { type Bytes, fromBase64, toBase64, utf8 } from "../../wire/bytes.ts";
import { serverError } from "../errors.ts";

/** As of key files: 32 MiB and about 0.1 s. Fixed: a file cannot ask for less, nor for all of the machine. */
const KDF = { name: "scrypt", n: 2 ** 15, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const MAX_CHARACTERS = 4096;

interface Sealed {
  readonly salt: Bytes;
  readonly nonce: Bytes;
  /** The key sealed, 48 bytes; empty where the text stands as associated data. */
  readonly box: Bytes;
}

/** The text of the file, to be written as it is. */
export function sealStoreKey(suite: Suite, key: Bytes, passphrase: string): string {
  const unsealed: Sealed = {
    salt: suite.randomBytes(SALT_BYTES),
    nonce: suite.randomBytes(AES_NONCE_BYTES),
    box: new Uint8Array(0),
  };
  const wrapping = wrappingKey(suite, passphrase, unsealed.salt);
  return textOf({ ...unsealed, box: suite.aesGcmSeal(wrapping, unsealed.nonce, utf8(textOf(unsealed)), key) });
}

/** @throws store-key-malformed, store-passphrase-wrong */
export function openStoreKey(suite: Suite, text: string, passphrase: string): Bytes {
  const sealed = parse(text);
  const associated = utf8(textOf({ ...sealed, box: new Uint8Array(0) }));
  const wrapping = wrappingKey(suite, passphrase, sealed.salt);
  const key = suite.aesGcmOpen(wrapping, sealed.nonce, associated, sealed.box);
  if (key === null) throw serverError("store-passphrase-wrong", "The passphrase does not open store.key.");
  return key;
}

function wrappingKey(suite: Suite, passphrase: string, salt: Bytes): Bytes {
  if (passphrase === "") throw serverError("store-passphrase-wrong", "The passphrase of the stores is empty.");
  return suite.scrypt(utf8(passphrase.normalize("NFKC")), salt, KDF.n, KDF.r, KDF.p, AES_KEY_BYTES);
}

/** The one text of it: two spaces of indent, members in this order, a final newline. */
function textOf({ salt, nonce, box }: Sealed): string {
  const file = {
    parley: "store-key/v1",
    kdf: { ...KDF, salt: toBase64(salt) },
    nonce: toBase64(nonce),
    box: toBase64(box),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function parse(text: string): Sealed {
  if (text.length > MAX_CHARACTERS) throw malformed();
  let sealed: Sealed;
  try {
    const { kdf, nonce, box } = JSON.parse(text) as Record<string, unknown>;
    sealed = {
      salt: fromBase64(String((kdf as Record<string, unknown>)["salt"]), SALT_BYTES),
      nonce: fromBase64(String(nonce), AES_NONCE_BYTES),
      box: fromBase64(String(box), AES_KEY_BYTES + AES_TAG_BYTES),
    };
  } catch (cause) {
    throw malformed(cause);
  }
  if (textOf(sealed) !== text) throw malformed();
  return sealed;
}

function malformed(cause?: unknown) {
  return serverError("store-key-malformed", "store.key is cut short, or was altered.", { cause });
}
