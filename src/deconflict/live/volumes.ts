/**
 * The volumes of the live index, by number: plain ones in flat records, which lose nothing of what was told, the others
 * (moving, recurring, drawn wrongly, larger than a country) as the objects they came as.
 */
import { ANY_DATUMS, type AnyHeightBand, type AnyVolume, type TimeWindow, trustFootprint } from "../../geo/index.ts";
import { createFlat, type Flat, footprintOf, type Kind, measureVectors, read, sizeOf, write } from "./flat.ts";
import { FLOAT_SLACK_M, type Reach, type Span } from "./grid.ts";
import { fetched } from "./fetch.ts";
import type { List } from "./list.ts";
import {
  createRecords,
  createRuns,
  LONGEST_RUN,
  offsetOf,
  pageOf,
  type Records,
  recordOffset,
  recordPage,
  type Runs,
} from "./pool.ts";

/** A record in doubles: the window and the band, unbounded ends as infinities; then integers, then floats of 32 bits. */
const DOUBLES = { start: 0, end: 1, lower: 2, upper: 3 } as const;
const RECORD = 9;
/** A ball that holds it, and whether it stands in the grid. */
const FLOATS = { x: 14, y: 15, z: 16, radius: 17 } as const;
const INTS = {
  /** Where the footprint's numbers stand. Of a leg, the number of the volume that moves. */
  geometry: 8,
  subject: 9,
  /** The subject's next volume, or -1. */
  next: 10,
  /** 1 where it stands in the grid by itself, 0 where by its legs. */
  found: 11,
  /** What it is: see `What`. */
  what: 12,
  /** Vertices, and above them rings. Of what moves and of its legs the next leg, or -1. */
  size: 13,
} as const;
const RING_SHIFT = 14;
const DATUM_SHIFT = 3;
/** Beside the kinds of footprints: an object, and a leg of something that moves. */
export const OBJECT = 0;
export const LEG = 7;

export interface Volumes {
  readonly records: Records;
  readonly runs: Runs;
  /** Footprints of very many vertices. */
  readonly long: Map<number, Float64Array>;
  readonly objects: Map<number, AnyVolume>;
}

export function createVolumes(): Volumes {
  return { records: createRecords(RECORD), runs: createRuns(), long: new Map(), objects: new Map() };
}

/** A window and a band in numbers, unbounded ends as infinities; `datum` 0 where there is no band. */
export interface Terms {
  start: number;
  end: number;
  lower: number;
  upper: number;
  datum: number;
}

/** A plain volume. */
export function takePlain(volumes: Volumes, flat: Flat, terms: Terms): number {
  const slot = takeRecord(volumes, terms, flat.kind);
  writeInt(volumes, slot, "size", flat.count | ((flat.ends?.length ?? 1) << RING_SHIFT));
  const size = sizeOf(flat);
  if (size > LONGEST_RUN) {
    const own = new Float64Array(size);
    write(flat, own, 0);
    volumes.long.set(slot, own);
    return slot;
  }
  const geometry = volumes.runs.take(size);
  writeInt(volumes, slot, "geometry", geometry);
  write(flat, volumes.runs.pages[pageOf(geometry)] as Float64Array, offsetOf(geometry));
  return slot;
}

export function takeObject(volumes: Volumes, volume: AnyVolume, terms: Terms): number {
  const slot = takeRecord(volumes, terms, OBJECT);
  writeInt(volumes, slot, "size", -1);
  volumes.objects.set(slot, volume);
  return slot;
}

/** A leg of the object in `slot`, only to be found by. */
export function takeLeg(volumes: Volumes, terms: Terms, slot: number): number {
  const leg = takeRecord(volumes, terms, LEG);
  writeInt(volumes, leg, "geometry", slot);
  writeInt(volumes, leg, "size", -1);
  return leg;
}

