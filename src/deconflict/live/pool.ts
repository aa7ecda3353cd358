/**
 * Memory of the live index: numbers in pages that are never copied once they are full, so that nothing stalls however
 * much there is, and that cost the garbage collector nothing. A place is a whole number: page and offset.
 */

const PAGE_BITS = 20;
const PAGE = 1 << PAGE_BITS;
const MASK = PAGE - 1;
/** The first page begins this small and doubles, so that a small index is small. */
const FIRST = 1 << 8;

/** Pages of integers of 32 bits. Place 0 is never given out: it means none. */
export interface Words {
  readonly ints: Int32Array[];
  /** A place for `size` words in one page; `size` is one of few sizes, and at most 1,024. Its content is stale. */
  take(size: number): number;
  give(at: number, size: number): void;
}

export const pageOf = (at: number): number => at >>> PAGE_BITS;
export const offsetOf = (at: number): number => at & MASK;

/** Places that were given back, by size. */
type Free = (number[] | undefined)[];

function reuse(free: Free, size: number): number {
  return free[size]?.pop() ?? -1;
}

function giveBack(free: Free, at: number, size: number): void {
  (free[size] ??= []).push(at);
}

export function createWords(): Words {
  const ints = [new Int32Array(FIRST)];
  const free: Free = [];
  let end = 1;
  const grow = (page: number, needed: number): void => {
    const old = ints[page];
    const length = page > 0 ? PAGE : Math.min(PAGE, Math.max(needed, 2 * (old?.length ?? 0)));
    const grown = new Int32Array(length);
    if (old !== undefined) grown.set(old);
    ints[page] = grown;
  };
  const take = (size: number): number => {
    const again = reuse(free, size);
    if (again >= 0) return again;
    if (offsetOf(end) + size > PAGE) end = (pageOf(end) + 1) * PAGE;
    const at = end;
    const [page, needed] = [pageOf(at), offsetOf(at) + size];
    if ((ints[page]?.length ?? 0) < needed) grow(page, needed);
    end += size;
    return at;
  };
  return { ints, take, give: (at, size) => giveBack(free, at, size) };
}

/** Runs of doubles of up to `LONGEST_RUN`, each in one page. */
export interface Runs {
  readonly pages: Float64Array[];
  take(size: number): number;
  give(at: number, size: number): void;
}

/** Longer ones are kept as arrays of their own. */
export const LONGEST_RUN = 128;

export function createRuns(): Runs {
  const pages = [new Float64Array(FIRST)];
  const free: Free = [];
  let end = 0;
  const take = (size: number): number => {
    const again = reuse(free, size);
    if (again >= 0) return again;
    if (offsetOf(end) + size > PAGE) end = (pageOf(end) + 1) * PAGE;
    const at = end;
    const [page, needed] = [pageOf(at), offsetOf(at) + size];
    const old = pages[page];
    if ((old?.length ?? 0) < needed) {
      const grown = new Float64Array(page > 0 ? PAGE : Math.min(PAGE, Math.max(needed, 2 * (old?.length ?? 0))));
      if (old !== undefined) grown.set(old);
      pages[page] = grown;
    }
    end += size;
    return at;
  };
  return { pages, take, give: (at, size) => giveBack(free, at, size) };
}

/** Records of one length by number, from 0 on: doubles first, then integers, in pages of 65,536 records. */
export interface Records {
  readonly doubles: Float64Array[];
  readonly ints: Int32Array[];
  readonly floats: Float32Array[];
  /** The number of a new record, or of one that was dropped. Its content is stale. */
  take(): number;
  give(record: number): void;
}

const RECORD_BITS = 16;
export const recordPage = (record: number): number => record >>> RECORD_BITS;
export const recordOffset = (record: number): number => record & ((1 << RECORD_BITS) - 1);

/** `size` in doubles. */
export function createRecords(size: number): Records {
  const doubles: Float64Array[] = [];
  const ints: Int32Array[] = [];
  const floats: Float32Array[] = [];
  const free: number[] = [];
  let end = 0;
  const take = (): number => {
    const again = free.pop();
    if (again !== undefined) return again;
    const page = recordPage(end);
    const needed = (recordOffset(end) + 1) * size;
    const old = doubles[page];
    if ((old?.length ?? 0) < needed) {
      const whole = size << RECORD_BITS;
      const grown = new Float64Array(page > 0 ? whole : Math.min(whole, Math.max(16 * size, 2 * (old?.length ?? 0))));
      if (old !== undefined) grown.set(old);
      doubles[page] = grown;
      ints[page] = new Int32Array(grown.buffer);
      floats[page] = new Float32Array(grown.buffer);
    }
    return end++;
  };
  return { doubles, ints, floats, take, give: (record) => void free.push(record) };
}
