/** How a node begins: what it takes up of what was told, and whom it asks before it says a word. */
import { foundingOf } from "./exchange/outbound.ts";
import type { Node } from "./node.ts";
import { nodePaths } from "./node-dir.ts";
import type { Notices } from "./messages/notices.ts";
import type { Opener } from "./messages/opener.ts";
import { markBegun } from "./stores-there.ts";

/** How long a start waits for the others' word about its own log. */
const ASK_MS = 3000;

export function lifetime() {
  const [complete, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ready = Promise.all([begun.promise, complete.promise]).then(() => undefined);
  return { stopping: new AbortController(), complete, begun, ready };
}

type TakingUp = Pick<Node, "plans" | "certificates" | "learning" | "fitness" | "logger">;

/** Everything that was told, and what follows from it for the plans. */
export async function takeUp(
  { plans, certificates, learning, fitness, logger }: TakingUp,
  stopping: AbortSignal,
): Promise<void> {
  try {
    await plans.prepare(stopping);
    if (stopping.aborted) return;
    certificates.recheck();
    plans.start();
    // Drafts wait for it by themselves, and nothing else does.
    void learning.load(stopping).catch((error: unknown) => incomplete({ fitness, logger }, error));
  } catch (error) {
    incomplete({ fitness, logger }, error);
  }
}

/** Whoever asks for what cannot be read is told so by the store itself. */
function incomplete({ fitness, logger }: Pick<Node, "fitness" | "logger">, error: unknown): void {
  const code = fitness.unread(error);
  logger.error("start-incomplete", { code, reason: String(error) });
}

type Starting = Pick<Node, "dir" | "state" | "store" | "outbound" | "peers" | "fitness" | "logger"> & {
  readonly opener: Opener;
  readonly notices: Notices;
};

/** Others are asked what they hold of this node's own log before it says a word in it. */
export async function begin(
  { dir, state, store, outbound, opener, notices, peers, fitness, logger }: Starting,
  stopping: AbortSignal,
): Promise<void> {
  opener.wake();
  peers.start();
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([peers.askedOnce(), new Promise((resolve) => (timer = setTimeout(resolve, ASK_MS)))]);
  clearTimeout(timer);
  // Its stores are closed by now.
  if (stopping.aborted) return;
  try {
    if (store.log(state.origin)?.size === 0) {
      outbound.append(foundingOf(state));
      markBegun(nodePaths(dir), state.self, store);
      logger.info("log-begun", { origin: state.origin });
    }
  } catch (error) {
    incomplete({ fitness, logger }, error);
  }
  notices.start();
  peers.kick();
}

/** It may speak, and has read its own log to the end: after a restore part of that comes back from the others. */
export function knowsAllItSaid({ state, store, outbound }: Pick<Node, "state" | "store" | "outbound">): boolean {
  try {
    outbound.requireOpen();
  } catch {
    return false;
  }
  return store.openedUpTo(state.origin).size === (store.log(state.origin)?.size ?? 0);
}
