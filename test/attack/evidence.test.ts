/** A forger with every key of one party, and whatever honest parties signed, makes evidence files. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type EvidenceRecord, exportEvidence, originOf, verifyEvidence } from "../../src/line/index.ts";
import { cosign, formatProof, inclusionProof, parseCheckpoint, receiptKeyName } from "../../src/log/index.ts";
import { contentKeyOf } from "../../src/message/index.ts";
import type { MessageHash } from "../../src/wire/id.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { type History, Hostile, suite } from "./hostile.ts";

let line: MadeLine;
before(async () => {
  line = await makeLine();
});
after(() => line.remove());

/** What a party signs once it holds all of `history`. */
function receiptBy(party: Hostile, history: History): string {
  const key = { name: receiptKeyName(party.history.origin), seed: party.seeds.receipt };
  return cosign(suite, parseCheckpoint(history.note()).checkpoint, key, 1_800_000_000);
}

/** One entry as a record with one proof, to the newest checkpoint of the history and whoever receipted that. */
function proven(author: Hostile, history: History, index: number, receipts: readonly string[] = []): EvidenceRecord {
  const entry = history.entries[index] as History["entries"][number];
  const place = { origin: history.origin, index };
  const key = contentKeyOf(suite, entry, place, { archiveKey: author.seeds.archive });
  const proof = inclusionProof(suite, history.size, index, history.read);
  const checkpointNote = [history.note(), ...receipts].join("");
  return {
    type: "proven",
    index,
    core: entry.core,
    key,
    proofs: [formatProof({ extra: null, index, proof, checkpointNote })],
  };
}

const lineRecord = (about: MessageHash | null): EvidenceRecord => {
  return { type: "line", about, charter: line.line.signed, rosters: line.line.rosters };
};
const verified = (records: readonly EvidenceRecord[]) => {
  return verifyEvidence(suite, exportEvidence(suite, records), line.line.fingerprints);
};

test("a receipt and a notice for one history are not shown for an entry of another that the same key signed", async () => {
  const southern = new Hostile(line, "southern");
  const northern = new Hostile(line, "northern");
  const told = southern.history;
  await southern.say({ subject: "told" });
  const forged = told.fork(2);
  const hash = await southern.say({ subject: "never told" }, forged);
  await southern.say({ subject: "told as well" });
  northern.notice([{ code: "opened", origin: told.origin, from: 0, to: told.size }]);
  const report = verified([
    lineRecord(hash),
    { type: "log", origin: told.origin, form: "proofs" },
    proven(southern, forged, 2),
    proven(southern, told, 3, [receiptBy(northern, told)]),
    { type: "log", origin: northern.history.origin, form: "proofs" },
    proven(northern, northern.history, 2, [receiptBy(southern, northern.history)]),
  ]);
  const [first, second] = report.messages;
  assert.equal(first?.subject, "never told");
  assert.deepEqual([first.receipts, first.opened], [[], []], "northern never had it");
  assert.deepEqual(
    second?.receipts.map(({ party }) => party),
    ["northern"],
  );
  assert.deepEqual(
    second.opened.map(({ party }) => party),
    ["northern"],
  );
});

test("two trees of one size under one key are a fault of the file", async () => {
  const southern = new Hostile(line, "southern");
  const other = southern.history.fork();
  const hash = await southern.say({ subject: "one" });
  await southern.say({ subject: "other" }, other);
  await southern.say({ subject: "three" });
  await southern.say({ subject: "four" }, other);
  const report = verified([
    lineRecord(hash),
    { type: "log", origin: other.origin, form: "proofs" },
    proven(southern, southern.history, 2),
    proven(southern, other, 3),
  ]);
  assert.deepEqual(
    report.faults.map(({ code }) => code),
    ["evidence-proof"],
  );
});

