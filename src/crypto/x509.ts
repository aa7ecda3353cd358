/**
 * The certificate that a node shows in TLS: X.509 v3 (RFC 5280), self-signed with Ed25519 (RFC 8410), made out of the
 * key alone, so that the same key gives the same bytes. Nobody reads a name, a date or an issuer out of it: whoever
 * speaks with a node compares the key with its party's roster. Written by hand because that is all of DER that it takes.
 */
import { type Bytes, concat, fromHex, utf8 } from "../wire/bytes.ts";
import type { Suite } from "./suite.ts";

/** id-Ed25519, 1.3.101.112 */
const ED25519 = tlv(0x30, Uint8Array.of(0x06, 0x03, 0x2b, 0x65, 0x70));
/** id-at-commonName, 2.5.4.3 */
const COMMON_NAME = Uint8Array.of(0x06, 0x03, 0x55, 0x04, 0x03);
/** keyUsage (2.5.29.15), critical: digitalSignature. */
const KEY_USAGE = fromHex("300e0603551d0f0101ff040403020780");

/** DER. `seed` is the node's TLS key; the certificate has no end: a roster says how long the key counts. */
export function selfSignedCertificate(suite: Suite, seed: Bytes): Bytes {
  const key = suite.ed25519PublicKey(seed);
  const serial = suite.sha256(key).slice(0, 16);
  // A positive number of exactly 16 bytes.
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  const name = tlv(0x30, tlv(0x31, tlv(0x30, COMMON_NAME, tlv(0x0c, utf8("parley")))));
  // RFC 5280, 4.1.2.5: "no well-defined expiration date".
  const validity = tlv(0x30, tlv(0x17, utf8("200101000000Z")), tlv(0x18, utf8("99991231235959Z")));
  const publicKey = tlv(0x30, ED25519, bits(key));
  const version = tlv(0xa0, tlv(0x02, Uint8Array.of(2)));
  const extensions = tlv(0xa3, tlv(0x30, KEY_USAGE));
  const signed = tlv(0x30, version, tlv(0x02, serial), ED25519, name, validity, name, publicKey, extensions);
  return tlv(0x30, signed, ED25519, bits(suite.ed25519Sign(seed, signed)));
}

/** The seed as PKCS #8 (RFC 8410, section 7), which is how TLS libraries take it. */
export function ed25519Pkcs8(seed: Bytes): Bytes {
  return tlv(0x30, Uint8Array.of(0x02, 0x01, 0x00), ED25519, tlv(0x04, tlv(0x04, seed)));
}

function bits(bytes: Bytes): Bytes {
  return tlv(0x03, Uint8Array.of(0), bytes);
}

function tlv(tag: number, ...parts: readonly Bytes[]): Bytes {
  const content = concat(...parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concat(Uint8Array.of(tag, ...head), content);
}
