/** Starts a node and its HTTP door, and stops both in an orderly way. */
import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "node:http";
import { setFlagsFromString } from "node:v8";
import { lineDoor } from "./carriers/line-door.ts";
import { bracketed, type Listen } from "./config.ts";
import { serverError } from "./errors.ts";
import { operatorDoor } from "./operator-door.ts";
import { createApp } from "./http/app.ts";
import type { Handlers } from "./http/handlers.ts";
import { type NodeOptions, openNode, type OpenNode } from "./node.ts";
import { answerParcel, carrierRoutes } from "./routes/carriers.ts";
import { draftRoutes } from "./routes/drafts.ts";
import { handoverRoutes } from "./routes/handovers.ts";
import { lineRoutes } from "./routes/line.ts";
import { listRoutes } from "./routes/lists.ts";
import { logRoutes } from "./routes/logs.ts";
import { mapRoutes } from "./routes/map.ts";
import { messageRoutes } from "./routes/messages.ts";
import { parcelRoutes } from "./routes/parcels.ts";
import { planStateRoutes } from "./routes/plan-states.ts";
import { planRoutes } from "./routes/plans.ts";
import { scratchRoutes } from "./routes/scratch.ts";
import { sessionRoutes } from "./routes/session.ts";
import { tableRoutes } from "./routes/table.ts";
import { watchRoutes } from "./routes/watch.ts";
import { sessions as openSessions } from "./sessions.ts";
import { type Bytes, equalBytes } from "../wire/bytes.ts";
import { VERSION } from "./version.ts";
import { witnessDoor } from "./witness/door.ts";

export interface RunningNode {
  /** Where it answers on its own machine. */
  readonly url: string;
  /** Ends what is under way, closes the stores, and gives the directory free. */
  stop(): Promise<void>;
}

/**
 * Runs the node of `dir` until it is stopped.
 * @throws config-malformed, config-other-party, node-directory-missing, node-not-paired, node-running, port-in-use, listen-failed,
 * store-newer, store-…, keys-not-in-roster
 */
export async function startNode(dir: string, options: NodeOptions = {}): Promise<RunningNode> {
  // A line is quiet for most of the day, and what seldom runs is never compiled: its messages would be interpreted.
  setFlagsFromString("--always-sparkplug");
  const node = openNode(dir, options);
  const stopping = new AbortController();
  try {
    const doors = [serverOf(node, stopping.signal)];
    const url = await listen(doors[0] as Server, node.config.listen);
    const { lineListen } = node.config;
    if (lineListen !== null) {
      const door = lineDoorOf(node);
      doors.push(door);
      const line = await listen(door, lineListen);
      node.logger.info("line-door", { url: line.replace("http:", "https:") });
    }
    const { metricsListen } = node.config;
    if (metricsListen !== null) {
      const door = operatorDoor(node);
      doors.push(door);
      node.logger.info("operator-door", { url: await listen(door, metricsListen) });
    }
    const { own } = node.witnessing;
    if (own !== null && node.config.witness !== null) {
      const door = witnessDoor({ ...node, config: node.config.witness, memory: own.memory });
      doors.push(door);
      node.logger.info("witness-door", { url: await listen(door, node.config.witness.listen), key: own.vkey });
    }
    node.logger.info("serving", { url, line: node.state.line, version: VERSION });
    node.start();
    node.witnessing.asking.kick();
    // A damaged file is told to the first draft, which reads it again.
    node.knownPlaces
      .prepare(stopping.signal)
      .catch((error: unknown) => node.logger.error("gazetteer-failed", { reason: String(error) }));
    return { url, stop: () => stop(node, doors, stopping) };
  } catch (error) {
    await node.close();
    throw error;
  }
}

function lineDoorOf(node: OpenNode): Server {
  const { state, tls: identity, logger } = node;
  // Its own key too: `doctor` calls at this party's own address.
  const holders = (key: Bytes) =>
    state.charter.parties.map(({ id }) => id).filter((id) => state.tlsKeys(id).some((each) => equalBytes(each, key)));
  return lineDoor({ identity, holders, logger, exchange: (sealed, callers) => answerParcel(node, sealed, callers) });
}

function serverOf(node: OpenNode, stopping: AbortSignal): Server {
  const { suite, state, now, config, logger } = node;
  // A revoked key opens nothing here, whatever the roster still says.
  const officer = (id: string) =>
    state.roster(state.self).officers.find((each) => each.id === id && !isRevokedNow(node, each.key)) ?? null;
  const sessions = openSessions({ suite, line: state.line, party: state.self, now, officer });
  const handlers: Handlers = {
    ...sessionRoutes(node, sessions),
    ...lineRoutes(node),
    ...messageRoutes(node),
    ...listRoutes(node),
    ...mapRoutes(node),
    ...draftRoutes(node),
    ...scratchRoutes(node),
    ...planRoutes(node),
    ...planStateRoutes(node),
    ...tableRoutes(node),
    ...watchRoutes(node),
    ...handoverRoutes(node),
    ...logRoutes(node),
    ...carrierRoutes(node),
    ...parcelRoutes(node),
  };
  const publicHost = config.publicAddress === null ? [] : [new URL(config.publicAddress).host];
  const app = createApp({
    handlers,
    sessionOf: (token) => sessions.of(token),
    onActed: () => node.presence.acted(),
    complete: node.complete,
    logger,
    stopping,
    guard: { hosts: [...config.hosts, ...publicHost], frameAncestors: config.frameAncestors },
    consoleFolder: node.consoleFolder,
    title: `Parley: the node of ${state.party(state.self).name}`,
    version: VERSION,
  });
  // Slow clients are cut: a request's head in 10 s, all of it in 60 s.
  const late = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 2000 };
  const serverOptions = { ...late, keepAliveTimeout: 30_000 };
  return createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;
}

function isRevokedNow({ state, store }: OpenNode, key: Uint8Array): boolean {
  // It is asked for each event that each page hears: mostly there is nothing to look at.
  if (state.declarations(state.self).length === 0) return false;
  return state.isRevoked(state.origin, store.log(state.origin)?.size ?? 0, key);
}

export function listen(server: Server, { host, port }: Listen): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const where = `${bracketed(host)}:${port}`;
      if (cause.code === "EADDRINUSE")
        return reject(serverError("port-in-use", `${where} is in use already.`, { cause }));
      return reject(serverError("listen-failed", `The node cannot listen on ${where} (${cause.code}).`, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : bracketed(host);
      resolve(`http://${shown}:${bound}`);
    });
  });
}

const GRACE_MS = 3000;

async function stop(node: OpenNode, doors: readonly Server[], stopping: AbortController): Promise<void> {
  stopping.abort();
  await Promise.all(doors.map(closed));
  await node.close();
  node.logger.info("stopped");
}

/** What was under way may end; then its connection is idle, and closed. */
export async function closed(server: Server): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await done;
  clearInterval(idle);
  clearTimeout(cut);
}
