import type { Declarations, LogView, RosterHistory, SplitRecord } from "../../src/line/index.ts";
import { emptyFrontier, type Frontier, parseCheckpoint, type SubtreeHash } from "../../src/log/index.ts";
import type { Bytes } from "../../src/wire/bytes.ts";
import type { LogOrigin, PartyId } from "../../src/wire/id.ts";

/** One log as a node has it on disk. */
export class HeldLog {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  readonly entries: Bytes[] = [];
  readonly nodes = new Map<string, Bytes>();
  readonly checkpoints = new Map<number, string>();
  declared: Declarations = [];
  rosters: RosterHistory;
  frontier: Frontier = emptyFrontier();
  head: string | null = null;
  split: SplitRecord | null = null;
  closedAt: number | null = null;

  constructor(origin: LogOrigin, party: PartyId, rosters: RosterHistory) {
    this.origin = origin;
    this.party = party;
    this.rosters = rosters;
  }

  get declarations(): number[] {
    return this.declared.map(({ place }) => place.index);
  }

  get size(): number {
    return this.entries.length;
  }

  /** A read of what is not there is a fault of the caller. */
  read = (level: number, index: number): Bytes => {
    const hash = this.nodes.get(`${level}/${index}`);
    if (hash === undefined) throw new Error(`no subtree ${level}/${index} of ${this.origin}`);
    return hash;
  };

  append(entries: readonly Bytes[], subtrees: readonly SubtreeHash[]): void {
    this.entries.push(...entries);
    for (const { level, index, hash } of subtrees) this.nodes.set(`${level}/${index}`, hash);
  }

  view(): LogView {
    const { origin, party, size, head, rosters, read } = this;
    const checkpoint = this.checkpoints.get(size) ?? null;
    const heard = (from: number, to: number): string[] => {
      const beyond = head === null ? 0 : parseCheckpoint(head).checkpoint.size;
      return head !== null && beyond > from && beyond <= to ? [head] : [];
    };
    const { closedAt } = this;
    return { origin, party, size, checkpoint, head, heard, rosters, closedAt, split: this.split !== null, read };
  }
}
