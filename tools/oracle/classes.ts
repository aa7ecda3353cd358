/** Pairs of volumes, random and adversarial, the same for the same seed. Each class is one way of being difficult. */
import type { AnyVolume, Footprint, Position, Recurrence } from "../../src/geo/index.ts";
import { metresBetween, oracleDistance } from "../../test/geo/oracle.ts";
import {
  awkwardCentre,
  between,
  farPair,
  go,
  latticePair,
  pick,
  type Random,
  randomFootprint,
  randomPair,
  star,
} from "../../test/geo/shapes.ts";
import type { Asked } from "./truth.ts";

export interface Pair {
  readonly a: AnyVolume;
  readonly b: AnyVolume;
  readonly asked: Asked;
}

const ALWAYS = { start: null, end: null } as const;
const DAY_MS = 86_400_000;
const CENTIMETRE_M = 0.01;

function still(footprint: Footprint): AnyVolume {
  return { footprint, height: null, window: ALWAYS };
}

function pairOf([a, b]: readonly [Footprint, Footprint], lateral_m: number): Pair {
  return { a: still(a), b: still(b), asked: { lateral_m: Math.max(0, lateral_m), vertical_m: 0, time_s: 0 } };
}

/** Separations of all sizes, touching among them. */
function anyLimit(random: Random): number {
  return random() < 0.2 ? 0 : 10 ** between(random, 0, 5);
}

/** A pair whose distance is a centimetre, more or less, from what is asked for. */
function atLimit(random: Random, footprints: readonly [Footprint, Footprint]): Pair {
  const apart = oracleDistance(...footprints);
  return pairOf(footprints, apart + pick(random, [-CENTIMETRE_M, CENTIMETRE_M, -0.002, 0.002, 0.5, -0.5]));
}

function polygonAt(random: Random, centre: Position, size: number): Footprint {
  return { type: "polygon", rings: [star(random, centre, size, 4 + Math.floor(random() * 5))] };
}

function circle(centre: Position, radius_m: number): Footprint {
  return { type: "circle", centre, radius_m };
}

/** Circles and points whose distance GeographicLib gives at once. */
function circles(random: Random): Pair {
  const from = awkwardCentre(random);
  const to = go(from, between(random, 0, 360), 10 ** between(random, 0, random() < 0.1 ? 7 : 5));
  const apart = metresBetween(from, to);
  const [p, q] = [apart * between(random, 0, 0.6), apart * between(random, 0, 0.6)];
  const gap = Math.max(0, apart - p - q);
  const limit = gap + pick(random, [CENTIMETRE_M, -CENTIMETRE_M, 0.001, -0.001, gap * between(random, -1, 1)]);
  return pairOf([circle(from, p), circle(to, q)], limit);
}

/** A footprint whose edges, a centimetre or so from another's, share what is asked for. */
function tinyGap(random: Random): Pair {
  const centre = awkwardCentre(random);
  const size = 10 ** between(random, 0.5, 5);
  const from = go(centre, between(random, 0, 360), size * between(random, 1.2, 3));
  const a = randomFootprint(random, centre, size);
  const b = randomFootprint(random, from, size * between(random, 0.05, 0.4));
  return atLimit(random, [a, b]);
}

function overAntimeridian(random: Random): Pair {
  const centre = { lat: between(random, -80, 80), lon: pick(random, [-1, 1]) * (180 - random() * 0.02) };
  const size = 10 ** between(random, 2, 5.3);
  const pair = [
    polygonAt(random, centre, size),
    randomFootprint(random, go(centre, between(random, 0, 360), size), size),
  ];
  const found = pair as unknown as readonly [Footprint, Footprint];
  return random() < 0.4 ? atLimit(random, found) : pairOf(found, anyLimit(random));
}

/** Polygons that hold a pole, with others near it, beyond it, or on the far side. */
function roundPole(random: Random): Pair {
  const pole = { lat: pick(random, [90, -90]), lon: 0 };
  const size = 10 ** between(random, 2, 6.2);
  const outline = star(random, pole, size, 5 + Math.floor(random() * 6));
  const hole = random() < 0.3 ? [star(random, pole, size * 0.1, 4)] : [];
  const other = randomFootprint(random, go(pole, between(random, 0, 360), size * between(random, 0, 1.5)), size * 0.2);
  return pairOf([{ type: "polygon", rings: [outline, ...hole] }, other], anyLimit(random));
}

/** Edges of 1,000 km, near which geodesics and straight lines on any map are kilometres apart. */
function longEdges(random: Random): Pair {
  const from = { lat: between(random, -75, 75), lon: between(random, -180, 180) };
  const azimuth = between(random, 0, 360);
  const metres = between(random, 500_000, 1_500_000);
  const to = go(from, azimuth, metres);
  const middle = go(from, azimuth, metres * between(random, 0.1, 0.9));
  const beside = go(middle, between(random, 0, 360), 10 ** between(random, 0, 4.5));
  const line: Footprint =
    random() < 0.5
      ? { type: "corridor", line: [from, to], width_m: random() < 0.5 ? 0 : between(random, 0, 5000) }
      : { type: "polygon", rings: [[from, to, go(middle, azimuth + 90, metres * between(random, 0.2, 0.6))]] };
  const other: Footprint = random() < 0.6 ? { type: "point", at: beside } : polygonAt(random, beside, 3000);
  return random() < 0.5 ? atLimit(random, [line, other]) : pairOf([line, other], anyLimit(random));
}

