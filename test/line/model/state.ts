/** The whole of a small line at one moment: disks, what each running node has in memory, and every parcel ever sent. */
import { beginRestore, isSettled, type Restore } from "../../../src/line/index.ts";
import type { PartyId } from "../../../src/wire/id.ts";
import { type Disk, emptyDisk, type Volatile } from "./disk.ts";

/** What a peer said last: what it holds, and what it asks. */
export interface Last {
  readonly have: readonly (readonly [party: string, size: number, term: number | null])[];
  readonly ask: string;
}

export interface NodeState {
  readonly disk: Disk;
  /** An earlier disk, to be restored from. */
  readonly backup: Disk | null;
  /** Starts, and rounds after a restore: what was asked in an earlier one is not asked any more. */
  readonly run: number;
  readonly restore: Restore | null;
  readonly forgotten: readonly string[];
  readonly last: Readonly<Record<string, Last>>;
}

/** How much may still go wrong, or be said. */
export interface Budget {
  readonly append: Readonly<Record<string, number>>;
  readonly crash: number;
  readonly restore: Readonly<Record<string, number>>;
}

export interface State {
  readonly nodes: Readonly<Record<string, NodeState>>;
  /** Parcels on their way, for ever: any may come at any time, again and again, or never. Ascending. */
  readonly net: readonly number[];
  /** How many things each party ever said: no two of them are the same letter, though one may take another's place. */
  readonly said: Readonly<Record<string, number>>;
  readonly left: Budget;
}

export function start(parties: readonly PartyId[], left: Budget): State {
  const node = (): NodeState => ({
    disk: emptyDisk(parties),
    backup: null,
    run: 0,
    restore: null,
    forgotten: [],
    last: {},
  });
  return {
    nodes: Object.fromEntries(parties.map((id) => [id, node()])),
    net: [],
    said: Object.fromEntries(parties.map((id) => [id, 0])),
    left,
  };
}

export function volatileOf({ run, restore, forgotten }: NodeState): Volatile {
  return { run, forgotten, settled: restore === null || isSettled(restore) };
}

/** A node that starts: its memory is empty, and the mark of a restore counts again. */
export function started(node: NodeState, others: readonly PartyId[], self: string): NodeState {
  const { mark, terms } = node.disk;
  return {
    ...node,
    run: node.run + 1,
    restore: mark ? beginRestore(others, terms[self] ?? 0) : null,
    forgotten: mark ? others : [],
    last: {},
  };
}

const numbers = new WeakMap<NodeState, number>();
const byText = new Map<string, number>();

/** Equal states have the same key. A node's own state is written out once for each object that holds it. */
export function keyOf({ nodes, net, said, left }: State): string {
  return JSON.stringify([Object.values(nodes).map(numberOf), net, said, left]);
}

export function isSame(one: NodeState, other: NodeState): boolean {
  return numberOf(one) === numberOf(other);
}

function numberOf(node: NodeState): number {
  const known = numbers.get(node);
  if (known !== undefined) return known;
  const text = JSON.stringify(node, (_, value: unknown) =>
    value instanceof Map ? Object.fromEntries([...value].toSorted(([x], [y]) => (x < y ? -1 : 1))) : value,
  );
  const number = byText.get(text) ?? byText.size;
  byText.set(text, number);
  numbers.set(node, number);
  return number;
}
