import assert from "node:assert/strict";
import { test } from "node:test";
import type { Suite } from "../../src/crypto/index.ts";
import {
  type EvidenceRecord,
  type EvidenceReport,
  evidenceReader,
  evidenceVerifier,
  exportEvidence,
  messageEvidence,
  periodEvidence,
  type Pin,
  verifyEvidence,
} from "../../src/line/index.ts";
import { concat, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { pair, SIDES } from "./sides.ts";
import { exchange, newSeeds, Node, suite } from "./world.ts";
import { hashOf, movementOn, sourceOf, tell, type Told } from "./telling.ts";

const told = await tell();
const pins: readonly Pin[] = told.file.fingerprints;
const [north, relief, south] = told.nodes;

const messageRecords = (from: Told = told): EvidenceRecord[] => [
  ...messageEvidence(suite, sourceOf(from.nodes[1]), { ...from.place, hash: from.movement }, from.replies),
];
const MESSAGE = exportEvidence(suite, messageRecords());
const PERIOD = exportEvidence(
  suite,
  periodEvidence(sourceOf(north), () => true),
);

/** Signatures that were looked at before are not computed again: one file is verified thousands of times here. */
const seen = new Map<string, boolean>();
const quick: Suite = {
  ...suite,
  ed25519Verify: (key, message, signature) => {
    const name = toHex(suite.sha256(concat(key, signature, message)));
    const known = seen.get(name) ?? suite.ed25519Verify(key, message, signature);
    seen.set(name, known);
    return known;
  },
};

const codesOf = ({ faults }: EvidenceReport): string[] => faults.map(({ code }) => code);

function records(file: Uint8Array): EvidenceRecord[] {
  const found: EvidenceRecord[] = [];
  const reader = evidenceReader(suite, (record) => found.push(record));
  reader.push(file);
  reader.end();
  return found;
}

test("the evidence of a movement says who said what, who held it, who opened, read and answered it", () => {
  const report = verifyEvidence(suite, MESSAGE, pins);
  assert.deepEqual(report.faults, []);
  assert.equal(report.ok, true);
  assert.equal(report.about, told.movement);
  const movement = report.messages.find(({ hash }) => hash === told.movement);
  assert.ok(movement?.counts);
  assert.deepEqual(
    movement.signers.map(({ as, officer, person }) => [as, officer, person]),
    [
      ["drafted", "drafter-1", "person-2"],
      ["released", "releaser-1", "person-3"],
    ],
  );
  assert.deepEqual(movement.receipts.map(({ party }) => party).toSorted(), ["northern", "southern"]);
  assert.deepEqual(
    movement.opened.map(({ party }) => party),
    ["southern"],
  );
  const replies = movement.replies.map(({ kind, says }) => [kind, says]);
  assert.deepEqual(replies, [
    ["read", null],
    ["answer", "NOTED"],
  ]);
  assert.ok(movement.rendered.title.startsWith("EXERCISE"));
  assert.ok(report.limits.some((sentence) => sentence.includes("absent")));
});

test("a period's export recomputes every root, and lists what stays closed", () => {
  const all = verifyEvidence(suite, PERIOD, pins);
  assert.deepEqual(all.faults, []);
  assert.deepEqual(
    all.logs.map(({ size, entries, opened, unopened }) => [size, entries, opened, unopened]),
    [
      [2, 2, 2, 0],
      [3, 3, 3, 0],
      [5, 5, 5, 0],
    ],
  );
  assert.equal(all.messages.length, 3);
  const none = verifyEvidence(
    suite,
    exportEvidence(
      suite,
      periodEvidence(sourceOf(north), () => false),
    ),
    pins,
  );
  assert.deepEqual(none.faults, []);
  assert.deepEqual(
    none.logs.map(({ unopened_ranges }) => unopened_ranges),
    [[], [{ from: 2, to: 3 }], [{ from: 2, to: 5 }]],
  );
  assert.equal(none.messages.length, 0);
  assert.ok(none.limits.some((sentence) => sentence.includes("rosters")));
});

test("the order of the logs does not matter: an answer before its message is looked at again", () => {
  const file = exportEvidence(
    suite,
    periodEvidence(sourceOf(south, [2, 1, 0]), () => true),
  );
  const report = verifyEvidence(suite, file, pins);
  assert.deepEqual(report.faults, []);
  assert.ok(report.messages.every(({ counts }) => counts));
});

test("an answer whose message is not in the file is shown, and nothing is said about whether it counts", () => {
  const file = exportEvidence(
    suite,
    periodEvidence(sourceOf(north), ({ origin }) => origin === south.origin),
  );
  const report = verifyEvidence(suite, file, pins);
  assert.deepEqual(report.faults, []);
  assert.deepEqual(
    report.messages.map(({ counts, why }) => [counts, why]),
    [
      [false, "unknown-target"],
      [false, "unknown-target"],
    ],
  );
});

test("a file is read in pieces of any length, and messages can be handed over as they come", () => {
  for (const size of [13, 1000]) {
    const heard: string[] = [];
    const verifier = evidenceVerifier(quick, pins, { onMessage: ({ hash }) => heard.push(hash) });
    for (let at = 0; at < PERIOD.length; at += size) verifier.push(PERIOD.subarray(at, at + size));
    const report = verifier.end();
    assert.deepEqual(report.faults, []);
    assert.equal(heard.length, 3);
    assert.equal(report.messages.length, 0);
  }
});

test("other fingerprints, a missing one or one of another party are a fault", () => {
  const swapped = pins.map((pin, i) => ({ ...pin, fingerprint: (pins[(i + 1) % 3] as Pin).fingerprint }));
  for (const given of [[], pins.slice(1), swapped]) {
    const report = verifyEvidence(quick, MESSAGE, given);
    assert.ok(!report.ok && codesOf(report).every((code) => code === "evidence-pins"));
    const said =
      given === swapped ? "which is not the fingerprint given for it" : "and no fingerprint was given for it";
    assert.ok(report.faults.every(({ message }) => message.endsWith(`${said}.`)));
  }
  const spelled = pins.map((pin) => ({ ...pin, fingerprint: pin.fingerprint.toUpperCase().replaceAll(" ", "") }));
  assert.equal(verifyEvidence(quick, MESSAGE, spelled).ok, true);
});

/** A movement told between two parties: small enough to change every one of its bytes. */
async function smallEvidence(): Promise<Uint8Array> {
  const paired = await pair(SIDES().slice(0, 2));
  const [author, reader] = paired.sides.map((side) => new Node(side, paired.file)) as [Node, Node];
  author.found();
  reader.found();
  const { drafter, releaser } = author.side.officers;
  const signed = await author.say(movementOn(author), { drafted: drafter, released: releaser });
  exchange(author, reader);
  const place = { origin: author.origin, index: 2, hash: hashOf(signed) };
  const file = exportEvidence(suite, messageEvidence(suite, sourceOf(author, [0, 1]), place, []));
  assert.equal(verifyEvidence(suite, file, paired.file.fingerprints).ok, true);
  return file;
}

test("every single-byte change of a movement's evidence makes it fail", async () => {
  const original = await smallEvidence();
  const file = Uint8Array.from(original);
  const codes = new Set<string>();
  for (let at = 0; at < file.length; at++) {
    file[at] = (original[at] as number) ^ (1 << (at % 8));
    const reader = evidenceReader(suite, () => undefined);
    const code = codeOf(() => {
      reader.push(file);
      reader.end();
    });
    assert.notEqual(code, null, `byte ${at}`);
    codes.add(code as string);
    file[at] = original[at] as number;
  }
  assert.deepEqual([...codes].toSorted(), ["evidence-digest", "evidence-malformed", "evidence-truncated"]);
  for (let at = 0; at < MESSAGE.length; at += 101) {
    const changed = MESSAGE.with(at, (MESSAGE[at] as number) ^ 1);
    assert.equal(verifyEvidence(quick, changed, pins).ok, false, `byte ${at}`);
  }
});

function codeOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    assert.ok(isParleyError(error), String(error));
    return error.code;
  }
}

