/**
 * The node's events, for as long as the page is open. A broken stream is opened again by itself, and silence is not
 * taken for peace: every second the node is asked whether it is there, so that its loss shows within two.
 */
import type { NodeEvent } from "../../api/index.ts";

export type FeedState = "connecting" | "live" | "lost";

export interface FeedSource {
  /** Opens the stream; ends or throws where it breaks. `opened` is called once the node has answered. */
  events(signal: AbortSignal, opened: () => void): AsyncIterable<NodeEvent>;
  /** Resolves where the node answers at all. */
  probe(signal: AbortSignal): Promise<void>;
}

export interface Feed {
  readonly state: () => FeedState;
  /** Called on every change of state; returns the way to stop. */
  readonly onState: (listener: () => void) => () => void;
  readonly onEvent: (listener: (event: NodeEvent | "again") => void) => () => void;
  readonly stop: () => void;
}

const PROBE_EVERY_MS = 800;
const PROBE_PATIENCE_MS = 1100;
const PAGE_BUSY_MS = 250;
const RETRY_MS = 400;

export function openFeed(source: FeedSource): Feed {
  const stopping = new AbortController();
  const stateListeners = new Set<() => void>();
  const eventListeners = new Set<(event: NodeEvent | "again") => void>();
  let state: FeedState = "connecting";
  const become = (next: FeedState) => {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener();
  };
  const tell = (event: NodeEvent | "again") => {
    for (const listener of eventListeners) listener(event);
  };
  let stream = new AbortController();
  const lose = () => {
    become("lost");
    stream.abort();
  };

  void keepReading(stopping.signal, source, {
    begin: () => (stream = new AbortController()).signal,
    opened: () => {
      const isFirst = state === "connecting";
      become("live");
      // Whoever listens from the start has missed nothing.
      if (!isFirst) tell("again");
    },
    event: tell,
    lost: lose,
  });
  void keepProbing(stopping.signal, source, () => state === "live" && lose());

  return {
    state: () => state,
    onState: (listener) => subscribe(stateListeners, listener),
    onEvent: (listener) => subscribe(eventListeners, listener),
    stop: () => {
      stopping.abort();
      stream.abort();
    },
  };
}

function subscribe<T>(set: Set<T>, listener: T): () => void {
  set.add(listener);
  return () => void set.delete(listener);
}

interface Reader {
  readonly begin: () => AbortSignal;
  readonly opened: () => void;
  readonly event: (event: NodeEvent) => void;
  readonly lost: () => void;
}

async function keepReading(stopped: AbortSignal, source: FeedSource, reader: Reader): Promise<void> {
  while (!stopped.aborted) {
    try {
      for await (const event of source.events(reader.begin(), reader.opened)) reader.event(event);
    } catch {
      // Whatever broke it, the answer is the same: say so, and try again.
    }
    if (stopped.aborted) return;
    reader.lost();
    await pause(RETRY_MS);
  }
}

async function keepProbing(stopped: AbortSignal, source: FeedSource, gone: () => void): Promise<void> {
  while (!stopped.aborted) {
    await pause(PROBE_EVERY_MS);
    const asked = performance.now();
    try {
      await source.probe(AbortSignal.timeout(PROBE_PATIENCE_MS));
    } catch {
      // A page that was busy itself has not listened: that says nothing about the node.
      const wasBusy = performance.now() - asked > PROBE_PATIENCE_MS + PAGE_BUSY_MS;
      if (!stopped.aborted && !wasBusy) gone();
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
