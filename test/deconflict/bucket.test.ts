/** Buckets of the live index's grid against a plain list, while they grow over many blocks and shrink again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addTo, ASKED, fetchBlocks, removeFrom, sift } from "../../src/deconflict/live/bucket.ts";
import { createList } from "../../src/deconflict/live/list.ts";
import {
  guarded,
  heightLane,
  LAST_HEIGHT,
  LAST_PLACE,
  LAST_TIME,
  placeLanes,
  timeLane,
  withDatum,
} from "../../src/deconflict/live/marks.ts";
import { createLines } from "../../src/deconflict/live/pool.ts";
import { pick, type Random, randomFrom } from "../geo/shapes.ts";

const BUCKETS = 3;
/** The largest block holds 170 entries: two of them are full and a third is begun. */
const MOST = 400;
const MIDDLE = 100;

interface Entry {
  readonly bucket: number;
  readonly slot: number;
  readonly datum: number;
  readonly lower: number;
  readonly upper: number;
}

function randomEntry(random: Random, slot: number, datums: readonly number[]): Entry {
  const datum = pick(random, datums);
  const lower = Math.floor(random() * LAST_HEIGHT);
  const band = datum === 0 ? { lower: 0, upper: LAST_HEIGHT } : { lower, upper: Math.min(LAST_HEIGHT, lower + 20) };
  return { bucket: Math.floor(random() * BUCKETS), slot, datum, ...band };
}

const place = placeLanes(5, 9);
const asked = placeLanes(LAST_PLACE, LAST_PLACE) | timeLane(LAST_TIME);

/** Of entries that are all near in place and time: those whose band meets the one asked for, or is above another datum. */
function expected(held: readonly Entry[], bucket: number, datum: number): number[] {
  return held
    .filter((entry) => entry.bucket === bucket)
    .filter((entry) => datum === 0 || entry.datum !== datum || (entry.lower <= MIDDLE && entry.upper >= MIDDLE))
    .map(({ slot }) => slot)
    .toSorted((a, b) => a - b);
}

for (const datums of [[3], [0, 3], [0, 1, 3, 5]]) {
  test(`a bucket gives back what was put in and not taken out, of datums ${datums.join(", ")}`, () => {
    const random = randomFrom(5 + datums.length);
    const lines = createLines();
    const table = new Int32Array(2 * BUCKETS);
    const out = createList();
    const held: Entry[] = [];
    for (let step = 1, isGrowing = true; step <= 8000; step++) {
      if (held.length === BUCKETS * MOST) isGrowing = false;
      if (held.length === 0) isGrowing = true;
      if (held.length === 0 || random() < (isGrowing ? 0.8 : 0.2)) {
        const entry = randomEntry(random, step, datums);
        const ends = guarded(place | timeLane(7) | heightLane(entry.upper));
        const begins = place | timeLane(3) | heightLane(entry.lower);
        addTo(lines, table, 2 * entry.bucket, withDatum(entry.slot, entry.datum), begins, ends);
        held.push(entry);
      } else {
        const [entry] = held.splice(Math.floor(random() * held.length), 1) as [Entry];
        removeFrom(lines, table, 2 * entry.bucket, entry.slot);
      }
      const bucket = step % BUCKETS;
      if (table[2 * bucket] === 0) {
        assert.equal(expected(held, bucket, 0).length, 0);
        continue;
      }
      const datum = pick(random, [0, 1, 3]);
      // A band of all heights where there is no datum, as the grid asks.
      const most = asked | heightLane(datum === 0 ? LAST_HEIGHT : MIDDLE);
      const least = heightLane(datum === 0 ? 0 : MIDDLE);
      const buckets = createList();
      buckets.ints.set([table[2 * bucket] as number, table[2 * bucket + 1] as number, most, least]);
      buckets.count = ASKED;
      out.count = 0;
      fetchBlocks(lines, buckets);
      sift(lines, buckets, datum, out);
      assert.deepEqual(
        [...out.ints.subarray(0, out.count)].toSorted((a, b) => a - b),
        expected(held, bucket, datum),
      );
    }
    const last = held[0];
    if (last !== undefined) {
      assert.throws(() => removeFrom(lines, table, 2 * last.bucket, 2_000_000), /not where it was put/);
    }
  });
}
