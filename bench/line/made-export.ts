/**
 * An export as a node of a busy line makes it, without the node: each message with both officers' signatures, a
 * checkpoint and the other side's receipt for every parcel, the other side's notice of every parcel that it opened, and
 * this side's receipt over each of those.
 */
import { closeSync, createWriteStream, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { evidenceReader, type EvidenceRecord, logKeyFor, rosterAt, writeEvidence } from "../../src/line/index.ts";
import {
  appendLeaf,
  cosign,
  emptyFrontier,
  leafHash,
  receiptKeyName,
  rootOf,
  signCheckpoint,
} from "../../src/log/index.ts";
import { contentKeyOf, type OpenEntry, sealEntry, signNotice } from "../../src/message/index.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import { makeLine, type MadeLine, PARTIES } from "../../test/support/line.ts";
import { keepLine, readLine } from "../kept-line.ts";
import { released } from "./made.ts";

type Say = (text: string) => void;

/** Another number where what is kept would no longer be what is made. */
const VERSION = 1;
/** Entries of a parcel where nodes call each other: it ends at a checkpoint, over which the receipt is. */
const PARCEL = 256;
const PIECE = 1 << 20;

export interface MadeExport {
  readonly line: MadeLine;
  /** Every entry open. */
  readonly whole: string;
  /** The same, and of every message and notice only the hash. */
  readonly tree: string;
}

/** Of a line on which one side told so many messages. */
export async function madeExport(messages: number, say: Say): Promise<MadeExport> {
  const dir = await keepLine(`export-${VERSION}-${messages}`, (at) => make(at, messages, say));
  return { line: readLine(dir), ...filesIn(dir) };
}

function filesIn(dir: string): { readonly whole: string; readonly tree: string } {
  return { whole: join(dir, "whole.evidence"), tree: join(dir, "tree.evidence") };
}

async function make(dir: string, messages: number, say: Say): Promise<MadeLine> {
  say(`making an export of ${messages} messages (once)`);
  const line = await makeLine({ dir, parties: PARTIES.slice(0, 2) });
  const { whole, tree } = filesIn(dir);
  const logger = { info: none, warn: none, error: none };
  const northern = openNode(line.party("northern").dir, { logger });
  const southern = openNode(line.party("southern").dir, { logger });
  try {
    await write(whole, exported(line, { northern, southern }, messages, say));
  } finally {
    await northern.close();
    await southern.close();
  }
  await write(tree, closed(whole));
  return line;
}

const none = (): void => undefined;

async function write(path: string, records: Iterable<EvidenceRecord>): Promise<void> {
  await pipeline(Readable.from(writeEvidence(suite, records)), createWriteStream(path));
}

interface Sides {
  readonly northern: OpenNode;
  readonly southern: OpenNode;
}

function* exported(line: MadeLine, sides: Sides, messages: number, say: Say): Generator<EvidenceRecord> {
  const { northern, southern } = sides;
  const { signedCharter: charter, foundingRosters } = northern.state;
  const rosters = [...foundingRosters].map(([party, signed]) => ({ party, ...signed }));
  yield { type: "line", about: null, charter, rosters };
  const told = function* (): Generator<OpenEntry> {
    for (let i = 0; i < messages; i++) {
      if (i % 20_000 === 0) say(`made ${i} of ${messages}`);
      yield { type: "message", message: released(northern, line.party("northern"), i).released.signed };
    }
  };
  const parcels = Math.ceil(messages / PARCEL);
  const opened = function* (): Generator<OpenEntry> {
    for (let i = 0; i < parcels; i++) yield openedNotice(sides, i, messages);
  };
  yield* wholeLog(northern, southern, told(), PARCEL);
  // A notice goes out as soon as it is made.
  yield* wholeLog(southern, northern, opened(), 1);
}

/** Of the author's log: its charter and roster, and what it said, in parcels over which the other gives a receipt. */
function* wholeLog(
  { state }: OpenNode,
  other: OpenNode,
  said: Iterable<OpenEntry>,
  parcel: number,
): Generator<EvidenceRecord> {
  const { origin, keys, self } = state;
  let frontier = emptyFrontier();
  const entry = (content: OpenEntry): EvidenceRecord => {
    const place = { origin, index: frontier.size };
    const recipients = [{ sealingKey: state.roster(other.state.self).node.sealing }];
    const sealed = sealEntry(suite, content, { ...place, recipients, archiveKey: keys.archive });
    frontier = appendLeaf(suite, frontier, leafHash(suite, sealed.core)).frontier;
    return { type: "entry", core: sealed.core, key: contentKeyOf(suite, sealed, place, { archiveKey: keys.archive }) };
  };
  const checkpoint = (): EvidenceRecord => {
    const tree = { origin, size: frontier.size, root: rootOf(suite, frontier) };
    const seed = keys.seed("log", logKeyFor(state.historyOf(origin), tree.size));
    const note = signCheckpoint(suite, tree, { name: origin, seed });
    const { keys: theirs, origin: own, self: by } = other.state;
    const key = { name: receiptKeyName(own), seed: theirs.seed("receipt", other.state.roster(by).node.receipt) };
    return { type: "checkpoint", note, receipts: [cosign(suite, tree, key, Math.floor(other.now() / 1000))] };
  };
  yield { type: "log", origin, form: "whole" };
  yield entry({ type: "charter", ...state.signedCharter });
  yield entry({ type: "roster", ...(state.foundingRosters.get(self) as { bytes: Uint8Array; signature: Uint8Array }) });
  yield checkpoint();
  let since = 0;
  for (const content of said) {
    yield entry(content);
    since = (since + 1) % parcel;
    if (since === 0) yield checkpoint();
  }
  if (since > 0) yield checkpoint();
}

/** The other side opened the messages of a parcel. */
function openedNotice({ northern, southern }: Sides, parcel: number, messages: number): OpenEntry {
  const { line, self, charter, keys } = southern.state;
  const first = 2 + parcel * PARCEL;
  const range = { origin: northern.state.origin, from: first, to: Math.min(first + PARCEL, 2 + messages) };
  const items = [{ code: "opened" as const, ...range }];
  const seed = keys.seed("parcel", rosterAt(southern.state.history(self), 2 + parcel).node.parcel);
  return {
    type: "notice",
    ...signNotice(suite, { line, from: self, at: southern.now(), exercise: charter.exercise, items }, seed),
  };
}

/** The records of an export, and of each entry but a log's first two only the hash. */
function* closed(path: string): Generator<EvidenceRecord> {
  let found: EvidenceRecord[] = [];
  const reader = evidenceReader(suite, (record) => void found.push(record));
  const file = openSync(path, "r");
  const piece = new Uint8Array(PIECE);
  let index = 0;
  let hashes: Uint8Array[] = [];
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      reader.push(piece.subarray(0, read));
      for (const record of found) {
        if (record.type === "log") index = 0;
        if (record.type === "entry" && ++index > 2) hashes.push(leafHash(suite, record.core));
        else {
          if (hashes.length > 0) yield { type: "leaves", hashes };
          hashes = [];
          yield record;
        }
      }
      found = [];
    }
    reader.end();
  } finally {
    closeSync(file);
  }
}