/** Every byte string and text of a record, changed at `at` and put together again with a fitting digest. */
function* forgeries(all: readonly EvidenceRecord[], stride: number): Generator<{ what: string; file: Uint8Array }> {
  for (const [i, record] of all.entries()) {
    for (const leaf of leavesOf(record)) {
      for (let at = 0; at < leaf.bytes.length; at += stride) {
        const forged = leaf.set(leaf.bytes.with(at, (leaf.bytes[at] as number) ^ 1));
        const isText = leaf.path === ".about" && forged !== null && forged.type === "line";
        if (forged === null || (isText && !/^[0-9a-f]*$/.test(forged.about ?? ""))) continue;
        yield {
          what: `record ${i} (${record.type}) ${leaf.path} byte ${at}`,
          file: exportEvidence(suite, all.with(i, forged)),
        };
      }
    }
  }
}

interface Leaf {
  readonly path: string;
  readonly bytes: Uint8Array;
  set(bytes: Uint8Array): EvidenceRecord | null;
}

function leavesOf(record: EvidenceRecord): Leaf[] {
  const found: Leaf[] = [];
  const walk = (value: unknown, path: string, put: (value: unknown) => unknown): void => {
    const set = (inner: unknown): EvidenceRecord | null => put(inner) as EvidenceRecord | null;
    if (value instanceof Uint8Array) found.push({ path, bytes: value, set });
    else if (typeof value === "string" && path !== ".type" && path !== ".form") {
      const bytes = new TextEncoder().encode(value);
      found.push({ path, bytes, set: (changed) => textOf(changed, set) });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const copy = (changed: unknown): unknown =>
          Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
        walk(inner, `${path}.${key}`, (changed) => put(copy(changed)));
      }
    }
  };
  walk(record, "", (changed) => changed);
  return found;
}

