/** A node's narrow links: one socket, one rate, alerts first (spec/narrow.md). */
import { performance } from "node:perf_hooks";
import { type UdpLink, udpLink } from "../carriers/udp.ts";
import type { NarrowConfig } from "./config.ts";
import { incoming, type IncomingContext } from "./incoming.ts";
import { outgoingSets, type OutgoingContext } from "./outgoing.ts";
import { carriedMs, type Ready, words as wordsOf } from "./words.ts";

export interface NarrowContext extends Omit<IncomingContext, "done" | "acknowledge">, Pick<OutgoingContext, "onDone"> {
  readonly config: NarrowConfig | null;
}

export interface Narrow {
  start(): void;
  /** The own log may have grown. */
  kick(): void;
  stop(): Promise<void>;
}

const NOTHING: Narrow = { start: () => {}, kick: () => {}, stop: async () => {} };
const LONGEST_WAIT_MS = 5000;

/** Where nothing is configured, nothing is bound, sent or taken. */
export function narrow(context: NarrowContext): Narrow {
  const { config, logger } = context;
  if (config === null) return NOTHING;
  const sets = outgoingSets(context);
  const words = wordsOf(context, config.bitsPerSecond);
  const pace = pacer(config, (at) => words.next(at) ?? earlier(sets.next(at), words.again()), context);
  const take = incoming({
    ...context,
    done: (peer, set) => sets.done(peer, set),
    acknowledge: (peer, keys, set) => {
      words.add(peer, keys, set);
      pace.look();
    },
  });
  const safely = (what: () => void): void => {
    try {
      what();
    } catch (error) {
      logger.error("narrow-failed", { code: "internal", reason: String(error) });
    }
  };
  const look = (): void => {
    safely(() => sets.look());
    pace.look();
  };
  return {
    start: () => {
      pace.start((datagram) => safely(() => take(datagram)));
      look();
    },
    kick: look,
    stop: () => pace.stop(),
  };
}

type Next = Ready | { readonly again: number | null };

function earlier(next: Next, other: number | null): Next {
  if (!("again" in next) || other === null) return next;
  return { again: Math.min(next.again ?? Infinity, other) };
}

/** Asks for the next datagram when the link has carried the last: what waits in a modem cannot be put behind an alert. */
function pacer(
  config: NarrowConfig,
  nextAt: (at: number) => Next,
  { logger }: Pick<NarrowContext, "logger">,
): { start(heard: Parameters<typeof udpLink>[1]): void; look(): void; stop(): Promise<void> } {
  let link: UdpLink | null = null;
  let timer: NodeJS.Timeout | null = null;
  let freeAt = 0;
  const plan = (ms: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = link === null ? null : setTimeout(pump, Math.max(0, ms, freeAt - performance.now()));
  };
  const pump = (): void => {
    const at = performance.now();
    if (at < freeAt) return plan(0);
    try {
      const next = nextAt(at);
      if ("again" in next) return plan(Math.max(1, Math.min(next.again ?? Infinity, at + LONGEST_WAIT_MS) - at));
      link?.send(next.datagram, next.to);
      freeAt = at + carriedMs(next, config.bitsPerSecond);
      plan(0);
    } catch (error) {
      logger.error("narrow-failed", { code: "internal", reason: String(error) });
      plan(LONGEST_WAIT_MS);
    }
  };
  const failed = (code: string, reason: string): void => logger.warn("narrow-link", { code, reason });
  return {
    start: (heard) => void (link = udpLink(config.listen, heard, failed)),
    look: () => plan(0),
    stop: async () => {
      const open = link;
      link = null;
      if (timer !== null) clearTimeout(timer);
      await open?.close();
    },
  };
}
