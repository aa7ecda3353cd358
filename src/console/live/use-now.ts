import { useCallback, useState, useSyncExternalStore } from "react";

type Listener = () => void;

interface Clock {
  readonly listeners: Set<Listener>;
  readonly timer: ReturnType<typeof setInterval>;
  now: number;
}

/** One for each pace: a hundred rows that count down are drawn anew together. */
const clocks = new Map<number, Clock>();

function listen(everyMs: number, listener: Listener): () => void {
  const clock = clocks.get(everyMs) ?? startClock(everyMs);
  clock.listeners.add(listener);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    clearInterval(clock.timer);
    clocks.delete(everyMs);
  };
}

function startClock(everyMs: number): Clock {
  const listeners = new Set<Listener>();
  const timer = setInterval(() => {
    clock.now = Date.now();
    for (const listener of listeners) listener();
  }, everyMs);
  const clock = { listeners, timer, now: 0 };
  clocks.set(everyMs, clock);
  return clock;
}

/**
 * The officer's clock, in milliseconds since the epoch, looked at every `everyMs`. `of` makes of it what is shown: only
 * where that has changed is anything drawn anew.
 */
export function useNow(everyMs: number): number;
export function useNow<T extends Shown>(everyMs: number, of: (now: number) => T): T;
export function useNow(everyMs: number, of: (now: number) => Shown = same): Shown {
  const [began] = useState(() => Date.now());
  const subscribe = useCallback((listener: () => void) => listen(everyMs, listener), [everyMs]);
  // What comes between two looks at the clock is drawn with the time of the last one, and never with one before it came.
  return useSyncExternalStore(subscribe, () => of(Math.max(began, clocks.get(everyMs)?.now ?? 0)));
}

type Shown = number | boolean | string;
const same = (now: number): number => now;
