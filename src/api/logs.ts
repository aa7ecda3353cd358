/** The logs as they can be looked at, and the node's events. */
import { z } from "zod";
import { DECLARES } from "./declarations.ts";
import { DRAFT_STATES } from "./drafts.ts";
import { kind } from "./messages.ts";
import {
  carrier,
  code,
  conflictChange,
  draftId,
  handoverId,
  hash,
  origin,
  party,
  planId,
  size,
  statementId,
  time,
} from "./shapes.ts";

export const logEntry = z
  .strictObject({
    index: size,
    leaf: hash.meta({ description: "The Merkle leaf hash" }),
    bytes: size.meta({ description: "Length of the leaf" }),
    stored_at: time,
    type: z.enum(["message", "notice", "roster", "charter", "declaration", "unopened"]),
    message: hash.nullable(),
    kind: kind.nullable(),
    subject: z.string().nullable(),
  })
  .meta({ id: "LogEntry" });

export const logQuery = z.strictObject({
  from: z.coerce.number().int().min(0).optional().meta({ description: "First index; by default the newest entries" }),
  limit: z.coerce.number().int().min(1).max(5000).optional(),
});

export const log = z
  .strictObject({
    origin,
    party,
    size,
    root: hash,
    checkpoint: z.string().nullable().meta({ description: "The newest signed note; null where the log is empty" }),
    receipts: z.array(z.strictObject({ party, size, at: time })),
    entries: z.array(logEntry),
  })
  .meta({ id: "Log" });

/** Plans named in one event. */
export const MOST_LAPSED = 100;

const transfer = z.strictObject({ bytes: size, head: z.string().meta({ description: "Its first bytes, in hex" }) });

export const nodeEvent = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("message"), at: time, hash, from: party, kind, subject: z.string() }),
    z.strictObject({ type: z.literal("draft"), at: time, id: draftId, state: z.enum([...DRAFT_STATES, "deleted"]) }),
    z.strictObject({ type: z.literal("receipt"), at: time, party, origin, size }),
    z.strictObject({ type: z.literal("notice"), at: time, code, from: party }),
    z.strictObject({
      type: z.literal("conflict"),
      at: time,
      count: size.meta({ description: "How many stand now" }),
      began: size,
      changed: size,
      ended: size,
      items: z.array(conflictChange).meta({ description: "Exactly what began, changed or ended" }),
    }),
    z.strictObject({ type: z.literal("plan"), at: time, count: size }),
    z.strictObject({
      type: z.literal("certificate"),
      at: time,
      lapsed: size,
      go_lapsed: size,
      plans: z
        .array(z.strictObject({ id: planId, go: z.boolean().meta({ description: "Its GO lapsed too" }) }))
        .max(MOST_LAPSED)
        .meta({ description: "Which; the counts say whether these are all" }),
    }),
    z.strictObject({
      type: z.literal("exchange"),
      at: time,
      party,
      carrier,
      fault: code.nullable(),
      sent: transfer.nullable().meta({ description: "The sealed bytes that left" }),
      received: transfer.nullable().meta({ description: "The sealed bytes that came" }),
    }),
    z.strictObject({ type: z.literal("log"), at: time, party, size }),
    z.strictObject({ type: z.literal("declaration"), at: time, party, declares: z.enum(DECLARES) }),
    z.strictObject({ type: z.literal("alert"), at: time, hash }),
    z.strictObject({ type: z.literal("presence"), at: time }),
    z.strictObject({ type: z.literal("statement"), at: time, id: statementId }),
    z.strictObject({ type: z.literal("handover"), at: time, id: handoverId }),
  ])
  .meta({ id: "Event" });

export type NodeEvent = z.output<typeof nodeEvent>;
export type Log = z.output<typeof log>;
