/**
 * What stands in one cell and one slice: entries in a block of words, which grows up to a size; then another is put
 * before it. A search reads a few short stretches of memory and leaves out most of what does not matter by its marks.
 */
import { fetched } from "./fetch.ts";
import { type List, makeRoom } from "./list.ts";
import { guardsOf, isNear, mayMeet, MOST_SLOTS, slotOf, withDatum } from "./marks.ts";
import { offsetOf, pageOf, type Words } from "./pool.ts";

/** What an entry begins with at least and ends with at most (marks.ts), and the volume with its datum. */
const ENTRY_WORDS = 3;
/** A block: the next block of the bucket, how many entries it holds, for how many it has room; then these. */
const BLOCK = { next: 0, count: 1, room: 2, first: 3 } as const;
const SMALLEST_ROOM = 4;
const LARGEST_ROOM = 128;

const sizeOf = (room: number): number => BLOCK.first + room * ENTRY_WORDS;

/** What is written of a volume. */
export interface Entry {
  readonly slot: number;
  readonly datum: number;
  readonly begins: number;
  readonly ends: number;
}

/** Puts an entry into the bucket whose first block is `head`, 0 where it has none, and returns the first from then on. */
export function addTo(words: Words, head: number, { slot, datum, begins, ends }: Entry): number {
  if (slot >= MOST_SLOTS) throw new Error(`The live index holds at most ${MOST_SLOTS} volumes.`);
  const block = head === 0 ? newBlock(words, SMALLEST_ROOM, 0) : isFull(words, head) ? larger(words, head) : head;
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  const count = page[at + BLOCK.count] as number;
  page[at + BLOCK.count] = count + 1;
  const entry = at + BLOCK.first + count * ENTRY_WORDS;
  page[entry] = begins;
  page[entry + 1] = ends;
  page[entry + 2] = withDatum(slot, datum);
  return block;
}

function isFull(words: Words, block: number): boolean {
  const page = words.ints[pageOf(block)] as Int32Array;
  return page[offsetOf(block) + BLOCK.count] === page[offsetOf(block) + BLOCK.room];
}

function larger(words: Words, block: number): number {
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  const room = page[at + BLOCK.room] as number;
  if (room === LARGEST_ROOM) return newBlock(words, SMALLEST_ROOM, block);
  const grown = newBlock(words, 2 * room, page[at + BLOCK.next] as number);
  const target = words.ints[pageOf(grown)] as Int32Array;
  const to = offsetOf(grown);
  target[to + BLOCK.count] = page[at + BLOCK.count] as number;
  for (let i = BLOCK.first; i < sizeOf(room); i++) target[to + i] = page[at + i] as number;
  words.give(block, sizeOf(room));
  return grown;
}

function newBlock(words: Words, room: number, next: number): number {
  const block = words.take(sizeOf(room));
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  page[at + BLOCK.next] = next;
  page[at + BLOCK.count] = 0;
  page[at + BLOCK.room] = room;
  return block;
}

/**
 * Takes an entry out and returns the bucket's first block from then on. The last entry of the first block takes the
 * place of the one that goes; an empty block is given back.
 */
export function removeFrom(words: Words, head: number, slot: number): number {
  const page = words.ints[pageOf(head)] as Int32Array;
  const block = offsetOf(head);
  const count = (page[block + BLOCK.count] as number) - 1;
  const last = block + BLOCK.first + count * ENTRY_WORDS;
  const at = placeOf(words, head, slot);
  const target = words.ints[pageOf(at)] as Int32Array;
  for (let i = 0; i < ENTRY_WORDS; i++) target[offsetOf(at) + i] = page[last + i] as number;
  page[block + BLOCK.count] = count;
  if (count > 0) return head;
  const next = page[block + BLOCK.next] as number;
  words.give(head, sizeOf(page[block + BLOCK.room] as number));
  return next;
}

function placeOf(words: Words, head: number, slot: number): number {
  for (let block = head; block !== 0;) {
    const page = words.ints[pageOf(block)] as Int32Array;
    const first = offsetOf(block) + BLOCK.first;
    const end = first + (page[offsetOf(block) + BLOCK.count] as number) * ENTRY_WORDS;
    for (let at = first; at < end; at += ENTRY_WORDS) {
      if (slotOf(page[at + 2] as number) === slot) return block + at - offsetOf(block);
    }
    block = page[offsetOf(block) + BLOCK.next] as number;
  }
  throw new Error(`Volume ${slot} is not where it was put.`);
}

/** Appends the volumes of a bucket that could matter between `most` and `least` (marks.ts). */
export function sift(words: Words, head: number, most: number, least: number, datum: number, out: List): void {
  for (let block = head; block !== 0;) {
    const page = words.ints[pageOf(block)] as Int32Array;
    const at = offsetOf(block);
    const count = page[at + BLOCK.count] as number;
    const end = at + BLOCK.first + count * ENTRY_WORDS;
    block = page[at + BLOCK.next] as number;
    makeRoom(out, count);
    const { ints } = out;
    for (let entry = at + BLOCK.first; entry < end; entry += ENTRY_WORDS) {
      const guards = guardsOf(page[entry] as number, page[entry + 1] as number, most, least);
      if (!isNear(guards)) continue;
      const word = page[entry + 2] as number;
      if (mayMeet(guards, word, datum)) ints[out.count++] = slotOf(word);
    }
  }
}

/** Has memory fetch a bucket's first block (fetch.ts). */
export function fetchBlock(words: Words, block: number): void {
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  const end = at + BLOCK.first + (page[at + BLOCK.count] as number) * ENTRY_WORDS;
  let sum = 0;
  for (let word = at + WORDS_A_LINE; word < end; word += WORDS_A_LINE) sum ^= page[word] as number;
  fetched(sum);
}

/** As many words as memory hands out at once. */
const WORDS_A_LINE = 16;
