import assert from "node:assert/strict";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keyFingerprint, seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { type ClosingCause, verifyEvidence } from "../../src/line/index.ts";
import { closeGeneration, silentLogger, startNode } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { answerParcel } from "../../src/server/routes/carriers.ts";
import { backupStore } from "../../src/store/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { Hostile } from "../attack/hostile.ts";
import { makeLine, type MadeParty, PARTIES } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const coded = (code: string) => (error: unknown) => isParleyError(error) && error.code === code;

const closed = ({ dir, identity }: MadeParty, cause: ClosingCause) =>
  closeGeneration(suite, dir, {
    cause,
    next: null,
    now: Date.now(),
    confirm: async () => undefined,
    signer: async () => seedSigner(suite, identity),
  });

test("a restored node that one party cannot answer goes on in a new log, and loses and doubles nothing of the others", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const { dir } = party;
  let southern = await startNode(line.party("southern").dir, quiet);
  let relief = await startNode(line.party("relief").dir, quiet);
  let northern = await startNode(dir, quiet);
  try {
    const north = desk(party);
    const [kept] = (await north.tell(movementRequest("before the backup"))) as [string];
    const seenBy = async (hash: string, peer: string) =>
      rungAt(await (await north.as("watch-1")).message({ params: { hash } }), peer, "opened");
    for (const peer of ["southern", "relief"]) await until("it", () => seenBy(kept, peer));
    const copy = join(line.dir, "copy.sqlite");
    backupStore(join(dir, "line.sqlite"), copy);
    // Relief alone hears this; then relief cannot be reached.
    await southern.stop();
    const [lost] = (await north.tell(movementRequest("after the backup"))) as [string];
    await until("it", () => seenBy(lost, "relief"));
    await relief.stop();
    await northern.stop();
    for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `line.sqlite${end}`), { force: true });
    cpSync(copy, join(dir, "line.sqlite"));
    writeFileSync(join(dir, "restored"), "");
    southern = await startNode(line.party("southern").dir, quiet);
    northern = await startNode(dir, quiet);
    await assert.rejects(desk(party).tell(movementRequest("too early")), coded("log-behind"));
    await assert.rejects(closed(party, "restored"), coded("node-running"));
    await northern.stop();
    const { generation, size, next } = await closed(party, "restored");
    assert.deepEqual([generation, next], [0, 1]);
    northern = await startNode(dir, quiet);
    const [fresh] = (await desk(party).tell(movementRequest("afterwards"))) as [string];
    const south = await desk(line.party("southern")).as("watch-1");
    await until("it", async () => (await south.messages()).messages.some(({ hash }) => hash === fresh));

    relief = await startNode(line.party("relief").dir, quiet);
    const rescuer = await desk(line.party("relief")).as("watch-1");
    const subjects = await until("all of it", async () => {
      const { messages } = await rescuer.messages();
      return messages.length === 3 ? messages.map(({ subject }) => subject).toSorted() : null;
    });
    assert.deepEqual(subjects, ["after the backup", "afterwards", "before the backup"]);
    for (const client of [south, rescuer]) assert.ok((await client.status()).peers.every(({ split }) => !split));
    const marked = (await rescuer.messages()).messages.filter(({ disowned }) => disowned !== null);
    assert.deepEqual(
      marked.map(({ hash, disowned, state }) => [hash, disowned, state]),
      [[lost, "beyond", "in-force"]],
    );
    const own = await desk(party).as("watch-1");
    await until("both receipts", async () => (await own.status()).peers.every(({ they_hold }) => they_hold >= 3));
    assert.ok((await (await desk(party).as("admin-1")).doctor()).steps.every(({ outcome }) => outcome !== "failed"));
    const pins = line.line.charter.parties.map(({ id, identity }) => {
      return { party: id, fingerprint: keyFingerprint(suite, identity) };
    });
    const report = verifyEvidence(suite, await rescuer.export(), pins);
    assert.deepEqual(report.faults, []);
    const [first] = report.logs.filter((log) => log.party === "northern");
    assert.ok((first?.size ?? 0) > size, "what relief was told is still to be shown");
    assert.ok(verifyEvidence(suite, await own.messageEvidence({ params: { hash: fresh } }), pins).ok);
  } finally {
    await Promise.all([northern.stop(), relief.stop(), southern.stop()]);
    line.remove();
  }
});

