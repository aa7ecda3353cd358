/**
 * What a node of the model has on its disk, as plain data: a log is a word, one letter an entry. The code under test
 * never sees words: `viewOf` gives it real entries, roots and signed notes, each made once.
 */
import type { LineView, LogReader, LogView } from "../../../src/line/index.ts";
import {
  appendLeaf,
  cosign,
  emptyFrontier,
  leafHash,
  parseCheckpoint,
  receiptKeyName,
  rootOf,
  signCheckpoint,
} from "../../../src/log/index.ts";
import { encodeEntry, sealEntry } from "../../../src/message/index.ts";
import { type Bytes, toHex, utf8 } from "../../../src/wire/bytes.ts";
import type { LogOrigin, PartyId } from "../../../src/wire/id.ts";
import { AT, type Node, suite, textOn, type World } from "../world.ts";

export interface DiskLog {
  /** The entries held, a letter each. */
  readonly word: string;
  /** Of every checkpoint that is kept, the word that it is over; one a size. */
  readonly notes: readonly string[];
  readonly split: boolean;
}

export interface Disk {
  readonly logs: Readonly<Record<string, DiskLog>>;
  /** "party log word": the newest of each party on each log. */
  readonly receipts: readonly string[];
  readonly terms: Readonly<Record<string, number>>;
  /** The file that a restore leaves. */
  readonly mark: boolean;
}

export function emptyDisk(parties: readonly string[]): Disk {
  return {
    logs: Object.fromEntries(parties.map((id) => [id, { word: "", notes: [], split: false }])),
    receipts: [],
    terms: Object.fromEntries(parties.map((id) => [id, 0])),
    mark: false,
  };
}

interface Tree {
  readonly note: string;
  readonly nodes: ReadonlyMap<string, Bytes>;
}

/** Everything real that the words stand for. */
export class Real {
  readonly world: World;
  readonly parties: readonly PartyId[];
  readonly #entries = new Map<string, Bytes>();
  readonly #leaves = new Map<string, Bytes>();
  readonly #trees = new Map<string, Tree>();
  readonly #words = new Map<string, string>();
  readonly #receipts = new Map<string, string>();
  readonly #asks = new Map<string, string>();

  constructor(world: World, count: 2 | 3) {
    this.world = world;
    this.parties = world.nodes.slice(0, count).map(({ side }) => side.id);
  }

  node(party: string): Node {
    return this.world.nodes.find(({ side }) => side.id === party) as Node;
  }

  origin(party: string): LogOrigin {
    return this.node(party).origin;
  }

  partyOf(origin: LogOrigin): PartyId {
    return this.parties.find((party) => this.origin(party) === origin) as PartyId;
  }

  entry(party: string, letter: string): Bytes {
    const key = `${party} ${letter}`;
    const made = this.#entries.get(key);
    if (made !== undefined) return made;
    const node = this.node(party);
    const content = { type: "notice", bytes: utf8(textOn(node, letter).id), signature: new Uint8Array(64) } as const;
    const place = { origin: node.origin, index: 0, recipients: [], archiveKey: node.seeds.archive };
    const sealed = sealEntry(suite, content, place);
    const bytes = encodeEntry(sealed);
    this.#entries.set(key, bytes);
    this.#leaves.set(key, leafHash(suite, sealed.core));
    return bytes;
  }