function takeRecord({ records }: Volumes, { start, end, lower, upper, datum }: Terms, kind: number): number {
  const slot = records.take();
  const doubles = records.doubles[recordPage(slot)] as Float64Array;
  const ints = records.ints[recordPage(slot)] as Int32Array;
  const at = RECORD * recordOffset(slot);
  doubles[at + DOUBLES.start] = start;
  doubles[at + DOUBLES.end] = end;
  doubles[at + DOUBLES.lower] = lower;
  doubles[at + DOUBLES.upper] = upper;
  ints[2 * at + INTS.what] = kind | (datum << DATUM_SHIFT);
  ints[2 * at + INTS.next] = -1;
  ints[2 * at + INTS.found] = 0;
  return slot;
}

/** 0: no band; else the datum's number from 1 on. */
export function datumOf(height: AnyHeightBand | null): number {
  return height === null ? 0 : ANY_DATUMS.indexOf(height.datum) + 1;
}

export function give(volumes: Volumes, slot: number): void {
  const { records, runs, long, objects } = volumes;
  const kind = kindOf(volumes, slot);
  if (kind === OBJECT) objects.delete(slot);
  else if (kind !== LEG && !long.delete(slot)) {
    const { count, rings } = shapeOf(volumes, slot);
    const size = 2 * count + (kind === 2 || kind === 3 ? 1 : 0) + (rings > 1 ? rings : 0);
    runs.give(readInt(volumes, slot, "geometry"), size);
  }
  records.give(slot);
}

export function readInt({ records }: Volumes, slot: number, field: keyof typeof INTS): number {
  return (records.ints[recordPage(slot)] as Int32Array)[2 * RECORD * recordOffset(slot) + INTS[field]] as number;
}

export function writeInt({ records }: Volumes, slot: number, field: keyof typeof INTS, value: number): void {
  (records.ints[recordPage(slot)] as Int32Array)[2 * RECORD * recordOffset(slot) + INTS[field]] = value;
}

export function kindOf(volumes: Volumes, slot: number): number {
  return readInt(volumes, slot, "what") & ((1 << DATUM_SHIFT) - 1);
}

function shapeOf(volumes: Volumes, slot: number): { readonly count: number; readonly rings: number } {
  const size = readInt(volumes, slot, "size");
  return { count: size & ((1 << RING_SHIFT) - 1), rings: size >>> RING_SHIFT };
}

export function readTerms(volumes: Volumes, slot: number, into: Terms): void {
  const doubles = volumes.records.doubles[recordPage(slot)] as Float64Array;
  const at = RECORD * recordOffset(slot);
  into.start = doubles[at + DOUBLES.start] as number;
  into.end = doubles[at + DOUBLES.end] as number;
  into.lower = doubles[at + DOUBLES.lower] as number;
  into.upper = doubles[at + DOUBLES.upper] as number;
  into.datum = readInt(volumes, slot, "what") >>> DATUM_SHIFT;
}

/** Notes the ball by which a volume stands in the grid, and returns it with its terms as they will be read again. */
export function writeBall(volumes: Volumes, slot: number, { x, y, z, radius }: Omit<Span, keyof Terms>): Span {
  const floats = volumes.records.floats[recordPage(slot)] as Float32Array;
  const at = 2 * RECORD * recordOffset(slot);
  floats[at + FLOATS.x] = x;
  floats[at + FLOATS.y] = y;
  floats[at + FLOATS.z] = z;
  floats[at + FLOATS.radius] = radius;
  writeInt(volumes, slot, "found", 1);
  return readSpan(volumes, slot);
}

export function readSpan(volumes: Volumes, slot: number): Span {
  const floats = volumes.records.floats[recordPage(slot)] as Float32Array;
  const at = 2 * RECORD * recordOffset(slot);
  const span = {
    start: 0,
    end: 0,
    lower: 0,
    upper: 0,
    datum: 0,
    x: floats[at + FLOATS.x] as number,
    y: floats[at + FLOATS.y] as number,
    z: floats[at + FLOATS.z] as number,
    radius: floats[at + FLOATS.radius] as number,
  };
  readTerms(volumes, slot, span);
  return span;
}

