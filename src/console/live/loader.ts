/**
 * Loads the same thing again whenever it may have changed. Bursts are gathered, and no second question goes out before
 * the first is answered: a node that is busy is not asked more often than it can answer.
 */
export interface Loader {
  /** It may have changed: soon is early enough. */
  readonly changed: () => void;
  /** The node is back: what is still on its way may never come. Not at once, for all that is shown is asked for anew. */
  readonly again: () => void;
  /** At once, beside whatever is still on its way. */
  readonly now: () => void;
  readonly stop: () => void;
}

const GATHER_MS = 15;
const LONGEST_REST_MS = 2000;
/** A question that has had no answer for so long is waited for no longer. */
const PATIENCE_MS = 10_000;

/**
 * Shared by whoever asks one node: after its answers it is left alone for as long as they took together, so that half of
 * its time, at most, goes into answering a page.
 */
export interface Pace {
  /** An answer came, after `took_ms`. */
  readonly answered: (took_ms: number) => void;
  readonly restMs: () => number;
}

export function pace(): Pace {
  let restsUntil = 0;
  return {
    answered: (took_ms) => {
      const now = performance.now();
      restsUntil = Math.min(Math.max(restsUntil, now) + took_ms, now + LONGEST_REST_MS);
    },
    restMs: () => Math.max(0, restsUntil - performance.now()),
  };
}

export interface Asking {
  readonly pace: Pace;
  /** Bursts are gathered for so long. */
  readonly gatherMs?: number;
}

/** `shown` is called with each outcome that is newer than all before it. */
export function loader<T>(
  load: () => Promise<T>,
  shown: (outcome: Promise<T>) => void,
  { pace: shared, gatherMs = GATHER_MS }: Asking,
): Loader {
  let [asked, newest, underWay] = [0, 0, 0];
  let isWanted = false;
  let isStopped = false;
  let lastAsked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    clearTimeout(timer);
    timer = undefined;
    isWanted = false;
    const mine = ++asked;
    const began = performance.now();
    lastAsked = began;
    const outcome = load();
    underWay++;
    const over = (): void => {
      underWay--;
      shared.answered(performance.now() - began);
      if (isStopped) return;
      if (mine > newest) {
        newest = mine;
        shown(outcome);
      }
      if (isWanted) later();
    };
    outcome.then(over, over);
  };
  const later = (): void => {
    timer ??= setTimeout(ask, Math.max(gatherMs, shared.restMs()));
  };
  return {
    changed: () => {
      isWanted = true;
      if (underWay === 0 || performance.now() - lastAsked > PATIENCE_MS) later();
    },
    again: later,
    now: ask,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