  letterOf(party: string, bytes: Bytes): string {
    const found = [...this.#entries].find(([key, entry]) => key.startsWith(`${party} `) && entry === bytes);
    if (found === undefined) throw new Error("an entry that nobody made");
    return found[0].slice(-1);
  }

  tree(party: string, word: string): Tree {
    const key = `${party} ${word}`;
    const made = this.#trees.get(key);
    if (made !== undefined) return made;
    const nodes = new Map<string, Bytes>();
    let frontier = emptyFrontier();
    for (const letter of word) {
      this.entry(party, letter);
      const step = appendLeaf(suite, frontier, this.#leaves.get(`${party} ${letter}`) as Bytes);
      for (const { level, index, hash } of step.completed) nodes.set(`${level}/${index}`, hash);
      frontier = step.frontier;
    }
    const origin = this.origin(party);
    const checkpoint = { origin, size: word.length, root: rootOf(suite, frontier) };
    const note = signCheckpoint(suite, checkpoint, { name: origin, seed: this.node(party).seeds.log });
    const tree = { note, nodes };
    this.#trees.set(key, tree);
    this.#words.set(note, word);
    return tree;
  }

  wordOf(note: string): string {
    const word = this.#words.get(note);
    if (word === undefined) throw new Error("a note that nobody signed");
    return word;
  }

  /** The receipt of `holder` over `word` of a log: signed once, so that a state is the same however it came about. */
  receipt(holder: string, party: string, word: string): string {
    const key = `${holder} ${party} ${word}`;
    const made = this.#receipts.get(key);
    if (made !== undefined) return made;
    const { checkpoint } = parseCheckpoint(this.tree(party, word).note);
    const node = this.node(holder);
    const by = { name: receiptKeyName(node.origin), seed: node.seeds.receipt };
    const line = cosign(suite, checkpoint, by, AT / 1000);
    this.#receipts.set(key, line);
    return line;
  }

  /** What the `number`th run of a node asks: it asks the same all the time, so an answer is as old as its run. */
  ask(party: string, number: number): string {
    const key = `${party} ${number}`;
    const ask = this.#asks.get(key) ?? toHex(suite.randomBytes(16));
    this.#asks.set(key, ask);
    return ask;
  }
}

export interface Volatile {
  readonly run: number;
  readonly settled: boolean;
  readonly forgotten: readonly string[];
}

export function viewOf(real: Real, self: string, disk: Disk, { settled, forgotten }: Volatile): LineView {
  const logs = real.parties.map((party): [LogOrigin, LogView] => [real.origin(party), logView(real, party, disk)]);
  const receipts = disk.receipts.map((key) => {
    const [holder, party, word] = key.split(" ") as [string, string, string];
    return {
      origin: real.origin(party),
      party: holder as PartyId,
      size: word.length,
      at: AT,
      checkpoint: real.tree(party, word).note,
      line: real.receipt(holder, party, word),
    };
  });
  const terms = real.parties.map((party): [PartyId, number | null] => [
    party,
    forgotten.includes(party) ? null : (disk.terms[party] ?? 0),
  ]);
  const { line } = real.node(self);
  return {
    line,
    self: self as PartyId,
    logs: new Map(logs),
    closings: [],
    receipts,
    terms: new Map(terms),
    settled,
  };
}

function logView(real: Real, party: string, disk: Disk): LogView {
  const { word, notes, split } = disk.logs[party] as DiskLog;
  const { nodes } = real.tree(party, word);
  const newest = notes.at(-1);
  const node = real.node(party);
  return {
    origin: real.origin(party),
    party: node.side.id,
    size: word.length,
    checkpoint: word === "" ? null : real.tree(party, word).note,
    head: newest !== undefined && newest.length > word.length ? real.tree(party, newest).note : null,
    heard: (from, to) =>
      notes.filter(({ length }) => length > from && length <= to).map((each) => real.tree(party, each).note),
    rosters: node.log().rosters,
    closedAt: null,
    split,
    read: (level, index) => {
      const hash = nodes.get(`${level}/${index}`);
      if (hash === undefined) throw new Error("no such subtree");
      return hash;
    },
  };
}

export function readerOf(real: Real, disk: Disk): LogReader {
  const logOf = (origin: LogOrigin) => ({
    party: real.partyOf(origin),
    ...(disk.logs[real.partyOf(origin)] as DiskLog),
  });
  return {
    entries: (origin, from, count) => {
      const { party, word } = logOf(origin);
      return Array.from(word.slice(from, from + count), (letter) => real.entry(party, letter));
    },
    checkpointUpTo: (origin, from, to) => {
      const { party, word, notes } = logOf(origin);
      const held = notes.filter((note) => note.length > from && note.length <= to && word.startsWith(note)).at(-1);
      return held === undefined ? null : real.tree(party, held).note;
    },
  };
}
