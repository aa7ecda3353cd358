/** What goes into an evidence file: one message with what was said about it, or whole logs with some entries open. */
import type { Suite } from "../../crypto/index.ts";
import { formatProof, type HashReader, inclusionProof, parseCheckpoint } from "../../log/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { LogOrigin, MessageHash, PartyId } from "../../wire/id.ts";
import type { SignedCharter } from "../terms/charter.ts";
import { type EvidenceRecord, MAX_LEAVES } from "./records.ts";
import type { SignedClosing } from "../terms/closing.ts";
import type { PartyRoster } from "../terms/pairing.ts";
import type { Receipt } from "../parcel/parcel.ts";
import { CHARTER_INDEX, FOUNDING_ROSTER_INDEX, type RosterHistory } from "../terms/roster.ts";

/** One log as its exporter holds it. */
export interface EvidenceLog {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  readonly size: number;
  readonly rosters: RosterHistory;
  /** Where its party's declarations stand. */
  readonly declarations: readonly number[];
  readonly read: HashReader;
  /** An entry's Merkle leaf bytes (its core). */
  leaf(index: number): Bytes;
  /** The key that opens the entry; null where this node cannot open it. */
  contentKey(index: number): Bytes | null;
  /** The signed note at exactly `size`. */
  checkpointAt(size: number): string;
  /** For each party its first receipt over the entry. */
  receiptsOver(index: number): readonly Receipt[];
  /** The newest receipts of each party, or all of them. */
  receipts(): Iterable<Receipt>;
}

export interface EvidenceSource {
  readonly charter: SignedCharter;
  readonly rosters: readonly PartyRoster[];
  /** In the order in which they were taken up. */
  readonly closings: readonly SignedClosing[];
  readonly logs: readonly EvidenceLog[];
}

/** Where an entry is. */
export interface EvidencePlace {
  readonly origin: LogOrigin;
  readonly index: number;
}

/**
 * The records for one message: its entry and those of the replies and notices about it, those of the charter, rosters and declarations,
 * each open and with proofs that bear the receipts. Entries that cannot be opened here are left out.
 */
export function* messageEvidence(
  suite: Suite,
  source: EvidenceSource,
  message: EvidencePlace & { readonly hash: MessageHash },
  about: readonly EvidencePlace[],
): Generator<EvidenceRecord> {
  yield* lineRecords(source, message.hash);
  for (const log of authorFirst(source.logs, message.origin)) {
    const shown = [message, ...about].filter(({ origin }) => origin === log.origin).map(({ index }) => index);
    // What a later generation declares may take away what was said in an earlier one.
    if (shown.length === 0 && log.declarations.length === 0) continue;
    const needed = [CHARTER_INDEX, ...log.rosters.map(({ index }) => index), ...log.declarations, ...shown];
    const indices = [...new Set(needed)].filter((index) => index < log.size).toSorted((a, b) => a - b);
    yield { type: "log", origin: log.origin, form: "proofs" };
    for (const index of indices) {
      const key = log.contentKey(index);
      if (key !== null)
        yield { type: "proven", index, core: log.leaf(index), key, proofs: proofsOf(suite, log, index) };
    }
  }
}

/** What replies refer to comes before them. */
function authorFirst(logs: readonly EvidenceLog[], author: LogOrigin): EvidenceLog[] {
  return logs.toSorted((a, b) => Number(b.origin === author) - Number(a.origin === author));
}

function* lineRecords(source: EvidenceSource, about: MessageHash | null): Generator<EvidenceRecord> {
  const { charter, rosters, closings } = source;
  yield { type: "line", about, charter, rosters };
  for (const closing of closings) yield { type: "closing", closing };
}

/** One proof for every checkpoint that a party's first receipt is over; under the newest where nobody has receipted. */
function proofsOf(suite: Suite, log: EvidenceLog, index: number): string[] {
  const held = bySize(log.receiptsOver(index)).filter(({ size }) => size <= log.size);
  const under = held.length > 0 ? held : [{ size: log.size, note: log.checkpointAt(log.size), lines: [] }];
  return under.map(({ size, note, lines }) => {
    const proof = inclusionProof(suite, size, index, log.read);
    return formatProof({ extra: null, index, proof, checkpointNote: [note, ...lines].join("") });
  });
}

interface ReceiptedSize {
  readonly size: number;
  readonly note: string;
  readonly lines: readonly string[];
}

function bySize(receipts: Iterable<Receipt>): ReceiptedSize[] {
  const sizes = new Map<number, { size: number; note: string; lines: string[] }>();
  for (const { checkpoint: note, line } of receipts) {
    const { size } = parseCheckpoint(note).checkpoint;
    const found = sizes.get(size);
    if (found === undefined) sizes.set(size, { size, note, lines: [line] });
    else found.lines.push(line);
  }
  return [...sizes.values()].toSorted((a, b) => a.size - b.size);
}

/**
 * The records for a period: every log from its beginning, entries for which `isShown` is true open where this node can
 * open them, the charter, rosters and declarations always, and of all others the hash.
 */
export function* periodEvidence(
  source: EvidenceSource,
  isShown: (place: EvidencePlace) => boolean,
): Generator<EvidenceRecord> {
  yield* lineRecords(source, null);
  for (const log of source.logs) {
    if (log.size > 0) yield* wholeLog(log, isShown);
  }
}

function* wholeLog(log: EvidenceLog, isShown: (place: EvidencePlace) => boolean): Generator<EvidenceRecord> {
  const { origin, size } = log;
  const later = [...log.rosters.map(({ index }) => index), ...log.declarations];
  const terms = new Set([CHARTER_INDEX, FOUNDING_ROSTER_INDEX, ...later]);
  const stops = bySize(log.receipts()).filter((each) => each.size <= size);
  if (stops.at(-1)?.size !== size) stops.push({ size, note: log.checkpointAt(size), lines: [] });
  yield { type: "log", origin, form: "whole" };
  let hashes: Bytes[] = [];
  let at = 0;
  for (const stop of stops) {
    for (; at < stop.size; at++) {
      const shown = terms.has(at) || isShown({ origin, index: at });
      if (!shown) hashes.push(log.read(0, at));
      if (hashes.length > 0 && (shown || hashes.length === MAX_LEAVES)) {
        yield { type: "leaves", hashes };
        hashes = [];
      }
      if (shown) yield { type: "entry", core: log.leaf(at), key: log.contentKey(at) };
    }
    if (hashes.length > 0) yield { type: "leaves", hashes };
    hashes = [];
    yield { type: "checkpoint", note: stop.note, receipts: stop.lines };
  }
}
