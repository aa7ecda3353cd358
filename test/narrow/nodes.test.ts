/** Two nodes whose line is cut but for a radio of 2.4 kbit/s that loses one datagram in ten. */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DATAGRAM_BYTES } from "../../src/line/index.ts";
import { makeLine, type MadeParty, PARTIES } from "../support/line.ts";
import { desk, movementRequest, type NodeProcess, rungAt, startProcess, until } from "../support/nodes.ts";
import { freeUdpPort, gate, type Gate, radio, type Radio } from "./proxy.ts";

const LINK = { bitsPerSecond: 2400, loss: 0.1 };
const alone = { drafter: null, releaser: "watch-2" };
const STOP = {
  kind: "alert" as const,
  subject: "STOP at the Khazir crossing",
  body: {
    alert: "STOP",
    volumes: [
      { footprint: { type: "point", at: { lat: 36.3, lon: 43.5 } }, height: null, window: { start: null, end: null } },
    ],
    remarks: "Shelling at the crossing.",
  },
};

function withNarrow(party: MadeParty, listen: number, address: number): void {
  const table = `\n[narrow]\nlisten = "127.0.0.1:${listen}"\naddress = "127.0.0.1:${address}"\nbits_per_second = 2400\n`;
  appendFileSync(join(party.dir, "parley.toml"), table);
}

test("an alert gets through a cut line over the radio, is held, answered, proven, and told when its log comes", async () => {
  const gates: Gate[] = [];
  const line = await makeLine({
    parties: PARTIES.slice(0, 2),
    front: async (_, port) => {
      const made = await gate(port);
      gates.push(made);
      return made.port;
    },
  });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const [northPort, southPort] = [await freeUdpPort(), await freeUdpPort()];
  const toSouth = await radio(southPort, { ...LINK, seed: 7 });
  const toNorth = await radio(northPort, { ...LINK, seed: 8 });
  withNarrow(north, northPort, toNorth.port);
  withNarrow(south, southPort, toSouth.port);
  const nodes = new Map<string, NodeProcess>();
  try {
    for (const party of [north, south]) nodes.set(party.id, await startProcess(party));
    const keysFile = join(north.dir, "narrow.json");
    await until("the keys, in parcels", async () =>
      [north, south].every(({ dir }) => existsSync(join(dir, "narrow.json"))),
    );
    assert.equal(statSync(keysFile).mode & 0o777, 0o600);
    assert.ok(readFileSync(keysFile, "utf8").includes(`127.0.0.1:${toSouth.port}`));
    await until("both logs", async () => {
      const { peers } = await (await desk(south).as("watch-1")).status();
      return peers.every(({ size }) => size >= 2);
    });

    // The line is cut. The north says a thing that is no alert, and then one that is.
    gates.forEach((each) => each.cut());
    await desk(north).tell(movementRequest());
    const began = Date.now();
    const [hash] = (await desk(north).tell({ items: [STOP] }, alone)) as [string];
    const watch = await desk(south).as("watch-1");
    const held = await until(
      "the alert over the radio",
      async () => (await watch.alerts()).alerts.find(({ message }) => message.hash === hash),
      60_000,
    );
    const tookMs = Date.now() - began;
    assert.ok(["held", "proven"].includes(held.message.held ?? ""), `it is ${held.message.held}`);
    assert.ok(held.sounds);
    const params = { hash };
    const there = await watch.message({ params });
    assert.equal(there.came_by, null);
    assert.ok(toSouth.sizes.every((bytes) => bytes <= DATAGRAM_BYTES));
    assert.ok(toSouth.sizes.length * 256 >= 1800, "it went over the radio");

    // Its node says so over the same radio; the alert's clock at its author runs from then.
    const told = await until(
      "held, at its author",
      async () => {
        const detail = await (await desk(north).as("watch-1")).message({ params });
        const beside = detail.ladder.find(({ party }) => party === "southern")?.beside ?? [];
        return beside.some(({ state }) => state === "held") ? detail : null;
      },
      90_000,
    );
    assert.equal(rungAt(told, "southern", "stored"), null, "held is no receipt");
    assert.equal(rungAt(told, "southern", "opened"), null);
    await until("its proof", async () => (await watch.message({ params })).summary.held === "proven" || null, 90_000);
    assert.ok(tookMs < 60_000);

    // It is answered as any alert, and the answer comes back ahead of its own log.
    const re = { relation: "answers" as const, message: hash };
    const body = { answer: "CEASED", scope: "message", reason: "", words: "", until: null, at: began };
    await desk(south).tell({ items: [{ kind: "answer", subject: "Ceased", re, body }] }, alone);
    await until(
      "the answer over the radio",
      async () => {
        const { alerts } = await (await desk(north).as("watch-1")).alerts();
        return alerts.some(({ parties }) => parties.some(({ answer }) => answer === "CEASED"));
      },
      90_000,
    );

    // What the radio heard is played back, and noise is thrown at both: nothing comes of it, and both serve on.
    await flood(toSouth, southPort);
    const after = (await watch.alerts()).alerts.filter(({ message }) => message.subject === STOP.subject);
    assert.equal(after.length, 1);

    // It is on the disk: a node that is killed has it when it comes back.
    await nodes.get(south.id)?.kill();
    nodes.set(south.id, await startProcess(south));
    const again = await (await desk(south).as("watch-1")).alerts();
    assert.deepEqual(
      again.alerts.map(({ message }) => [message.hash, message.held]),
      [[hash, "proven"]],
    );

    // The line is back: the log comes, and the same message is told.
    gates.forEach((each) => (each.open = true));
    await until("its place in the log", async () => {
      const detail = await (await desk(south).as("watch-1")).message({ params });
      return detail.summary.held === null && detail.came_by === "direct";
    });
    const stored = await until("the receipt", async () => {
      const detail = await (await desk(north).as("watch-1")).message({ params });
      return rungAt(detail, "southern", "opened") === null ? null : detail;
    });
    assert.ok(rungAt(stored, "southern", "stored") !== null);
    for (const node of nodes.values()) assert.ok(!node.log().includes('"narrow-failed"'), node.log());
  } finally {
    await Promise.all([...nodes.values()].map((node) => node.kill()));
    await Promise.all([toSouth, toNorth, ...gates].map((each) => each.close()));
    line.remove();
  }
});

async function flood({ heard }: Radio, port: number): Promise<void> {
  const socket = createSocket("udp4");
  const send = (bytes: Uint8Array) =>
    new Promise<void>((resolve) => socket.send(bytes, port, "127.0.0.1", () => resolve()));
  for (let i = 0; i < 3000; i++) {
    const genuine = heard[i % heard.length] as Buffer;
    const forged = Buffer.from(genuine);
    forged[i % forged.length] = (forged[i % forged.length] as number) ^ 0x5a;
    await send(i % 3 === 0 ? genuine : i % 3 === 1 ? forged : Buffer.alloc(i % 1400, i));
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}
