import { z } from "zod";
import type { Route } from "./route.ts";
import { statementId } from "./shapes.ts";
import * as table from "./table.ts";

const byId = z.strictObject({ id: statementId });

export const TABLE_ROUTES = {
  stances: {
    method: "get",
    path: "/api/stances",
    access: "see the line",
    query: table.stancesQuery,
    reply: table.stancesReply,
    tag: "messages",
    summary: "Where each party stands by topic, with its history and what it has said in public",
  },
  whoKnows: {
    method: "get",
    path: "/api/who-knows",
    access: "see the line",
    query: table.knowsQuery,
    reply: table.knowsReply,
    tag: "messages",
    summary: "Messages against recipients with the rungs that each has reached, as known here at any moment",
  },
  statements: {
    method: "get",
    path: "/api/statements",
    access: "see the line",
    reply: table.statementsReply,
    tag: "messages",
    summary: "The register of public statements",
  },
  addStatement: {
    method: "post",
    path: "/api/statements",
    access: "change the register",
    body: table.statementRequest,
    reply: table.statement,
    tag: "messages",
    summary: "Note what a party has said in public; it is told to nobody",
  },
  removeStatement: {
    method: "delete",
    path: "/api/statements/{id}",
    access: "change the register",
    params: byId,
    reply: "nothing",
    tag: "messages",
    summary: "Take a statement out of the register; that it stood there is kept",
  },
} as const satisfies Record<string, Route>;
