import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  type Checkpoint,
  checkpointBody,
  cosign,
  findCosignature,
  formatVkey,
  parseCheckpoint,
  parseNote,
  parseVkey,
  receiptKeyName,
  signCheckpoint,
  verifyCheckpoint,
  verifyCosignature,
} from "../../src/log/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { fromUtf8, utf8 } from "../../src/wire/bytes.ts";

const ORIGIN = `parley/${"ab".repeat(32)}/northern/0`;
const RECEIPT = receiptKeyName(`parley/${"ab".repeat(32)}/southern/0`);
const SEED = new Uint8Array(32).fill(1);
const RECEIPT_SEED = new Uint8Array(32).fill(2);
const KEY = { name: ORIGIN, publicKey: suite.ed25519PublicKey(SEED) };
const RECEIPT_KEY = { name: RECEIPT, publicKey: suite.ed25519PublicKey(RECEIPT_SEED) };
const CHECKPOINT: Checkpoint = { origin: ORIGIN, size: 20_852_163, root: suite.sha256(utf8("root")) };
const SIGNED = signCheckpoint(suite, CHECKPOINT, { name: ORIGIN, seed: SEED });
const AT = 1_795_000_000;

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert(isParleyError(error), String(error));
    return error.code;
  }
  return "none";
}

/** Every text that differs from `text` in one byte and is still UTF-8. */
function* singleByteChanges(text: string, flips = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff]) {
  const bytes = utf8(text);
  for (let at = 0; at < bytes.length; at++) {
    for (const flip of flips) {
      const copy = Uint8Array.from(bytes);
      copy[at] = (copy[at] as number) ^ flip;
      try {
        yield fromUtf8(copy);
      } catch (error) {
        assert(isParleyError(error, "text-not-utf8"));
      }
    }
  }
}

test("a note and a key made by Go's sumdb/note verify", () => {
  const key = parseVkey(suite, "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  const note = parseNote(
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
  );
  assert.equal(key.type, "note");
  assert.equal(note.signatures[0]?.keyHash, "c74f20a3");
  const [signature] = note.signatures;
  assert(signature !== undefined && suite.ed25519Verify(key.publicKey, utf8(note.body), signature.signature));
});

test("a checkpoint comes back as it was signed", () => {
  assert.deepEqual(verifyCheckpoint(suite, SIGNED, KEY), CHECKPOINT);
  assert.equal(SIGNED.slice(0, checkpointBody(CHECKPOINT).length), checkpointBody(CHECKPOINT));
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 }), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
      const checkpoint = { origin: ORIGIN, size, root };
      const note = signCheckpoint(suite, checkpoint, { name: ORIGIN, seed: SEED });
      assert.deepEqual(verifyCheckpoint(suite, note, KEY), checkpoint);
      assert.equal(checkpointBody(parseCheckpoint(note).checkpoint), parseNote(note).body);
    }),
    { numRuns: 30 },
  );
});

test("no single-byte change of a signed checkpoint is taken", () => {
  const expected = ["note-malformed", "checkpoint-malformed", "checkpoint-unsigned", "checkpoint-bad-signature"];
  let tried = 0;
  for (const changed of singleByteChanges(SIGNED)) {
    tried += 1;
    assert(expected.includes(code(() => verifyCheckpoint(suite, changed, KEY))), JSON.stringify(changed));
  }
  assert(tried > 1000);
  for (let end = 0; end < SIGNED.length; end++) {
    assert(expected.includes(code(() => verifyCheckpoint(suite, SIGNED.slice(0, end), KEY))));
  }
});

test("a checkpoint is not taken for another log, from another key, or with lines of its own", () => {
  const other = ORIGIN.replace("northern", "southern");
  assert.equal(
    code(() => verifyCheckpoint(suite, SIGNED, { ...KEY, name: other })),
    "checkpoint-unsigned",
  );
  assert.equal(
    code(() => verifyCheckpoint(suite, SIGNED, { ...KEY, publicKey: RECEIPT_KEY.publicKey })),
    "checkpoint-unsigned",
  );
  assert.equal(
    code(() => signCheckpoint(suite, CHECKPOINT, { name: other, seed: SEED })),
    "checkpoint-malformed",
  );
  for (const body of [
    `${ORIGIN}\n1\n`,
    `${ORIGIN}\n01\n${"A".repeat(43)}=\n`,
    `${ORIGIN}\n+1\n${"A".repeat(43)}=\n`,
    `${ORIGIN}\n281474976710657\n${"A".repeat(43)}=\n`,
    `${ORIGIN}\n1\n${"A".repeat(42)}B=\n`,
    `${ORIGIN}\n1\n${"A".repeat(43)}=\nextension\n`,
    `two words\n1\n${"A".repeat(43)}=\n`,
  ]) {
    const line = SIGNED.slice(SIGNED.indexOf("\u2014"));
    assert.equal(
      code(() => parseCheckpoint(`${body}\n${line}`)),
      "checkpoint-malformed",
      body,
    );
  }
});

