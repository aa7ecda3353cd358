import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { keyFingerprint, seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { decodeRoster, nextRoster, type Roster, rosterHash, signRoster, verifyEvidence } from "../../src/line/index.ts";
import { addKeys, ROSTER_PURPOSES, type RosterPurpose, silentLogger, startNode } from "../../src/server/index.ts";
import { readKeyring } from "../../src/server/node-dir.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine, type MadeParty } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const line = await makeLine({ direct: "tls" });
after(() => line.remove());

/** What `parley key rotate` does, with a client that is signed in. */
async function rotate(party: MadeParty, purposes: readonly RosterPurpose[], lose = false): Promise<void> {
  const client = await desk(party).as("admin-1");
  const { rosters } = await client.rosters();
  const bytes = rosters.filter((each) => each.party === party.id).toSorted((a, b) => b.seq - a.seq)[0]?.bytes ?? "";
  const before = decodeRoster(fromBase64(bytes));
  const kept = readFileSync(join(party.dir, "node.keys"), "utf8");
  const { tls, ...node } = addKeys(suite, party.dir, purposes);
  if (lose) writeFileSync(join(party.dir, "node.keys"), kept);
  const carriers = {
    mailboxes: before.carriers?.mailboxes ?? [],
    tls: tls ?? before.carriers?.tls ?? new Uint8Array(),
  };
  const { officers, units, address } = before;
  const history = [{ index: 1, roster: before, hash: rosterHash(suite, fromBase64(bytes)) }] as const;
  const appointments = { officers, units, address, carriers, node: { ...before.node, ...node }, issued_at: Date.now() };
  const roster: Roster = nextRoster(history, appointments);
  const signed = await signRoster(roster, seedSigner(suite, party.identity));
  await client.publishRoster({ body: { bytes: toBase64(signed.bytes), signature: toBase64(signed.signature) } });
}

const heardBy = async (party: string, hash: string) =>
  until(`${party} has it`, async () => {
    const { messages } = await (await desk(line.party(party)).as("watch-1")).messages();
    return messages.some((each) => each.hash === hash);
  });

test("every key of a node turns over on an open line, twice, and a party that was away follows over the TLS key it knows", async () => {
  const party = line.party("northern");
  const [southern, firstRelief] = await Promise.all(
    ["southern", "relief"].map((id) => startNode(line.party(id).dir, quiet)),
  );
  let northern = await startNode(party.dir, quiet);
  let relief = firstRelief as typeof northern;
  try {
    const [before] = (await desk(party).tell(movementRequest("before"))) as [string];
    await heardBy("relief", before);
    await relief.stop();
    for (let round = 0; round < 2; round++) {
      await rotate(party, round === 0 ? ROSTER_PURPOSES : ROSTER_PURPOSES.filter((purpose) => purpose !== "tls"));
      const [hash] = (await desk(party).tell(movementRequest(`after ${round}`))) as [string];
      await heardBy("southern", hash);
      const [back] = (await desk(line.party("southern")).tell(movementRequest(`back ${round}`))) as [string];
      await heardBy("northern", back);
    }
    const admin = await desk(party).as("admin-1");
    const pending = (await admin.doctor()).steps.find(({ step }) => step === "TLS key");
    assert.equal(pending?.code, "tls-key-pending");
    // With what is in its files, and the roster in its log: a restart finds the same keys.
    await northern.stop();
    northern = await startNode(party.dir, quiet);
    relief = await startNode(line.party("relief").dir, quiet);
    const [last] = (await desk(party).tell(movementRequest("to all"))) as [string];
    await heardBy("relief", last);
    await heardBy("southern", last);
    const again = await desk(party).as("admin-1");
    await until("the new TLS key is shown", async () => {
      return (await again.doctor()).steps.find(({ step }) => step === "TLS key")?.outcome === "ok";
    });
    await until("and everybody still answers", async () => (await again.doctor()).ok);
    const watch = await desk(party).as("watch-1");
    await until("opened with the new keys", async () => {
      const detail = await watch.message({ params: { hash: last } });
      return rungAt(detail, "relief", "opened") !== null && rungAt(detail, "southern", "opened") !== null;
    });
    const pins = line.line.charter.parties.map(({ id, identity }) => {
      return { party: id, fingerprint: keyFingerprint(suite, identity) };
    });
    for (const id of ["northern", "relief"]) {
      const file = await (await desk(line.party(id)).as("watch-1")).export();
      assert.deepEqual(verifyEvidence(suite, file, pins).faults, []);
    }
  } finally {
    await Promise.all([northern.stop(), southern?.stop(), relief.stop()]);
  }
});

test("a roster that names keys which the node does not have is refused, and the node goes on", async () => {
  const party = line.party("southern");
  const node = await startNode(party.dir, quiet);
  try {
    await assert.rejects(rotate(party, ["parcel"], true), (error) => isParleyError(error, "keys-not-in-roster"));
    await desk(party).tell(movementRequest("still here"));
  } finally {
    await node.stop();
  }
});

test("node.keys of before keys could change is read as it is", () => {
  const path = join(line.party("relief").dir, "node.keys");
  const now = JSON.parse(readFileSync(path, "utf8")) as Record<string, string | string[]>;
  const old = Object.fromEntries(
    Object.entries(now).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
  );
  const ring = readKeyring(line.party("relief").dir);
  writeFileSync(path, JSON.stringify({ ...old, parley: "parley/node-keys/v1" }));
  assert.deepEqual(readKeyring(line.party("relief").dir), ring);
});