/** Has memory fetch the records of what was found, from one number on to before another (fetch.ts). */
export function fetchRecords({ records }: Volumes, { ints }: List, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const slot = ints[i] as number;
    const doubles = records.doubles[recordPage(slot)] as Float64Array;
    const at = RECORD * recordOffset(slot);
    fetched((doubles[at] as number) + (doubles[at + RECORD - 1] as number));
  }
}

/** Likewise the footprints, as far as most of them reach. Of what is not plain that is some other place. */
export function fetchFootprints(volumes: Volumes, { ints, count }: List): void {
  for (let i = 0; i < count; i++) {
    const geometry = readInt(volumes, ints[i] as number, "geometry");
    const page = volumes.runs.pages[pageOf(geometry)];
    if (page !== undefined) fetched((page[offsetOf(geometry)] ?? 0) + (page[offsetOf(geometry) + 8] ?? 0));
  }
}

/** The second sieve: false where window, ball or band tell that a volume is out of reach. */
export function isInReach(volumes: Volumes, slot: number, span: Span, reach: Reach): boolean {
  const page = recordPage(slot);
  const doubles = volumes.records.doubles[page] as Float64Array;
  const at = RECORD * recordOffset(slot);
  if ((doubles[at + DOUBLES.start] as number) - span.end > reach.time_ms) return false;
  if (span.start - (doubles[at + DOUBLES.end] as number) > reach.time_ms) return false;
  const floats = volumes.records.floats[page] as Float32Array;
  const near = (floats[2 * at + FLOATS.radius] as number) + span.radius + reach.lateral_m + FLOAT_SLACK_M;
  const dx = (floats[2 * at + FLOATS.x] as number) - span.x;
  const dy = (floats[2 * at + FLOATS.y] as number) - span.y;
  const dz = (floats[2 * at + FLOATS.z] as number) - span.z;
  if (dx * dx + dy * dy + dz * dz > near * near) return false;
  const ints = volumes.records.ints[page] as Int32Array;
  if (span.datum === 0 || (ints[2 * at + INTS.what] as number) >>> DATUM_SHIFT !== span.datum) return true;
  if ((doubles[at + DOUBLES.lower] as number) - span.upper > reach.vertical_m) return false;
  return !(span.lower - (doubles[at + DOUBLES.upper] as number) > reach.vertical_m);
}

/** Reads the footprint of a plain volume, and measures its vectors. */
export function readFlat(volumes: Volumes, slot: number, into: Flat): void {
  readDegrees(volumes, slot, into);
  measureVectors(into);
}

function readDegrees(volumes: Volumes, slot: number, into: Flat): void {
  const { count, rings } = shapeOf(volumes, slot);
  const long = volumes.long.get(slot);
  const geometry = long === undefined ? readInt(volumes, slot, "geometry") : 0;
  const kind = kindOf(volumes, slot) as Kind;
  if (long !== undefined) read(into, kind, count, rings, long, 0);
  else read(into, kind, count, rings, volumes.runs.pages[pageOf(geometry)] as Float64Array, offsetOf(geometry));
}

const room = createFlat();
const terms: Terms = { start: 0, end: 0, lower: 0, upper: 0, datum: 0 };

/** The volume as it was told; of one that stands as an object, that object. */
export function volumeOf(volumes: Volumes, slot: number): AnyVolume {
  const object = volumes.objects.get(slot);
  if (object !== undefined) return object;
  readDegrees(volumes, slot, room);
  readTerms(volumes, slot, terms);
  const footprint = footprintOf(room);
  // Only sound footprints are held flat.
  trustFootprint(footprint);
  const datum = ANY_DATUMS[terms.datum - 1];
  return {
    footprint,
    height: datum === undefined ? null : { datum, lower_m: bounded(terms.lower), upper_m: bounded(terms.upper) },
    window: boundedWindow(terms),
  };
}

/** A window as it was told. */
export function boundedWindow({ start, end }: Terms): TimeWindow {
  return { start: bounded(start), end: bounded(end) };
}

/** True where the band holds at all heights. */
export function isUnbounded({ lower, upper }: Terms): boolean {
  return lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY;
}

function bounded(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
