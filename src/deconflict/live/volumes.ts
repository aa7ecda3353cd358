/**
 * The volumes of the live index, by number: plain ones in flat records, which lose nothing of what was told, the others
 * (moving, recurring, drawn wrongly, larger than a country) as the objects they came as.
 */
import { ANY_DATUMS, type AnyHeightBand, type AnyVolume, type TimeWindow, trustFootprint } from "../../geo/index.ts";
import { createFlat, type Flat, footprintOf, type Kind, measureVectors, read, sizeOf, write } from "./flat.ts";
import { FLOAT_SLACK_M, type Reach, type Span } from "./grid.ts";
import { fetched } from "./fetch.ts";
import type { List } from "./list.ts";
import { createLines, doubleOf, DOUBLES_A_LINE, type Lines, pageOf, wordOf, WORDS_A_LINE } from "./pool.ts";

/**
 * A volume is told by the place of its record, which is one line of memory: all that a search looks at. The footprint's
 * numbers follow in the lines behind it. First, in doubles, the window and the band, unbounded ends as infinities.
 */
const DOUBLES = { start: 0, end: 1, lower: 2, upper: 3 } as const;
const INTS = {
  /** Of an object the first of its legs, -1 where it stands in the grid by itself; of a leg the object. */
  link: 8,
  subject: 9,
  /** The subject's next volume; of a leg the next one. -1 for none. */
  next: 10,
  /** What it is: kind, datum, vertices, rings. */
  shape: 11,
} as const;
/** A ball that holds it. */
const FLOATS = { x: 12, y: 13, z: 14, radius: 15 } as const;
/** The lowest bits of a shape's parts. */
const SHAPE = { datum: 3, vertices: 6, rings: 20 } as const;
const KIND_BITS = (1 << SHAPE.datum) - 1;
const DATUM_BITS = (1 << (SHAPE.vertices - SHAPE.datum)) - 1;
const VERTICES_BITS = (1 << (SHAPE.rings - SHAPE.vertices)) - 1;
/** Longer footprints are kept as arrays of their own. */
const LONGEST = 16 * DOUBLES_A_LINE;
/** Beside the kinds of footprints: an object, and a leg of something that moves. */
export const OBJECT = 0;
export const LEG = 7;

export interface Volumes {
  readonly lines: Lines;
  /** Footprints of very many vertices. */
  readonly long: Map<number, Float64Array>;
  readonly objects: Map<number, AnyVolume>;
  /** What was read last: to make one anew each time is a part of the work that is felt. */
  readonly span: { -readonly [Field in keyof Span]: Span[Field] };
}

export function createVolumes(): Volumes {
  const span = { start: 0, end: 0, lower: 0, upper: 0, datum: 0, x: 0, y: 0, z: 0, radius: 0 };
  return { lines: createLines(), long: new Map(), objects: new Map(), span };
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
  const size = sizeOf(flat);
  const slot = takeRecord(volumes, terms, linesOf(size), shapeOf(flat));
  if (size <= LONGEST)
    write(flat, volumes.lines.doubles[pageOf(slot)] as Float64Array, doubleOf(slot) + DOUBLES_A_LINE);
  else {
    const own = new Float64Array(size);
    write(flat, own, 0);
    volumes.long.set(slot, own);
  }
  return slot;
}

/** Of a volume whose footprint is of `size` doubles. */
function linesOf(size: number): number {
  return size > LONGEST ? 1 : 1 + Math.ceil(size / DOUBLES_A_LINE);
}

function shapeOf({ kind, count, ends }: Flat): number {
  return kind | (count << SHAPE.vertices) | ((ends?.length ?? 1) << SHAPE.rings);
}

export function takeObject(volumes: Volumes, volume: AnyVolume, terms: Terms): number {
  const slot = takeRecord(volumes, terms, 1, OBJECT);
  writeInt(volumes, slot, "link", -1);
  volumes.objects.set(slot, volume);
  return slot;
}

/** A leg of the object in `slot`, only to be found by. */
export function takeLeg(volumes: Volumes, terms: Terms, slot: number): number {
  const leg = takeRecord(volumes, terms, 1, LEG);
  writeInt(volumes, leg, "link", slot);
  return leg;
}

function takeRecord({ lines }: Volumes, terms: Terms, size: number, shape: number): number {
  const slot = lines.take(size);
  const doubles = lines.doubles[pageOf(slot)] as Float64Array;
  const ints = lines.ints[pageOf(slot)] as Int32Array;
  const at = doubleOf(slot);
  doubles[at + DOUBLES.start] = terms.start;
  doubles[at + DOUBLES.end] = terms.end;
  doubles[at + DOUBLES.lower] = terms.lower;
  doubles[at + DOUBLES.upper] = terms.upper;
  ints[2 * at + INTS.next] = -1;
  ints[2 * at + INTS.shape] = shape | (terms.datum << SHAPE.datum);
  return slot;
}

/** 0: no band; else the datum's number from 1 on. */
export function datumOf(height: AnyHeightBand | null): number {
  return height === null ? 0 : ANY_DATUMS.indexOf(height.datum) + 1;
}

export function give(volumes: Volumes, slot: number): void {
  const { lines, long, objects } = volumes;
  const kind = kindOf(volumes, slot);
  if (kind === OBJECT) objects.delete(slot);
  const isShort = kind !== OBJECT && kind !== LEG && !(long.size > 0 && long.delete(slot));
  lines.give(slot, isShort ? linesOf(doublesOf(volumes, slot)) : 1);
}

/** How many doubles the footprint of a plain volume is. */
function doublesOf(volumes: Volumes, slot: number): number {
  const kind = kindOf(volumes, slot);
  const rings = ringsOf(volumes, slot);
  return 2 * verticesOf(volumes, slot) + (kind === 2 || kind === 3 ? 1 : 0) + (rings > 1 ? rings : 0);
}

