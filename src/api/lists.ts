/** Lists as one unit: what each holds, how far it is answered, and its members with what is the matter first. */
import { z } from "zod";
import { kind, listPlace, messageSummary } from "./messages.ts";
import type { Route } from "./route.ts";
import { base64, hash, listId, more, page, party, size, time } from "./shapes.ts";

export const listSummary = z
  .strictObject({
    id: listId,
    from: party,
    from_name: z.string(),
    own: z.boolean(),
    kind,
    name: listPlace.shape.name,
    in_force: size.meta({ description: "Members that are neither replaced nor withdrawn" }),
    ended: size.meta({ description: "Members that were replaced or withdrawn" }),
    open: size.meta({ description: "In force and not closed: by us where we heard it, by all where we told it" }),
    matter: size.meta({ description: "In force, with something the matter" }),
    told_at: time.meta({ description: "When the last of it was told" }),
  })
  .meta({ id: "ListSummary" });

/** What may be the matter with a member, gravest first. */
export const MATTERS = ["counts-for-nothing", "conflict", "answered-against", "read-back-differs", "overdue"] as const;

export const listMember = z
  .strictObject({
    message: messageSummary,
    bytes: base64.meta({ description: "The bytes that were signed" }),
    answers: z.array(z.strictObject({ party, answer: z.string(), message: hash })).meta({
      description: "The answer that counts of each party that gave one: to it before one to its whole list",
    }),
    conflicts: size,
    matters: z.array(z.enum(MATTERS)),
  })
  .meta({ id: "ListMember" });

export const listReply = z
  .strictObject({
    list: listSummary,
    answers: z
      .array(z.strictObject({ party, name: z.string(), answer: z.string().nullable(), count: size }))
      .meta({ description: "How many members each party has answered how; null: not yet" }),
    members: z
      .array(listMember)
      .meta({ description: "In force; those with something the matter first, then by place" }),
    more,
  })
  .meta({ id: "List" });

export const listsReply = z.strictObject({ lists: z.array(listSummary).meta({ description: "Last told first" }) });

const byList = z.strictObject({ from: party, id: listId });

export const LIST_ROUTES = {
  lists: {
    method: "get",
    path: "/api/lists",
    access: "see the line",
    reply: listsReply,
    tag: "messages",
    summary: "The lists that were told and heard",
  },
  list: {
    method: "get",
    path: "/api/lists/{from}/{id}",
    access: "see the line",
    params: byList,
    query: z.strictObject(page),
    reply: listReply,
    tag: "messages",
    summary: "One list: its members in force, what is the matter with them first, and how each party answered",
  },
} as const satisfies Record<string, Route>;

export type ListSummary = z.output<typeof listSummary>;
export type ListReply = z.output<typeof listReply>;
export type ListMember = z.output<typeof listMember>;
export type Matter = (typeof MATTERS)[number];
