/** What several threads say of an evidence file is what one says, in the same order, whatever is wrong with the file. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { evidenceText, longEvidenceText } from "../../src/cli/evidence-text.ts";
import { toldEvidence } from "../../src/cli/told-evidence.ts";
import { type JudgeOf, verifyFile } from "../../src/cli/verify-file.ts";
import { type VerifyThreads, verifyThreads } from "../../src/cli/verify-threads.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  evidenceJudge,
  evidenceReader,
  type EvidenceMessage,
  type EvidenceRecord,
  type EvidenceReport,
  exportEvidence,
  messageEvidence,
  periodEvidence,
  signDeclaration,
  verifyEvidence,
} from "../../src/line/index.ts";
import { concat, utf8 } from "../../src/wire/bytes.ts";
import { encodeCbor } from "../../src/wire/cbor.ts";
import { movementOn, sourceOf, tell } from "../line/telling.ts";
import { AT } from "../line/world.ts";

const told = await tell();
const [, relief, south] = told.nodes;
const pins = told.file.fingerprints;
const { drafter, releaser, twin } = relief.side.officers;
for (let i = 0; i < 40; i++) {
  const released = i === 17 ? twin : releaser;
  await relief.say(movementOn(relief, { subject: `Convoy ${i}` }), { drafted: drafter, released });
}
const PERIOD = exportEvidence(
  suite,
  periodEvidence(sourceOf(relief), () => true),
);
/** Answers come before what they answer. */
const BACKWARDS = exportEvidence(
  suite,
  periodEvidence(sourceOf(relief, [2, 1, 0]), () => true),
);
const SOME = exportEvidence(
  suite,
  periodEvidence(sourceOf(south), ({ index }) => index % 3 === 0),
);
const MESSAGE = exportEvidence(
  suite,
  messageEvidence(suite, sourceOf(relief), { ...told.place, hash: told.movement }, told.replies),
);
const revocation: Parameters<typeof signDeclaration>[0] = {
  declares: "revocation",
  key: drafter.publicKey,
  from: { generation: 0, index: 20 },
  reason: "key-compromised",
  line: relief.line,
  party: relief.side.id,
  issued_at: AT,
};
relief.append({ type: "declaration", ...(await signDeclaration(revocation, relief.side.identity)) });
const REVOKED = exportEvidence(
  suite,
  periodEvidence(sourceOf(relief), () => true),
);
const RECORDS = recordsOf(PERIOD);
const ENTRIES = RECORDS.flatMap(({ type }, i) => (type === "entry" ? [i] : []));

function recordsOf(file: Uint8Array): EvidenceRecord[] {
  const found: EvidenceRecord[] = [];
  const reader = evidenceReader(suite, (record) => found.push(record));
  reader.push(file);
  reader.end();
  return found;
}

const dir = mkdtempSync(join(tmpdir(), "parley-verify-"));
const started = [1, 3].map((count) => verifyThreads(suite, count));
after(() => {
  for (const threads of started) threads.close();
  rmSync(dir, { recursive: true, force: true });
});
const judgeOf: JudgeOf = (given) => evidenceJudge(given, pins);
const show = (): void => undefined;

/** Less than two entries: there is always one that ends in another piece than it begins in. */
const PIECE = 3000;

/** The file's report by these threads; null: by the caller's own. */
function reportBy(threads: VerifyThreads | null, file: Uint8Array, judge = judgeOf): Promise<EvidenceReport> {
  const path = join(dir, "file");
  writeFileSync(path, file);
  const lent = threads === null ? null : () => ({ ...threads, close: () => undefined });
  return verifyFile(suite, path, judge, { size: file.length, show, threads: lent, piece: PIECE });
}

async function isSaidByAll(what: string, file: Uint8Array): Promise<EvidenceReport> {
  const one = verifyEvidence(suite, file, pins);
  for (const threads of [null, ...started])
    assert.deepEqual(await reportBy(threads, file), one, `${what}, threads: ${threads?.count}`);
  return one;
}

test("honest files", async () => {
  for (const [what, file] of Object.entries({ PERIOD, BACKWARDS, SOME, MESSAGE })) {
    const report = await isSaidByAll(what, file);
    assert.deepEqual(report.faults, [], what);
    assert.ok(report.messages.length > 0, what);
  }
});

/** The record with a bit of one of its parts turned, in a file whose digest fits. */
function changed(i: number, part: "core" | "key", at: number): Uint8Array {
  const record = RECORDS[i] as Extract<EvidenceRecord, { type: "entry" }>;
  const bytes = record[part] as Uint8Array;
  return exportEvidence(suite, RECORDS.with(i, { ...record, [part]: bytes.with(at, (bytes[at] as number) ^ 1) }));
}

