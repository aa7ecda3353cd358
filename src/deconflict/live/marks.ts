/**
 * What an entry of a bucket says of its volume in two words, so that most of what does not matter is left out without
 * looking at the volumes themselves: where in the cell it stands, when in the slice it begins and ends, and its band,
 * each rounded to a few bits. Above the bits of each lane stands one more, its guard: a single subtraction compares all
 * four lanes of a word, and borrows the guards of those that are too large.
 */

/** Bits of the four lanes, each with its guard above it. */
const PLACE_BITS = 6;
const EAST = 0;
const NORTH = EAST + PLACE_BITS + 1;
const TIME_BITS = 8;
const TIME = NORTH + PLACE_BITS + 1;
const HEIGHT_BITS = 8;
const HEIGHT = TIME + TIME_BITS + 1;
/** The guards of all but the height, which is compared only above the same datum; the height's is the word's sign. */
export const PLACE_AND_TIME = (1 << (EAST + PLACE_BITS)) | (1 << (NORTH + PLACE_BITS)) | (1 << (TIME + TIME_BITS));
/** All of them: for bands above one datum. */
export const GUARDS = PLACE_AND_TIME | (1 << (HEIGHT + HEIGHT_BITS));

export const LAST_PLACE = (1 << PLACE_BITS) - 1;
export const LAST_TIME = (1 << TIME_BITS) - 1;
export const LAST_HEIGHT = (1 << HEIGHT_BITS) - 1;

export const placeLanes = (east: number, north: number): number => (east << EAST) | (north << NORTH);
export const timeLane = (time: number): number => time << TIME;
export const heightLane = (height: number): number => height << HEIGHT;
/** A word whose lanes may be subtracted from. */
export const guarded = (lanes: number): number => lanes | GUARDS;

/** In 64ths of a cell, none beyond its ends. */
export function placeMark(share: number): number {
  return Math.min(LAST_PLACE, Math.max(0, Math.floor((LAST_PLACE + 1) * share)));
}

/** Rising with the height, so that what meets in metres meets in marks. Steps of 64 m from 1,000 m below zero. */
export function heightMark(metres: number): number {
  return Math.min(LAST_HEIGHT, Math.max(0, Math.floor((metres + 1000) / 64)));
}

/** The volume's number and above it its datum's, in one word. */
const SLOT_BITS = 28;
export const MOST_SLOTS = 2 ** SLOT_BITS;
export const withDatum = (slot: number, datum: number): number => slot | (datum << SLOT_BITS);
export const slotOf = (word: number): number => word & (MOST_SLOTS - 1);
export const datumOf = (word: number): number => word >>> SLOT_BITS;

/**
 * The guards that an entry leaves standing whose `begins` (place, start, lower height) is in no lane above `most`, and
 * whose guarded `ends` (place, end, upper height) in none below `least`.
 */
export const guardsLeft = (begins: number, ends: number, most: number, least: number): number =>
  (most - begins) & (ends - least);

/** False where the bands do not meet. Those above another datum than `datum` tell nothing. */
export const mayMeet = (guards: number, word: number, datum: number): boolean => guards < 0 || datumOf(word) !== datum;
