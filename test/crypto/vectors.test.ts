/** The vectors of spec/crypto-suite.md and spec/key-file.md, on both suites. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  checkWords,
  hash,
  hpkeOpen,
  keyFingerprint,
  openKeyFile,
  SIGNATURE_LABELS,
  verifyCose,
} from "../../src/crypto/index.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import { nobleSuite } from "../../src/crypto/noble.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

interface SuiteVectors {
  hash: { label: string; parts: string[]; hash: string }[];
  check_words: { hash: string; words: string }[];
  fingerprint: { public_key: string; fingerprint: string }[];
  ed25519: { why: string; valid: boolean; public_key: string; message: string; signature: string }[];
  cose: { why: string; valid: boolean; label: string; payload: string; public_key: string; cose: string }[];
  xwing: { seed: string; public_key: string; enc: string; shared: string }[];
  hpke: { why: string; seed: string; enc: string; info: string; aad: string; ct: string; plain: string | null }[];
}
interface KeyFileVectors {
  key_file: { why: string; text: string; passphrase: string; seed?: string; code?: string }[];
}

function load<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8")) as Shape;
}

const vectors = load<SuiteVectors>("crypto-suite");
const keyFiles = load<KeyFileVectors>("key-file");

for (const [name, suite] of [["native", nativeSuite] as const, ["noble", nobleSuite] as const]) {
  test(`${name}: vectors/crypto-suite.json`, () => {
    for (const row of vectors.hash) {
      assert.equal(toHex(hash(suite, row.label, ...row.parts.map((part) => fromHex(part)))), row.hash);
    }
    for (const row of vectors.fingerprint) {
      assert.equal(keyFingerprint(suite, fromHex(row.public_key)), row.fingerprint);
    }
    for (const row of vectors.check_words) assert.equal(checkWords(fromHex(row.hash)).join(" "), row.words);
    for (const row of vectors.ed25519) {
      const verdict = suite.ed25519Verify(fromHex(row.public_key), fromHex(row.message), fromHex(row.signature));
      assert.equal(verdict, row.valid, row.why);
    }
    for (const row of vectors.cose) {
      const label = SIGNATURE_LABELS.find((known) => known === row.label);
      assert(label !== undefined);
      const verdict = verifyCose(suite, label, fromHex(row.payload), fromHex(row.cose), fromHex(row.public_key));
      assert.equal(verdict, row.valid, row.why);
    }
    for (const row of vectors.xwing) {
      assert.equal(toHex(suite.xwingPublicKey(fromHex(row.seed))), row.public_key);
      assert.equal(toHex(suite.xwingDecapsulate(fromHex(row.seed), fromHex(row.enc)) as Uint8Array), row.shared);
    }
    for (const row of vectors.hpke) {
      const [seed, enc, info, aad, ct] = [row.seed, row.enc, row.info, row.aad, row.ct].map((hex) => fromHex(hex));
      assert(seed && enc && info && aad && ct);
      const plain = hpkeOpen(suite, seed, enc, info, aad, ct);
      assert.equal(plain === null ? null : toHex(plain), row.plain, row.why);
    }
  });

  test(`${name}: vectors/key-file.json`, () => {
    for (const row of keyFiles.key_file) {
      try {
        assert.equal(toHex(openKeyFile(suite, row.text, row.passphrase).seed), row.seed, row.why);
      } catch (error) {
        assert(isParleyError(error), String(error));
        assert.equal(error.code, row.code, row.why);
      }
    }
  });
}
