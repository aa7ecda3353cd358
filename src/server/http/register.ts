/**
 * Registers every route of the API's table: the one place where a request is taken apart, checked against its schema
 * and its role, and a fault becomes a status. Handlers see parsed values only.
 */
import { type OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { z } from "zod";
import {
  allows,
  apiError,
  type Content,
  errorBody,
  EVENT_PERMISSIONS,
  errorReply,
  type NodeEvent,
  type Route,
  type RouteId,
  ROUTES,
} from "../../api/index.ts";
import { MAX_SEALED_BYTES } from "../../line/index.ts";
import { ParleyError } from "../../wire/error.ts";
import { serverError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { SignedIn } from "../sessions.ts";
import { readBody, readJson } from "./body.ts";
import { eventStream, type Listen } from "./event-stream.ts";
import type { Caller, Handlers } from "./handlers.ts";

export interface RegisterContext {
  readonly handlers: Handlers;
  /** @throws not-signed-in, session-expired */
  readonly sessionOf: (token: string) => SignedIn;
  /** An officer did something: signed in, or changed something. What a page asks for by itself is not that. */
  readonly onActed: () => void;
  /** Resolves when the node has taken up everything that was told before it started. */
  readonly complete: Promise<void>;
  readonly logger: Logger;
  /** Ends when the node stops. */
  readonly stopping: AbortSignal;
}

const MAX_JSON_BYTES = 1 << 20;
/** A list of ten thousand sites. */
const MAX_LIST_BYTES = 48 << 20;
/** Faults that a refusal spells out. */
const FAULTS = 10;
const LARGE: ReadonlySet<RouteId> = new Set(["createDraft", "signDraft", "releaseDraft", "putPlans", "putHoldings"]);
const MAX_STREAMS = 16;

type AnyHandler = (request: unknown, caller: Caller) => unknown;

export function registerRoutes(app: OpenAPIHono, context: RegisterContext): void {
  for (const id of Object.keys(ROUTES) as RouteId[]) {
    const route: Route = ROUTES[id];
    app.openAPIRegistry.registerPath(documented(id, route));
    app.on(route.method.toUpperCase(), honoPath(route), (c) => answer(c, id, route, context));
  }
}

async function answer(c: Context, id: RouteId, route: Route, context: RegisterContext): Promise<Response> {
  try {
    const token = bearerOf(c);
    const session = sessionFor(route, token, context);
    const request = await requestOf(c, id, route);
    const handler = context.handlers[id] as AnyHandler;
    const caller = { session, token, signal: c.req.raw.signal };
    if (!isAnsweredAtOnce(id, route)) await context.complete;
    const reply = await handler(request, caller);
    if (route.method !== "get" && route.tag !== "carriers" && id !== "here" && id !== "challenge") context.onActed();
    if (route.reply !== "events") return respond(route.reply, reply);
    // Looked up for each event: a session ends, and a roster takes a role away, while somebody listens.
    const hears = (event: NodeEvent | null): boolean => isHeard(token, event, context);
    return eventStream(counted(reply as Listen, token ?? ""), hears, context.stopping);
  } catch (error) {
    return faultResponse(error, context.logger, id);
  }
}

const AT_ONCE: ReadonlySet<RouteId> = new Set(["node", "events", "here", "health", "takeAlert", "passAlert"]);

/** What needs no look at all that was told: the exchange, signing in, alerts. Everything else waits until that can be had. */
function isAnsweredAtOnce(id: RouteId, { tag }: Route): boolean {
  return tag === "session" || tag === "carriers" || AT_ONCE.has(id);
}

/** Errors become statuses here and nowhere else. */
export function faultResponse(error: unknown, logger: Logger, where: string): Response {
  if (error instanceof ParleyError) {
    if (error.http >= 500) logger.warn("request-failed", { route: where, code: error.code });
    return Response.json(errorBody(error), { status: error.http, headers: { "cache-control": "no-store" } });
  }
  const id = crypto.randomUUID();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  logger.error("internal", { route: where, id, stack });
  const fault = serverError("internal", `The node met a fault that it does not know (${id}).`, { detail: { id } });
  return Response.json(errorBody(fault), { status: 500, headers: { "cache-control": "no-store" } });
}

function bearerOf(c: Context): string | null {
  return /^Bearer ([0-9a-f]{64})$/.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
}

function sessionFor({ access }: Route, token: string | null, { sessionOf }: RegisterContext): SignedIn | null {
  if (access === "anyone") return null;
  if (token === null) throw apiError("not-signed-in", "This asks for a signed-in officer.");
  const session = sessionOf(token);
  if (allows(access, session.officer.roles)) return session;
  const { id, roles } = session.officer;
  throw apiError("role-missing", `${id} (${roles.join(", ")}) may not ${access === "signed-in" ? "do this" : access}.`);
}

async function requestOf(c: Context, id: RouteId, route: Route): Promise<unknown> {
  const request: Record<string, unknown> = {};
  if (route.params !== undefined) request["params"] = parsed(route.params, c.req.param(), "path");
  if (route.query !== undefined) request["query"] = parsed(route.query, c.req.query(), "query");
  if (route.body === "bytes") request["body"] = await readBody(c.req.raw, MAX_SEALED_BYTES);
  else if (route.body !== undefined) {
    const json = await readJson(c.req.raw, LARGE.has(id) ? MAX_LIST_BYTES : MAX_JSON_BYTES);
    request["body"] = parsed(route.body as z.ZodType, json, "body");
  }
  return request;
}

function parsed(schema: z.ZodType, value: unknown, part: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const faults = issues.slice(0, FAULTS).map(({ path, message }) => `${path.join(".") || part}: ${message}`);
  if (issues.length > FAULTS) faults.push(`and ${issues.length - FAULTS} more`);
  throw apiError("request-malformed", `The request is not as it should be. ${faults.join("; ")}`, {
    detail: { part, path: issues[0]?.path.join(".") ?? "" },
  });
}

const streams = new Map<string, number>();

/** One session hears through so many streams and no more. @throws too-many-requests */
function counted(listen: Listen, token: string): Listen {
  const open = streams.get(token) ?? 0;
  if (open >= MAX_STREAMS) throw apiError("too-many-requests", `This session listens ${open} times already.`);
  streams.set(token, open + 1);
  return (listener) => {
    const leave = listen(listener);
    return () => {
      leave();
      const left = (streams.get(token) ?? 1) - 1;
      if (left > 0) streams.set(token, left);
      else streams.delete(token);
    };
  };
}

/** Null is the heartbeat. @throws not-signed-in, session-expired */
function isHeard(token: string | null, event: NodeEvent | null, { sessionOf }: RegisterContext): boolean {
  const { officer } = sessionOf(token ?? "");
  return event === null || allows(EVENT_PERMISSIONS[event.type], officer.roles);
}

function respond(content: Exclude<Content, "events">, reply: unknown): Response {
  const headers = { "cache-control": "no-store" };
  if (content === "nothing") return new Response(null, { status: 204, headers });
  if (content === "text") {
    return new Response(reply as string, { headers: { ...headers, "content-type": "text/plain; charset=utf-8" } });
  }
  if (content === "bytes") {
    return new Response(reply as BodyInit, { headers: { ...headers, "content-type": "application/octet-stream" } });
  }
  return Response.json(reply, { headers });
}

function honoPath(route: Route): string {
  return route.path.replace(/\{([a-z]+)\}/g, (_, name: string) => (name === route.rest ? `:${name}{.+}` : `:${name}`));
}

function documented(id: RouteId, route: Route): RouteConfig {
  const responses: RouteConfig["responses"] = {
    ...(route.reply === "nothing"
      ? { 204: { description: "Done" } }
      : { 200: { description: "The answer", content: contentOf(route.reply) } }),
    default: { description: "A fault with its code", content: { "application/json": { schema: errorReply } } },
  };
  const request: NonNullable<RouteConfig["request"]> = {
    ...(route.params === undefined ? {} : { params: route.params }),
    ...(route.query === undefined ? {} : { query: route.query }),
    ...(route.body === undefined ? {} : { body: { required: true, content: contentOf(route.body) } }),
  };
  const isOpen = route.access === "anyone";
  return {
    method: route.method,
    path: route.path,
    operationId: id,
    tags: [route.tag],
    summary: route.summary,
    description: isOpen ? "Anyone may ask." : `Who may ask: ${route.access}.`,
    security: isOpen ? [] : [{ session: [] }],
    request,
    responses,
  };
}

function contentOf(content: Content) {
  if (content === "bytes")
    return { "application/octet-stream": { schema: { type: "string", format: "binary" } } } as const;
  if (content === "text" || content === "nothing") return { "text/plain": { schema: { type: "string" } } } as const;
  if (content === "events") return { "text/event-stream": { schema: { type: "string" } } } as const;
  return { "application/json": { schema: content } };
}
