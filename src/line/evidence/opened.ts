/** Which nodes said that they opened an entry, and when first. */
import type { LogOrigin, PartyId } from "../../wire/id.ts";
import type { OpenedRange, Verification } from "./state.ts";

interface Opened {
  readonly party: PartyId;
  readonly at: number;
}

/** Of one party and log: what it first said of the entries from `starts[i]` up to `starts[i + 1]`. */
interface Timeline {
  readonly party: PartyId;
  readonly starts: readonly number[];
  readonly at: readonly (number | null)[];
}

/** By place, asked when all of the file is known. */
export function openedBy({
  openedRanges,
}: Pick<Verification, "openedRanges">): (origin: LogOrigin, index: number) => Opened[] {
  const logs = Map.groupBy(openedRanges, ({ origin }) => origin);
  const timelines = new Map(
    [...logs].map(([origin, ranges]) => {
      const parties = Map.groupBy(ranges, ({ party }) => party);
      return [origin, [...parties].map(([party, own]) => timelineOf(party, own))];
    }),
  );
  return (origin, index) => {
    return (timelines.get(origin) ?? []).flatMap(({ party, starts, at }) => {
      const when = at[lastUpTo(starts, index)] ?? null;
      return when === null ? [] : { party, at: when };
    });
  };
}

/** Each stretch between two ends of ranges has the time of the first of them that is over it, and is looked at once. */
function timelineOf(party: PartyId, ranges: readonly OpenedRange[]): Timeline {
  const starts = [...new Set(ranges.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const at = starts.map((): number | null => null);
  /** The first stretch from there on that nobody has said anything of. */
  const free = starts.map((_, i) => i);
  const freeFrom = (start: number): number => {
    let found = start;
    while (found < starts.length && free[found] !== found) found = free[found] as number;
    for (let i = start; i < found;) {
      const next = free[i] as number;
      free[i] = found;
      i = next;
    }
    return found;
  };
  for (const { from, to, at: when } of ranges) {
    const end = lastUpTo(starts, to);
    for (let i = freeFrom(lastUpTo(starts, from)); i < end; i = freeFrom(i)) [at[i], free[i]] = [when, i + 1];
  }
  return { party, starts, at };
}

/** The place of the last that is at most `index`; -1 where all are more. */
function lastUpTo(starts: readonly number[], index: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
