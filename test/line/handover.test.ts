import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { signCoseWithSeed } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  decodeHandover,
  encodeHandover,
  HANDOVER_GIVEN,
  HANDOVER_TAKEN,
  handoverId,
  verifyHandover,
} from "../../src/line/index.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

interface Vectors {
  readonly valid: readonly {
    readonly why: string;
    readonly bytes: string;
    readonly id: string;
    readonly value: Parameters<typeof encodeHandover>[0];
    readonly given_seed: string;
    readonly taken_seed: string;
    readonly given: string;
    readonly taken: string;
  }[];
  readonly invalid: readonly { readonly why: string; readonly bytes: string; readonly code: string }[];
}

const vectors = JSON.parse(readFileSync(new URL("../../vectors/handover.json", import.meta.url), "utf8")) as Vectors;

test("the vectors of a handover hold, byte for byte", () => {
  for (const { why, bytes, id, value, given_seed, taken_seed, given, taken } of vectors.valid) {
    const [encoded, seeds] = [encodeHandover(value), [fromHex(given_seed), fromHex(taken_seed)] as const];
    assert.equal(toHex(encoded), bytes, why);
    assert.deepEqual(decodeHandover(encoded), value, why);
    assert.equal(handoverId(suite, encoded), id, why);
    assert.equal(toHex(signCoseWithSeed(suite, HANDOVER_GIVEN, encoded, seeds[0])), given, why);
    assert.equal(toHex(signCoseWithSeed(suite, HANDOVER_TAKEN, encoded, seeds[1])), taken, why);
    const keys = { given: suite.ed25519PublicKey(seeds[0]), taken: suite.ed25519PublicKey(seeds[1]) };
    const signed = { bytes: encoded, given: fromHex(given), taken: fromHex(taken) };
    assert.deepEqual(verifyHandover(suite, signed, keys), value, why);
  }
  for (const { why, bytes, code } of vectors.invalid) {
    assert.throws(
      () => decodeHandover(fromHex(bytes)),
      (fault) => isParleyError(fault, code),
      why,
    );
  }
});

test("no byte of it, and of neither signature, can be changed; neither serves as the other", () => {
  const [one] = vectors.valid;
  assert.ok(one !== undefined);
  const signed = { bytes: fromHex(one.bytes), given: fromHex(one.given), taken: fromHex(one.taken) };
  const [givenKey, takenKey] = [one.given_seed, one.taken_seed].map((seed) => suite.ed25519PublicKey(fromHex(seed)));
  assert.ok(givenKey !== undefined && takenKey !== undefined);
  const keys = { given: givenKey, taken: takenKey };
  const refused = (changed: typeof signed, with_ = keys) =>
    assert.throws(
      () => verifyHandover(suite, changed, with_),
      (error) => isParleyError(error, "handover-signature", "handover-malformed", "handover-newer"),
    );
  for (const part of ["bytes", "given", "taken"] as const) {
    for (let i = 0; i < signed[part].length; i++) {
      const altered = Uint8Array.from(signed[part]);
      altered[i] = (altered[i] as number) ^ 1;
      refused({ ...signed, [part]: altered });
    }
  }
  refused({ ...signed, given: signed.taken, taken: signed.given });
  refused({ ...signed, taken: signed.given }, { given: givenKey, taken: givenKey });
});

test("arbitrary bytes are no handover, and say so", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.throws(
        () => decodeHandover(bytes),
        (error) => isParleyError(error, "handover-malformed", "handover-newer"),
      );
    }),
  );
});
