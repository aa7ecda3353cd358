/**
 * The line's door: where other nodes call, over mutual TLS. Whoever does not hold the TLS key of a party's newest roster
 * is cut off before a byte of his is read, whoever never ends a handshake makes room for the next, and
 * whoever holds a key and crawls is cut, and takes no room but his own.
 */
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { errorBody } from "../../api/index.ts";
import { MAX_SEALED_BYTES } from "../../line/index.ts";
import { type Bytes, concat, toHex } from "../../wire/bytes.ts";
import { ParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { EXCHANGE_PATH } from "./direct.ts";
import { keyOf, mutualTls, secureContext, type TlsIdentity } from "./tls.ts";

export interface LineDoorContext {
  /** The key that it shows from now on. */
  readonly identity: () => TlsIdentity;
  /** The parties whose TLS key this is, as the rosters have them; one that is nobody's may not come in. */
  readonly holders: (key: Bytes) => readonly PartyId[];
  /** A sealed parcel in, the answer out; `callers` hold the key that was proven. @throws the codes of Exchange.take */
  readonly exchange: (sealed: Bytes, callers: readonly PartyId[]) => Bytes | Promise<Bytes>;
  readonly logger: Logger;
  readonly times?: Partial<typeof TIMES>;
}

/** Connections that have not proven a key yet; beyond it the oldest goes. */
const MAX_UNPROVEN = 128;
/** Of one proven key; beyond it its own oldest goes. An honest node keeps 8 at most. */
const MAX_PER_KEY = 16;
/** Whoever sends slowly, reads slowly or says nothing is cut: how long each may take, in milliseconds. */
const TIMES = { head: 10_000, request: 60_000, idle: 60_000, look: 2000 };

export function lineDoor(context: LineDoorContext): Server {
  const proven = new WeakMap<TLSSocket, Bytes>();
  const { head, request: whole, idle, look } = { ...TIMES, ...context.times };
  // Node looks for those who are late only so often; by itself every half minute.
  const late = { headersTimeout: head, requestTimeout: whole, connectionsCheckingInterval: look };
  const times = { ...late, keepAliveTimeout: idle };
  let shown = context.identity();
  const server = createServer({ ...mutualTls(shown), ...times }, (request, response) => {
    // A connection that was cut may still have a request in its buffer.
    const key = proven.get(request.socket as TLSSocket);
    if (key === undefined) request.destroy();
    else void answer(context, key, request, response);
  });
  server.maxRequestsPerSocket = 0;
  // Also one who asks and then does not take the answer.
  server.timeout = idle;
  // Before the handshake of this very connection begins.
  server.prependListener("connection", () => {
    const identity = context.identity();
    if (identity === shown) return;
    shown = identity;
    server.setSecureContext(secureContext(identity));
  });
  const admitted = new Map<string, TLSSocket[]>();
  const waiting = limited(server, MAX_UNPROVEN);
  server.prependListener("secureConnection", (socket: TLSSocket) => {
    const key = keyOf(socket);
    if (key === null || context.holders(key).length === 0) {
      context.logger.warn("line-door-refused", { reason: "other-key" });
      socket.destroy();
      return;
    }
    proven.set(socket, key);
    waiting.passed(socket);
    admit(admitted, toHex(key), socket);
  });
  server.on("tlsClientError", (_, socket) => socket.destroy());
  return server;
}

/** One key's connections: a peer that takes too many loses its own, and nobody else's. */
function admit(admitted: Map<string, TLSSocket[]>, key: string, socket: TLSSocket): void {
  const others = admitted.get(key) ?? [];
  const own = [...others, socket];
  admitted.set(key, own);
  socket.once("close", () => {
    const left = (admitted.get(key) ?? []).filter((each) => each !== socket);
    if (left.length === 0) admitted.delete(key);
    else admitted.set(key, left);
  });
  if (own.length > MAX_PER_KEY) own[0]?.destroy();
}

/** Keeps count of raw connections that have not come through the handshake; the oldest is cut when there are too many. */
function limited(server: Server, max: number): { passed(socket: Socket): void } {
  const waiting = new Map<string, Socket>();
  server.on("connection", (socket: Socket) => {
    const from = farEnd(socket);
    waiting.set(from, socket);
    socket.once("close", () => {
      if (waiting.get(from) === socket) waiting.delete(from);
    });
    if (waiting.size <= max) return;
    const [oldest, first] = waiting.entries().next().value as [string, Socket];
    waiting.delete(oldest);
    first.destroy();
  });
  return { passed: (socket) => void waiting.delete(farEnd(socket)) };
}

function farEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

async function answer(
  context: LineDoorContext,
  key: Bytes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === "GET" && request.url === "/healthz") return void response.end("ok\n");
    if (request.method !== "POST" || request.url !== EXCHANGE_PATH) {
      throw serverError("line-door-unknown", "The line's door takes parcels and nothing else.");
    }
    const sealed = await bodyOf(request, MAX_SEALED_BYTES);
    const reply = await context.exchange(sealed, context.holders(key));
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": reply.length });
    response.end(reply);
  } catch (error) {
    refuse(context.logger, response, error);
  }
}

/** Errors of a plain door become statuses here. */
export function refuse(logger: Logger, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  if (!(error instanceof ParleyError)) logger.error("internal", { route: "door", stack: String(error) });
  const fault = error instanceof ParleyError ? error : serverError("internal", "The node met a fault of its own.");
  response.writeHead(fault.http, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify(errorBody(fault)));
}

/** @throws parcel-too-large */
export async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Bytes> {
  const tooLarge = () => serverError("door-too-large", `A body has at most ${maxBytes} bytes here.`);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const parts: Bytes[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw tooLarge();
    parts.push(part);
  }
  return concat(...parts);
}
