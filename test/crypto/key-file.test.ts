import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keyFingerprint, openKeyFile, parseKeyFile, sealKeyFile, type Suite } from "../../src/crypto/index.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import { nobleSuite } from "../../src/crypto/noble.ts";
import { fromUtf8, utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parsePartyId, parsePersonId } from "../../src/wire/id.ts";
import { singleByteChanges } from "./change.ts";

const KEY = {
  purpose: "officer",
  party: parsePartyId("northern"),
  name: "watch-1",
  person: parsePersonId("person-3"),
  seed: new Uint8Array(32).fill(1),
} as const;
const PASSPHRASE = "four words, not three";
/** The same formats with a derivation that takes no time, for tests that open a file a thousand times. */
const quick: Suite = {
  ...nativeSuite,
  scrypt: (password, salt, _n, r, p, length) => nativeSuite.scrypt(password, salt, 2, r, p, length),
};

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert(isParleyError(error), String(error));
    return error.code;
  }
  return "none";
}

test("a key comes back under its passphrase, sealed on one platform and opened on the other", () => {
  const expected = { ...KEY, publicKey: nativeSuite.ed25519PublicKey(KEY.seed) };
  assert.deepEqual(openKeyFile(nobleSuite, sealKeyFile(nativeSuite, KEY, PASSPHRASE), PASSPHRASE), expected);
  assert.deepEqual(openKeyFile(nativeSuite, sealKeyFile(nobleSuite, KEY, PASSPHRASE), PASSPHRASE), expected);
});

test("the header is read without the passphrase, and holds nothing secret", () => {
  const text = sealKeyFile(quick, { ...KEY, purpose: "identity", person: null, name: "Northern Command" }, PASSPHRASE);
  const header = parseKeyFile(text);
  assert.deepEqual(Object.keys(header), ["purpose", "party", "name", "person", "publicKey"]);
  assert.equal(
    keyFingerprint(nativeSuite, header.publicKey),
    keyFingerprint(nativeSuite, quick.ed25519PublicKey(KEY.seed)),
  );
  assert(!text.includes("AQEBAQEB") && !text.includes("01010101"));
});

test("the passphrase is the same however it was typed, and no other", () => {
  const text = sealKeyFile(quick, KEY, "caf\u00e9 \ufb01ve");
  assert.deepEqual(openKeyFile(quick, text, "cafe\u0301 five").seed, KEY.seed);
  assert.equal(
    code(() => openKeyFile(quick, text, "cafe five")),
    "key-file-passphrase",
  );
  assert.equal(
    code(() => openKeyFile(quick, text, "")),
    "key-file-passphrase-empty",
  );
  assert.equal(
    code(() => sealKeyFile(quick, KEY, "")),
    "key-file-passphrase-empty",
  );
});

test("a name that would mislead whoever reads it is refused", () => {
  for (const name of ["", "a\nb", "watch\u202e1", "x".repeat(101), "\ud800", "a\u2028b"]) {
    assert.equal(
      code(() => sealKeyFile(quick, { ...KEY, name }, PASSPHRASE)),
      "key-file-malformed",
      JSON.stringify(name),
    );
  }
  const quoted = { ...KEY, name: 'the "night" watch \\ \u0648' };
  assert.equal(openKeyFile(quick, sealKeyFile(quick, quoted, PASSPHRASE), PASSPHRASE).name, quoted.name);
});

test("no single-byte change of a key file is taken", () => {
  const text = sealKeyFile(quick, KEY, PASSPHRASE);
  for (const changed of singleByteChanges(utf8(text))) {
    const result = code(() => openKeyFile(quick, fromUtf8(changed), PASSPHRASE));
    assert(["key-file-malformed", "key-file-passphrase", "text-not-utf8"].includes(result), result);
  }
  for (let end = 0; end < text.length; end++) {
    assert.equal(
      code(() => parseKeyFile(text.slice(0, end))),
      "key-file-malformed",
    );
  }
});

test("a file that asks for another derivation, repeats a member or is laid out otherwise is refused", () => {
  const text = sealKeyFile(quick, KEY, PASSPHRASE);
  for (const other of [
    text.replace('"n": 32768', '"n": 2'),
    text.replace('"n": 32768', '"n": 1073741824'),
    text.replace("{\n", '{\n  "__proto__": 1,\n'),
    text.replace("{\n", '{\n  "parley": "key-file/v1",\n'),
    text.replace('  "party"', '"party"'),
    text.replaceAll("\n", "\r\n"),
    `${text}\n`,
    `\ufeff${text}`,
    JSON.stringify(JSON.parse(text)),
  ]) {
    assert.notEqual(other, text);
    assert.equal(
      code(() => openKeyFile(quick, other, PASSPHRASE)),
      "key-file-malformed",
    );
  }
});

test("arbitrary text and JSON give only the declared error", () => {
  const input = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ kdf: value, box: value })),
  );
  fc.assert(
    fc.property(input, (text) => {
      assert.equal(
        code(() => parseKeyFile(text)),
        "key-file-malformed",
      );
    }),
    { numRuns: 300 },
  );
});
