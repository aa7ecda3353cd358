/** One volume made ready: for being put into the grid, and for being compared with many others. */
import { type AnyVolume, footprintFault, isMoving, legVolumes, shapeOf } from "../../geo/index.ts";
import { readingOf } from "../compare.ts";
import { createFlat, type Flat, flatten, KINDS } from "./flat.ts";
import { SMALLEST_RADIUS_M } from "./globe.ts";
import type { Span } from "./grid.ts";
import { createSketch, type Plane, planeAt, type Sketch, sketchOn } from "./sketch.ts";
import { isSurelySound } from "./sound.ts";
import { datumOf, type Terms } from "./volumes.ts";

/** Room to work in: one at a time, written over by the next volume. */
export interface Probe {
  volume: AnyVolume;
  /** True where the footprint is sound and flat, and the volume neither moves nor recurs: `flat` and `sketch` hold it. */
  isPlain: boolean;
  readonly flat: Flat;
  readonly plane: Plane;
  readonly sketch: Sketch;
  readonly terms: Terms;
  /** Where and when it is at most: one span, or for something that moves one for each leg. */
  spans: readonly Span[];
  /** The span of whatever is plain: to make one anew each time is a part of the work that is felt. */
  readonly own: readonly [Changing<Span>];
}

export function createProbe(): Probe {
  return {
    volume: NOWHERE,
    isPlain: false,
    flat: createFlat(),
    plane: new Float64Array(12),
    sketch: createSketch(),
    terms: { start: 0, end: 0, lower: 0, upper: 0, datum: 0 },
    spans: [],
    own: [{ start: 0, end: 0, lower: 0, upper: 0, datum: 0, x: 0, y: 0, z: 0, radius: 0 }],
  };
}

const NOWHERE: AnyVolume = {
  footprint: { type: "point", at: { lat: 0, lon: 0 } },
  height: null,
  window: { start: null, end: null },
};

/** Makes a volume ready in `probe`. */
export function ready(probe: Probe, volume: AnyVolume): void {
  const { terms, flat } = probe;
  probe.volume = volume;
  terms.start = volume.window.start ?? Number.NEGATIVE_INFINITY;
  terms.end = volume.window.end ?? Number.POSITIVE_INFINITY;
  terms.lower = volume.height?.lower_m ?? Number.NEGATIVE_INFINITY;
  terms.upper = volume.height?.upper_m ?? Number.POSITIVE_INFINITY;
  terms.datum = datumOf(volume.height);
  const isNumbers = terms.start <= terms.end && terms.lower <= terms.upper;
  probe.isPlain = isNumbers && isStill(volume) && flatten(flat, volume.footprint) && isSound(probe);
  if (probe.isPlain) probe.spans = ownSpan(probe);
  else probe.spans = spansOfObject(volume, terms);
}

function isStill({ motion, recurs }: AnyVolume): boolean {
  return (motion ?? null) === null && (recurs ?? null) === null;
}

/** Lays the core on its own plane. A polygon of which that does not tell that it is sound is looked at exactly. */
function isSound({ flat, plane, sketch, volume }: Probe): boolean {
  planeAt(flat.x, flat.y, flat.z, plane);
  sketchOn(sketch, plane, flat.vectors, flat.count, flat.ends, flat.kind === KINDS.polygon);
  if (flat.kind !== KINDS.polygon) return true;
  return isSurelySound(sketch) || footprintFault(volume.footprint) === null;
}

/**
 * A long corridor is sought along its edges, since a ball round all of it holds so much else. Short legs of a route are
 * sought together: ten thousand in one place against as many would be a hundred million finds.
 */
