/** Many pairs through the engine and through the oracle, and what came of it. */
import { findConflict, NO_SEPARATION, type Separation, type Subject } from "../../src/deconflict/index.ts";
import { type AnyVolume, type Footprint, footprintFault } from "../../src/geo/index.ts";
import { type Random, randomFrom } from "../../test/geo/shapes.ts";
import { CLASSES, type ClassName, type Pair, SHARES } from "./classes.ts";
import { isUnlike } from "./live.ts";
import { toldOtherwise } from "./otherwise.ts";
import { judgeRoutes, judgeSite, routeAndSite, twoRoutes } from "./routes.ts";
import { stillTruth } from "./truth.ts";

export interface Tally {
  pairs: number;
  conflicts: number;
  /** Conflicts by the oracle that the engine passed. */
  missed: number;
  /** Conflicts by the engine that the oracle does not see at the same separation. */
  false: number;
  /** Of the false ones, how far beyond the separation the farthest was. */
  worst_m: number;
  worst_ms: number;
  /** A against B said otherwise than B against A. */
  unsymmetric: number;
  /** The live index, asked by ids and in full, from either side, said otherwise than the exact comparison. */
  unlike: number;
  /** Told from another vertex, the other way round or with a vertex more on an edge, the answer was another. */
  changed: number;
  /** What went wrong, as seeds, so that it can be looked at again. */
  seeds: string[];
}

export function emptyTally(): Tally {
  return {
    pairs: 0,
    conflicts: 0,
    missed: 0,
    false: 0,
    worst_m: 0,
    worst_ms: 0,
    unsymmetric: 0,
    unlike: 0,
    changed: 0,
    seeds: [],
  };
}

export function addTally(to: Tally, from: Tally): void {
  to.pairs += from.pairs;
  to.conflicts += from.conflicts;
  to.missed += from.missed;
  to.false += from.false;
  to.worst_m = Math.max(to.worst_m, from.worst_m);
  to.worst_ms = Math.max(to.worst_ms, from.worst_ms);
  to.unsymmetric += from.unsymmetric;
  to.unlike += from.unlike;
  to.changed += from.changed;
  to.seeds.push(...from.seeds.slice(0, 20));
}

export type Kind = ClassName | "two-routes" | "route-and-site";
export const KINDS: readonly Kind[] = [...(Object.keys(CLASSES) as ClassName[]), "two-routes", "route-and-site"];

/** The oracle's own precision: it closes in to a tenth of a millimetre along an edge. */
const ORACLE_M = 0.0002;

function subject(id: string, volume: AnyVolume): Subject {
  return { id, name: null, category: null, volumes: [volume] };
}

/** One pair of a class into the tally. */
export function runOne(kind: Kind, seed: number, tally: Tally): void {
  const random = randomFrom(seed);
  const before = wrongOf(tally);
  if (kind === "two-routes") takeVerdict(judgeRoutes(random, ...twoRoutes(random)), tally);
  else if (kind === "route-and-site") takeVerdict(judgeSite(random, ...routeAndSite(random)), tally);
  else judgeStill(CLASSES[kind](random), random, tally);
  if (wrongOf(tally) > before) tally.seeds.push(`${kind}:${seed}`);
}

function wrongOf({ missed, false: wrong, unsymmetric, unlike, changed }: Tally): number {
  return missed + wrong + unsymmetric + unlike + changed;
}

function takeVerdict(verdict: ReturnType<typeof judgeRoutes>, tally: Tally): void {
  tally.pairs += 1;
  tally.conflicts += Number(verdict.conflict);
  tally.missed += Number(verdict.missed);
  tally.false += Number(verdict.isFalse);
  tally.unlike += Number(verdict.isUnlike);
}

function judgeStill({ a, b, asked }: Pair, random: Random, tally: Tally): void {
  if (footprintFault(a.footprint) !== null || footprintFault(b.footprint) !== null) return;
  const separation: Separation = { ...NO_SEPARATION, ...asked };
  const found = findConflict(subject("a", a), subject("b", b), separation);
  const back = findConflict(subject("b", b), subject("a", a), separation);
  const truth = stillTruth(a, b, asked);
  tally.pairs += 1;
  tally.conflicts += Number(found !== null);
  tally.unsymmetric += Number(isOtherwise(found, back));
  tally.unlike += Number(isUnlike(subject("a", a), subject("b", b), separation, found));
  tally.changed += Number(isChanged(a, b, separation, random, found, Math.abs(truth.lateral_m) <= ORACLE_M));
  const isConflict = truth.lateral_m <= 0 && truth.vertical_m <= 0 && truth.time_ms <= 0;
  if (found === null) tally.missed += Number(isConflict);
  else if (truth.lateral_m > ORACLE_M || truth.vertical_m > 1e-9 || truth.time_ms > 0) {
    tally.false += 1;
    tally.worst_m = Math.max(tally.worst_m, truth.lateral_m, truth.vertical_m);
    tally.worst_ms = Math.max(tally.worst_ms, truth.time_ms);
  }
}

/** A share of the pairs is told otherwise: it costs another comparison. */
const TOLD_OTHERWISE = 0.3;
/** Distances are rounded to the millimetre, and may be on either side of a half. */
const ROUNDED_M = 0.0011;

function isChanged(
  a: AnyVolume,
  b: AnyVolume,
  asked: Separation,
  random: Random,
  found: ReturnType<typeof findConflict>,
  isAtLimit: boolean,
): boolean {
  if (random() > TOLD_OTHERWISE) return false;
  const footprint = toldOtherwise(a.footprint as Footprint, random);
  if (footprint === null) return false;
  if (footprintFault(footprint) !== null) return true;
  const again = findConflict(subject("a", { ...a, footprint }), subject("b", b), asked);
  if (again === null || found === null) return again !== found && !isAtLimit;
  if (again.outcome !== "conflict" || found.outcome !== "conflict") return again.outcome !== found.outcome;
  return Math.abs(again.distance_m - found.distance_m) > ROUNDED_M;
}

function isOtherwise(there: ReturnType<typeof findConflict>, back: ReturnType<typeof findConflict>): boolean {
  if (there === null || back === null) return there !== back;
  if (there.outcome !== "conflict" || back.outcome !== "conflict") return there.outcome !== back.outcome;
  return there.distance_m !== back.distance_m || there.vertical_gap_m !== back.vertical_gap_m;
}

/** Moving pairs are run through step by step, so there are fewer of them: three in a thousand. */
const MOVING = { "two-routes": 2, "route-and-site": 1 } as const;
const WHEEL: readonly Kind[] = Object.entries({ ...SHARES, ...MOVING }).flatMap(([kind, share]) =>
  Array.from({ length: share }, () => kind as Kind),
);

/** The class of the `index`th pair of a long run: all classes in turns, by their shares. */
export function kindAt(index: number, random: Random): Kind {
  return WHEEL[Math.floor(random() * WHEEL.length)] ?? (WHEEL[index % WHEEL.length] as Kind);
}
