/** The routes of sign-in, of the line itself, of its logs and of the carriers. */
import { z } from "zod";
import * as declared from "./declarations.ts";
import * as logs from "./logs.ts";
import type { Route } from "./route.ts";
import * as session from "./session.ts";
import { party } from "./shapes.ts";

const byParty = z.strictObject({ party });
const TILE = /^(?:[0-9]|entries)(?:\/x?[0-9]{3})+(?:\.p\/[0-9]{1,3})?$/;
const byTile = z.strictObject({ party, tile: z.string().regex(TILE) });

export const SESSION_ROUTES = {
  node: {
    method: "get",
    path: "/api/node",
    access: "anyone",
    reply: session.nodeFacts,
    tag: "session",
    summary: "What a node says before anyone has signed in",
  },
  challenge: {
    method: "post",
    path: "/api/session/challenge",
    access: "anyone",
    body: session.challengeRequest,
    reply: session.challengeReply,
    tag: "session",
    summary: "Ask for a challenge to sign in with; it serves once",
  },
  openSession: {
    method: "post",
    path: "/api/session",
    access: "anyone",
    body: session.sessionRequest,
    reply: session.session,
    tag: "session",
    summary: "Sign in with a signed challenge; the token goes into an Authorization header, never a cookie",
  },
  session: {
    method: "get",
    path: "/api/session",
    access: "signed-in",
    reply: session.session,
    tag: "session",
    summary: "Who is signed in with this token",
  },
  closeSession: {
    method: "delete",
    path: "/api/session",
    access: "signed-in",
    reply: "nothing",
    tag: "session",
    summary: "Sign out",
  },
} as const satisfies Record<string, Route>;

export const LINE_ROUTES = {
  status: {
    method: "get",
    path: "/api/status",
    access: "see the line",
    reply: session.status,
    tag: "line",
    summary: "The line as this node sees it: its logs, its peers, what waits",
  },
  charter: {
    method: "get",
    path: "/api/charter",
    access: "see the line",
    reply: session.charterReply,
    tag: "line",
    summary: "The terms of the line, with every party's signature",
  },
  rosters: {
    method: "get",
    path: "/api/rosters",
    access: "see the line",
    reply: session.rosters,
    tag: "line",
    summary: "Every party's rosters, oldest first",
  },
  publishRoster: {
    method: "post",
    path: "/api/rosters",
    access: "publish rosters",
    body: session.rosterRequest,
    reply: session.rosterReply,
    tag: "line",
    summary: "Publish this party's next roster, signed by its identity key",
  },
  declarations: {
    method: "get",
    path: "/api/declarations",
    access: "see the line",
    reply: declared.declarations,
    tag: "line",
    summary: "What parties declared beside their rosters: revoked keys, successors, who has left",
  },
  publishDeclaration: {
    method: "post",
    path: "/api/declarations",
    access: "publish rosters",
    body: declared.declarationRequest,
    reply: declared.declaration,
    tag: "line",
    summary: "Publish a declaration of this party, signed by its identity key",
  },
  doctor: {
    method: "get",
    path: "/api/doctor",
    access: "see the node's health",
    reply: session.doctor,
    tag: "line",
    summary: "Try every step of the line and name the one that fails",
  },
  events: {
    method: "get",
    path: "/api/events",
    access: "see the line",
    reply: "events",
    tag: "line",
    summary: "Server-sent events: what has just changed, in ids; ask for the rest",
  },
} as const satisfies Record<string, Route>;

export const LOG_ROUTES = {
  log: {
    method: "get",
    path: "/api/log/{party}",
    access: "see the line",
    params: byParty,
    query: logs.logQuery,
    reply: logs.log,
    tag: "logs",
    summary: "A party's log: its checkpoint, its receipts, its entries",
  },
  checkpoint: {
    method: "get",
    path: "/api/log/{party}/checkpoint",
    access: "see the line",
    params: byParty,
    reply: "text",
    tag: "logs",
    summary: "The newest checkpoint (C2SP tlog-checkpoint) with the cosignatures on it",
  },
  policy: {
    method: "get",
    path: "/api/log/{party}/policy",
    access: "see the line",
    params: byParty,
    reply: "text",
    tag: "logs",
    summary: "Who must have signed (C2SP tlog-policy)",
  },
  tile: {
    method: "get",
    path: "/api/log/{party}/tile/{tile}",
    access: "see the line",
    params: byTile,
    rest: "tile",
    reply: "bytes",
    tag: "logs",
    summary: "A tile of the log (C2SP tlog-tiles)",
  },
} as const satisfies Record<string, Route>;

export const CARRIER_ROUTES = {
  exchange: {
    method: "post",
    path: "/line/v1/exchange",
    access: "anyone",
    body: "bytes",
    reply: "bytes",
    tag: "carriers",
    summary: "Another node's sealed parcel in, this node's sealed parcel out",
  },
  health: {
    method: "get",
    path: "/healthz",
    access: "anyone",
    reply: "text",
    tag: "carriers",
    summary: "Answers ok while the node serves",
  },
} as const satisfies Record<string, Route>;