function textOf(changed: Uint8Array, set: (text: string) => EvidenceRecord | null): EvidenceRecord | null {
  return set(new TextDecoder().decode(changed));
}

for (const [name, file] of [
  ["a movement's evidence", MESSAGE],
  ["a period's export", PERIOD],
] as const) {
  test(`a change of ${name} is found even where the digest is made to fit`, () => {
    const codes = new Map<string, number>();
    for (const { what, file: forged } of forgeries(records(file), 89)) {
      const report = verifyEvidence(quick, forged, pins);
      assert.equal(report.ok, false, what);
      for (const code of codesOf(report)) codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    for (const code of [
      "evidence-charter",
      "evidence-roster",
      "evidence-checkpoint",
      "evidence-receipt",
      "evidence-entry",
    ]) {
      if (code === "evidence-checkpoint" && file === MESSAGE) continue;
      assert.ok(codes.has(code), `${code} in ${JSON.stringify([...codes])}`);
    }
  });
}

/** How much a report says: the more, the more an honest file can lose. */
function claims({ messages, logs }: EvidenceReport): number {
  const said = messages.map(({ receipts, replies, opened, counts }) => {
    return Number(counts) + receipts.length + replies.length + opened.length;
  });
  return [...said, ...logs.map(({ opened, receipts }) => opened + receipts.length)].reduce(
    (sum, each) => sum + each,
    0,
  );
}

test("records that are left out, repeated or moved claim less, or fail", () => {
  for (const file of [MESSAGE, PERIOD]) {
    const all = records(file);
    const before = verifyEvidence(quick, file, pins);
    for (const i of all.keys()) {
      const without = verifyEvidence(quick, exportEvidence(suite, all.toSpliced(i, 1)), pins);
      assert.ok(
        !without.ok || claims(without) < claims(before) + Number(all[i]?.type === "checkpoint"),
        `without record ${i} (${all[i]?.type})`,
      );
      const twice = verifyEvidence(quick, exportEvidence(suite, all.toSpliced(i, 0, all[i] as EvidenceRecord)), pins);
      const harmless = all[i]?.type === "checkpoint" && claims(twice) === claims(before);
      assert.ok(!twice.ok || harmless, `twice record ${i} (${all[i]?.type})`);
      if (i === 0) continue;
      const moved = verifyEvidence(
        quick,
        exportEvidence(suite, [...all.toSpliced(i, 1), all[i] as EvidenceRecord]),
        pins,
      );
      assert.ok(!moved.ok || i >= all.length - 1, `moved record ${i} (${all[i]?.type})`);
    }
  }
});

test("a file that ends anywhere before its end is refused", () => {
  for (let length = 0; length < MESSAGE.length; length += 211) {
    assert.equal(verifyEvidence(quick, MESSAGE.subarray(0, length), pins).ok, false, `${length} bytes`);
  }
  assert.deepEqual(codesOf(verifyEvidence(quick, concat(MESSAGE, Uint8Array.of(0x40)), pins)), ["evidence-malformed"]);
  assert.deepEqual(codesOf(verifyEvidence(quick, MESSAGE.subarray(0, MESSAGE.length - 1), pins)), [
    "evidence-truncated",
  ]);
});

test("what was logged without a second person is named and does not count; it spoils nobody's record", async () => {
  const world = await tell();
  const node = world.nodes[1];
  const { drafter, twin } = node.side.officers;
  await node.say(movementOn(node), { drafted: drafter, released: twin });
  const report = verifyEvidence(
    suite,
    exportEvidence(
      suite,
      periodEvidence(sourceOf(node), () => true),
    ),
    world.file.fingerprints,
  );
  assert.deepEqual(codesOf(report), []);
  assert.deepEqual(
    report.uncounted.map(({ where, why }) => [where, why]),
    [["log of relief, entry 3", "same-person"]],
  );
  assert.ok(report.messages.some(({ why }) => why === "same-person"));
});

test("keys that turned over are followed, also in receipts from logs further on", async () => {
  const world = await tell();
  const [a, b, c] = world.nodes;
  await c.rotate(newSeeds());
  await b.rotate(newSeeds());
  const { drafter, releaser } = b.side.officers;
  await b.say(movementOn(b), { drafted: drafter, released: releaser });
  for (let i = 0; i < 4; i++) {
    for (const [x, y] of [
      [a, b],
      [b, c],
      [a, c],
    ] as const) {
      y.receive(x.parcelFor(y));
      x.receive(y.parcelFor(x));
    }
  }
  const file = exportEvidence(
    suite,
    periodEvidence(sourceOf(a), () => true),
  );
  const report = verifyEvidence(suite, file, world.file.fingerprints);
  assert.deepEqual(report.faults, []);
  const log = report.logs.find(({ party }) => party === "relief");
  assert.deepEqual(log?.receipts.map(({ party, size }) => [party, size]).toSorted(), [
    ["northern", 5],
    ["southern", 5],
  ]);
  assert.ok(relief.log().size > 0);
});
