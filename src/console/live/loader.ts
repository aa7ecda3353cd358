/**
 * Loads the same thing again whenever it may have changed. Bursts are gathered, and no second question goes out before
 * the first is answered: a node that is busy is not asked more often than it can answer.
 */
export interface Loader {
  /** It may have changed: soon is early enough. */
  readonly changed: () => void;
  /** At once, beside whatever is still on its way. */
  readonly now: () => void;
  readonly stop: () => void;
}

const GATHER_MS = 15;
const LONGEST_PAUSE_MS = 1000;
/** A question that has had no answer for so long is waited for no longer. */
const PATIENCE_MS = 10_000;

/** `shown` is called with each outcome that is newer than all before it. Bursts are gathered for `gather_ms`. */
export function loader<T>(load: () => Promise<T>, shown: (outcome: Promise<T>) => void, gather_ms = GATHER_MS): Loader {
  let [asked, newest, underWay] = [0, 0, 0];
  let isWanted = false;
  let isStopped = false;
  let restsUntil = 0;
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
      const ended = performance.now();
      restsUntil = ended + Math.min(ended - began, LONGEST_PAUSE_MS);
      if (isStopped) return;
      if (mine > newest) {
        newest = mine;
        shown(outcome);
      }
      if (isWanted) later();
    };
    outcome.then(over, over);
  };
  /** A rest as long as the last answer took: half of the node's time, at most, goes into answering this page. */
  const later = (): void => {
    timer ??= setTimeout(ask, Math.max(gather_ms, restsUntil - performance.now()));
  };
  return {
    changed: () => {
      isWanted = true;
      if (underWay === 0 || performance.now() - lastAsked > PATIENCE_MS) later();
    },
    now: ask,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
