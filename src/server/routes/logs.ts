import { apiError, type GivenReplyOf } from "../../api/index.ts";
import { newest } from "../../line/index.ts";
import {
  emptyFrontier,
  entryBundle,
  formatPolicy,
  hasTile,
  parseTilePath,
  receiptKeyName,
  rootOf,
  tileBytes,
} from "../../log/index.ts";
import { decodeEntry } from "../../message/index.ts";
import type { EntryRecord } from "../../store/index.ts";
import { toHex } from "../../wire/bytes.ts";
import type { LogOrigin, PartyId } from "../../wire/id.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";

type Log = GivenReplyOf<"log">;

const PAGE = 100;
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

export function logRoutes(node: Node): HandlersOf<"log" | "checkpoint" | "policy" | "tile"> {
  return {
    log: ({ params, query }) => logView(node, params.party, query),
    checkpoint: ({ params }) => checkpointText(node, originOf(node, params.party)),
    policy: ({ params }) => policyText(node, params.party),
    tile: ({ params }) => tile(node, originOf(node, params.party), params.tile),
  };
}

/** @throws not-found */
function originOf({ state }: Node, party: PartyId): LogOrigin {
  if (!state.charter.parties.some(({ id }) => id === party)) {
    throw apiError("not-found", `The line has no party ${party}.`);
  }
  return state.originOf(party);
}

function logView(node: Node, party: PartyId, query: { from?: number | undefined; limit?: number | undefined }): Log {
  const { store, suite } = node;
  const origin = originOf(node, party);
  const size = store.log(origin)?.size ?? 0;
  const limit = query.limit ?? PAGE;
  const from = query.from ?? Math.max(0, size - limit);
  const held = store.checkpointAt(origin, size);
  return {
    origin,
    party,
    size,
    root: toHex(held?.root ?? rootOf(suite, emptyFrontier())),
    checkpoint: held?.note ?? null,
    receipts: store.newestReceipts(origin).map((receipt) => {
      return { party: receipt.party, size: receipt.size, at: receipt.signedAt };
    }),
    entries: store.entries(origin, from, { count: limit, bytes: NO_LIMIT }).map((entry) => entryView(node, entry)),
  };
}

function entryView(
  { store, book }: Node,
  { origin, index, bytes, storedAt, type }: EntryRecord,
): Log["entries"][number] {
  const record = type === "message" ? store.messageAt(origin, index) : null;
  const subject = record === null || book.get(record.hash) === null ? null : book.message(record.hash).subject;
  return {
    index,
    leaf: toHex(store.hashReader(origin)(0, index)),
    bytes: decodeEntry(bytes).core.length,
    stored_at: storedAt,
    type: type ?? "unopened",
    message: record?.hash ?? null,
    kind: record?.kind ?? null,
    subject,
  };
}

/** The newest note that is held whole, with whatever receipts there are at exactly its size. */
function checkpointText({ store }: Node, origin: LogOrigin): string {
  const size = store.log(origin)?.size ?? 0;
  const held = store.checkpointAt(origin, size);
  if (held === null) throw apiError("not-found", "The log has no checkpoint yet.");
  const lines = store.newestReceipts(origin).filter((receipt) => receipt.size === size);
  return held.note + lines.map(({ line }) => line).join("");
}

/** The log by its newest key, and the others' receipt keys as its witnesses: one of them at least. */
function policyText({ state, suite }: Node, party: PartyId): string {
  const origin = state.originOf(party);
  const others = state.charter.parties.filter(({ id }) => id !== party);
  return formatPolicy(suite, {
    logs: [{ key: { name: origin, publicKey: newest(state.history(party)).roster.node.log }, url: null }],
    witnesses: others.map(({ id }) => {
      const publicKey = newest(state.history(id)).roster.node.receipt;
      return { name: id, key: { name: receiptKeyName(state.originOf(id)), publicKey }, url: null };
    }),
    groups: [{ name: "receipts", threshold: 1, members: others.map(({ id }) => id) }],
    quorum: "receipts",
  });
}

function tile({ store }: Node, origin: LogOrigin, path: string): Uint8Array {
  const wanted = parseTilePath(`tile/${path}`);
  const { level, index, width } = wanted;
  if (!hasTile(store.log(origin)?.size ?? 0, wanted)) throw apiError("not-found", `The log has no tile ${path} yet.`);
  if (level !== "entries") return tileBytes(store.hashReader(origin), level, index, width);
  const entries = store.entries(origin, index * 256, { count: width, bytes: NO_LIMIT });
  return entryBundle(entries.map(({ bytes }) => decodeEntry(bytes).core));
}
