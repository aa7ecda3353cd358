/** What is opened at once, and what waits while entries are still being stored. */
import type { EntryRecord } from "../../store/index.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { isBacklog } from "./open-threads.ts";

/**
 * While a log comes in parcel after parcel, storing goes before opening: a receipt says that it is safe here, and both
 * would only wait for each other. A parcel that does not come is waited for so long, and a flood of them not for ever.
 */
const GIVES_WAY_MS = 1000;
const GIVES_WAY_AT_MOST_MS = 20_000;

export interface GivingWay {
  /** Entries of these logs were stored; `more`: and the next of them are on their way. */
  comes(logs: readonly LogOrigin[], more: boolean): void;
  /** Those that go on, which are no short logs however few of their entries are here. */
  underWay(): ReadonlySet<LogOrigin>;
}

export function givingWay(): GivingWay {
  /** Until when each log that goes on is waited for. */
  const coming = new Map<LogOrigin, number>();
  let [last, began] = [-Infinity, 0];
  const underWay = (): ReadonlySet<LogOrigin> => {
    const at = performance.now();
    if (at >= began + GIVES_WAY_AT_MOST_MS) return new Set();
    return new Set([...coming].filter(([, until]) => at < until).map(([log]) => log));
  };
  return {
    comes: (logs, more) => {
      const at = performance.now();
      // A pause as long as that, and the next flood is given way to anew.
      if (at > last + GIVES_WAY_AT_MOST_MS || coming.size === 0) began = at;
      for (const log of logs) {
        if (more) coming.set(log, at + GIVES_WAY_MS);
        else coming.delete(log);
      }
      if (more) last = at + GIVES_WAY_MS;
    },
    underWay,
  };
}

/** Of the logs of which few are left, what can be opened at once: none of it waits for another's backlog. */
export function shortLogs(entries: readonly EntryRecord[], most: number): readonly EntryRecord[] {
  const byLog = [...Map.groupBy(entries, ({ origin }) => origin).values()];
  return byLog
    .filter(({ length }) => !isBacklog(length))
    .flat()
    .slice(0, most);
}
