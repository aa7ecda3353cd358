/** Of whom a node cannot tell which terms they have said: nothing old of theirs is taken, whatever becomes of its own log. */
import assert from "node:assert/strict";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { type ClosingCause } from "../../src/line/index.ts";
import { closeGeneration, silentLogger, startNode } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import type { Bytes } from "../../src/wire/bytes.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { makeLine, type MadeLine, type MadeParty, PARTIES } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const SOUTHERN = parsePartyId("southern");

interface Sides {
  readonly line: MadeLine;
  readonly north: MadeParty;
  readonly south: MadeParty;
}

/** Both nodes run meanwhile. */
async function both<T>({ north, south }: Sides, run: () => Promise<T>): Promise<T> {
  const nodes = [await startNode(south.dir, quiet), await startNode(north.dir, quiet)];
  try {
    return await run();
  } finally {
    for (const node of nodes) await node.stop();
  }
}

async function told({ north }: Sides, subject: string): Promise<void> {
  const [hash] = (await desk(north).tell(movementRequest(subject))) as [string];
  const client = await desk(north).as("watch-1");
  await until(subject, async () => rungAt(await client.message({ params: { hash } }), "southern", "opened"));
}

/** North says it, and only a courier has the parcel. */
async function onAStick({ north }: Sides, subject: string): Promise<Bytes> {
  const node = await startNode(north.dir, quiet);
  await desk(north).tell(movementRequest(subject));
  await node.stop();
  const open = openNode(north.dir, quiet);
  const { sealed } = open.exchange.next(SOUTHERN, [], { asks: false });
  await open.close();
  return sealed;
}

async function taken({ south }: Sides, sealed: Bytes): Promise<number> {
  const open = openNode(south.dir, quiet);
  try {
    return open.exchange.take(sealed, "courier").stored;
  } finally {
    await open.close();
  }
}

function save({ line }: Sides, { dir }: MadeParty, name: string): void {
  cpSync(dir, join(line.dir, name), { recursive: true });
}

function put({ line }: Sides, { dir }: MadeParty, name: string, mark: "restored" | "as it was"): void {
  rmSync(dir, { recursive: true });
  cpSync(join(line.dir, name), dir, { recursive: true });
  if (mark === "restored") writeFileSync(join(dir, "restored"), "");
}

const gone = ({ dir }: MadeParty) => until("the rounds", async () => !existsSync(join(dir, "restored")));

function closed({ dir, identity }: MadeParty, cause: ClosingCause) {
  const confirm = async () => undefined;
  const signer = async () => seedSigner(suite, identity);
  return closeGeneration(suite, dir, { cause, next: null, now: Date.now(), confirm, signer });
}

async function nobodyIsSplit({ south }: Sides): Promise<void> {
  const client = await desk(south).as("watch-1");
  const heard = async () => (await client.status()).peers.some(({ last_exchange_at }) => last_exchange_at !== null);
  await until("an exchange", heard);
  assert.ok((await client.status()).peers.every(({ split }) => !split));
}

async function sides(): Promise<Sides> {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  return { line, north: line.party("northern"), south: line.party("southern") };
}

test("a node that was restored, and closed its log, still takes nothing that the others said before their own restores", async () => {
  const at = await sides();
  await both(at, () => told(at, "before the backups"));
  save(at, at.north, "north");
  save(at, at.south, "south");
  const stick = await onAStick(at, "on a stick");
  put(at, at.north, "north", "restored");
  await both(at, async () => {
    await gone(at.north);
    await told(at, "in its place");
  });
  assert.equal(await taken(at, stick), 0, "south has promised to take nothing older");
  put(at, at.south, "south", "restored");
  await closed(at.south, "restored");
  assert.equal(await taken(at, stick), 0, "it does not know any more what it has promised");
  await both(at, async () => {
    await told(at, "afterwards");
    await nobodyIsSplit(at);
  });
  assert.ok(!existsSync(join(at.south.dir, "forgotten")), "everybody has answered");
  at.line.remove();
});

test("the keys of a closed log answer a restored node, and bring up nothing of the log that followed it", async () => {
  const at = await sides();
  await both(at, () => told(at, "before"));
  save(at, at.north, "north-old");
  save(at, at.south, "south-old");
  await closed(at.north, "node-lost");
  await both(at, () => told(at, "in the new log"));
  save(at, at.north, "north-new");
  const stick = await onAStick(at, "on a stick");
  put(at, at.north, "north-new", "restored");
  await both(at, async () => {
    await gone(at.north);
    await told(at, "in its place");
  });
  save(at, at.north, "north");
  // The old machine, or a thief's copy of it, answers a south that does not know the closing any more.
  put(at, at.south, "south-old", "restored");
  put(at, at.north, "north-old", "as it was");
  await both(at, () => gone(at.south));
  assert.equal(await taken(at, stick), 0);
  put(at, at.north, "north", "as it was");
  await both(at, async () => {
    await told(at, "afterwards");
    await nobodyIsSplit(at);
  });
  at.line.remove();
});
