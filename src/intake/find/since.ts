/** A list beside the one before it: what moved, what went, and whether all of it moved the same way. */
import type { Position } from "../../geo/index.ts";
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord } from "../record.ts";
import { readId } from "../value.ts";
import { datumBetween } from "./datum.ts";
import { fold } from "../gazetteer/names.ts";
import { calledOf, type ListedPlace, placesOf } from "./place.ts";
import { reason, type Sentence } from "../words/sentence.ts";
import { slipsOf, suggested } from "./slips.ts";
import { metresApart, quantile } from "./sphere.ts";

/** Less than this is how differently two people write one place. */
const MOVED_M = 90;
/** From this share on, and this many rows, a change is one of the whole list. */
const MASS = { share: 0.1, rows: 5 } as const;
/** Moves this alike are one shift of all, as another datum makes it. */
const ALIKE_M = 30;
/** A shift of a whole list, that a datum may make: nine in ten alike within metres, and of the size that datums have. */
const ALIKE = { share: 0.9, within_m: 10, least_m: 20, most_m: 800 } as const;

export interface Move {
  readonly place: ListedPlace;
  readonly before: ListedPlace;
  readonly metres: number;
}

/** Findings by row. What is of the whole list stands at its first row. */
export function changedSince(records: readonly IntakeRecord[], since: readonly IntakeRecord[]): Map<number, Finding[]> {
  const places = placesOf(records);
  const before = new Map(placesOf(since).flatMap((place) => keysOf(place).map((key) => [key, place] as const)));
  const known = places.flatMap((place) => {
    const other = keysOf(place)
      .map((key) => before.get(key))
      .find((found) => found !== undefined);
    return other === undefined ? [] : [{ place, before: other, metres: metresApart(place.at, other.at) }];
  });
  const { rows, whole } = movesBeside(known, new Set(before.values()));
  const [first] = places;
  if (first === undefined) return rows;
  if (whole.length > 0) rows.set(first.row, [...(rows.get(first.row) ?? []), ...whole]);
  return rows;
}

/** Of the places that both lists have, beside all of the list before: what moved by row, and what is of the whole list. */
export function movesBeside(
  known: readonly Move[],
  before: ReadonlySet<ListedPlace>,
): { readonly rows: Map<number, Finding[]>; readonly whole: readonly Finding[] } {
  const moves = known.filter(({ metres }) => metres > MOVED_M);
  const rows = new Map<number, Finding[]>(moves.map((move) => [move.place.row, [moved(move)]]));
  const kept = new Set(known.map((each) => each.before));
  return { rows, whole: [...massMove(known, moves), ...massDeletion(kept, before)] };
}

/** By its number; by name and district only where there is none. */
export function keysOf({ sourceId, names, governorate, district }: ListedPlace): string[] {
  if (sourceId !== null) return [JSON.stringify(["id", readId(sourceId)])];
  return names.map(({ text }) => JSON.stringify([fold(text), fold(governorate), fold(district)]));
}

function moved({ place, before, metres }: Move): Finding {
  const given = { place: calledOf(place), away: { metres }, at: { at: before.at } };
  return finding("moved-since", "position", given, suggested({ at: before.at, reason: whyMoved(place.at, before.at) }));
}

/** Which one mistake, or which datum, makes of the position before the one that is now. */
function whyMoved(now: Position, before: Position): Sentence {
  const slip = slipsOf(now).find(({ at }) => at.lat === before.lat && at.lon === before.lon);
  if (slip !== undefined) return slip.reason;
  const datum = datumBetween(now, before);
  return datum === null ? reason("before", {}) : reason("datum", { datum });
}

function massMove(known: readonly Move[], moves: readonly Move[]): Finding[] {
  const shifted = datumShift(known);
  if (shifted !== null) return [shifted];
  if (moves.length < MASS.rows || moves.length < MASS.share * known.length) return [];
  const why = alikeIn(moves, ALIKE_M) >= ALIKE.share * moves.length ? "alike" : "half";
  const more = { reason: reason(why, { away: { metres: usualOf(moves) } }) };
  return [finding("list-moved", null, { moved: moves.length, known: known.length }, more)];
}

/** All of the list lies off the list before by what a datum makes of it, whether or not each row moved far enough. */
function datumShift(known: readonly Move[]): Finding | null {
  const usual = usualOf(known);
  const whole = known.length >= MASS.rows && usual >= ALIKE.least_m && usual <= ALIKE.most_m;
  if (!whole || alikeIn(known, ALIKE.within_m) < ALIKE.share * known.length) return null;
  const names = known.map(({ place, before }) => [
    datumBetween(place.at, before.at) ?? "",
    datumBetween(before.at, place.at) ?? "",
  ]);
  const [now, then] = [0, 1].map((side) => mostOf(names.map((each) => each[side] as string)));
  const why =
    now !== undefined && now !== ""
      ? reason("datum-now", { datum: now })
      : then !== undefined && then !== ""
        ? reason("datum-before", { datum: then })
        : reason("datum-either", {});
  return finding("datum-shifted", "position", { away: { metres: usual } }, { reason: why });
}

function mostOf(names: readonly string[]): string {
  const groups = [...Map.groupBy(names, (name) => name)];
  const [name, group] = groups.reduce((a, b) => (b[1].length > a[1].length ? b : a));
  return group.length >= ALIKE.share * names.length ? name : "";
}

function usualOf(moves: readonly Move[]): number {
  return quantile(
    moves.map(({ metres }) => metres),
    0.5,
  );
}

/** How many of them moved in one direction by as much. */
function alikeIn(moves: readonly Move[], within_m: number): number {
  const [north, east] = [shift(moves, "lat"), shift(moves, "lon")];
  return moves.filter(({ place, before }) => {
    const shifted = { lat: before.at.lat + north, lon: before.at.lon + east };
    return metresApart(place.at, shifted) <= within_m;
  }).length;
}

function shift(moves: readonly Move[], axis: "lat" | "lon"): number {
  return quantile(
    moves.map(({ place, before }) => place.at[axis] - before.at[axis]),
    0.5,
  );
}

function massDeletion(kept: ReadonlySet<ListedPlace>, all: ReadonlySet<ListedPlace>): Finding[] {
  const gone = [...all].filter((place) => !kept.has(place));
  if (gone.length < MASS.rows || gone.length < MASS.share * all.size) return [];
  const some = { names: gone.slice(0, 3).map(calledOf) };
  return [finding("list-shrunk", null, { gone: gone.length, known: all.size, some })];
}
