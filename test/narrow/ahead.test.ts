/** An alert overtakes its author's backlog in a parcel of its own; what is forged, played back or too much does nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { released } from "../../bench/line/made.ts";
import { signCoseWithSeed } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { FEATURES, type SignedRoster } from "../../src/line/index.ts";
import { type Message, parseBody, signNotice, toBeSigned } from "../../src/message/index.ts";
import type { Carrier } from "../../src/server/carriers/carrier.ts";
import { saidOf } from "../../src/server/narrow/wanted.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import { answerParcel } from "../../src/server/routes/carriers.ts";
import { toHex } from "../../src/wire/bytes.ts";
import { type MessageHash, type MessageId, parseMessageId, parsePartyId } from "../../src/wire/id.ts";
import { makeLine, type MadeOfficer, type MadeParty, PARTIES } from "../support/line.ts";
import { desk, type NodeProcess, startProcess, until } from "../support/nodes.ts";
import { type Trickle, trickle } from "./proxy.ts";

const quiet = { logger: { info: () => undefined, warn: () => undefined, error: () => undefined } };
const [NORTH, SOUTH] = [parsePartyId("northern"), parsePartyId("southern")];
const BACKLOG = 100;
/** What goes ahead passes, a backlog does not. */
const SMALL_BYTES = 30_000;
const BODY = {
  alert: "STOP",
  volumes: [
    { footprint: { type: "point", at: { lat: 36.3, lon: 43.5 } }, height: null, window: { start: null, end: null } },
  ],
  remarks: "Shelling at the crossing.",
};

function begin(node: OpenNode): void {
  const roster = node.state.foundingRosters.get(node.state.self) as SignedRoster;
  node.outbound.append([{ type: "charter" }, { type: "roster", roster }]);
}

test("STOP is held at the other side before the backlog that lies before it has come", async () => {
  const ways: Trickle[] = [];
  const line = await makeLine({
    parties: PARTIES.slice(0, 2),
    front: async (_, port) => {
      const made = await trickle(port, SMALL_BYTES);
      ways.push(made);
      return made.port;
    },
  });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const before = openNode(north.dir, quiet);
  begin(before);
  before.outbound.append(Array.from({ length: BACKLOG }, (_, i) => released(before, north, i)));
  await before.close();
  const nodes: NodeProcess[] = [];
  try {
    for (const party of [south, north]) nodes.push(await startProcess(party));
    await until("the backlog to be held up", async () => ways.some((way) => way.heldUp() > 0), 60_000);
    const item = { kind: "alert" as const, subject: "STOP at the Khazir crossing", body: BODY };
    const [hash] = (await desk(north).tell({ items: [item] }, { drafter: null, releaser: "watch-2" })) as [MessageHash];
    const watch = await desk(south).as("watch-1");
    const alerts = async () => (await watch.alerts()).alerts.filter(({ message }) => message.hash === hash);
    const held = await until("the alert, ahead", async () => (await alerts())[0], 60_000);
    assert.ok(["held", "proven"].includes(held.message.held ?? ""), `it is ${held.message.held}`);
    assert.ok(held.sounds);
    const params = { hash };
    assert.equal((await watch.message({ params })).came_by, null);
    assert.equal((await watch.search({ query: { limit: 1 } })).total, 1, "nothing of the backlog has come");

    ways.forEach((way) => way.widen());
    await until("its place in the log", async () => {
      const detail = await watch.message({ params });
      return detail.summary.held === null && detail.came_by === "direct";
    });
    assert.equal((await alerts()).length, 1);
    await until("held, at its author", async () => {
      const { ladder } = await (await desk(north).as("watch-1")).message({ params });
      return ladder.some(({ beside }) => beside.some(({ state }) => state === "held"));
    });
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    await Promise.all(ways.map((way) => way.close()));
    line.remove();
  }
});

/** As one officer would release it. */
function stop({ state, now }: OpenNode, party: MadeParty, subject: string) {
  const id = parseMessageId(toHex(suite.randomBytes(16)));
  const place = { line: state.line, charter: state.charterHash, from: state.self, id, kind: "alert", version: 1 };
  const about = { subject, re: null, list: null, heads: [], at: now(), expires: null, lang: "en", sole_reason: null };
  const message = { ...place, ...about, exercise: state.charter.exercise, body: parseBody("alert", BODY) } as Message;
  const { bytes, hash, message: said } = toBeSigned(suite, message);
  const releaser = party.officers["watch-2"] as MadeOfficer;
  const signed = {
    bytes,
    drafted: null,
    released: signCoseWithSeed(suite, "parley/v1/released", bytes, releaser.seed),
  };
  const done = { stage: "released", bytes, message: said, hash, signed } as const;
  return { type: "message", released: done, drafter: null, releaser: releaser.id } as const;
}

