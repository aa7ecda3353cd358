/** The node's events, to every officer's page that listens. They carry ids; whoever wants more asks for it. */
import type { NodeEvent } from "../api/index.ts";

type Listener = (event: NodeEvent) => void;

export interface EventHub {
  emit(event: NodeEvent): void;
  /** Returns what ends it. */
  listen(listener: Listener): () => void;
}

export function eventHub(): EventHub {
  const listeners = new Set<Listener>();
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
