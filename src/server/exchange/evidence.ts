/** Evidence out of this node's store, in pieces, so that an export of any size is never held whole. */
import {
  type EvidenceLog,
  type EvidencePlace,
  type EvidenceSource,
  messageEvidence,
  periodEvidence,
  type Receipt,
  writeEvidence,
} from "../../line/index.ts";
import { contentKeyOf, decodeEntry } from "../../message/index.ts";
import type { EntryRecord, ReceiptRecord, StoredMessage } from "../../store/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { concat } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LogOrigin, type MessageHash, parseLogOrigin, type PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import { heldState } from "../messages/held.ts";
import { isOverHeld, receiptsOver } from "./receipts.ts";
import { storedMessage } from "../messages/view.ts";
import type { Node } from "../node.ts";
import { sealingFor } from "../own-keys.ts";
import type { Cosignature } from "../witness/cosignatures.ts";

const PIECE_BYTES = 65_536;
/** Of receipts and cosignatures together, in one record (spec/evidence.md). */
const MAX_LINES = 16;

/** The evidence of one message, with what was said about it. @throws not-found, message-not-in-log */
export function evidenceOf(node: Node, hash: MessageHash): ReadableStream<Bytes> {
  const message = storedMessage(node, hash);
  requireInLog(node, message);
  const { origin, index } = message;
  const records = messageEvidence(node.suite, sourceOf(node), { origin, index, hash }, placesAbout(node, hash));
  return streamed(writeEvidence(node.suite, records));
}

/** What came over a narrow link ahead of its log has no place in a tree yet, or the log has another entry in its place. */
function requireInLog({ store }: Node, message: StoredMessage): void {
  if (message.fault !== null) return;
  const held = heldState(store, message);
  if (held === null) return;
  throw serverError(
    "message-not-in-log",
    held === "differs"
      ? "The log has come and holds another entry in this message's place: of this message there is no evidence."
      : "This message came over a narrow link ahead of its log: there is no evidence of it before the log is here.",
  );
}

/** Every log, with the entries open that this node held from `from` to `to`, both included; null is unbounded. */
export function evidenceOfPeriod(node: Node, from: number | null, to: number | null): ReadableStream<Bytes> {
  const isShown = ({ origin, index }: EvidencePlace): boolean => {
    const at = node.store.entry(origin, index)?.storedAt ?? 0;
    return at >= (from ?? -Infinity) && at <= (to ?? Infinity);
  };
  return streamed(writeEvidence(node.suite, periodEvidence(sourceOf(node), isShown)));
}

/** Replies, replies to these, replies to its list, and the notices that name it. */
function placesAbout({ book, store }: Node, hash: MessageHash): EvidencePlace[] {
  const target = book.get(hash);
  if (target === null) return [];
  const found = new Set<MessageHash>([hash]);
  for (const each of found) for (const reply of book.repliesTo(each)) found.add(reply.hash);
  // A reply to the whole list names one member of it, without which nobody can tell what it is about.
  for (const each of book.repliesTo(hash)) if (each.re !== null) found.add(each.re.message);
  found.delete(hash);
  const replies = [...found].flatMap((each) => book.get(each) ?? []).map(({ origin, index }) => ({ origin, index }));
  const openings = store.openingsOf(target.origin, target.index);
  return [...replies, ...openings.map(({ notice, noticeIn }) => ({ origin: noticeIn, index: notice }))];
}

function sourceOf(node: Node): EvidenceSource {
  const { state, store } = node;
  const rosters = [...state.foundingRosters].map(([party, signed]) => ({ party, ...signed }));
  return {
    charter: state.signedCharter,
    rosters,
    closings: state.closings().map(({ signed }) => signed),
    logs: store.logs().map(({ origin, party, size }) => evidenceLog(node, origin, party, size)),
  };
}

/** As it is now: what is appended meanwhile is not in the export. */
function evidenceLog(node: Node, origin: LogOrigin, party: PartyId, size: number): EvidenceLog {
  const { state, store, suite, witnessing } = node;
  const receipt = ({ size: at, line }: ReceiptRecord): Receipt[] => {
    const checkpoint = store.checkpointAt(origin, at);
    return checkpoint === null ? [] : [{ checkpoint: checkpoint.note, line }];
  };
  const cosigned = ({ witness, size: at, line }: Cosignature): Receipt[] => {
    const checkpoint = store.checkpointAt(origin, at);
    const known = checkpoint !== null && at <= size && state.charter.witnesses.includes(witness);
    return known ? [{ checkpoint: checkpoint.note, line }] : [];
  };
  const { cosignatures } = witnessing;
  const { keys, self } = state;
  return {
    origin,
    party,
    size,
    rosters: state.historyOf(origin),
    declarations: state
      .declarations(party)
      .filter(({ place }) => place.generation === parseLogOrigin(origin).generation)
      .map(({ place }) => place.index),
    read: store.hashReader(origin),
    leaf: (index) => decodeEntry(entryAt(store.entry(origin, index)).bytes).core,
    contentKey: (index) => {
      const entry = entryAt(store.entry(origin, index));
      try {
        const sealed = decodeEntry(entry.bytes);
        const opener =
          party === self
            ? { archiveKey: keys.archive }
            : sealingFor(
                keys.sealing(),
                sealed.shares.map(({ kid }) => kid),
              );
        return contentKeyOf(suite, sealed, { origin, index }, opener);
      } catch (error) {
        if (isParleyError(error)) return null;
        throw error;
      }
    },
    checkpointAt: (at) => store.checkpointAt(origin, at)?.note ?? missing(`checkpoint of ${origin} at ${at}`),
    receiptsOver: (index) => {
      const lines = receiptsOver(node, origin, index).flatMap(receipt);
      return [...lines, ...(cosignatures?.over(origin, index) ?? []).flatMap(cosigned)].slice(0, MAX_LINES);
    },
    receipts: () => {
      const held = store.newestReceipts(origin).filter((each) => isOverHeld(node, origin, each.size));
      const lines = held.flatMap(receipt);
      return [...lines, ...(cosignatures?.newestOf(origin) ?? []).flatMap(cosigned)].slice(0, MAX_LINES);
    },
  };
}

function entryAt(entry: EntryRecord | null): EntryRecord {
  return entry ?? missing("entry");
}

function missing(what: string): never {
  throw new Error(`the store lacks the ${what}`);
}

/** Gives others their turn between two pieces, and stops where the reader has gone. */
function streamed(pieces: Generator<Bytes>): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>(
    {
      pull: (controller) => {
        const parts: Bytes[] = [];
        for (let size = 0; size < PIECE_BYTES;) {
          const next = pieces.next();
          if (next.done === true) {
            if (parts.length > 0) controller.enqueue(concat(...parts));
            controller.close();
            return;
          }
          parts.push(next.value);
          size += next.value.length;
        }
        controller.enqueue(concat(...parts));
      },
      cancel: () => void pieces.return(undefined),
    },
    { highWaterMark: 1 },
  );
}