test("records dropped, repeated, swapped, or with another entry's key are faults, and never more than was said", async () => {
  const southern = new Hostile(line, "southern");
  const northern = new Hostile(line, "northern");
  const hash = await southern.say({ subject: "first" });
  await southern.say({ subject: "second" });
  const { history } = southern;
  const receipts = [receiptBy(northern, history)];
  const log: EvidenceRecord = { type: "log", origin: history.origin, form: "proofs" };
  const [first, second] = [proven(southern, history, 2, receipts), proven(southern, history, 3, receipts)];
  const good = [lineRecord(hash), log, first, second];
  assert.deepEqual(verified(good).faults, []);
  const otherKey = second.type === "proven" && first.type === "proven" ? { ...first, key: second.key } : first;
  const otherProof = second.type === "proven" && first.type === "proven" ? { ...first, proofs: second.proofs } : first;
  const renamed = { ...log, origin: originOf(line.line.line, line.party("relief").id) };
  const cases: readonly (readonly [string, readonly EvidenceRecord[]])[] = [
    ["evidence-line", [log, first, second]],
    ["evidence-line", [lineRecord(hash), lineRecord(hash), log, first]],
    ["evidence-log", [lineRecord(hash), first]],
    ["evidence-log", [lineRecord(hash), log, second, first]],
    ["evidence-log", [lineRecord(hash), log, first, first]],
    ["evidence-log", [lineRecord(hash), log, first, log, second]],
    ["evidence-missing", [lineRecord(hash), log, second]],
    ["evidence-entry", [lineRecord(hash), log, otherKey]],
    ["evidence-proof", [lineRecord(hash), log, otherProof]],
    ["evidence-entry", [lineRecord(hash), renamed, first]],
  ];
  for (const [code, records] of cases) {
    const { ok, faults } = verified(records);
    assert.ok(!ok && faults.some((fault) => fault.code === code), `${code}: ${JSON.stringify(faults)}`);
  }
});

test("another line of the same parties cannot lend its charter, its rosters or its receipts", async () => {
  const twin = await makeLine();
  try {
    const southern = new Hostile(line, "southern");
    const stranger = new Hostile(twin, "northern");
    const hash = await southern.say({ subject: "on the first line" });
    const { history } = southern;
    const log: EvidenceRecord = { type: "log", origin: history.origin, form: "proofs" };
    const lent: EvidenceRecord = { type: "line", about: hash, charter: twin.line.signed, rosters: twin.line.rosters };
    assert.ok(!verified([lent, log, proven(southern, history, 2)]).ok);
    const foreign = [receiptBy(stranger, history)];
    const { faults } = verified([lineRecord(hash), log, proven(southern, history, 2, foreign)]);
    assert.deepEqual(
      faults.map(({ code }) => code),
      ["evidence-receipt"],
    );
  } finally {
    twin.remove();
  }
});

test("a chain of messages told backwards takes no longer to verify than one told forwards", async () => {
  const southern = new Hostile(line, "southern");
  const messages = [southern.message({ subject: "0" })];
  const signed = [await southern.signed(messages[0] as never)];
  for (let i = 1; i < 400; i++) {
    const before = signed[i - 1] as (typeof signed)[number];
    const re = { relation: "supersedes", message: before.hash } as const;
    signed.push(await southern.signed(southern.message({ subject: `${i}`, re })));
  }
  for (const { signed: message } of signed.toReversed()) southern.add({ type: "message", message });
  let verifications = 0;
  const counting = {
    ...suite,
    ed25519Verify: (...args: Parameters<typeof suite.ed25519Verify>) => {
      verifications += 1;
      return suite.ed25519Verify(...args);
    },
  };
  const { history } = southern;
  const whole: EvidenceRecord[] = [lineRecord(null), { type: "log", origin: history.origin, form: "whole" }];
  for (const [index, entry] of history.entries.entries()) {
    const place = { origin: history.origin, index };
    const key = contentKeyOf(suite, entry, place, { archiveKey: southern.seeds.archive });
    whole.push({ type: "entry", core: entry.core, key });
  }
  whole.push({ type: "checkpoint", note: history.note(), receipts: [] });
  const report = verifyEvidence(counting, exportEvidence(suite, whole), line.line.fingerprints);
  assert.deepEqual(report.faults, []);
  assert.equal(report.messages.filter(({ counts }) => counts).length, 400);
  assert.ok(verifications < 400 * 2 * 3, `${verifications} signatures were verified for 400 messages`);
});
