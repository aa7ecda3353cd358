/** A long evidence file is checked on several threads, and no conclusion rests on a signature that was not checked. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { signatureThreads } from "../../src/cli/signature-threads.ts";
import { verifyFile, type VerifierOf } from "../../src/cli/verify-file.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import type { EvidenceReport } from "../../src/line/index.ts";

const seed = suite.randomBytes(32);
const key = suite.ed25519PublicKey(seed);
const signed = Array.from({ length: 1500 }, (_, i) => {
  const message = suite.sha256(Uint8Array.of(i % 256, i >> 8));
  return { message, signature: suite.ed25519Sign(seed, message) };
});

test("of many good signatures all are good, and one bad one among them is found", async () => {
  for (const bad of [null, 0, 700, 1499]) {
    const threads = signatureThreads(suite);
    let seen = true;
    for (const [i, { message, signature }] of signed.entries()) {
      const given = i === bad ? signature.map((byte) => byte ^ 1) : signature;
      seen = threads.suite.ed25519Verify(key, message, given) && seen;
    }
    const isGood = (await threads.allGood()) && seen;
    threads.close();
    assert.equal(isGood, bad === null);
  }
});

test("where a signature is bad, the file is read again with the suite itself, and that is what is reported", async () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-verify-"));
  try {
    const path = join(dir, "file");
    writeFileSync(path, "the file");
    const { message, signature } = signed[0] as (typeof signed)[number];
    for (const [given, expected, passes] of [
      [signature, true, 1],
      [signature.map((byte) => byte ^ 1), false, 2],
    ] as const) {
      let made = 0;
      const verifierOf: VerifierOf = (passSuite) => {
        made += 1;
        let ok = false;
        return {
          push: () => void (ok = passSuite.ed25519Verify(key, message, given)),
          hasStopped: () => false,
          end: () => ({ ok }) as EvidenceReport,
        };
      };
      const report = await verifyFile(suite, path, verifierOf, { size: 8, show: () => undefined, long: 0 });
      assert.deepEqual([report.ok, made], [expected, passes]);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
