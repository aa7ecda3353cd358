/** What a node takes from a narrow link: proofs that prove nothing, a log that says otherwise, more than is kept. */
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Signer } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  datagramAt,
  encodeSaidEntry,
  encodeSaidProof,
  type NarrowKeys,
  narrowKeys,
  sealSet,
  shardBytes,
  type SignedRoster,
} from "../../src/line/index.ts";
import { inclusionProof } from "../../src/log/index.ts";
import {
  contentKeyOf,
  decodeEntry,
  type Message,
  parseBody,
  sealingKid,
  signReleased,
  toBeSigned,
} from "../../src/message/index.ts";
import { silentLogger } from "../../src/server/index.ts";
import { evidenceOf } from "../../src/server/exchange/evidence.ts";
import { incoming } from "../../src/server/narrow/incoming.ts";
import { ways } from "../../src/server/narrow/ways.ts";
import { heldState } from "../../src/server/messages/held.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import { type Bytes, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { type MessageHash, parseMessageId } from "../../src/wire/id.ts";
import { makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const place = { host: "127.0.0.1", port: 7190 };
const config = { listen: place, address: place, bitsPerSecond: 2400 };
let line: MadeLine;
const open: OpenNode[] = [];
const opened = (dir: string): OpenNode => {
  const node = openNode(dir, quiet);
  open.push(node);
  return node;
};

before(async () => {
  line = await makeLine({ parties: PARTIES.slice(0, 2) });
});
after(async () => {
  await Promise.all(open.map((node) => node.close()));
  line.remove();
});

interface Said {
  readonly index: number;
  readonly hash: MessageHash;
}

async function alertOf(node: OpenNode, subject: string): Promise<Said> {
  const { line: id, charterHash, charter, self, origin } = node.state;
  const at = {
    footprint: { type: "point", at: { lat: 36.3, lon: 43.5 } },
    height: null,
    window: { start: null, end: null },
  };
  const message = {
    line: id,
    charter: charterHash,
    from: self,
    id: parseMessageId(toHex(suite.randomBytes(16))),
    kind: "alert",
    version: 1,
    subject,
    re: null,
    list: null,
    heads: [],
    at: node.now(),
    expires: null,
    lang: "en",
    exercise: charter.exercise,
    sole_reason: null,
    body: parseBody("alert", { alert: "STOP", volumes: [at], message: null, remarks: "Stop." }),
  } as Message;
  const signer = line.party(self).officers["watch-2"]?.signer as Signer;
  const released = await signReleased(suite, toBeSigned(suite, message), signer);
  const index = node.store.log(origin)?.size ?? 0;
  node.outbound.append([{ type: "message", released, drafter: null, releaser: "watch-2" as never }]);
  return { index, hash: released.hash };
}

function found(node: OpenNode): void {
  const roster = node.state.foundingRosters.get(node.state.self) as SignedRoster;
  node.outbound.append([{ type: "charter" }, { type: "roster", roster }]);
}

/** The very code that takes datagrams, with what it warned of. */
function ear(node: OpenNode) {
  const warned: string[] = [];
  const way = ways({ state: node.state, config, path: join(node.dir, "narrow-test.json") });
  const nothing = (): void => undefined;
  const take = incoming({
    ...node,
    ways: way,
    logger: { ...silentLogger, warn: (_, fields) => void warned.push(String(fields?.["code"])) },
    onMessages: nothing,
    say: nothing,
    onNotices: nothing,
    done: nothing,
    acknowledge: nothing,
  });
  const offer = way.offerFor("northern" as never);
  assert.ok(offer !== null);
  const keys: NarrowKeys = narrowKeys(suite, offer.key);
  const hear = (said: Bytes): void => {
    const set = sealSet(suite, keys, said, shardBytes(4));
    set.data.forEach((_, i) => take(datagramAt(suite, keys, set, i)));
  };
  return { hear, warned };
}

function entrySaid({ state, store }: OpenNode, index: number): Bytes {
  const { origin } = state;
  const entry = decodeEntry(store.entry(origin, index)?.bytes as Bytes);
  const at = { origin, index };
  const contentKey = contentKeyOf(suite, entry, at, { archiveKey: state.keys.archive });
  const kid = sealingKid(suite, state.roster("southern" as never).node.sealing);
  return encodeSaidEntry(suite, { ...at, generation: 0, entry, contentKey }, kid);
}

function proofSaid({ state, store }: OpenNode, index: number, change: (proof: readonly Bytes[]) => readonly Bytes[]) {
  const { size, note } = store.checkpoint(state.origin) as { size: number; note: string };
  const proof = change(inclusionProof(suite, size, index, store.hashReader(state.origin)));
  return { generation: 0, index, checkpoint: note, proof };
}

const isNotInLog = (error: unknown): boolean => isParleyError(error, "message-not-in-log");

test("a proof that proves nothing leaves what came as it was; the right one proves it", async () => {
  const [north, south] = [opened(line.party("northern").dir), opened(line.party("southern").dir)];
  found(north);
  const { index, hash } = await alertOf(north, "STOP at the crossing");
  const { origin } = north.state;
  const { hear, warned } = ear(south);
  const proven = () => south.store.heldAt(origin, index)?.proof ?? null;
  const whole = proofSaid(north, index, (proof) => proof);
  hear(encodeSaidProof(whole));
  assert.equal(south.store.heldAt(origin, index), null, "a proof alone holds nothing");
  hear(entrySaid(north, index));
  assert.equal(south.store.heldAt(origin, index)?.hash, hash);
  assert.deepEqual(warned, []);

  const other = (each: Bytes): Bytes => each.map((byte) => byte ^ 1);
  for (const proof of [whole.proof.map(other), [...whole.proof, new Uint8Array(32)], whole.proof.slice(1)]) {
    hear(encodeSaidProof({ ...whole, proof }));
    assert.equal(warned.pop(), "unverified-root");
    assert.equal(proven(), null);
  }
  // A checkpoint of a root that the log's key never signed, and one whose key is another's.
  const [name, size, , ...rest] = whole.checkpoint.split("\n");
  const root = Buffer.alloc(32, 7).toString("base64");
  hear(encodeSaidProof({ ...whole, checkpoint: [name, size, root, ...rest].join("\n") }));
  assert.equal(warned.pop(), "checkpoint-bad-signature");
  hear(encodeSaidProof({ ...whole, checkpoint: "no note\n" }));
  assert.ok(warned.pop() !== undefined);
  assert.equal(proven(), null);

  assert.throws(() => evidenceOf(south, hash), isNotInLog, "there is no evidence before the log");
  hear(encodeSaidProof(whole));
  // The very same proof was heard before there was anything to prove: its set is complete, and a new one is needed.
  assert.equal(proven(), null);
  await alertOf(north, "A later one");
  hear(encodeSaidProof(proofSaid(north, index, (proof) => proof)));
  assert.ok(proven()?.includes(origin));
  assert.deepEqual(warned, []);
  assert.throws(() => evidenceOf(south, hash), isNotInLog, "proven is not yet in the log");
});

test("of one log no more than 256 are kept ahead of it", async () => {
  const [north, south] = open as [OpenNode, OpenNode];
  const { hear, warned } = ear(south);
  const before = south.store.held().length;
  for (let i = before; i < 256; i++) hear(entrySaid(north, (await alertOf(north, `STOP ${i}`)).index));
  assert.deepEqual([south.store.held().length, warned], [256, []]);
  const { index } = await alertOf(north, "One too many");
  hear(entrySaid(north, index));
  assert.deepEqual([south.store.held().length, warned], [256, ["too-many"]]);
  assert.equal(south.store.heldAt(north.state.origin, index), null);
});

test("where the log comes with another entry in its place, what was held stays, as one that differs", async () => {
  const two = await makeLine({ parties: PARTIES.slice(0, 2) });
  line.remove();
  line = two;
  const south = opened(two.party("southern").dir);
  const { dir } = two.party("northern");
  const first = openNode(dir, quiet);
  found(first);
  await first.close();
  const twin = `${dir}-twin`;
  cpSync(dir, twin, { recursive: true });
  const [said, logged] = [opened(dir), opened(twin)];
  const { index, hash } = await alertOf(said, "STOP, as it was said over the radio");
  const other = await alertOf(logged, "Nothing, as the log has it");
  assert.equal(other.index, index);
  const { hear } = ear(south);
  hear(entrySaid(said, index));
  const { origin } = said.state;
  assert.equal(south.store.heldAt(origin, index)?.hash, hash);
  south.exchange.take(logged.exchange.next(south.state.self, null).sealed, "courier");
  assert.equal(south.store.log(origin)?.size, index + 1);
  assert.equal(south.store.message(hash)?.hash, hash, "it is still there");
  const fact = { origin, index, hash } as Parameters<typeof heldState>[1];
  await until("another entry in its place", async () => heldState(south.store, fact) === "differs" || null);
  assert.throws(() => evidenceOf(south, hash), isNotInLog, "the entry in its place is no evidence of it");
});
