/** The typed client of a node: one method for each route. It needs nothing but a `fetch`. */
import type { Bytes } from "../wire/bytes.ts";
import { ParleyError } from "../wire/error.ts";
import { apiError } from "./errors.ts";
import { readEvents } from "./events.ts";
import { type PathValues, pathOf } from "./paths.ts";
import type { ReplyOf, RequestOf } from "./route-types.ts";
import type { Content, Route } from "./route.ts";
import { type RouteId, type RouteOf, ROUTES } from "./routes.ts";
import { errorReply } from "./shapes.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ClientOptions {
  /** Such as `http://127.0.0.1:7101`; empty for the page's own node. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** The session's token, as it is at the time of each call; null before anyone has signed in. */
  readonly token: () => string | null;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

type Call<Id extends RouteId> =
  RouteOf<Id> extends { readonly params: unknown } | { readonly body: unknown }
    ? (request: RequestOf<Id>, options?: CallOptions) => Promise<ReplyOf<Id>>
    : (request?: RequestOf<Id>, options?: CallOptions) => Promise<ReplyOf<Id>>;

/** Every call throws a ParleyError with the node's own code, or `node-unreachable` or `reply-not-understood`. */
export type Client = { readonly [Id in RouteId]: Call<Id> };

interface AnyRequest {
  readonly params?: PathValues;
  readonly query?: PathValues;
  readonly body?: unknown;
}

export function createClient(options: ClientOptions): Client {
  const ids = Object.keys(ROUTES) as RouteId[];
  const call = (id: RouteId) => (request?: AnyRequest, extra?: CallOptions) => ask(options, id, request ?? {}, extra);
  return Object.fromEntries(ids.map((id) => [id, call(id)])) as unknown as Client;
}

async function ask(
  options: ClientOptions,
  id: RouteId,
  request: AnyRequest,
  extra: CallOptions = {},
): Promise<unknown> {
  const route: Route = ROUTES[id];
  const url = options.baseUrl.replace(/\/$/, "") + pathOf(id, request.params, request.query);
  const headers: Record<string, string> = {};
  const token = options.token();
  if (token !== null) headers["authorization"] = `Bearer ${token}`;
  const init: RequestInit = { method: route.method.toUpperCase(), headers, signal: extra.signal ?? null };
  if (route.body !== undefined) {
    const isBytes = route.body === "bytes";
    headers["content-type"] = isBytes ? "application/octet-stream" : "application/json";
    init.body = isBytes ? (request.body as BodyInit) : JSON.stringify(request.body);
  }
  const response = await reach(options, url, init);
  if (!response.ok) throw await faultOf(response);
  return read(route.reply, response);
}

async function reach(options: ClientOptions, url: string, init: RequestInit): Promise<Response> {
  try {
    return await options.fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    const where = options.baseUrl === "" ? "the node" : options.baseUrl;
    throw apiError("node-unreachable", `Nothing answers at ${where}.`, { cause });
  }
}

async function read(reply: Content, response: Response): Promise<unknown> {
  if (reply === "nothing") return undefined;
  if (reply === "text") return response.text();
  if (reply === "bytes") return new Uint8Array(await response.arrayBuffer()) satisfies Bytes;
  if (reply === "events") return readEvents(response.body ?? new ReadableStream());
  const parsed = reply.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") ?? "";
  throw apiError("reply-not-understood", `The node's reply is not of the form that is expected, at "${where}".`, {
    detail: { path: where },
    cause: parsed.error,
  });
}

async function faultOf(response: Response): Promise<ParleyError> {
  const parsed = errorReply.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) {
    // A proxy before a node that is down.
    if (response.status >= 502 && response.status <= 504) {
      return apiError("node-unreachable", `What stands before the node answered with status ${response.status}.`);
    }
    return apiError("reply-not-understood", `The node answered with status ${response.status} and no reason.`);
  }
  const { code, message, next, exit, detail } = parsed.data.error;
  return new ParleyError(code, message, { exit, next, http: response.status as 400 }, detail);
}

/** The reply of a route that ends with `error`, as `faultOf` reads it. */
export function errorBody(error: ParleyError): ReturnType<typeof errorReply.parse> {
  const { code, message, next, exit, detail } = error;
  return { error: { code, message, next, exit, detail: { ...detail } } };
}
