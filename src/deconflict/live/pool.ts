/**
 * Memory of the live index: numbers in pages that are never copied once they are full, so that nothing stalls however
 * much there is, and that cost the garbage collector nothing.
 */

/** Places are counted in lines, as much as memory hands out at once: what fits into one is waited for once. */
const LINE_BYTES = 64;
export const WORDS_A_LINE = LINE_BYTES / 4;
export const DOUBLES_A_LINE = LINE_BYTES / 8;
const PAGE_BITS = 16;
const PAGE = 1 << PAGE_BITS;
const MASK = PAGE - 1;
/** The first page begins this small and doubles, so that a small index is small. */
const FIRST = 1 << 5;
/** Large arrays of the C library of most systems begin 16 bytes after a line does. */
const TO_NEXT_LINE = LINE_BYTES - 16;

/** Pages of lines, each seen as integers and floats of 32 bits and as doubles. Place 0 is never given out: it means none. */
export interface Lines {
  readonly ints: Int32Array[];
  readonly floats: Float32Array[];
  readonly doubles: Float64Array[];
  /** A place for `size` lines that follow each other; `size` is one of few sizes, and at most 64. Its content is stale. */
  take(size: number): number;
  give(at: number, size: number): void;
}

export const pageOf = (line: number): number => line >>> PAGE_BITS;
/** Where a line begins in its page, in integers of 32 bits, or floats. */
export const wordOf = (line: number): number => (line & MASK) * WORDS_A_LINE;
/** In doubles. */
export const doubleOf = (line: number): number => (line & MASK) * DOUBLES_A_LINE;

export function createLines(): Lines {
  const ints: Int32Array[] = [];
  const floats: Float32Array[] = [];
  const doubles: Float64Array[] = [];
  /** Places that were given back, by size. */
  const free: (number[] | undefined)[] = [];
  let end = 1;
  const grow = (page: number, needed: number): void => {
    const old = ints[page];
    const room = (old?.length ?? 0) / WORDS_A_LINE;
    const lines = page > 0 ? PAGE : Math.min(PAGE, Math.max(FIRST, needed, 2 * room));
    const buffer = new ArrayBuffer(lines * LINE_BYTES + TO_NEXT_LINE);
    const grown = new Int32Array(buffer, TO_NEXT_LINE);
    if (old !== undefined) grown.set(old);
    ints[page] = grown;
    floats[page] = new Float32Array(buffer, TO_NEXT_LINE);
    doubles[page] = new Float64Array(buffer, TO_NEXT_LINE);
  };
  const take = (size: number): number => {
    const again = free[size]?.pop();
    if (again !== undefined) return again;
    if ((end & MASK) + size > PAGE) end = (pageOf(end) + 1) * PAGE;
    const at = end;
    const needed = (at & MASK) + size;
    if ((ints[pageOf(at)]?.length ?? 0) < needed * WORDS_A_LINE) grow(pageOf(at), needed);
    end += size;
    return at;
  };
  return { ints, floats, doubles, take, give: (at, size) => void (free[size] ??= []).push(at) };
}

/** Records of one length by number, from 0 on: doubles first, then integers, in pages of 65,536 records. */
export interface Records {
  readonly doubles: Float64Array[];
  readonly ints: Int32Array[];
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
    }
    return end++;
  };
  return { doubles, ints, take, give: (record) => void free.push(record) };
}
