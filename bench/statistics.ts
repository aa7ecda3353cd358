/** Times of many repetitions, in a few figures. */

export interface Times {
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Of the middle one of many runs, so that what else the machine does for a moment does not count. */
  readonly perSecond: number;
}

const RUN = 100;

/** Of the times of single repetitions, in milliseconds. Throws where there are none. */
export function timesOf(milliseconds: readonly number[]): Times {
  if (milliseconds.length === 0) throw new Error("Nothing was timed.");
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: rank(sorted, 0.5),
    p95: rank(sorted, 0.95),
    p99: rank(sorted, 0.99),
    perSecond: rank(
      batches(milliseconds, RUN)
        .map(rateOf)
        .toSorted((a, b) => a - b),
      0.5,
    ),
  };
}

function rateOf(milliseconds: readonly number[]): number {
  return (1000 * milliseconds.length) / milliseconds.reduce((sum, time) => sum + time, 0);
}

/** The middle one; for an even number the lower of the two. */
export function medianOf(values: readonly number[]): number {
  return rank(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** The smallest value that at least this share of all are at or below (nearest rank). */
function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** `items` in runs of `size`, so that two sides can take turns. */
export function batches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
