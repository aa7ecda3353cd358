/** The table of stances with the register of public statements, and who knows what. */
import { z } from "zod";
import { RUNGS } from "../line/index.ts";
import { CODES, CONTENT_KINDS } from "../message/index.ts";
import { searchQuery } from "./map.ts";
import { asOf, messageSummary } from "./messages.ts";
import { code, hash, jsonObject, more, officer, party, size, statementId, time } from "./shapes.ts";

export const statement = z
  .strictObject({
    id: statementId,
    party,
    name: z.string(),
    said_at: time,
    source: z.string(),
    subject: z.string(),
    kind: z.enum(CONTENT_KINDS),
    body: jsonObject,
    by: officer,
    at: time.meta({ description: "When it was noted here" }),
  })
  .meta({ id: "Statement", description: "What a party has said in public, as this side has noted it; told to nobody" });

export const statementRequest = z
  .strictObject({
    party,
    said_at: time,
    source: z.string().min(1).max(300).meta({ description: "Where it was said: a speech, a page, a briefing" }),
    subject: z.string().min(1).max(200),
    kind: z.enum(CONTENT_KINDS),
    body: jsonObject.meta({ description: "Those fields of the kind's body that were said in public" }),
  })
  .meta({ id: "StatementRequest" });
export const statementsReply = z.strictObject({ statements: z.array(statement).meta({ description: "Oldest first" }) });

const round = z.strictObject({
  restated: z.strictObject({ hash, at: time, words: z.string() }),
  reply: z.strictObject({ hash, at: time, answer: z.enum(["CONFIRMED", "NOT MEANT"]), reason: z.string() }).nullable(),
});

export const stanceView = z
  .strictObject({
    message: messageSummary,
    topic: z.string(),
    stands: z.enum(CODES.stance),
    words: z.string(),
    said: z.enum(CODES.said),
    source: z.string().nullable(),
    receivers: z.array(
      z.strictObject({
        party,
        name: z.string(),
        state: z.enum(["unanswered", "restated", "not-meant", "confirmed"]),
        rounds: z
          .array(round)
          .meta({ description: "What the receiver understood, and the author's word on it; oldest first" }),
      }),
    ),
    contradicts: z
      .string()
      .nullable()
      .meta({ description: "The author's newest public statement, where it says otherwise" }),
  })
  .meta({ id: "Stance" });

export const stancesReply = z.strictObject({
  topics: z.array(
    z.strictObject({
      topic: z.string(),
      parties: z.array(
        z.strictObject({
          party,
          name: z.string(),
          now: hash.nullable().meta({ description: "The stance that stands; null where the party has said none" }),
          history: z.array(stanceView).meta({ description: "Newest first" }),
        }),
      ),
      statements: z.array(statement),
    }),
  ),
  as_of: time,
});
export const stancesQuery = z.strictObject({ as_of: asOf });

export const knowsQuery = searchQuery.extend({ to: party.optional().meta({ description: "Only this recipient" }) });

export const knowsRow = z.strictObject({
  message: messageSummary,
  cells: z
    .array(
      z.strictObject({
        party,
        rungs: z.array(
          z.strictObject({ rung: z.enum(RUNGS), at: time, by: z.string().nullable(), says: z.string().nullable() }),
        ),
        beside: z.array(
          z.strictObject({
            state: z.enum(["held", "refused", "expired", "overdue", "unopened"]),
            at: time.nullable(),
            code: code.nullable(),
          }),
        ),
      }),
    )
    .meta({ description: "One a recipient, with the rungs that were reached; none stands for another" }),
});

export const knowsReply = z
  .strictObject({
    recipients: z.array(z.strictObject({ party, name: z.string() })),
    rows: z.array(knowsRow).meta({ description: "Newest first" }),
    total: size.meta({ description: "How many messages pass the filter" }),
    as_of: time,
    more,
  })
  .meta({ id: "WhoKnows", description: "Messages against recipients, as this node knew it at a moment" });

export type Statement = z.output<typeof statement>;
export type StatementRequest = z.input<typeof statementRequest>;
export type Stances = z.output<typeof stancesReply>;
export type StanceView = z.output<typeof stanceView>;
export type WhoKnows = z.output<typeof knowsReply>;
