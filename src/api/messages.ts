/** What was told and heard: messages, their ladders, notices, and what came but could not be opened. */
import { z } from "zod";
import { RUNGS } from "../line/index.ts";
import { KINDS } from "../message/index.ts";
import {
  base64,
  carrier,
  code,
  conflict,
  hash,
  jsonObject,
  listId,
  more,
  officer,
  origin,
  page,
  party,
  person,
  rendered,
  size,
  time,
  volume,
} from "./shapes.ts";

export const kind = z.enum(KINDS);
export const relation = z.enum(["answers", "supersedes", "withdraws", "reads", "reads-back", "countersigns"]);
export const re = z
  .strictObject({ relation, message: hash })
  .meta({ id: "Re", description: "What it answers or replaces" });

export const listPlace = z
  .strictObject({ id: listId, name: z.string().max(120), index: size, count: size })
  .meta({ id: "ListPlace", description: "Its place in the list that it belongs to" });

export const messageSummary = z
  .strictObject({
    hash,
    from: party,
    from_name: z.string(),
    own: z.boolean().meta({ description: "Told by this node's party" }),
    kind,
    subject: z.string(),
    at: time.meta({ description: "When its author says that it was made" }),
    stored_at: time.meta({ description: "When this node held it" }),
    expires_at: time.nullable(),
    stale: z.boolean(),
    exercise: z.boolean(),
    lang: z.string(),
    re: re.nullable(),
    list: listPlace.nullable(),
    answer: z.string().nullable().meta({ description: "The answer's code, where it is one" }),
    state: z.enum(["in-force", "superseded", "withdrawn", "expired"]),
    closed: z.boolean().meta({ description: "For a message heard: answered by us; for one told: answered by all" }),
    due_at: time.nullable(),
    overdue: z.boolean(),
    origin,
    index: size,
    faults: z.array(code).meta({ description: "Why it counts for nothing; empty where it counts" }),
    held: z.enum(["held", "proven", "differs"]).nullable().meta({
      description:
        "It came over a narrow link and its log has not come yet; proven: the log's key signed that it holds it; differs: the log came and holds another entry there. Null where it stands in its log",
    }),
    disowned: z.enum(["beyond", "unsure"]).nullable().meta({
      description:
        "Its author closed the log in which it stands. beyond: it stands by nothing from there on, and may not know what it said; unsure: it stands by another log of that name, or has not said up to where, and this node cannot tell whether by this. Null where it stands by it",
    }),
  })
  .meta({ id: "MessageSummary" });

export const inboxItem = z
  .strictObject({
    message: messageSummary,
    messages: size.meta({ description: "1, or how many of its list wait in this row" }),
    needs: z.array(z.enum(["read", "readback", "answer", "correct", "release"])),
    due_at: time.nullable(),
    overdue: z.boolean(),
    conflicts: size,
  })
  .meta({ id: "InboxItem" });
export const inboxQuery = z.strictObject({
  limit: page.limit.meta({ description: "So many rows at most, the soonest due; all of them where it is not given" }),
  message: hash.optional().meta({ description: "Only the row in which this message waits" }),
});
export const inbox = z
  .strictObject({
    items: z.array(inboxItem),
    waiting: size.meta({ description: "How many messages wait, in all rows" }),
    left_out: size.meta({ description: "Rows beyond the limit" }),
    at: time,
  })
  .meta({ id: "Inbox" });

export const ladder = z
  .strictObject({
    party,
    name: z.string(),
    rungs: z.array(
      z.strictObject({
        rung: z.enum(RUNGS),
        at: time.nullable(),
        by: z.string().nullable(),
        says: z.string().nullable().meta({
          description:
            "The answer's code, how a read-back compared by this node, or the carriers that took it or brought the receipt",
        }),
        message: hash.nullable().meta({ description: "The message that is its evidence" }),
        proves: z.string(),
        does_not_prove: z.string(),
      }),
    ),
    beside: z.array(
      z.strictObject({
        state: z.enum(["held", "refused", "expired", "overdue", "unopened"]),
        at: time.nullable(),
        code: code.nullable(),
      }),
    ),
  })
  .meta({ id: "Ladder", description: "How far a message got with one party; a rung without a time was not reached" });

export const signer = z
  .strictObject({ as: z.enum(["drafted", "released"]), officer, person, party, fingerprint: z.string() })
  .meta({ id: "Signer" });

export const messageDetail = z
  .strictObject({
    summary: messageSummary,
    body: jsonObject,
    rendered,
    compared: z
      .string()
      .nullable()
      .meta({ description: "Of a read-back: this node's own comparison, beside the claim where the two differ" }),
    came_by: carrier.nullable().meta({ description: "Which carrier brought it here; null for this party's own" }),
    bytes: base64.meta({ description: "The bytes that were signed" }),
    drafted: base64.nullable(),
    released: base64,
    signers: z.array(signer),
    ladder: z.array(ladder),
    thread: z.array(messageSummary).meta({ description: "What it is about, and what is about it, oldest first" }),
    thread_left_out: size.meta({ description: "So many more belong to it; GET /api/messages has them all" }),
    conflicts: z.array(conflict).meta({ description: "Of this node's plans and holdings; never told" }),
    volumes: z.array(volume),
    answers: z.array(
      z.strictObject({ code: z.string(), closes: z.boolean(), officers: z.union([z.literal(1), z.literal(2)]) }),
    ),
  })
  .meta({ id: "MessageDetail" });

/** A moment of the past: what this node knew then. */
export const asOf = z.coerce
  .number()
  .int()
  .min(0)
  .max(8.64e15)
  .optional()
  .meta({ description: "What this node knew then, milliseconds since the epoch; now where it is left out" });
export const messageQuery = z.strictObject({ as_of: asOf });

export const messagesQuery = z.strictObject({
  kind: kind.optional(),
  from: party.optional(),
  list: listId.optional(),
  as_of: asOf,
  ...page,
});
export const messagesReply = z.strictObject({
  messages: z.array(messageSummary).meta({ description: "Newest first" }),
  more,
});

export const notice = z
  .strictObject({
    code,
    from: party,
    at: time,
    origin,
    index: size,
    about: z.array(z.strictObject({ origin, index: size, message: hash.nullable() })),
    about_left_out: size.meta({ description: "So many more; the items in `detail` hold every range whole" }),
    detail: jsonObject,
  })
  .meta({ id: "Notice", description: "What a node said by itself" });
export const notices = z.strictObject({ notices: z.array(notice), more });

export const unopened = z
  .strictObject({ origin, index: size, code, message: z.string(), side: party, next: z.string(), stored_at: time })
  .meta({ id: "Unopened", description: "An entry that is held and cannot be read: why, and which side must act" });
export const unopenedReply = z.strictObject({
  entries: z.array(unopened).meta({ description: "Of each log the newest" }),
  left_out: size.meta({ description: "So many more, which are older" }),
});

export const exportQuery = z.strictObject({
  from: z.coerce.number().int().optional().meta({ description: "Milliseconds since the epoch, UTC; closed" }),
  to: z.coerce.number().int().optional().meta({ description: "Milliseconds since the epoch, UTC; closed" }),
});

export type MessageSummary = z.output<typeof messageSummary>;
export type MessageDetail = z.output<typeof messageDetail>;
export type InboxItem = z.output<typeof inboxItem>;
export type InboxQuery = z.output<typeof inboxQuery>;
export type Inbox = z.output<typeof inbox>;
export type Ladder = z.output<typeof ladder>;
export type Notice = z.output<typeof notice>;
export type Unopened = z.output<typeof unopened>;
