/**
 * What stands in one cell and one slice: entries in a block of lines, which grows up to a size; then another is put before
 * it. A search reads a few short stretches of memory and leaves out most of what does not matter by its marks.
 */
import { fetched } from "./fetch.ts";
import { type List, makeRoom } from "./list.ts";
import { datumOf, guarded, GUARDS, guardsLeft, mayMeet, MOST_SLOTS, PLACE_AND_TIME, slotOf } from "./marks.ts";
import { type Lines, pageOf, wordOf, WORDS_A_LINE } from "./pool.ts";

/**
 * A block is of 1, 2, 4 … 32 lines: first what each entry begins with at least and ends with at most (marks.ts), in pairs;
 * after room for as many as it can hold their volumes with their datums; its last word is the next block of the bucket, 0
 * for none. Only the largest blocks have one, and every block but the first is full.
 */
const LARGEST = 5;
const ROOMS = [5, 10, 21, 42, 85, 170] as const;
const LARGEST_ROOM = ROOMS[LARGEST];

/**
 * How a table tells of a bucket, in two words: its first block, 0 where it holds nothing; and what this block holds, so
 * that all of it can be fetched, and what heights mean is known, before any of it is here: the block's size, how many
 * entries there are, and of which datums there are or were any, a bit for each.
 */
const SIZE_BITS = 3;
const COUNT_BITS = 8;
const SIZES = (1 << SIZE_BITS) - 1;
const COUNTS = (1 << COUNT_BITS) - 1;
const ONE_MORE = 1 << SIZE_BITS;
const DATUMS_AT = SIZE_BITS + COUNT_BITS;
const countOf = (fill: number): number => (fill >>> SIZE_BITS) & COUNTS;
const fillOf = (count: number, size: number): number => (count << SIZE_BITS) | size;
/** What has no band meets every band in its marks, whatever the datum. */
const datumBit = (datum: number): number => (datum === 0 ? 0 : 1 << (DATUMS_AT + datum));
const datumBits = (fill: number): number => fill & (-1 << DATUMS_AT);

const roomOf = (size: number): number => ROOMS[size] as number;
const nextAt = (block: number): number => wordOf(block) + (WORDS_A_LINE << LARGEST) - 1;

/** Puts an entry into the bucket that `table` tells of at `at`; `word` is its volume with its datum. */
export function addTo(lines: Lines, table: Int32Array, at: number, word: number, begins: number, ends: number): void {
  const before = table[at] as number;
  const fill = table[at + 1] as number;
  const isFull = before === 0 || countOf(fill) === roomOf(fill & SIZES);
  const added = isFull ? larger(lines, before, fill) : fill;
  const block = isFull ? newest : before;
  const count = countOf(added);
  const page = lines.ints[pageOf(block)] as Int32Array;
  const first = wordOf(block);
  page[first + 2 * count] = begins;
  page[first + 2 * count + 1] = ends;
  page[first + 2 * roomOf(added & SIZES) + count] = word;
  table[at] = block;
  table[at + 1] = (added + ONE_MORE) | datumBit(datumOf(word));
}

/** The block that `larger` made. */
let newest = 0;

/** Makes a block with room in place of one that is full, or before it, and returns what it holds. */
function larger(lines: Lines, block: number, fill: number): number {
  const size = fill & SIZES;
  const isFirst = block === 0;
  if (isFirst || size === LARGEST) {
    newest = take(lines, isFirst ? 0 : LARGEST, block);
    return isFirst ? fillOf(0, 0) : fillOf(0, LARGEST) | datumBits(fill);
  }
  newest = take(lines, size + 1, 0);
  const from = lines.ints[pageOf(block)] as Int32Array;
  const to = lines.ints[pageOf(newest)] as Int32Array;
  const [old, first, room] = [wordOf(block), wordOf(newest), roomOf(size)];
  const slots = first + 2 * roomOf(size + 1);
  for (let i = 0; i < 2 * room; i++) to[first + i] = from[old + i] as number;
  for (let i = 0; i < room; i++) to[slots + i] = from[old + 2 * room + i] as number;
  lines.give(block, 1 << size);
  return fillOf(room, size + 1) | datumBits(fill);
}

function take(lines: Lines, size: number, next: number): number {
  if (size === LARGEST) {
    const block = lines.take(1 << LARGEST);
    (lines.ints[pageOf(block)] as Int32Array)[nextAt(block)] = next;
    return block;
  }
  return lines.take(1 << size);
}

