/** A log as the tests of a store fill it. */
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { appendLeaf, type Frontier, leafHash, type SubtreeHash } from "../../src/log/index.ts";
import type { LineWrite, StoreIdentity } from "../../src/store/index.ts";
import { type Bytes, utf8 } from "../../src/wire/bytes.ts";
import { logOrigin, parseLineId, parsePartyId } from "../../src/wire/id.ts";

export const LINE = parseLineId("ab".repeat(32));
export const NORTH = parsePartyId("northern");
export const SOUTH = parsePartyId("southern");
export const IDENTITY: StoreIdentity = { line: LINE, party: NORTH };
export const ORIGIN = logOrigin(LINE, NORTH, 0);
export const NOW = 1_795_000_000_000;

/** `count` entries from the frontier's size on. */
export function growth(
  frontier: Frontier,
  count: number,
): { entries: Bytes[]; nodes: SubtreeHash[]; frontier: Frontier } {
  const entries = Array.from({ length: count }, (_, i) => utf8(`entry ${frontier.size + i}`));
  const nodes: SubtreeHash[] = [];
  let grown = frontier;
  for (const entry of entries) {
    const step = appendLeaf(suite, grown, leafHash(suite, entry));
    grown = step.frontier;
    nodes.push(...step.completed);
  }
  return { entries, nodes, frontier: grown };
}

export const openLog: LineWrite = { write: "log", origin: ORIGIN, party: NORTH, generation: 0 };

export function appendOf(frontier: Frontier, count: number): LineWrite {
  const { entries, nodes } = growth(frontier, count);
  return { write: "append", origin: ORIGIN, expect: frontier.size, entries, nodes, at: NOW, carrier: null };
}
