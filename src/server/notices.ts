/**
 * What this node says by itself. What it opened is told in ranges, at most one notice at a time, and never because of
 * another notice: two nodes must not answer each other's notices for ever.
 */
import {
  type NoticeItem,
  REFUSED_WHY,
  type RefusedWhy,
  signNotice,
  UNOPENED_WHY,
  type UnopenedWhy,
} from "../message/index.ts";
import type { EntryRecord, LineStore, LineWrite } from "../store/index.ts";
import type { LogOrigin } from "../wire/id.ts";
import type { LineState } from "./line-state.ts";
import type { Outbound } from "./outbound.ts";

export interface Notices {
  /** To be told with the next notice. */
  add(item: NoticeItem): void;
  /** Appends one notice where there is something to tell. True where it did. */
  tell(): boolean;
}

const MAX_ITEMS = 250;
const LOOK = 5000;

export function notices(state: LineState, store: LineStore, outbound: Outbound, now: () => number): Notices {
  const waiting: NoticeItem[] = [];
  return {
    add: (item) => void waiting.push(item),
    tell: () => {
      const index = store.log(state.origin)?.size ?? 0;
      const logs = store.logs().filter(({ party }) => party !== state.self);
      const opened = logs
        .flatMap(({ origin }) => openings(store, state, origin, { at: now(), index }))
        .slice(0, MAX_ITEMS);
      const items = [...waiting.splice(0, MAX_ITEMS - opened.length), ...opened.map(({ item }) => item)];
      if (items.length === 0) return false;
      const { suite, line, self, charter, seeds } = state;
      const notice = signNotice(
        suite,
        { line, from: self, at: now(), exercise: charter.exercise, items },
        seeds.parcel,
      );
      outbound.append(
        [{ type: "notice", notice }],
        opened.map(({ write }) => write),
      );
      return true;
    },
  };
}

interface Opening {
  readonly item: NoticeItem;
  readonly write: LineWrite;
}

/** Of one log: everything that was looked at since this node last said something about it. */
function openings(
  store: LineStore,
  state: LineState,
  origin: LogOrigin,
  notice: { at: number; index: number },
): Opening[] {
  const from = store.openingsEnd(origin, state.self) + 1;
  const found: Opening[] = [];
  let run: { readonly first: number; last: number } | null = null;
  const close = (): void => {
    if (run === null) return;
    const { first, last } = run;
    found.push({
      item: { code: "opened", origin, from: first, to: last + 1 },
      write: {
        write: "opening",
        origin,
        party: state.self,
        first,
        last,
        at: notice.at,
        code: null,
        notice: notice.index,
      },
    });
    run = null;
  };
  for (const { index, type, cause } of store.lookedAt(origin, from, LOOK)) {
    const fault = faultItem(origin, { index, type, cause });
    if (fault !== null) {
      close();
      const range = { first: index, last: index };
      found.push({
        item: fault,
        write: {
          write: "opening",
          origin,
          party: state.self,
          ...range,
          at: notice.at,
          code: cause,
          notice: notice.index,
        },
      });
    } else if (type === "notice") {
      close();
    } else if (run === null) {
      run = { first: index, last: index };
    } else {
      run.last = index;
    }
  }
  close();
  return found;
}

function faultItem(origin: LogOrigin, entry: Pick<EntryRecord, "index" | "type" | "cause">): NoticeItem | null {
  const { index, type, cause } = entry;
  if (type === "unopened") {
    const why = UNOPENED_WHY.find((known): known is UnopenedWhy => known === cause) ?? "unopenable";
    return { code: "unopened", origin, index, why };
  }
  // What waits for its target is opened; only the last word is told.
  if (type !== "message" || cause === null || cause === "unknown-target") return null;
  const why = REFUSED_WHY.find((known): known is RefusedWhy => known === cause) ?? "malformed";
  return { code: "refused", origin, index, why };
}