test("signatures of unknown keys are passed over; a second, wrong one of the log's key is not", () => {
  const receipt = cosign(suite, CHECKPOINT, { name: RECEIPT, seed: RECEIPT_SEED }, AT);
  assert.deepEqual(verifyCheckpoint(suite, SIGNED + receipt, KEY), CHECKPOINT);
  const { note } = parseCheckpoint(SIGNED + receipt);
  assert.deepEqual(findCosignature(suite, CHECKPOINT, note.signatures, RECEIPT_KEY), { at: AT * 1000 });
  assert.equal(findCosignature(suite, CHECKPOINT, note.signatures, { ...RECEIPT_KEY, name: "other" }), null);
  const wrong = signCheckpoint(suite, { ...CHECKPOINT, size: 1 }, { name: ORIGIN, seed: SEED });
  const both = SIGNED + wrong.slice(wrong.indexOf("\u2014"));
  assert.equal(
    code(() => verifyCheckpoint(suite, both, KEY)),
    "checkpoint-bad-signature",
  );
});

test("a receipt says when, and only about its own checkpoint", () => {
  const line = cosign(suite, CHECKPOINT, { name: RECEIPT, seed: RECEIPT_SEED }, AT);
  assert.deepEqual(verifyCosignature(suite, CHECKPOINT, line, RECEIPT_KEY), { at: AT * 1000 });
  const bigger = { ...CHECKPOINT, size: CHECKPOINT.size + 1 };
  assert.equal(
    code(() => verifyCosignature(suite, bigger, line, RECEIPT_KEY)),
    "cosignature-bad-signature",
  );
  assert.equal(
    code(() => verifyCosignature(suite, CHECKPOINT, line, KEY)),
    "cosignature-other-key",
  );
});

test("no single-byte change of a receipt is taken", () => {
  const line = cosign(suite, CHECKPOINT, { name: RECEIPT, seed: RECEIPT_SEED }, AT);
  const expected = ["cosignature-malformed", "cosignature-other-key", "cosignature-bad-signature"];
  for (const changed of singleByteChanges(line)) {
    assert(expected.includes(code(() => verifyCosignature(suite, CHECKPOINT, changed, RECEIPT_KEY))), changed);
  }
});

test("a log's signature is no receipt, and a receipt no checkpoint, though the key be the same", () => {
  const line = SIGNED.slice(SIGNED.indexOf("\u2014"));
  assert.equal(
    code(() => verifyCosignature(suite, CHECKPOINT, line, KEY)),
    "cosignature-other-key",
  );
  const cosigned = cosign(suite, CHECKPOINT, { name: ORIGIN, seed: SEED }, AT);
  assert.equal(
    code(() => verifyCheckpoint(suite, `${checkpointBody(CHECKPOINT)}\n${cosigned}`, KEY)),
    "checkpoint-unsigned",
  );
});

test("a vkey comes back, and no single-byte change of one is taken", () => {
  for (const type of ["note", "cosignature"] as const) {
    const vkey = formatVkey(suite, type, KEY);
    assert.deepEqual(parseVkey(suite, vkey), { ...KEY, type });
    for (const changed of singleByteChanges(vkey)) {
      assert.equal(
        code(() => parseVkey(suite, changed)),
        "vkey-malformed",
        changed,
      );
    }
  }
});

test("arbitrary text gives only the declared errors", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constant(""),
    fc.constant(`\u2014 a ${"A".repeat(96)}`),
    fc.constant("\u2014 a b"),
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(line).map((lines) => `${lines.join("\n")}\n`),
  );
  fc.assert(
    fc.property(text, (input) => {
      assert(["none", "note-malformed"].includes(code(() => parseNote(input))));
      assert(["none", "note-malformed", "checkpoint-malformed"].includes(code(() => parseCheckpoint(input))));
      assert(["vkey-malformed"].includes(code(() => parseVkey(suite, input))));
      const cosignature = code(() => verifyCosignature(suite, CHECKPOINT, input, KEY));
      assert(["cosignature-malformed", "cosignature-other-key"].includes(cosignature));
    }),
    { numRuns: 500 },
  );
});
