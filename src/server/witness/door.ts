/**
 * A witness's door (spec/witness.md): it takes `add-checkpoint` and nothing else. Anybody who reaches it may ask; what
 * no known log has signed costs it one signature check and no write.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Suite } from "../../crypto/index.ts";
import {
  checkpointBody,
  decideAddCheckpoint,
  MAX_ADD_CHECKPOINT_BYTES,
  parseAddCheckpoint,
  parseCheckpoint,
  type WitnessReply,
  witnessReply,
} from "../../log/index.ts";
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
/** So many proofs are remembered as told; a log that has signed more forks than that is told of again. */
const MAX_TOLD = 1024;

/** Tells people of a fork, by a line of the node's own log. The request is the proof of it: two trees of one size by one key. */
type TellFork = (size: number, request: string) => void;

export function witnessDoor(context: WitnessDoorContext): Server {
  const times = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
  const tell = forkTeller(context.logger);
  const server = createServer({ ...times, keepAliveTimeout: 30_000 }, (request, response) => {
    answer(context, tell, request).then(
      ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
      (error: unknown) => refuse(context.logger, response, error),
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  // Also one who asks and then does not take the answer.
  server.timeout = 30_000;
  return server;
}

/** A log that has forked asks again and again, with the same checkpoint: each is told once. */
function forkTeller(logger: Logger): TellFork {
  const told = new Set<string>();
  return (size, request) => {
    const signed = checkpointBody(parseCheckpoint(parseAddCheckpoint(request).note).checkpoint);
    if (told.has(signed)) return;
    const [oldest] = told;
    if (told.size >= MAX_TOLD && oldest !== undefined) told.delete(oldest);
    told.add(signed);
    logger.warn("witness-fork", { size, request });
  };
}

async function answer(context: WitnessDoorContext, tell: TellFork, request: IncomingMessage): Promise<WitnessReply> {
  if (request.method !== "POST" || request.url !== "/add-checkpoint") {
    return { status: 404, type: "text/plain; charset=utf-8", body: "There is POST /add-checkpoint.\n" };
  }
  return decided(context, tell, textOf(await bodyOf(request, MAX_ADD_CHECKPOINT_BYTES)));
}

/** Nothing is awaited in here: between what is remembered and what is decided nobody else comes in. */
function decided({ suite, config, memory, now }: WitnessDoorContext, tell: TellFork, text: string): WitnessReply {
  const keys = (origin: string) => config.logs.filter(({ name }) => name === origin);
  const decision = memory.atomically(() => {
    const found = decideAddCheckpoint(suite, { keys, latest: memory.latest }, text);
    if (found.decision === "cosign") memory.remember(found.checkpoint);
    return found;
  });
  if (decision.decision === "conflict" && decision.forked) tell(decision.size, text);
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
