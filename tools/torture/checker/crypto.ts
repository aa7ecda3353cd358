/** Hashes, signatures and boxes as `spec/` has them, by node:crypto alone. */
import { createDecipheriv, createHash, createPublicKey, verify } from "node:crypto";

const ED25519_DER = Buffer.from("302a300506032b6570032100", "hex");

export function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** hash(label, part...) of spec/crypto-suite.md. */
export function labelled(label: string, ...parts: Uint8Array[]): Buffer {
  const sized = parts.flatMap((part) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(part.length));
    return [length, part];
  });
  return sha256(Buffer.from([label.length]), Buffer.from(label, "ascii"), ...sized);
}

export function ed25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const der = Buffer.concat([ED25519_DER, key]);
    return verify(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
  } catch {
    return false;
  }
}

const COSE_HEAD = Buffer.from("845826a20127045820", "hex");
const COSE_MIDDLE = Buffer.from("a0f65840", "hex");

/** The key that a signature of the one form of COSE_Sign1 names; null where it is of another form. */
export function coseKey(cose: Buffer): Buffer | null {
  const isForm =
    cose.length === 109 && cose.subarray(0, 9).equals(COSE_HEAD) && cose.subarray(41, 45).equals(COSE_MIDDLE);
  return isForm ? cose.subarray(9, 41) : null;
}

export function coseHolds(label: string, payload: Buffer, cose: Buffer, key: Buffer): boolean {
  if (coseKey(cose)?.equals(key) !== true) return false;
  const protectedHeader = cose.subarray(3, 41);
  const signed = Buffer.concat([
    Buffer.from([0x84]),
    text("Signature1"),
    bytes(protectedHeader),
    bytes(Buffer.from(label, "ascii")),
    bytes(payload),
  ]);
  return ed25519(key, signed, cose.subarray(45));
}

function text(value: string): Buffer {
  return Buffer.concat([head(3, value.length), Buffer.from(value, "ascii")]);
}

function bytes(value: Buffer): Buffer {
  return Buffer.concat([head(2, value.length), value]);
}

function head(major: number, argument: number): Buffer {
  const at = major << 5;
  if (argument < 24) return Buffer.from([at | argument]);
  if (argument < 0x100) return Buffer.from([at | 24, argument]);
  if (argument < 0x10000) return Buffer.from([at | 25, argument >> 8, argument & 0xff]);
  const long = Buffer.alloc(5);
  long[0] = at | 26;
  long.writeUInt32BE(argument, 1);
  return long;
}

/** CBOR ["parley/v1/entry", origin, index] of spec/entry.md. */
function entryPlace(origin: string, index: number): Buffer {
  return Buffer.concat([Buffer.from([0x83]), text("parley/v1/entry"), text(origin), head(0, index)]);
}

/** The content of an entry under its disclosed key, its padding taken off. Throws where it does not open. */
export function openBox(box: Buffer, key: Buffer, origin: string, index: number): Buffer {
  const cipher = createDecipheriv("aes-256-gcm", labelled("parley/v1/entry-box", key), Buffer.alloc(12));
  cipher.setAAD(entryPlace(origin, index));
  cipher.setAuthTag(box.subarray(-16));
  const padded = Buffer.concat([cipher.update(box.subarray(0, -16)), cipher.final()]);
  const end = padded.lastIndexOf(0x80);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error("wrongly padded");
  return padded.subarray(0, end);
}