export function spansToSearch(probe: Probe): readonly Span[] {
  const { flat, spans, isPlain, terms } = probe;
  if (spans.length > 1) return together(spans);
  if (!isPlain || flat.kind !== KINDS.corridor || flat.radius < LONG_M) return spans;
  const { vectors, count } = flat;
  const parts: Span[] = [];
  for (let i = 3; i < 3 * count; i += 3) {
    const ax = vectors[i - 3] as number;
    const ay = vectors[i - 2] as number;
    const az = vectors[i - 1] as number;
    const ux = (vectors[i] as number) - ax;
    const uy = (vectors[i + 1] as number) - ay;
    const uz = (vectors[i + 2] as number) - az;
    const chord = Math.hypot(ux, uy, uz);
    const pieces = Math.max(1, Math.ceil(chord / LONG_M));
    // An edge strays from its chord by less than the second part.
    const radius = chord / (2 * pieces) + (chord * chord) / SMALLEST_RADIUS_M + flat.reach_m;
    for (let piece = 0; piece < pieces; piece++) {
      const along = (piece + 0.5) / pieces;
      parts.push({ x: ax + along * ux, y: ay + along * uy, z: az + along * uz, radius, ...terms });
    }
  }
  return parts;
}

const LONG_M = 25_000;

/** Spans in a row as one, while that takes up no more than twice the room and twice the time of the first of them. */
function together(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  let from = 0;
  let [start, end] = [0, 0];
  spans.forEach((span, i) => {
    const first = spans[from] as Span;
    const [earliest, latest] = [Math.min(start, span.start), Math.max(end, span.end)];
    const apart = Math.hypot(span.x - first.x, span.y - first.y, span.z - first.z);
    const isBeside = apart + span.radius <= roomOf(first) && latest - earliest <= 2 * (first.end - first.start);
    if (i === 0 || !isBeside) {
      [from, start, end] = [i, span.start, span.end];
      all.push(span);
      return;
    }
    [start, end] = [earliest, latest];
    all[all.length - 1] = { ...first, radius: roomOf(first), start, end };
  });
  return all;
}

function roomOf({ radius }: Span): number {
  return Math.max(2 * radius, SHORT_M);
}

const SHORT_M = 100;

type Changing<Kind> = { -readonly [Field in keyof Kind]: Kind[Field] };

function ownSpan({ own, flat, terms }: Probe): readonly Span[] {
  const [span] = own;
  span.start = terms.start;
  span.end = terms.end;
  span.lower = terms.lower;
  span.upper = terms.upper;
  span.datum = terms.datum;
  span.x = flat.x;
  span.y = flat.y;
  span.z = flat.z;
  span.radius = flat.radius;
  return own;
}

/** An object's spans: one for each leg of what moves, else one round all; everywhere, where nobody can say. */
function spansOfObject(volume: AnyVolume, terms: Terms): readonly Span[] {
  const reading = readingOf(volume.footprint);
  if (reading === null) return [{ ...EVERYWHERE, ...terms }];
  if (isMoving(volume) && reading === volume.footprint) {
    const legs = legVolumes(volume).map((leg) => boxSpan(leg, terms));
    if (legs.length > 0) return legs;
  }
  return [boxSpan({ ...volume, footprint: reading }, terms)];
}

const EVERYWHERE = { x: 0, y: 0, z: 0, radius: Number.POSITIVE_INFINITY } as const;

/** Round the box of a sound footprint; where that is large its middle lies too deep for the grid's angles. */
function boxSpan({ footprint, window }: AnyVolume, terms: Terms): Span {
  const { min, max } = shapeOf(footprint).box;
  const x = (min[0] + max[0]) / 2;
  const y = (min[1] + max[1]) / 2;
  const z = (min[2] + max[2]) / 2;
  const radius = Math.hypot(max[0] - x, max[1] - y, max[2] - z) + 1;
  const times = { start: window.start ?? Number.NEGATIVE_INFINITY, end: window.end ?? Number.POSITIVE_INFINITY };
  if (radius > DEEP_M) return { ...EVERYWHERE, ...terms, ...times };
  return { x, y, z, radius, ...terms, ...times };
}

const DEEP_M = 450_000;