export function readInt({ lines }: Volumes, slot: number, field: keyof typeof INTS): number {
  return (lines.ints[pageOf(slot)] as Int32Array)[wordOf(slot) + INTS[field]] as number;
}

export function writeInt({ lines }: Volumes, slot: number, field: keyof typeof INTS, value: number): void {
  (lines.ints[pageOf(slot)] as Int32Array)[wordOf(slot) + INTS[field]] = value;
}

export function kindOf(volumes: Volumes, slot: number): number {
  return readInt(volumes, slot, "shape") & KIND_BITS;
}

function verticesOf(volumes: Volumes, slot: number): number {
  return (readInt(volumes, slot, "shape") >>> SHAPE.vertices) & VERTICES_BITS;
}

function ringsOf(volumes: Volumes, slot: number): number {
  return readInt(volumes, slot, "shape") >>> SHAPE.rings;
}

/** True where it stands in the grid by itself, and not by legs. */
export function isInGrid(volumes: Volumes, slot: number): boolean {
  return kindOf(volumes, slot) !== OBJECT || readInt(volumes, slot, "link") < 0;
}

const datumIn = (shape: number): number => (shape >>> SHAPE.datum) & DATUM_BITS;

export function readTerms(volumes: Volumes, slot: number, into: Terms): void {
  const doubles = volumes.lines.doubles[pageOf(slot)] as Float64Array;
  const at = doubleOf(slot);
  into.start = doubles[at + DOUBLES.start] as number;
  into.end = doubles[at + DOUBLES.end] as number;
  into.lower = doubles[at + DOUBLES.lower] as number;
  into.upper = doubles[at + DOUBLES.upper] as number;
  into.datum = datumIn(readInt(volumes, slot, "shape"));
}

/** Notes the ball by which a volume stands in the grid, and returns it with its terms as they will be read again. */
export function writeBall(volumes: Volumes, slot: number, { x, y, z, radius }: Omit<Span, keyof Terms>): Span {
  const floats = volumes.lines.floats[pageOf(slot)] as Float32Array;
  const at = wordOf(slot);
  floats[at + FLOATS.x] = x;
  floats[at + FLOATS.y] = y;
  floats[at + FLOATS.z] = z;
  floats[at + FLOATS.radius] = radius;
  return readSpan(volumes, slot);
}

/** Where and when it stands in the grid; good until the next is read. */
export function readSpan(volumes: Volumes, slot: number): Span {
  const { span } = volumes;
  const floats = volumes.lines.floats[pageOf(slot)] as Float32Array;
  const at = wordOf(slot);
  readTerms(volumes, slot, span);
  span.x = floats[at + FLOATS.x] as number;
  span.y = floats[at + FLOATS.y] as number;
  span.z = floats[at + FLOATS.z] as number;
  span.radius = floats[at + FLOATS.radius] as number;
  return span;
}

/** Has memory fetch what was found from one number on: records, and footprints as far as most of them reach (fetch.ts). */
export function fetchRecords({ lines }: Volumes, { ints, count }: List, from: number): void {
  for (let i = from; i < count; i++) {
    const slot = ints[i] as number;
    const words = lines.ints[pageOf(slot)] as Int32Array;
    const at = wordOf(slot);
    const last = words.length - 1;
    const next = words[Math.min(last, at + WORDS_A_LINE)] as number;
    fetched((words[at] as number) ^ next ^ (words[Math.min(last, at + 2 * WORDS_A_LINE)] as number));
  }
}

/** The second sieve: false where window, ball or band tell that a volume is out of reach. */
export function isInReach({ lines }: Volumes, slot: number, span: Span, reach: Reach): boolean {
  const page = pageOf(slot);
  const doubles = lines.doubles[page] as Float64Array;
  const at = doubleOf(slot);
  if ((doubles[at + DOUBLES.start] as number) - span.end > reach.time_ms) return false;
  if (span.start - (doubles[at + DOUBLES.end] as number) > reach.time_ms) return false;
  const floats = lines.floats[page] as Float32Array;
  const near = (floats[2 * at + FLOATS.radius] as number) + span.radius + reach.lateral_m + FLOAT_SLACK_M;
  const dx = (floats[2 * at + FLOATS.x] as number) - span.x;
  const dy = (floats[2 * at + FLOATS.y] as number) - span.y;
  const dz = (floats[2 * at + FLOATS.z] as number) - span.z;
  if (dx * dx + dy * dy + dz * dz > near * near) return false;
  const ints = lines.ints[page] as Int32Array;
  if (span.datum === 0 || datumIn(ints[2 * at + INTS.shape] as number) !== span.datum) return true;
  if ((doubles[at + DOUBLES.lower] as number) - span.upper > reach.vertical_m) return false;
  return !(span.lower - (doubles[at + DOUBLES.upper] as number) > reach.vertical_m);
}

/** Reads the footprint of a plain volume, and measures its vectors. */
export function readFlat(volumes: Volumes, slot: number, into: Flat): void {
  readDegrees(volumes, slot, into);
  measureVectors(into);
}

function readDegrees(volumes: Volumes, slot: number, into: Flat): void {
  const kind = kindOf(volumes, slot) as Kind;
  const count = verticesOf(volumes, slot);
  const rings = ringsOf(volumes, slot);
  const long = volumes.long.size > 0 ? volumes.long.get(slot) : undefined;
  if (long !== undefined) return read(into, kind, count, rings, long, 0);
  const { doubles } = volumes.lines;
  read(into, kind, count, rings, doubles[pageOf(slot)] as Float64Array, doubleOf(slot) + DOUBLES_A_LINE);
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
