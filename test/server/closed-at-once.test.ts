/** Closings that cross each other, or what they rest on: the parties still find each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyFingerprint, seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { type Declared, signDeclaration, verifyEvidence } from "../../src/line/index.ts";
import { closeGeneration, silentLogger, startNode } from "../../src/server/index.ts";
import { toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine, type MadeLine, type MadeParty, PARTIES } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

const closed = ({ dir, identity }: Pick<MadeParty, "dir" | "identity">) =>
  closeGeneration(suite, dir, {
    cause: "node-lost",
    next: null,
    now: Date.now(),
    confirm: async () => undefined,
    signer: async () => seedSigner(suite, identity),
  });

for (const direct of ["http", "tls"] as const) {
  test(`two logs closed at once, over ${direct}: what was said before and after comes to both sides`, async () => {
    const line = await makeLine({ parties: PARTIES.slice(0, 2), direct });
    const parties = ["northern", "southern"].map((id) => line.party(id));
    let nodes = await Promise.all(parties.map(({ dir }) => startNode(dir, quiet)));
    try {
      for (const party of parties) await desk(party).tell(movementRequest(`${party.id} before`));
      await Promise.all(nodes.map((node) => node.stop()));
      for (const party of parties) await closed(party);
      nodes = await Promise.all(parties.map(({ dir }) => startNode(dir, quiet)));
      for (const party of parties) await desk(party).tell(movementRequest(`${party.id} after`));
      for (const party of parties) {
        const watch = await desk(party).as("watch-1");
        const subjects = await until("all of it", async () => {
          const { messages } = await watch.messages();
          return messages.length === 4 ? messages.map(({ subject }) => subject).toSorted() : null;
        });
        assert.deepEqual(subjects, ["northern after", "northern before", "southern after", "southern before"]);
        await until("receipts", async () => {
          const { log, peers } = await watch.status();
          return peers.every(({ they_hold }) => they_hold === log.size);
        });
      }
    } finally {
      await Promise.all(nodes.map((node) => node.stop()));
      line.remove();
    }
  });
}

async function succeeded({ line }: MadeLine, party: MadeParty): Promise<Uint8Array> {
  const seed = suite.randomBytes(32);
  const admin = await desk(party).as("admin-1");
  const publish = async (declared: Declared, by: Uint8Array): Promise<void> => {
    const declaration = { line: line.line, party: party.id, issued_at: Date.now(), ...declared };
    const { bytes, signature } = await signDeclaration(declaration, seedSigner(suite, by));
    await admin.publishDeclaration({ body: { bytes: toBase64(bytes), signature: toBase64(signature) } });
  };
  await publish({ declares: "successor", identity: suite.ed25519PublicKey(seed) }, party.identity);
  await publish({ declares: "succession" }, seed);
  return seed;
}

const holds = (of: MadeParty, size: number, whose = "northern") =>
  until("its log", async () => {
    const { peers } = await (await desk(of).as("watch-1")).status();
    return peers.some(({ party, size: held }) => party === whose && held >= size);
  });

test("a log is not closed by a successor of whom nobody has heard; one other party that has is enough", async () => {
  const line = await makeLine();
  const [northern, southern, relief] = ["northern", "southern", "relief"].map((id) => line.party(id)) as [
    MadeParty,
    MadeParty,
    MadeParty,
  ];
  let north = await startNode(northern.dir, quiet);
  const others = [];
  try {
    const identity = await succeeded(line, northern);
    const { log } = await (await desk(northern).as("watch-1")).status();
    await north.stop();
    const early = closed({ dir: northern.dir, identity });
    await assert.rejects(early, (error) => isParleyError(error, "succession-unheld") || assert.fail(String(error)));

    north = await startNode(northern.dir, quiet);
    others.push(await startNode(southern.dir, quiet));
    await holds(southern, log.size);
    await until("its receipt", async () => {
      const { peers } = await (await desk(northern).as("watch-1")).status();
      return peers.some(({ they_hold }) => they_hold >= log.size);
    });
    await north.stop();
    assert.equal((await closed({ dir: northern.dir, identity })).next, 1);
    north = await startNode(northern.dir, quiet);
    // It has nothing of that log, and hears from the other what it needs to believe the closing.
    others.push(await startNode(relief.dir, quiet));
    const [after] = (await desk(northern).tell(movementRequest("after"))) as [string];
    for (const party of [southern, relief]) {
      const watch = await desk(party).as("watch-1");
      await until("what is said after", async () =>
        (await watch.messages()).messages.some(({ hash }) => hash === after),
      );
    }
  } finally {
    await Promise.all([north, ...others].map((node) => node.stop()));
    line.remove();
  }
});

for (const direct of ["http", "tls"] as const) {
  test(`two parties change their identity keys and close their logs while a third is away, over ${direct}: it believes both when it is back`, async () => {
    const line = await makeLine({ direct });
    const parties = ["northern", "southern", "relief"].map((id) => line.party(id)) as [MadeParty, MadeParty, MadeParty];
    const [northern, southern, relief] = parties;
    const both = [northern, southern];
    let nodes = await Promise.all(both.map(({ dir }) => startNode(dir, quiet)));
    try {
      const said: string[] = [];
      const identities: Uint8Array[] = [];
      for (const party of both) {
        said.push(...(await desk(party).tell(movementRequest(`${party.id} before`))));
        // Twice: the way from the key in the charter is two steps.
        const once = await succeeded(line, party);
        identities.push(await succeeded(line, { ...party, identity: once }));
      }
      for (const [party, peer] of [both, both.toReversed()] as [MadeParty, MadeParty][]) {
        const { log } = await (await desk(party).as("watch-1")).status();
        await holds(peer, log.size, party.id);
        await until("its receipt", async () => {
          const { peers } = await (await desk(party).as("watch-1")).status();
          return peers.some(({ they_hold }) => they_hold >= log.size);
        });
      }
      await Promise.all(nodes.map((node) => node.stop()));
      for (const [i, { dir }] of both.entries()) await closed({ dir, identity: identities[i] as Uint8Array });
      nodes = await Promise.all(both.map(({ dir }) => startNode(dir, quiet)));
      for (const party of both) said.push(...(await desk(party).tell(movementRequest(`${party.id} after`))));

      // Neither can hand over the other's log before it is believed itself.
      nodes.push(await startNode(relief.dir, quiet));
      const isThere = () =>
        until("all of it", async () => {
          const { messages } = await (await desk(relief).as("watch-1")).messages();
          const counts: string[] = messages.filter(({ faults }) => faults.length === 0).map(({ hash }) => hash);
          return said.every((hash) => counts.includes(hash));
        });
      await isThere();
      const { rosters } = await (await desk(relief).as("watch-1")).rosters();
      assert.deepEqual(
        rosters.filter(({ party }) => party !== "relief").map(({ seq }) => seq),
        [1, 1],
      );
      await nodes.pop()?.stop();
      nodes.push(await startNode(relief.dir, quiet));
      await isThere();
      const pins = line.line.charter.parties.map(({ id, identity }) => {
        return { party: id, fingerprint: keyFingerprint(suite, identity) };
      });
      for (const party of parties) {
        const exported = await (await desk(party).as("admin-1")).export({ query: {} });
        const { faults, uncounted } = verifyEvidence(suite, new Uint8Array(exported), pins);
        assert.deepEqual([faults, uncounted], [[], []], `the export of ${party.id} verifies`);
      }
    } finally {
      await Promise.all(nodes.map((node) => node.stop()));
      line.remove();
    }
  });
}

test("after many closings, three logs that are closed at once still find each other", async () => {
  const line = await makeLine({ direct: "tls" });
  const parties = ["northern", "southern", "relief"].map((id) => line.party(id)) as [MadeParty, MadeParty, MadeParty];
  const startAll = () => Promise.all(parties.map(({ dir }) => startNode(dir, quiet)));
  let nodes = await startAll();
  const said: string[] = [];
  const areThere = () =>
    until("what all have said", async () => {
      for (const party of parties) {
        const { messages } = await (await desk(party).as("watch-1")).messages();
        const held: string[] = messages.map(({ hash }) => hash);
        if (!said.every((hash) => held.includes(hash))) return false;
      }
      return true;
    });
  const say = async () => {
    for (const party of parties) said.push(...(await desk(party).tell(movementRequest(`${party.id} ${said.length}`))));
    await areThere();
  };
  try {
    await say();
    // Everybody knows of these: four of them fill a parcel of an older node.
    for (let i = 0; i < 5; i++) {
      const at = i % parties.length;
      await nodes[at]?.stop();
      await closed(parties[at] as MadeParty);
      nodes[at] = await startNode((parties[at] as MadeParty).dir, quiet);
      await say();
    }
    await Promise.all(nodes.map((node) => node.stop()));
    for (const party of parties) for (let i = 0; i < 2; i++) await closed(party);
    nodes = await startAll();
    await say();
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});
