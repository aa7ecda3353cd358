/**
 * One suite for every carrier: whatever it loses, repeats, turns round, cuts or brings late, each message arrives once,
 * in its place, and both sides come to know it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunningNode } from "../../src/server/index.ts";
import type { Carrier } from "../../src/server/carriers/carrier.ts";
import { serverError } from "../../src/server/errors.ts";
import type { Bytes } from "../../src/wire/bytes.ts";
import type { MadeLine } from "../support/line.ts";
import { desk, rungAt, until } from "../support/nodes.ts";

/** What becomes of the `n`th parcel, from 0: the bytes that go on, in their order; none where it is lost. */
export type Fault = (sealed: Bytes, n: number) => Promise<readonly Bytes[]> | readonly Bytes[];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function altered(sealed: Bytes): Bytes {
  const at = sealed.length - 50;
  return sealed.with(at, (sealed[at] as number) ^ 1);
}

function turnedRound(): Fault {
  let kept: Bytes | null = null;
  return (sealed) => {
    const before = kept;
    kept = before === null ? sealed : null;
    return before === null ? [] : [sealed, before];
  };
}

export const FAULTS: Readonly<Record<string, () => Fault>> = {
  nothing: () => (sealed) => [sealed],
  loss: () => (sealed, n) => (n % 2 === 0 ? [] : [sealed]),
  repetition: () => (sealed) => [sealed, sealed],
  "the wrong order": turnedRound,
  "a cut": () => (sealed, n) => (n % 2 === 0 ? [sealed.slice(0, sealed.length - 100 - n)] : [sealed]),
  "an altered byte": () => (sealed, n) => (n % 2 === 0 ? [altered(sealed)] : [sealed]),
  lateness: () => async (sealed, n) => {
    await wait(n % 3 === 0 ? 700 : 10);
    return [sealed];
  },
  "lateness and repetition": () => async (sealed) => {
    await wait(200);
    return [sealed, sealed];
  },
};

/** The carrier with `fault` on everything that it carries. */
export function faulty(carrier: Carrier, fault: Fault): Carrier {
  let n = 0;
  return {
    ...carrier,
    carry: async (peer, sealed, signal) => {
      const parts = await fault(sealed, n++);
      let answer: Bytes | null | undefined;
      for (const part of parts) answer = await carrier.carry(peer, part, signal);
      if (answer !== undefined) return answer;
      // Nobody says that it was lost where nobody answers.
      if (carrier.name === "direct") throw serverError("peer-timeout", "It was lost.");
      return null;
    },
  };
}

export interface Opened {
  readonly line: MadeLine;
  readonly nodes: readonly RunningNode[];
  readonly close: () => Promise<void>;
}

const text = (words: string) => ({ items: [{ kind: "text", subject: "Words", body: { words } }] }) as never;

export function carrierSuite(name: string, open: (fault: () => Fault) => Promise<Opened>): void {
  for (const [what, fault] of Object.entries(FAULTS)) {
    test(`${name}: with ${what}, each message arrives once and both sides know it`, { timeout: 120_000 }, async () => {
      const { line, close } = await open(fault);
      try {
        await bothWays(line);
      } finally {
        await close();
      }
    });
  }
}

async function bothWays(line: MadeLine): Promise<void> {
  const [north, south] = [desk(line.party("northern")), desk(line.party("southern"))];
  const told: string[][] = [[], []];
  for (const i of [1, 2]) {
    told[0]?.push(...(await north.tell(text(`north ${i}`))));
    told[1]?.push(...(await south.tell(text(`south ${i}`))));
    await wait(150);
  }
  const [mine, theirs] = [await north.as("watch-1"), await south.as("watch-1")];
  for (const [client, hashes, peer] of [
    [mine, told[0], "southern"],
    [theirs, told[1], "northern"],
  ] as const) {
    for (const hash of hashes as string[]) {
      const opened = async () => rungAt(await client.message({ params: { hash } }), peer, "opened") !== null;
      await until(`${peer} opens ${hash.slice(0, 8)}`, opened, 90_000);
    }
  }
  const all = told.flat().toSorted();
  for (const client of [mine, theirs]) {
    const { messages } = await client.messages();
    assert.deepEqual(messages.map(({ hash }) => hash as string).toSorted(), all, "each once, and nothing else");
    const status = await client.status();
    assert.ok(status.peers.every(({ split }) => !split));
  }
}
