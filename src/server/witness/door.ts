/**
 * A witness's door (spec/witness.md): it takes `add-checkpoint` and nothing else. Anybody who reaches it may ask; what
 * no known log has signed costs it one signature check and no write.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Suite } from "../../crypto/index.ts";
import { decideAddCheckpoint, MAX_ADD_CHECKPOINT_BYTES, type WitnessReply, witnessReply } from "../../log/index.ts";
import { fromUtf8 } from "../../wire/bytes.ts";
import { bodyOf, refuse } from "../carriers/line-door.ts";
import type { Logger } from "../logger.ts";
import type { WitnessConfig } from "./config.ts";
import type { WitnessMemoryFile } from "./memory.ts";

export interface WitnessDoorContext {
  readonly suite: Suite;
  readonly config: WitnessConfig;
  readonly memory: WitnessMemoryFile;
  readonly logger: Logger;
  readonly now: () => number;
}

const MAX_CONNECTIONS = 64;

export function witnessDoor(context: WitnessDoorContext): Server {
  const times = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
  const server = createServer({ ...times, keepAliveTimeout: 30_000 }, (request, response) => {
    answer(context, request).then(
      ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
      (error: unknown) => refuse(context.logger, response, error),
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  // Also one who asks and then does not take the answer.
  server.timeout = 30_000;
  return server;
}

async function answer(context: WitnessDoorContext, request: IncomingMessage): Promise<WitnessReply> {
  if (request.method !== "POST" || request.url !== "/add-checkpoint") {
    return { status: 404, type: "text/plain; charset=utf-8", body: "There is POST /add-checkpoint.\n" };
  }
  return decided(context, textOf(await bodyOf(request, MAX_ADD_CHECKPOINT_BYTES)));
}

/** Nothing is awaited in here: between what is remembered and what is decided nobody else comes in. */
function decided({ suite, config, memory, logger, now }: WitnessDoorContext, text: string): WitnessReply {
  const keys = (origin: string) => config.logs.filter(({ name }) => name === origin);
  const decision = memory.atomically(() => {
    const found = decideAddCheckpoint(suite, { keys, latest: memory.latest }, text);
    if (found.decision === "cosign") memory.remember(found.checkpoint);
    return found;
  });
  // The request is the proof of it: two trees of one size by one key. People are told by a line of the node's own log.
  if (decision.decision === "conflict" && decision.forked)
    logger.warn("witness-fork", { size: decision.size, request: text });
  return witnessReply(suite, { name: config.name, seed: memory.seed }, decision, Math.floor(now() / 1000));
}

/** What is no UTF-8 is no request either. */
function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    return "";
  }
}
