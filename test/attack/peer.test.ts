/** A party of the line that keeps none of its rules, against an honest node in a process of its own. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newest, type RosterHistory, verifyEvidence } from "../../src/line/index.ts";
import { cosign, parseCheckpoint, receiptKeyName } from "../../src/log/index.ts";
import { toHex } from "../../src/wire/bytes.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { type Desk, desk, movementRequest, type NodeProcess, startProcess, until } from "../support/nodes.ts";
import { Hostile, suite } from "./hostile.ts";

let line: MadeLine;
let node: NodeProcess;
let northern: Desk;

before(async () => {
  line = await makeLine();
  node = await startProcess(line.party("northern"));
  northern = desk(line.party("northern"));
});
after(async () => {
  await node.stop();
  line.remove();
});

const rootOf = (note: string): string => toHex(parseCheckpoint(note).checkpoint.root);
const keysOf = (party: string) => newest(line.line.histories.get(line.party(party).id) as RosterHistory).roster.node;

test("a roster that names a key to which nothing can be sealed is refused, and one that borrows another's stops nobody", async () => {
  const relief = new Hostile(line, "relief");
  const broken = Uint8Array.from(keysOf("relief").sealing).fill(0, 1184);
  const changes = [
    { sealing: broken },
    { transport: broken },
    { sealing: new Uint8Array(broken.length).fill(0xff) },
    { sealing: keysOf("southern").sealing },
  ];
  for (const change of changes) {
    await relief.nextRoster(({ node: keys }) => ({ node: { ...keys, ...change } }));
  }
  await relief.send("northern", { segments: [relief.history.segment(0)] });
  const watch = await northern.as("watch-1");
  const { entries } = await until("its entries", async () => {
    const log = await watch.log({ params: { party: "relief" } });
    return log.entries.length === relief.history.size && log.entries.every(({ type }) => type !== "unopened") && log;
  });
  assert.equal(entries.filter(({ type }) => type === "roster").length, 1 + changes.length);
  const { rosters } = await watch.rosters();
  assert.equal(rosters.filter(({ party }) => party === "relief").length, 2, "the first three count for nothing");
  const [hash] = await northern.tell(movementRequest("still told"));
  assert.ok(hash);
});

test("a receipt dated in the year 9999 or in 1970 moves no deadline", async () => {
  const volumes = [
    { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
  ];
  const alert = { kind: "alert" as const, subject: "Stop", body: { alert: "STOP", volumes, remarks: "" } };
  const [hash] = (await northern.tell({ items: [alert] }, { drafter: null, releaser: "watch-2" })) as [string];
  for (const [party, at] of [["southern", 253_402_300_799] as const, ["relief", 1] as const]) {
    const peer = new Hostile(line, party);
    const { heads } = await peer.send("northern");
    const checkpoint = heads.find((note) => note.includes("/northern/")) as string;
    const key = { name: receiptKeyName(peer.history.origin), seed: peer.seeds.receipt };
    const receipt = { checkpoint, line: cosign(suite, parseCheckpoint(checkpoint).checkpoint, key, at) };
    await peer.send("northern", { receipts: [receipt] });
  }
  const { summary, ladder } = await (await northern.as("watch-1")).message({ params: { hash } });
  const stored = ladder.map(({ rungs }) => rungs.find(({ rung }) => rung === "stored")?.at ?? null);
  assert.ok(
    stored.every((at) => at !== null),
    "both receipts were taken, with their signers' times",
  );
  const due = (summary.due_at ?? 0) - summary.at;
  assert.ok(due > 100_000 && due < 140_000, `due ${due} ms after it was told`);
});

test("whoever signs two histories gets no receipt over the one that was only heard of, and spoils no export", async () => {
  const southern = new Hostile(line, "southern");
  const hidden = southern.history.fork();
  await southern.say({ subject: "never shown" }, hidden);
  const heard = hidden.note();
  await southern.say({ subject: "shown" });
  const shown = southern.history.segment(0);
  await southern.say({ subject: "later" });
  await southern.send("northern", { heads: [heard] });
  await southern.send("northern", { heads: [southern.history.note()] });
  await southern.send("northern", { segments: [shown] });
  const { receipts } = await southern.send("northern");
  assert.deepEqual(
    receipts.filter(({ checkpoint }) => rootOf(checkpoint) === rootOf(heard)),
    [],
    "a receipt over a tree that nobody held",
  );
  const watch = await northern.as("watch-1");
  const split = await until("the split", async () => {
    return (await watch.status()).peers.find(({ party }) => party === "southern")?.split;
  });
  assert.equal(split, true);
  await until("the notice of it", async () => {
    const { notices } = await watch.notices();
    return notices.some(({ from, detail }) => from === "northern" && JSON.stringify(detail).includes('"split"'));
  });
  const report = verifyEvidence(suite, await watch.export(), line.line.fingerprints);
  assert.deepEqual(report.faults, []);
});
