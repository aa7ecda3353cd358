/** What a plan was certified for, and GO or NO GO: shown to those who see plans, and told to nobody else. */
import { z } from "zod";
import {
  conflict,
  conflictKey,
  hash,
  officer,
  party,
  planId,
  position,
  rendered,
  size,
  time,
  planVolume,
  words,
} from "./shapes.ts";

const grave = z.enum(["low", "high", "critical"]);

export const outcome = z
  .discriminatedUnion("outcome", [
    z.strictObject({ outcome: z.literal("clear") }),
    z.strictObject({ outcome: z.literal("conflicts"), conflicts: size, gravest: grave, undecided: size }),
    z.strictObject({ outcome: z.literal("undecided"), undecided: size }),
  ])
  .meta({ id: "Outcome", description: "What came of checking a plan against everything that was told" });

const decision = z.strictObject({
  decision: z.enum(["GO", "NO GO"]),
  by: officer,
  at: time,
  reason: words,
  certificate: hash.nullable().meta({ description: "The certificate on which it rests" }),
  lapsed_at: time.nullable().meta({ description: "When a GO ended, because what it rested on changed" }),
});

export const planState = z
  .strictObject({
    plan: planId,
    certificate: z.strictObject({ hash, at: time, outcome }).nullable(),
    lapsed: z.strictObject({ at: time, outcome }).nullable().meta({ description: "The certificate before this one" }),
    decision: decision.nullable(),
    overrides: z.array(z.strictObject({ against: conflictKey, grave, by: officer, at: time, reason: words })),
    breaches: size.meta({ description: "Conflicts, and what could not be decided, that nobody has overridden" }),
  })
  .meta({ id: "PlanState", description: "Self-attested by this node" });

export const planStatesQuery = z.strictObject({
  lapsed: z.enum(["yes"]).optional().meta({ description: "Only plans that had GO and have it no more" }),
});
export const planStatesReply = z.strictObject({ items: z.array(planState) });

export const planStateReply = z.strictObject({
  state: planState,
  conflicts: z.array(conflict),
  rendered: rendered.nullable().meta({ description: "The certificate in words" }),
  behind: z
    .array(z.strictObject({ party, waiting: size, missing: size }))
    .meta({ description: "Logs with entries that wait to be opened here, or are known of and have not come" }),
});

export const certificateQuery = z.strictObject({
  opened: z.enum(["yes"]).optional().meta({ description: "With the plan itself, for an inquiry" }),
});

const reason = words.min(1).meta({ description: "For the record" });
export const goRequest = z.strictObject({
  although_behind: reason.nullable().meta({ description: "Why not to wait for entries that have not come" }),
});
export const noGoRequest = z.strictObject({ reason });
export const overrideRequest = z.strictObject({ against: conflictKey, reason });

const change = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("later"), delay_ms: z.int().min(0), start: time }),
  z.strictObject({ type: z.literal("shift"), bearing_deg: z.number(), metres: z.number() }),
  z.strictObject({ type: z.literal("height"), lower_m: z.number(), upper_m: z.number(), datum: z.string() }),
]);

export const suggestionsReply = z.strictObject({
  suggestions: z.array(
    z.strictObject({ change, says: words, volumes: z.array(planVolume) }).meta({
      id: "Suggestion",
      description:
        "The nearest change of its kind that clears the plan of all that was told; the volumes as they would be",
    }),
  ),
  troubles: z
    .array(z.strictObject({ against: conflictKey, at: time.nullable(), where: position, because: words }))
    .meta({ description: "Where along the plan, and when, it comes too near; in order of time" }),
});

export type Suggestions = z.output<typeof suggestionsReply>;
export type PlanState = z.output<typeof planState>;
export type PlanStateReply = z.output<typeof planStateReply>;
