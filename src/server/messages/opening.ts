/** In which order what came is opened, and how much of it at once: short logs first, a backlog on every core. */
import type { EntryRecord, LineStore } from "../../store/index.ts";
import type { LogOrigin } from "../../wire/id.ts";
import type { LineState } from "../exchange/line-state.ts";
import { nextTurn } from "../turn.ts";
import { type GivingWay, shortLogs } from "./giving-way.ts";
import { type Looked, lookInto, type OpeningKeys } from "./open-one.ts";
import type { OpenThreads } from "./open-threads.ts";

/** Between two batches others get their turn. */
const BATCH = 128;
/** So many of a short log are opened where they come, without a thread. */
const FEW = 32;
/** So many are handed to the threads before the first is waited for. */
const LOOK = 1024;
/** With no more than these before them, the threads are given what follows. */
const FEW_BATCHES = LOOK / 2 / BATCH;
/** So many show which logs are short. */
const GLANCE = 512;

export interface OpeningContext {
  readonly state: Pick<LineState, "suite" | "self"> & { readonly keys: Pick<LineState["keys"], "archive" | "sealing"> };
  readonly store: LineStore;
  readonly threads: OpenThreads;
  readonly storing: GivingWay;
  readonly isStopped: () => boolean;
  /** Takes up what was found, and keeps it. */
  readonly take: (entries: readonly EntryRecord[], looked: readonly Looked[]) => void;
}

/** One step; "later": there is something, and others go first. */
export function opening(context: OpeningContext): () => Promise<"more" | "done" | "later"> {
  const { state, store, storing, isStopped, take } = context;
  const keysNow = (): OpeningKeys => {
    return { self: state.self, archive: state.keys.archive, sealing: state.keys.sealing() };
  };
  /** What stands in a short log waits for nobody's backlog. False where there is nothing of that kind. */
  const openShort = (entries: readonly EntryRecord[]): boolean => {
    const few = shortLogs(entries, FEW);
    const keys = keysNow();
    const looked = few.map((entry) => lookInto(state.suite, keys, entry));
    if (few.length > 0) take(few, looked);
    return few.length > 0;
  };
  const between = async (underWay: ReadonlySet<LogOrigin>): Promise<boolean> => {
    await nextTurn();
    if (isStopped()) return false;
    openShort(store.entriesToOpen(GLANCE, underWay));
    return true;
  };
  return async () => {
    const coming = storing.underWay();
    const isLater = coming.size > 0;
    const entries = store.entriesToOpen(isLater ? GLANCE : LOOK, coming);
    if (entries.length === 0) return isLater ? "later" : "done";
    if (openShort(entries)) return "more";
    if (isLater) return "later";
    await takeAll(context, { keysNow, entries }, between);
    return "more";
  };
}

interface Backlog {
  readonly keysNow: () => OpeningKeys;
  readonly entries: readonly EntryRecord[];
}

interface UnderWay {
  readonly batch: readonly EntryRecord[];
  readonly looked: Promise<readonly Looked[]>;
}

/**
 * All at once to the threads, and taken up in their order as they come back; what follows in the log is with the threads
 * before the last of it is taken up, or they would wait for the disk. `between` says whether to go on.
 */
async function takeAll(
  { store, storing, threads, take }: OpeningContext,
  { keysNow, entries }: Backlog,
  between: (underWay: ReadonlySet<LogOrigin>) => Promise<boolean>,
): Promise<void> {
  const underWay: UnderWay[] = [];
  /** Of which something is with the threads: what else comes of other logs waits for none of it. */
  const logs = (): Set<LogOrigin> => new Set(underWay.flatMap(({ batch }) => batch.map(({ origin }) => origin)));
  /** Nothing comes, and no other log has anything: else the next look says whose turn it is. */
  const isAlone = (): boolean => storing.underWay().size === 0 && store.entriesToOpen(1, logs()).length === 0;
  let last: EntryRecord | undefined;
  const handOver = (more: readonly EntryRecord[]): void => {
    const keys = keysNow();
    for (let i = 0; i < more.length; i += BATCH) {
      const batch = more.slice(i, i + BATCH);
      const looked = threads.open({ keys, entries: batch });
      // Where one fails the rest are not waited for.
      looked.catch(() => undefined);
      underWay.push({ batch, looked });
    }
    last = more.at(-1);
  };
  handOver(entries);
  for (let taken = 0; underWay.length > 0; taken++) {
    if (last !== undefined && underWay.length <= FEW_BATCHES && isAlone()) {
      handOver(store.entriesToOpenAfter(last.origin, last.index, LOOK / 2));
    }
    const { batch, looked } = underWay[0] as UnderWay;
    const found = await looked;
    if (taken > 0 && !(await between(logs()))) return;
    take(batch, found);
    underWay.shift();
  }
}