test("a node that was restored before is heard in its new log, although its backup knows nothing of that", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const party = line.party("northern");
  const southern = await startNode(line.party("southern").dir, quiet);
  const store = (end = "") => join(party.dir, `line.sqlite${end}`);
  const copy = join(line.dir, "copy.sqlite");
  const restore = (): void => {
    for (const end of ["", "-wal", "-shm"]) rmSync(store(end), { force: true });
    cpSync(copy, store());
    writeFileSync(join(party.dir, "restored"), "");
  };
  const told = async (subject: string) => {
    const [hash] = (await desk(party).tell(movementRequest(subject))) as [string];
    const client = await desk(party).as("watch-1");
    await until(subject, async () => rungAt(await client.message({ params: { hash } }), "southern", "opened"));
  };
  try {
    const first = await startNode(party.dir, quiet);
    await told("before the backup");
    await first.stop();
    backupStore(store(), copy);
    restore();
    const second = await startNode(party.dir, quiet);
    await until("it has gone through the rounds", async () => !existsSync(join(party.dir, "restored")));
    await told("after the first restore");
    await second.stop();
    restore();
    await closed(party, "restored");
    const third = await startNode(party.dir, quiet);
    await told("in the new log");
    await third.stop();
  } finally {
    await southern.stop();
    line.remove();
  }
});

test("a copy of a node that was closed elsewhere hears so, says nothing any more, and does not start again", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const southern = await startNode(line.party("southern").dir, quiet);
  const first = await startNode(party.dir, quiet);
  const [told] = (await desk(party).tell(movementRequest("before"))) as [string];
  const client = await desk(party).as("watch-1");
  await until("it", async () => rungAt(await client.message({ params: { hash: told } }), "southern", "opened"));
  await first.stop();
  const stolen: MadeParty = { ...party, dir: join(line.dir, "stolen") };
  cpSync(party.dir, stolen.dir, { recursive: true });
  await closed(party, "node-lost");
  const node = await startNode(party.dir, quiet);
  const [fresh] = (await desk(party).tell(movementRequest("from the new machine"))) as [string];
  const south = await desk(line.party("southern")).as("watch-1");
  await until("it", async () => (await south.messages()).messages.some(({ hash }) => hash === fresh));
  await node.stop();
  const thief = await startNode(stolen.dir, quiet);
  try {
    await until("it is locked", async () => {
      try {
        await desk(stolen).tell(movementRequest("by the thief"));
        return false;
      } catch (error) {
        return coded("node-locked")(error);
      }
    });
    const { steps } = await (await desk(stolen).as("admin-1")).doctor();
    const [first] = steps.filter(({ outcome }) => outcome === "failed");
    assert.deepEqual([first?.step, first?.code], ["own log", "node-locked"], "the reason, before what follows from it");
    const { messages } = await south.messages();
    assert.ok(messages.every(({ subject }) => subject !== "by the thief"));
    assert.ok((await south.status()).peers.every(({ split }) => !split));
  } finally {
    await thief.stop();
    await southern.stop();
  }
  await assert.rejects(startNode(stolen.dir, quiet), coded("node-locked"));
  line.remove();
});

test("whoever looks at a node is told at once that a peer's call showed it to be replaced", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const party = line.party("northern");
  await (await startNode(party.dir, quiet)).stop();
  const moved = { ...party, dir: join(line.dir, "moved") };
  cpSync(party.dir, moved.dir, { recursive: true });
  await closed(moved, "node-lost");
  const replaced = openNode(moved.dir, quiet);
  const closings = replaced.state.closings().map(({ signed }) => signed);
  await replaced.close();
  const node = openNode(party.dir, quiet);
  try {
    let said = 0;
    // An open page asks anew how the node stands with each of these.
    node.events.listen(({ type }) => void (said += type === "log" ? 1 : 0));
    const southern = new Hostile(line, "southern");
    await assert.rejects(
      answerParcel(node, southern.parcel("northern", { closings }), "unproven"),
      coded("node-locked"),
    );
    assert.throws(() => node.outbound.requireOpen(), coded("node-locked"));
    assert.equal(said, 1);
  } finally {
    await node.close();
    line.remove();
  }
});