test("entries that do not open, in the order in which they stand", async () => {
  for (const i of ENTRIES.filter((_, n) => n % 9 === 1)) {
    assert.equal((await isSaidByAll(`core of record ${i}`, changed(i, "core", 90))).ok, false);
    assert.equal((await isSaidByAll(`key of record ${i}`, changed(i, "key", 3))).ok, false);
  }
  const bad = RECORDS.map((record, i): EvidenceRecord => {
    const turn = record.type === "entry" && record.key !== null && i % 5 === 0;
    return turn ? { ...record, key: record.key.with(0, (record.key[0] as number) ^ 1) } : record;
  });
  const { faults } = await isSaidByAll("every fifth", exportEvidence(suite, bad));
  assert.ok(faults.length > 5);
});

test("a checkpoint or a receipt that is not its signer's: all that was believed meanwhile is void", async () => {
  const at = RECORDS.findLastIndex((record) => record.type === "checkpoint" && record.receipts.length > 0);
  const record = RECORDS[at] as Extract<EvidenceRecord, { type: "checkpoint" }>;
  const otherwise = (line: string): string => `${line.slice(0, -8)}${line.at(-8) === "A" ? "B" : "A"}${line.slice(-7)}`;
  for (const forged of [
    { ...record, receipts: [otherwise(record.receipts[0] as string)] },
    { ...record, note: otherwise(record.note) },
  ]) {
    const file = exportEvidence(suite, RECORDS.with(at, forged));
    let passes = 0;
    const counting: JudgeOf = (given) => {
      passes += 1;
      return evidenceJudge(given, pins);
    };
    const report = await reportBy(started[1] as VerifyThreads, file, counting);
    assert.equal(report.ok, false);
    assert.equal(passes, 2);
    await isSaidByAll("a forged line", file);
  }
});

test("records that are left out, repeated, moved, or of a log that has not begun", async () => {
  const [first, second] = ENTRIES as [number, number];
  const entry = RECORDS[first] as EvidenceRecord;
  for (const records of [
    RECORDS.toSpliced(second, 1),
    RECORDS.toSpliced(second, 0, entry),
    [entry, ...RECORDS],
    [RECORDS[0] as EvidenceRecord, entry, ...RECORDS.slice(1)],
    RECORDS.map((record): EvidenceRecord => (record.type === "log" ? { ...record, form: "proofs" } : record)),
    [...RECORDS, ...RECORDS],
    [],
  ]) {
    assert.equal((await isSaidByAll("moved", exportEvidence(suite, records))).ok, false);
  }
});

const HEAD = utf8("parley-evidence/v1\n");

/** What whoever made the file gives for a record "entry". */
const MALFORMED: readonly Uint8Array[] = [
  // Deeper than anything that Parley writes.
  concat(Uint8Array.of(0x83, 0x65), utf8("entry"), new Uint8Array(2000).fill(0x81), Uint8Array.of(0xf6, 0xf6)),
  // More parts, and a longer core, than there are bytes.
  concat(Uint8Array.of(0x83, 0x65), utf8("entry"), Uint8Array.of(0x9b, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff)),
  concat(Uint8Array.of(0x83, 0x65), utf8("entry"), Uint8Array.of(0x5a, 0xff, 0xff, 0xff, 0xff, 0xf6)),
  encodeCbor(["entry", new Uint8Array(70_000), null]),
  encodeCbor(["entry", new Uint8Array(10), new Uint8Array(31)]),
  encodeCbor(["entry", "text", null]),
  encodeCbor(["entry", { ["\u{1F600}".repeat(30)]: 1 }, null]),
  concat(Uint8Array.of(0x83, 0x65), utf8("entry")),
];

test("records that are no entries: huge counts, deep nesting, wrong lengths, in the middle of honest ones", async () => {
  for (const [i, bytes] of MALFORMED.entries()) {
    const before = framesOf(RECORDS.slice(0, ENTRIES[20]));
    const after = framesOf(RECORDS.slice(ENTRIES[20]));
    const { ok, faults } = await isSaidByAll(`malformed ${i}`, concat(HEAD, before, encodeCbor(bytes), after));
    assert.equal(ok, false);
    assert.equal(faults.at(-1)?.code, "evidence-malformed", `malformed ${i}`);
    assert.equal(faults.at(-1)?.where, `after record ${ENTRIES[20]}`);
  }
});

function framesOf(records: readonly EvidenceRecord[]): Uint8Array {
  const file = exportEvidence(suite, records);
  const end = encodeCbor(new Uint8Array(encodeCbor(["end", new Uint8Array(32)]).length)).length;
  return file.subarray(HEAD.length, file.length - end);
}

