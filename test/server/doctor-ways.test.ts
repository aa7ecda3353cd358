/** What the doctor finds of the ways: go-betweens and mailboxes are tried too, and one way that works is enough. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { DoctorStep } from "../../src/api/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  createGoBetween,
  grantMailbox,
  openMailbox,
  type RunningNode,
  silentLogger,
  startGoBetween,
  startNode,
} from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { freePort, makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

let dir: string;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), "parley-post-"));
  createGoBetween(suite, dir, `127.0.0.1:${await freePort()}`, null);
});
after(() => rmSync(dir, { recursive: true, force: true }));

const prepare = async (node: string): Promise<void> => {
  await openMailbox(suite, node, grantMailbox(suite, dir, Date.now));
};
const doctorOf = async (line: MadeLine) => (await desk(line.party("northern")).as("admin-1")).doctor();
const of = (steps: readonly DoctorStep[], name: RegExp) =>
  steps.filter(({ step }) => name.test(step)).map(({ outcome, code }) => [outcome, code]);

/** With a line of two by way of a go-between, and by the direct way where `front` leads somewhere. */
async function withLine(
  options: Parameters<typeof makeLine>[0],
  tell: (line: MadeLine, nodes: RunningNode[], post: RunningNode) => Promise<void>,
): Promise<void> {
  const post = await startGoBetween(dir, quiet);
  const line = await makeLine({ parties: PARTIES.slice(0, 2), prepare, ...options });
  const nodes = [post];
  try {
    for (const id of ["northern", "southern"]) nodes.push(await startNode(line.party(id).dir, quiet));
    await tell(line, nodes, post);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
}

test("a go-between that died is named, for this node's mailbox and for the other's, while the direct way works", async () => {
  await withLine({}, async (line, nodes, post) => {
    const well = await until("all of it works", async () => {
      const { ok, steps } = await doctorOf(line);
      return ok && steps;
    });
    assert.deepEqual(of(well, /^mailbox at https/), [["ok", null]]);
    assert.deepEqual(of(well, /^go-between of southern$/), [["ok", null]]);
    nodes.splice(nodes.indexOf(post), 1);
    await post.stop();
    const { ok, steps } = await doctorOf(line);
    assert.ok(ok, "what is said arrives");
    assert.deepEqual(of(steps, /^mailbox at https/), [["warning", "go-between-silent"]]);
    assert.deepEqual(of(steps, /^go-between of southern$/), [["warning", "go-between-silent"]]);
    assert.deepEqual(of(steps, /^exchange with southern$/), [["ok", null]]);
    assert.deepEqual(of(steps, /^own log$/), [["ok", null]]);
  });
});

test("a party that the go-between alone reaches is looked at to the end, and the way that is down is a warning", async () => {
  await withLine({ front: async () => freePort() }, async (line, nodes, post) => {
    const steps = await until("southern, by the go-between", async () => {
      const doctor = await doctorOf(line);
      return of(doctor.steps, /^receipts of southern$/)[0]?.[0] === "ok" && doctor.ok && doctor.steps;
    });
    assert.deepEqual(of(steps, /^reach southern$/), [["warning", "peer-unreachable"]]);
    assert.deepEqual(of(steps, /^(southern answers|exchange with southern)$/), [
      ["not-tried", null],
      ["not-tried", null],
    ]);
    assert.deepEqual(of(steps, /^go-between of southern$/), [["ok", null]]);
    assert.deepEqual(of(steps, /^test call to southern$/), [["ok", null]]);
    // When the last way is down it is a failure, and what hangs on it is not tried.
    nodes.splice(nodes.indexOf(post), 1);
    await post.stop();
    const cut = await doctorOf(line);
    assert.equal(cut.ok, false);
    assert.deepEqual(of(cut.steps, /^(reach|go-between of) southern$/), [
      ["failed", "peer-unreachable"],
      ["failed", "go-between-silent"],
    ]);
    assert.deepEqual(of(cut.steps, /^receipts of southern$/), [["not-tried", null]]);
  });
});

test("where nothing but a go-between leads here, a mailbox that gives nothing is a failure, and stops no other step", async () => {
  await withLine({ direct: "none" }, async (line, nodes, post) => {
    const steps = await until("southern, by the go-between", async () => {
      const doctor = await doctorOf(line);
      return of(doctor.steps, /^go-between of southern$/)[0]?.[0] === "ok" && doctor.ok && doctor.steps;
    });
    assert.deepEqual(of(steps, /^address of southern$/), [], "it needs none");
    nodes.splice(nodes.indexOf(post), 1);
    await post.stop();
    const { ok, steps: cut } = await doctorOf(line);
    assert.equal(ok, false);
    assert.deepEqual(of(cut, /^mailbox at https/), [["failed", "go-between-silent"]]);
    assert.deepEqual(of(cut, /^own log$/), [["ok", null]]);
    const [step] = cut.filter(({ outcome }) => outcome === "failed");
    assert.match(
      `${step?.message} ${step?.next}`,
      /^Our mailbox: https:\S+ does not answer.*whoever runs that go-between/,
    );
  });
});

test("a mailbox that its go-between does not know is named, though the go-between answers", async () => {
  const post = await startGoBetween(dir, quiet);
  const line = await makeLine({ parties: PARTIES.slice(0, 2), prepare });
  const node = await startNode(line.party("northern").dir, quiet);
  try {
    // Its store was lost: the key is the same, and the mailboxes are gone.
    await post.stop();
    for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `mailboxes.sqlite${end}`), { force: true });
    const again = await startGoBetween(dir, quiet);
    try {
      const { steps } = await doctorOf(line);
      assert.deepEqual(of(steps, /^mailbox at https/), [["warning", "mailbox-refused"]]);
    } finally {
      await again.stop();
    }
  } finally {
    await node.stop();
    line.remove();
  }
});

const DAY_MS = 86_400_000;

/** A parcel for southern as northern's node, which does not run, writes it at that time. */
async function parcelAt(north: string, at: number): Promise<Uint8Array> {
  const node = openNode(north, { ...quiet, now: () => at });
  const { sealed } = node.exchange.next(parsePartyId("southern"), null);
  await node.close();
  return sealed;
}

test("a courier's parcel shows a way that works where it was written lately and is taken, and no other does", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const nodes: RunningNode[] = [];
  const restored = async (): Promise<void> => {
    writeFileSync(join(north.dir, "restored"), "");
    nodes.push(await startNode(north.dir, quiet));
    await until("asked round", async () => !existsSync(join(north.dir, "restored")));
    await nodes.pop()?.stop();
  };
  try {
    const ofBefore = await parcelAt(north.dir, Date.now());
    nodes.push(await startNode(south.dir, quiet));
    await restored();
    const client = await desk(south).as("watch-1");
    const bring = async (sealed: Uint8Array) => {
      await client.parcelIn({ body: sealed });
      const { ok, steps } = await (await desk(south).as("admin-1")).doctor();
      return [ok, ...of(steps, /^reach northern$/).flat()];
    };
    const cut = [false, "failed", "peer-unreachable"];
    assert.deepEqual(await bring(ofBefore), cut, "written before a restore, and so refused");
    const old = await parcelAt(north.dir, Date.now() - 2 * DAY_MS);
    assert.deepEqual(await bring(old), cut, "nobody knows who brings an old one");
    const fresh = await parcelAt(north.dir, Date.now());
    assert.equal((await bring(fresh))[1], "warning");
    assert.equal((await bring(old))[1], "warning");
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});