/** Takes an entry out. The last one of the first block takes its place; an empty block is given back. */
export function removeFrom(lines: Lines, table: Int32Array, at: number, slot: number): void {
  const head = table[at] as number;
  const fill = table[at + 1] as number;
  const size = fill & SIZES;
  const room = roomOf(size);
  const last = countOf(fill) - 1;
  const page = lines.ints[pageOf(head)] as Int32Array;
  const first = wordOf(head);
  let block = head;
  let place = placeIn(lines, block, room, last + 1, slot);
  while (place < 0) {
    block = size === LARGEST ? nextOf(lines, block) : 0;
    if (block === 0) throw new Error(`Volume ${slot} is not where it was put.`);
    place = placeIn(lines, block, room, LARGEST_ROOM, slot);
  }
  const target = lines.ints[pageOf(block)] as Int32Array;
  const start = wordOf(block);
  target[start + 2 * place] = page[first + 2 * last] as number;
  target[start + 2 * place + 1] = page[first + 2 * last + 1] as number;
  target[start + 2 * room + place] = page[first + 2 * room + last] as number;
  table[at + 1] = fill - ONE_MORE;
  if (last > 0) return;
  table[at] = size === LARGEST ? nextOf(lines, head) : 0;
  table[at + 1] = fillOf(LARGEST_ROOM, LARGEST) | datumBits(fill);
  lines.give(head, 1 << size);
}

/** The place of a volume's entry among the first `count` of a block, or -1. */
function placeIn({ ints }: Lines, block: number, room: number, count: number, slot: number): number {
  const page = ints[pageOf(block)] as Int32Array;
  const slots = wordOf(block) + 2 * room;
  for (let i = 0; i < count; i++) if (slotOf(page[slots + i] as number) === slot) return i;
  return -1;
}

function nextOf({ ints }: Lines, block: number): number {
  return (ints[pageOf(block)] as Int32Array)[nextAt(block)] as number;
}

/** What a search asks of a bucket: its two words, then the most and the least (marks.ts) that could matter. */
export const ASKED = 4;

/** Appends the volumes of all `buckets` that could matter to one whose band is above `datum`. */
export function sift(lines: Lines, buckets: List, datum: number, out: List): void {
  const { ints: asked, count: words } = buckets;
  for (let i = 0; i < words; i += ASKED) {
    const fill = asked[i + 1] as number;
    const size = fill & SIZES;
    const room = roomOf(size);
    // Only where all bands are above one datum do heights tell anything before the entries' own datums are looked at.
    const isOneDatum = datum === 0 || (datumBits(fill) & ~datumBit(datum)) === 0;
    const guards = isOneDatum ? GUARDS : PLACE_AND_TIME;
    const most = guarded(asked[i + 2] as number);
    const least = asked[i + 3] as number;
    let count = countOf(fill);
    for (let block = asked[i] as number; block !== 0; count = LARGEST_ROOM) {
      const page = lines.ints[pageOf(block)] as Int32Array;
      const first = wordOf(block);
      const end = first + 2 * count;
      makeRoom(out, count);
      const found = out.ints;
      let n = out.count;
      for (let at = first; at < end; at += 2) {
        const left = guardsLeft(page[at] as number, page[at + 1] as number, most, least);
        if ((left & guards) !== guards) continue;
        const word = page[first + 2 * room + ((at - first) >> 1)] as number;
        if (isOneDatum || mayMeet(left, word, datum)) found[n++] = slotOf(word);
      }
      out.count = n;
      block = size === LARGEST ? nextOf(lines, block) : 0;
    }
  }
}

/** Has memory fetch the first lines of all buckets (fetch.ts): of long ones the rest follows by itself. */
export function fetchBlocks({ ints: pages }: Lines, { ints: asked, count }: List): void {
  let sum = 0;
  for (let i = 0; i < count; i += ASKED) {
    const block = asked[i] as number;
    const page = pages[pageOf(block)] as Int32Array;
    const first = wordOf(block);
    const entries = countOf(asked[i + 1] as number);
    sum ^= (page[first] as number) ^ (page[first + entries] as number);
  }
  fetched(sum);
}

/** Throws where there are more volumes than an entry can name. */
export function mustBeNameable(slot: number): void {
  if (slot >= MOST_SLOTS) throw new Error(`The live index is full: it holds ${MOST_SLOTS} lines of 64 bytes.`);
}
