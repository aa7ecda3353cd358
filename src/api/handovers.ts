/** Watches handed over: the own side's papers. */
import { z } from "zod";
import { ALERT_STATES, HANDOVER_LIMITS } from "../line/index.ts";
import { CODES } from "../message/index.ts";
import { kind } from "./messages.ts";
import { base64, handoverId, hash, more, officer, party, size, time } from "./shapes.ts";

export const handoverFacts = z
  .strictObject({
    alerts: z.array(
      z.strictObject({ message: hash, alert: z.enum(CODES.alert), state: z.enum(ALERT_STATES), subject: z.string() }),
    ),
    waiting: z.array(
      z.strictObject({ message: hash, kind, from: party, subject: z.string(), due_at: time.nullable() }),
    ),
    more: size.meta({ description: "So many more wait" }),
    drafts: size,
    conflicts: size,
    unopened: size,
    lines: z.array(
      z.strictObject({
        party,
        last_heard_at: time.nullable(),
        clock_ahead_ms: z.int().nullable(),
        to_fetch: size,
        receipts_owed_to_us: size,
        receipts_owed_by_us: size,
      }),
    ),
  })
  .meta({ id: "HandoverFacts", description: "What the node says of the moment at which the watch was handed over" });

export const handover = z
  .strictObject({
    id: handoverId,
    at: time,
    given_by: officer,
    facts: handoverFacts,
    words: z.string(),
    bytes: base64.meta({ description: "What both officers sign (spec/handover.md)" }),
    given: base64.nullable().meta({ description: "COSE_Sign1 of who hands over; null where it waits to be signed" }),
    taken: z.strictObject({ by: officer, at: time, signature: base64 }).nullable(),
  })
  .meta({ id: "Handover" });

export const handoversReply = z.strictObject({
  handovers: z.array(handover).meta({ description: "Newest first" }),
  more,
});
export const composeRequest = z.strictObject({ words: z.string().max(HANDOVER_LIMITS.words) });
export const handoverSignature = z.strictObject({ signature: base64 });

export type Handover = z.output<typeof handover>;