test("a file that ends anywhere, is damaged anywhere, or has a frame of a length that it does not hold", async () => {
  for (let length = 0; length < PERIOD.length; length += 7919) {
    assert.equal((await isSaidByAll(`${length} bytes`, PERIOD.subarray(0, length))).ok, false);
  }
  for (let at = 11; at < PERIOD.length; at += 9973) {
    assert.equal((await isSaidByAll(`byte ${at}`, PERIOD.with(at, (PERIOD[at] as number) ^ 4))).ok, false);
  }
  for (const head of [
    Uint8Array.of(0x5a, 0x7f, 0xff, 0xff, 0xff),
    Uint8Array.of(0x5b, 0, 0, 0, 0, 0, 0, 0, 1),
    Uint8Array.of(0x5a, 0, 0x0f, 0xff, 0xff),
  ]) {
    const file = concat(HEAD, framesOf(RECORDS), head, new Uint8Array(1000));
    assert.equal((await isSaidByAll("a frame", file)).ok, false);
  }
});

test("an entry is read whole wherever the file is cut into pieces, a megabyte between two of them", async () => {
  // A closed record as large as one may be: the next entry begins in one piece of the file and ends in another.
  for (const size of [1_000_000, 262_100, 262_144]) {
    const [first] = ENTRIES as [number];
    const padding = encodeCbor(encodeCbor(["leaves", new Uint8Array(size)]));
    const file = concat(HEAD, framesOf(RECORDS.slice(0, first)), padding, framesOf(RECORDS.slice(first)));
    assert.equal((await isSaidByAll(`${size} bytes`, file)).ok, false);
  }
});

/** What is told of a file of which no message is kept, put together again. */
async function toldBy(threads: VerifyThreads | null, file: Uint8Array): Promise<EvidenceReport> {
  const path = join(dir, "told");
  writeFileSync(path, file);
  const lent = threads === null ? null : () => ({ ...threads, close: () => undefined });
  const told = await toldEvidence(suite, path, pins, { size: file.length, show, threads: lent, piece: PIECE });
  const messages: EvidenceMessage[] = [];
  for await (const message of told.each()) messages.push(message);
  assert.equal(messages.length, told.messages);
  return { ...told.report, messages };
}

/** The order of the messages, and of what has no effect, is the file's: what waited for its target came last before. */
function inPlace(report: EvidenceReport): EvidenceReport {
  const place = ({ origin, index }: EvidenceMessage): string => `${origin} ${String(index).padStart(9)}`;
  return {
    ...report,
    messages: report.messages.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)),
    uncounted: report.uncounted.toSorted((a, b) => (a.where < b.where ? -1 : 1)),
  };
}

test("messages that come by and by are those that are kept, with all that the file says about them", async () => {
  const unsigned = changed(ENTRIES.at(-1) as number, "key", 3);
  const files = { PERIOD, BACKWARDS, SOME, MESSAGE, REVOKED, unsigned };
  for (const [what, file] of Object.entries(files)) {
    const kept = inPlace(verifyEvidence(suite, file, pins));
    assert.ok(kept.messages.length > 0, what);
    for (const threads of [null, started[1] as VerifyThreads]) {
      assert.deepEqual(inPlace(await toldBy(threads, file)), kept, `${what}, threads: ${threads?.count}`);
    }
  }
  const revoked = verifyEvidence(suite, REVOKED, pins);
  assert.ok(revoked.messages.some(({ why }) => why === "officer-revoked"));
  assert.ok(verifyEvidence(suite, PERIOD, pins).messages.some(({ opened, replies }) => opened.length * replies.length));
});

test("in words they are the same rows", async () => {
  const report = verifyEvidence(suite, PERIOD, pins);
  const pieces: string[] = [];
  const coming = Readable.from(report.messages) as AsyncIterable<EvidenceMessage>;
  for await (const piece of longEvidenceText(report, report.messages.length, coming)) pieces.push(piece);
  const words = (text: string): string => text.replaceAll(/ +/g, " ");
  assert.equal(words(pieces.join("\n")), words(evidenceText(report)));
});

test("a file that is exchanged for another once it was verified is not told to its end", async () => {
  const path = join(dir, "exchanged");
  const reading = { size: PERIOD.length, show, threads: null, piece: PIECE };
  for (const other of [SOME, changed(ENTRIES.at(-1) as number, "core", 90), PERIOD.subarray(0, -40)]) {
    writeFileSync(path, PERIOD);
    const { report, each } = await toldEvidence(suite, path, pins, reading);
    assert.ok(report.ok);
    writeFileSync(path, other);
    await assert.rejects(
      async () => {
        for await (const message of each()) assert.ok(message.hash);
      },
      { code: "file-not-understood" },
    );
  }
});

test("where a thread ends, the file is read again without any", async () => {
  const worker = join(dir, "ends.mjs");
  writeFileSync(
    worker,
    `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(3));`,
  );
  const ending = verifyThreads(suite, 2, new URL(`file://${worker}`));
  const path = join(dir, "file");
  writeFileSync(path, PERIOD);
  const report = await verifyFile(suite, path, judgeOf, {
    size: PERIOD.length,
    show,
    threads: () => ending,
  });
  await assert.rejects(ending.look({ origin: null, entries: [] }), "it has ended");
  assert.deepEqual(report, verifyEvidence(suite, PERIOD, pins));
});
