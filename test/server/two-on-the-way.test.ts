/** A backlog goes over with two parcels on their way: whatever becomes of the first, nothing is lost and nothing is out of place. */
import assert from "node:assert/strict";
import { createServer, request as ask } from "node:http";
import { test } from "node:test";
import { startNode } from "../../src/server/start.ts";
import { sayBefore } from "../support/backlog.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

const quiet = { logger: { info: () => undefined, warn: () => undefined, error: () => undefined } };
/** Five parcels and more. */
const MESSAGES = 1400;
/** What holds entries is larger than that. */
const LARGE = 100_000;

/** Nothing comes by the charter's timer. */
const NEVER_S = 3600;

/** What is done with a large parcel: `pass` sends it on and resolves when its answer has come, `back` hands that over. */
type Road = (parcel: Parcel) => Promise<void>;

interface Parcel {
  readonly number: number;
  readonly pass: () => Promise<void>;
  readonly back: () => void;
  readonly lose: () => void;
}

/** A door before the southern one, through which the parcels of a backlog come. */
async function onTheRoad(road: Road, check: (most: number) => void): Promise<void> {
  let [number, under, most] = [0, 0, 0];
  const front = (id: string, port: number): Promise<number> => {
    if (id !== "southern") return Promise.resolve(port);
    const door = createServer((incoming, outgoing) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => {
        const body = Buffer.concat(parts);
        let answer: { readonly status: number; readonly bytes: Buffer } = { status: 502, bytes: Buffer.alloc(0) };
        const pass = () =>
          new Promise<void>((resolve, reject) => {
            const { method, headers, url } = incoming;
            const on = ask({ host: "127.0.0.1", port, path: url, method, headers }, (reply) => {
              const said: Buffer[] = [];
              reply.on("data", (part: Buffer) => said.push(part));
              reply.on("end", () => {
                answer = { status: reply.statusCode ?? 502, bytes: Buffer.concat(said) };
                resolve();
              });
            });
            on.on("error", reject);
            on.end(body);
          });
        const back = () => void outgoing.writeHead(answer.status).end(answer.bytes);
        const lose = () => void outgoing.destroy();
        if (body.length < LARGE) return void pass().then(back, lose);
        most = Math.max(most, ++under);
        outgoing.on("close", () => (under -= 1));
        road({ number: number++, pass, back, lose }).catch(lose);
      });
    });
    door.unref();
    return new Promise((resolve) => {
      door.listen(0, "127.0.0.1", () => resolve((door.address() as { port: number }).port));
    });
  };
  const line = await makeLine({ parties: PARTIES.slice(0, 2), front, terms: { exchange_interval_s: NEVER_S } });
  const party = line.party("northern");
  await sayBefore(party, MESSAGES);
  const south = await startNode(line.party("southern").dir, quiet);
  const north = await startNode(party.dir, quiet);
  try {
    const watch = await desk(line.party("southern")).as("watch-1");
    const total = async () => (await watch.search({ query: { limit: 1 } })).total;
    await until("every message", async () => (await total()) === MESSAGES, 120_000);
    const status = await (await desk(party).as("watch-1")).status();
    assert.equal(status.peers[0]?.split, false);
    assert.equal((await watch.status()).counts.unopened, 0);
    check(most);
  } finally {
    await Promise.all([north.stop(), south.stop()]);
    line.remove();
  }
}

test("the next parcel leaves before the last is answered, and no third one with them", async () => {
  const second = Promise.withResolvers<void>();
  const first: Road = async ({ number, pass, back }) => {
    if (number === 1) second.resolve();
    await pass();
    // It would wait for ever for one that leaves after the answer.
    if (number === 0) await second.promise;
    back();
  };
  await onTheRoad(first, (most) => assert.equal(most, 2));
});

test("the first of two is lost: the second has no place, and all of it comes all the same", async () => {
  const lost = Promise.withResolvers<void>();
  const losing: Road = async ({ number, pass, back, lose }) => {
    if (number === 1) {
      await lost.promise;
      return lose();
    }
    if (number === 2) {
      await pass();
      lost.resolve();
      return back();
    }
    await pass();
    back();
  };
  await onTheRoad(losing, (most) => assert.equal(most, 2));
});

test("the second overtakes the first: both are answered, and all of it comes all the same", async () => {
  const overtaken = Promise.withResolvers<void>();
  const overtaking: Road = async ({ number, pass, back }) => {
    if (number === 1) await overtaken.promise;
    await pass();
    if (number === 2) overtaken.resolve();
    back();
  };
  await onTheRoad(overtaking, (most) => assert.equal(most, 2));
});

test("the answer to the first does not come back: it is not sent for ever, and all of it comes", async () => {
  const losing: Road = async ({ number, pass, back, lose }) => {
    await pass();
    if (number === 1) lose();
    else back();
  };
  await onTheRoad(losing, (most) => assert.ok(most <= 2, `${most} on their way`));
});
