/** What is opened at once, and what waits while entries are still being stored. */
import type { EntryRecord } from "../../store/index.ts";
import { isBacklog } from "./open-threads.ts";

/**
 * While a log comes in parcel after parcel, storing goes before opening: a receipt says that it is safe here, and both
 * would only wait for each other. A parcel that does not come is waited for so long, and a flood of them not for ever.
 */
const GIVES_WAY_MS = 1000;
const GIVES_WAY_AT_MOST_MS = 20_000;

export interface GivingWay {
  /** Something was stored; `more`: and the next is on its way. */
  comes(more: boolean): void;
  isUnderWay(): boolean;
}

export function givingWay(): GivingWay {
  let [until, began] = [0, 0];
  return {
    comes: (more) => {
      const at = performance.now();
      // A pause as long as that, and the next flood is given way to anew.
      if (at > until + GIVES_WAY_AT_MOST_MS || until === 0) began = at;
      until = more ? at + GIVES_WAY_MS : 0;
    },
    isUnderWay: () => {
      const at = performance.now();
      return at < until && at < began + GIVES_WAY_AT_MOST_MS;
    },
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
