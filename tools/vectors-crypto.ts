/** Writes `vectors/crypto-suite.json` and `vectors/key-file.json`. The same bytes each time: all seeds are fixed. */
import { writeFileSync } from "node:fs";
import { ml_kem768_x25519 } from "@noble/post-quantum/hybrid.js";
import {
  checkWords,
  coseOf,
  coseToSign,
  hash,
  hpkeSeal,
  keyFingerprint,
  sealKeyFile,
  type SignatureLabel,
  signCoseWithSeed,
  type Suite,
} from "../src/crypto/index.ts";
import { nativeSuite } from "../src/crypto/native.ts";
import { concat, fromHex, toHex, utf8 } from "../src/wire/bytes.ts";
import { parsePartyId, parsePersonId } from "../src/wire/id.ts";

const seedOf = (n: number) => new Uint8Array(32).fill(n);

/** draft-connolly-cfrg-xwing-kem-08, appendix C: the recipient's seed and the encapsulation's. */
const XWING = [
  [
    "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
    "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2",
  ],
  [
    "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea",
    "17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d",
  ],
  [
    "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9",
    "22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b",
  ],
] as const;

/** The suite with its randomness fixed, which no program but this may do. */
const fixed: Suite = {
  ...nativeSuite,
  randomBytes: (length) => new Uint8Array(length).fill(0xa5),
  xwingEncapsulate: (publicKey) => {
    const { cipherText, sharedSecret } = ml_kem768_x25519.encapsulate(publicKey, fromHex(XWING[0][1]));
    return { shared: sharedSecret, enc: cipherText };
  },
};

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
}

function hashes() {
  const cases: [string, string[]][] = [
    ["parley/v1/message", []],
    ["parley/v1/message", [""]],
    ["parley/v1/message", ["6162"]],
    ["parley/v1/message", ["61", "62"]],
    ["parley/v1/key", ["00".repeat(32)]],
  ];
  return cases.map(([label, parts]) => {
    const digest = hash(nativeSuite, label, ...parts.map((part) => fromHex(part)));
    return { label, parts, hash: toHex(digest) };
  });
}

function signatures() {
  const [publicKey, other] = [nativeSuite.ed25519PublicKey(seedOf(1)), nativeSuite.ed25519PublicKey(seedOf(2))];
  const payload = utf8("a message's bytes");
  const label: SignatureLabel = "parley/v1/released";
  const cose = signCoseWithSeed(nativeSuite, label, payload, seedOf(1));
  const forged = nativeSuite.ed25519Sign(seedOf(2), coseToSign(label, payload, publicKey));
  const row = (why: string, valid: boolean, parts: { cose?: Uint8Array; label?: string; key?: Uint8Array } = {}) => ({
    why,
    valid,
    label: parts.label ?? label,
    payload: toHex(payload),
    public_key: toHex(parts.key ?? publicKey),
    cose: toHex(parts.cose ?? cose),
  });
  return [
    row("as it was signed", true),
    row("signed for another purpose", false, { label: "parley/v1/drafted" }),
    row("by another key than is asked for", false, { key: other }),
    row("another's signature under this key's name", false, { cose: coseOf(publicKey, forged) }),
    row("tagged (18)", false, { cose: concat(Uint8Array.of(0xd2), cose) }),
    row("a byte after it", false, { cose: concat(cose, Uint8Array.of(0)) }),
    row("cut short", false, { cose: cose.subarray(0, -1) }),
    row("an algorithm that is not EdDSA", false, { cose: changed(cose, 5) }),
    row("a bit of the signature changed", false, { cose: changed(cose, 80) }),
  ];
}

function strictness() {
  const smallOrder = ["00".repeat(32), `01${"00".repeat(31)}`, `ec${"ff".repeat(30)}7f`, `01${"00".repeat(30)}80`];
  const identity = fromHex(`01${"00".repeat(31)}`);
  const lenient = smallOrder.map((key) => ({
    why: "a public key of small order: with R the identity and S zero, lenient verifiers take it for some messages",
    valid: false,
    public_key: key,
    message: "00",
    signature: toHex(concat(identity, new Uint8Array(32))),
  }));
  const message = utf8("m");
  const good = nativeSuite.ed25519Sign(seedOf(9), message);
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  let s = good.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order;
  const above = Uint8Array.from({ length: 32 }, () => {
    const byte = Number(s & 255n);
    s >>= 8n;
    return byte;
  });
  const row = (why: string, valid: boolean, signature: Uint8Array) => ({
    why,
    valid,
    public_key: toHex(nativeSuite.ed25519PublicKey(seedOf(9))),
    message: toHex(message),
    signature: toHex(signature),
  });
  const malleated = concat(good.subarray(0, 32), above);
  return [row("as it was signed", true, good), row("S not below the order", false, malleated), ...lenient];
}

