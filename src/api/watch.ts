/** The watch: alerts until they are answered, who is at the desk, and whether anybody looks. */
import { z } from "zod";
import { ALERT_STATES } from "../line/index.ts";
import { CODES } from "../message/index.ts";
import { messageSummary } from "./messages.ts";
import { code, draftId, hash, officer, party, size, time } from "./shapes.ts";

const call = z.strictObject({ who: z.string(), at: time });

export const alert = z
  .strictObject({
    message: messageSummary,
    alert: z.enum(CODES.alert),
    sounds: z.boolean().meta({ description: "It wants somebody now, and nobody has it in hand" }),
    parties: z
      .array(
        z.strictObject({
          party,
          name: z.string(),
          state: z.enum(ALERT_STATES),
          due_at: time.nullable().meta({ description: "By when it is to be answered; null where it is" }),
          taken: z.strictObject({ by: officer, at: time }).nullable(),
          called: call
            .nullable()
            .meta({ description: "Who was called last; whether anybody did, the node does not know" }),
          next: call.nullable().meta({ description: "Who is called next, and when" }),
          answer: z.enum(CODES.answer).nullable(),
          answered_at: time.nullable(),
        }),
      )
      .meta({ description: "Who must answer: this party, or every other where this one told it" }),
  })
  .meta({ id: "Alert", description: "An alert that is open, or was answered in the last day" });

export const alertsReply = z.strictObject({
  alerts: z.array(alert).meta({ description: "Newest first" }),
  escalation: z.array(z.string()).meta({ description: "Who is called, one after the other, from parley.toml" }),
  at: time,
});

export const takeRequest = z.strictObject({
  expects: officer
    .nullable()
    .meta({ description: "Who has it, as far as the officer sees; refused where it is another" }),
});

export const presenceItem = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("message"), id: hash }),
  z.strictObject({ type: z.literal("alert"), id: hash }),
  z.strictObject({ type: z.literal("draft"), id: draftId }),
]);
const doing = z.enum(["reading", "writing"]);

export const presenceRequest = z.strictObject({
  item: presenceItem.nullable(),
  doing,
  active: z.boolean().meta({ description: "A person has used the page since it said so last" }),
});

export const presenceReply = z
  .strictObject({
    present: z.array(z.strictObject({ officer, item: presenceItem.nullable(), doing, since: time })),
    attention: z.strictObject({
      last_active_at: time,
      unattended_since: time.nullable().meta({ description: "Something waits, and nobody has looked since" }),
      waiting: size,
    }),
    siren: z.strictObject({
      configured: z.enum(["none", "command", "webhook"]),
      last_rung_at: time.nullable(),
      fault: z.strictObject({ code, message: z.string(), at: time, failures: size }).nullable(),
    }),
    at: time,
  })
  .meta({ id: "Presence", description: "Who is at the desk, whether anybody looks, and whether the siren works" });

export const lineHealth = z
  .strictObject({
    party,
    name: z.string(),
    state: z
      .enum(["active", "suspended", "left"])
      .meta({ description: "By that party's newest roster, and what it declared" }),
    last_heard_at: time.nullable().meta({ description: "When a signed parcel of it last came: the last round trip" }),
    last_test_call_at: time.nullable().meta({ description: "When its node last echoed a test call of this one" }),
    test_call: z
      .strictObject({ state: z.enum(["none", "waiting", "answered", "missed"]), called_at: time.nullable() })
      .meta({ description: "Whether its node has echoed our last test call in time" }),
    clock_ahead_ms: z.int().nullable().meta({ description: "How far its clock was ahead at the last parcel" }),
    fault: z.strictObject({ code, message: z.string(), at: time }).nullable(),
    to_fetch: size.meta({ description: "Entries of its log that are known of and have not come" }),
    to_open: size.meta({ description: "Entries that came and wait to be opened" }),
    unopened: size.meta({ description: "Entries that cannot be opened" }),
    receipts_owed_to_us: size.meta({ description: "Entries of this party's log for which it has signed no receipt" }),
    receipts_owed_by_us: size.meta({ description: "Entries of its log that are held here, without a receipt of ours" }),
    split: z.boolean(),
  })
  .meta({ id: "LineHealth" });
export const healthReply = z.strictObject({ lines: z.array(lineHealth), at: time });

export type LineHealth = z.output<typeof lineHealth>;
export type Alert = z.output<typeof alert>;
export type Alerts = z.output<typeof alertsReply>;
export type PresenceReply = z.output<typeof presenceReply>;