/** Triangles a few centimetres wide and kilometres long. */
function slivers(random: Random): Pair {
  const from = awkwardCentre(random);
  const azimuth = between(random, 0, 360);
  const metres = 10 ** between(random, 2, 4.5);
  const sliver = (start: Position, turn: number): Footprint => {
    const tip = go(start, azimuth + turn, metres);
    const side = go(start, azimuth + turn + 90, 10 ** between(random, -2, 0));
    return { type: "polygon", rings: [[start, tip, side]] };
  };
  const near = go(go(from, azimuth, metres * random()), azimuth + 90, 10 ** between(random, -2, 2));
  return atLimit(random, [sliver(from, 0), sliver(near, between(random, -3, 3))]);
}

function turned(ring: readonly Position[]): readonly Position[] {
  return [...ring.slice(1), ring[0] as Position];
}

/** The same shape twice, or one told otherwise: from another vertex, the other way round. */
function identical(random: Random): Pair {
  const a = randomFootprint(random, awkwardCentre(random), 10 ** between(random, 0.5, 6));
  if (a.type !== "polygon") return pairOf([a, a], 0);
  return pairOf([a, { ...a, rings: a.rings.map((ring) => (random() < 0.5 ? turned(ring) : ring.toReversed())) }], 0);
}

/** Windows of no length, windows that share one moment, windows a millisecond or the separation apart. */
function times(random: Random): Pair {
  const from = awkwardCentre(random);
  const point: Footprint = { type: "point", at: from };
  const at = Math.floor(between(random, 1.6e12, 1.9e12));
  const length = () => pick(random, [0, 0, 1, 3_600_000]);
  const time_s = pick(random, [0, 0, 1, 600]);
  const end = at + length();
  const start = end + time_s * 1000 + pick(random, [-1, 0, 1, 2, -5000, 5000]);
  const a = { ...still(point), window: { start: random() < 0.2 ? null : at, end } };
  const b = { ...still(point), window: { start, end: random() < 0.2 ? null : start + length() } };
  return { a, b, asked: { lateral_m: 0, vertical_m: 0, time_s } };
}

/** Bands that touch, overlap or are apart by about what is asked for. */
function heights(random: Random): Pair {
  const from = awkwardCentre(random);
  const datum = pick(random, ["AGL", "AMSL", "WGS84"] as const);
  const upper_m = Math.round(between(random, -100, 5000));
  const vertical_m = pick(random, [0, 0, 100, 304.8]);
  const lower_m = upper_m + vertical_m + pick(random, [0, CENTIMETRE_M, -CENTIMETRE_M, 1, -1, 500, -500]);
  const a = {
    ...still({ type: "point", at: from }),
    height: { datum, lower_m: random() < 0.2 ? null : -200, upper_m },
  };
  const b = {
    ...still({ type: "point", at: from }),
    height: { datum, lower_m, upper_m: random() < 0.2 ? null : 9000 },
  };
  return { a, b, asked: { lateral_m: 10, vertical_m, time_s: 0 } };
}

function anyRecurrence(random: Random): Recurrence {
  const every_days = pick(random, [1, 1, 2, 7, 30]);
  const minute = 60_000;
  return {
    every_days,
    from_ms: Math.floor(between(random, 0, every_days * 1440)) * minute,
    for_ms: Math.floor(between(random, 0, pick(random, [0, 60, 600, 1440]))) * minute,
  };
}

/** Windows that recur, against windows and each other. */
function recurring(random: Random): Pair {
  const point: Footprint = { type: "point", at: awkwardCentre(random) };
  const window = () => {
    const start = Math.floor(between(random, 1.7e12, 1.7e12 + 40 * DAY_MS));
    return { start, end: start + Math.floor(random() * random() * 60 * DAY_MS) };
  };
  const volume = (recurs: boolean): AnyVolume => ({
    ...still(point),
    window: window(),
    ...(recurs ? { recurs: anyRecurrence(random) } : {}),
  });
  const time_s = pick(random, [0, 0, 60, 3600, 40_000]);
  return { a: volume(true), b: volume(random() < 0.5), asked: { lateral_m: 1, vertical_m: 0, time_s } };
}

export const CLASSES = {
  random: (random) => pairOf(randomPair(random), anyLimit(random)),
  "random-at-limit": (random) => atLimit(random, randomPair(random)),
  circles,
  "centimetre-gaps": tinyGap,
  antimeridian: overAntimeridian,
  "round-a-pole": roundPole,
  "edges-of-1000-km": longEdges,
  slivers,
  identical,
  lattice: (random) => pairOf(latticePair(random), random() < 0.5 ? 0 : anyLimit(random)),
  "far-apart": (random) => pairOf(farPair(random), 10 ** between(random, 5, 7)),
  "shared-moments": times,
  heights,
  recurring,
} as const satisfies Readonly<Record<string, (random: Random) => Pair>>;

export type ClassName = keyof typeof CLASSES;

/** How often each class comes up, in a thousand: the quick ones that go wrong oftenest most. */
export const SHARES: Readonly<Record<ClassName, number>> = {
  random: 150,
  "random-at-limit": 20,
  circles: 340,
  "centimetre-gaps": 30,
  antimeridian: 30,
  "round-a-pole": 60,
  "edges-of-1000-km": 20,
  slivers: 10,
  identical: 10,
  lattice: 150,
  "far-apart": 10,
  "shared-moments": 70,
  heights: 50,
  recurring: 50,
};