function encapsulations() {
  return XWING.map(([seed, encapsulation]) => {
    const publicKey = nativeSuite.xwingPublicKey(fromHex(seed));
    const { cipherText, sharedSecret } = ml_kem768_x25519.encapsulate(publicKey, fromHex(encapsulation));
    return { seed, encapsulation, public_key: toHex(publicKey), enc: toHex(cipherText), shared: toHex(sharedSecret) };
  });
}

function sealed() {
  const [info, aad, plain] = [utf8("parley/v1/entry"), utf8("aad"), utf8("a convoy of six")];
  const { enc, ct } = hpkeSeal(fixed, nativeSuite.xwingPublicKey(fromHex(XWING[0][0])), info, aad, plain);
  const row = (why: string, opens: boolean, parts: { enc?: Uint8Array; ct?: Uint8Array; aad?: Uint8Array } = {}) => ({
    why,
    seed: XWING[0][0],
    enc: toHex(parts.enc ?? enc),
    info: toHex(info),
    aad: toHex(parts.aad ?? aad),
    ct: toHex(parts.ct ?? ct),
    plain: opens ? toHex(plain) : null,
  });
  return [
    row("as it was sealed", true),
    row("other associated data", false, { aad: utf8("aac") }),
    row("a bit of the ciphertext changed", false, { ct: changed(ct, 0) }),
    row("a bit of ML-KEM's part changed", false, { enc: changed(enc, 0) }),
    row("the top bit of X25519's part changed", false, { enc: enc.map((byte, i) => (i === 1119 ? byte ^ 128 : byte)) }),
    row("X25519's part of small order", false, { enc: concat(enc.subarray(0, 1088), new Uint8Array(32)) }),
    row("enc cut short", false, { enc: enc.subarray(0, 1119) }),
  ];
}

function fileRow(why: string, text: string, passphrase: string, result: { seed: string } | { code: string }) {
  return { why, text, passphrase, ...result };
}

function keyFiles() {
  const officer = { purpose: "officer", party: parsePartyId("northern"), name: "watch-1" } as const;
  const text = sealKeyFile(fixed, { ...officer, person: parsePersonId("person-3"), seed: seedOf(1) }, "four words");
  const identity = { purpose: "identity", party: parsePartyId("relief"), name: 'Relief "Coordination"' } as const;
  const other = sealKeyFile(fixed, { ...identity, person: null, seed: seedOf(2) }, "caf\u00e9 \ufb01ve");
  const malformed = { code: "key-file-malformed" };
  const closed = { code: "key-file-passphrase" };
  return [
    fileRow("an officer's", text, "four words", { seed: toHex(seedOf(1)) }),
    fileRow("an identity key; the passphrase in another normal form", other, "cafe\u0301 five", {
      seed: toHex(seedOf(2)),
    }),
    fileRow("another passphrase", text, "four word", closed),
    fileRow("no passphrase", text, "", { code: "key-file-passphrase-empty" }),
    fileRow("the name was altered", text.replace("watch-1", "watch-2"), "four words", closed),
    fileRow("a cheaper derivation is asked for", text.replace("32768", "16384"), "four words", malformed),
    fileRow("another purpose", text.replace('"officer"', '"node"'), "four words", malformed),
    fileRow("laid out otherwise", JSON.stringify(JSON.parse(text)), "four words", malformed),
    fileRow("a member more", text.replace("{\n", '{\n  "note": "",\n'), "four words", malformed),
    fileRow("line ends of another system", text.replaceAll("\n", "\r\n"), "four words", malformed),
  ];
}

function write(name: string, content: unknown): void {
  writeFileSync(new URL(`../vectors/${name}.json`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
}

const publicKey = nativeSuite.ed25519PublicKey(seedOf(1));
write("crypto-suite", {
  spec: "spec/crypto-suite.md",
  hash: hashes(),
  fingerprint: [{ public_key: toHex(publicKey), fingerprint: keyFingerprint(nativeSuite, publicKey) }],
  check_words: ["00".repeat(32), "ff".repeat(32), "0123456789abcdef".repeat(4), "84218421ab".padEnd(64, "0")].map(
    (hash) => ({ hash, words: checkWords(fromHex(hash)).join(" ") }),
  ),
  ed25519: strictness(),
  cose: signatures(),
  xwing: encapsulations(),
  hpke: sealed(),
});
write("key-file", { spec: "spec/key-file.md", key_file: keyFiles() });