test("what is forged, said for another, played back or more than the cap is not held", async () => {
  const line = await makeLine();
  const open = (id: string): OpenNode => openNode(line.party(id).dir, quiet);
  const [north, south, relief] = [open("northern"), open("southern"), open("relief")] as const;
  try {
    [north, relief].forEach(begin);
    const understood = { write: "understood", party: SOUTH, features: FEATURES } as const;
    for (const node of [north, relief]) node.store.commit([understood]);
    const ALERTS = 260;
    north.outbound.append(Array.from({ length: ALERTS }, (_, i) => stop(north, line.party("northern"), `STOP ${i}`)));
    north.outbound.append([released(north, line.party("northern"), 0)]);
    const saidAt = (index: number) => saidOf(north, SOUTH, index, "entry");
    const take = (node: OpenNode, said: readonly Uint8Array[]) =>
      south.exchange.take(node.exchange.next(SOUTH, null, { ahead: said }).sealed, "direct");
    const held = () => south.store.held().length;

    // Somebody on the way changes a byte of the parcel, or its author a byte of what it says.
    const { sealed } = north.exchange.next(SOUTH, null, { ahead: [saidAt(2)] });
    const altered = Uint8Array.from(sealed);
    altered[sealed.length - 40] = (altered[sealed.length - 40] as number) ^ 1;
    assert.throws(() => south.exchange.take(altered, "direct"), { code: "parcel-altered" });
    const said = Uint8Array.from(saidAt(2));
    said[said.length - 20] = (said[said.length - 20] as number) ^ 1;
    take(north, [said, Uint8Array.of(0x80), new Uint8Array(40)]);
    // Another party brings it as its own: it is sealed for its place in its author's log.
    take(relief, [saidAt(2)]);
    // A text may wait for its turn, a proof alone proves nothing.
    take(north, [saidAt(2 + ALERTS), saidOf(north, SOUTH, 3, "proof")]);
    assert.equal(held(), 0);

    // Played back, also in another parcel, it is one alert and one word of it.
    south.exchange.take(sealed, "direct");
    assert.equal(held(), 1);
    assert.ok(south.exchange.take(sealed, "direct").repeated);
    take(north, [saidAt(2), saidOf(north, SOUTH, 2, "proof"), saidAt(2)]);
    const [first] = south.store.held();
    assert.deepEqual([held(), first?.index, first?.proof === null], [1, 2, false]);
    assert.equal([...south.book.facts()].length, 1);
    assert.equal(south.store.log(north.state.origin)?.size, 0, "held is not stored");

    // Caps of one parcel.
    const many = (said: Uint8Array, count: number) => () =>
      north.exchange.next(SOUTH, null, { ahead: Array.from({ length: count }, () => said) });
    assert.throws(many(saidAt(3), 9), { code: "parcel-malformed" });
    assert.throws(many(new Uint8Array(8176), 1), { code: "parcel-too-large" });

    // Its place in the log has come by now, but what lies before it is not opened: it sounds all the same.
    south.exchange.take(north.exchange.next(SOUTH, null).sealed, "direct");
    assert.ok((south.store.log(north.state.origin)?.size ?? 0) > ALERTS);
    take(north, [saidAt(3)]);
    assert.equal(held(), 2);
    assert.equal([...south.book.facts()].length, 2);

    // An id that was used is used, whatever else is said under it.
    const { id } = south.store.held()[0] as { id: MessageId };
    assert.deepEqual(
      [NORTH, SOUTH].map((party) => south.store.hasHeldId(party, id)),
      [true, false],
    );

    for (let i = 2; i < ALERTS; i++) take(north, [saidAt(2 + i)]);
    assert.deepEqual([held(), south.store.heldUntold(north.state.origin)], [256, 256]);
  } finally {
    await Promise.all([north, south, relief].map((node) => node.close()));
    line.remove();
  }
});

test("STOP that was said before its peer had said what it understands goes ahead as soon as it has", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const south = openNode(line.party("southern").dir, quiet);
  const sent: Uint8Array[] = [];
  const toSouth: Carrier = {
    name: "direct",
    reaches: () => true,
    carry: async (_, sealed) => {
      sent.push(sealed);
      return answerParcel(south, sealed, "unproven");
    },
    close: () => undefined,
  };
  const north = openNode(line.party("northern").dir, { ...quiet, carriers: () => [toSouth] });
  try {
    [north, south].forEach(begin);
    north.outbound.append(Array.from({ length: BACKLOG }, (_, i) => released(north, line.party("northern"), i)));
    const { first } = north.outbound.append([stop(north, line.party("northern"), "STOP")]);
    north.ahead.told([...north.book.ofKind("alert")]);
    assert.deepEqual([sent.length, south.store.held().length], [0, 0], "an older node would refuse the parcel");

    const { state, outbound, exchange, now } = south;
    const items = [{ code: "understands" as const, features: FEATURES }];
    const said = { line: state.line, from: SOUTH, at: now(), exercise: state.charter.exercise, items };
    const seed = state.keys.seed("parcel", state.roster(SOUTH).node.parcel);
    outbound.append([{ type: "notice", notice: signNotice(suite, said, seed) }]);
    north.exchange.take(exchange.next(north.state.self, null).sealed, "direct");
    const held = await until("STOP, ahead", async () => south.store.held()[0]);
    assert.deepEqual([held.index, south.store.log(north.state.origin)?.size], [first, 0]);
  } finally {
    await Promise.all([north, south].map((node) => node.close()));
    line.remove();
  }
});
