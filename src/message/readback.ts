/**
 * Read-back: the receiving officer enters place, time and height again without seeing them, and the machine compares.
 * It catches what was heard or plotted wrong; what was told wrong it cannot catch.
 */
import { type Footprint, pointDistanceM, type Position, type Volume } from "../geo/index.ts";
import type { BodyOf } from "./bodies.ts";
import type { Message } from "./message.ts";

export type ReadBackBody = BodyOf<"readback">;
export type ReadBackEntry = ReadBackBody["entries"][number];
export type ReadBackDifference = ReadBackBody["differences"][number];

/** A field to enter again. It holds no value: what is asked for is not shown. */
export interface ReadBackField {
  /** Path in the body, such as `route.0.position` or `volumes.0.window.start`. */
  readonly field: string;
  readonly type: "position" | "at" | "height_m";
}

type Expected = ReadBackField & { readonly value: Position | number };

/** Volumes of one message that are read back; the rest of a large one is left to the release's own checks. */
const MAX_VOLUMES = 3;

/**
 * How far an entry may lie from what was told and still be the same: a position by what degrees, minutes and whole
 * seconds can express (31 m) and a little, a time within its minute, a height within a metre.
 */
export const READ_BACK_TOLERANCE = { position_m: 50, seconds: 59, height_m: 1 } as const;

/** The fields that an officer re-enters, in order; none for kinds that are not read back. */
export function readBackOf(message: Message): readonly ReadBackField[] {
  return expectedOf(message).map(({ field, type }) => ({ field, type }));
}

/**
 * What a releaser enters again from the source before the message leaves: what is read back, and of the other kinds with
 * a place, where and when its first volumes are.
 */
export function reKeyedOf(message: Message): readonly ReadBackField[] {
  return reKeyed(message).map(({ field, type }) => ({ field, type }));
}

function reKeyed(message: Message): Expected[] {
  const readBack = expectedOf(message);
  if (readBack.length > 0) return readBack;
  if (message.kind === "site") return footprintFields(message.body.footprint, "footprint");
  if (!("volumes" in message.body)) return [];
  return message.body.volumes.slice(0, MAX_VOLUMES).flatMap((volume, i) => volumeFields(volume, `volumes.${i}`));
}

/** The position that was drafted at such a field; null where it holds none. For showing where an entry differs from it. */
export function draftedPosition(message: Message, field: string): Position | null {
  const found = reKeyed(message).find((each) => each.field === field)?.value;
  return typeof found === "object" ? found : null;
}

/** Where what a releaser entered from the source differs from what was drafted; empty where it is the same. */
export function compareReKeyed(message: Message, entered: readonly ReadBackEntry[]): readonly ReadBackDifference[] {
  return differencesOf(reKeyed(message), entered);
}

/** How far the places, times and heights of a message lie from those of the one that it replaces. */
export function movedBetween(before: Message, after: Message): readonly ReadBackDifference[] {
  const entries = reKeyed(after).map(({ field, type, value }): ReadBackEntry => {
    return { field, position: null, at: null, height_m: null, [type]: value };
  });
  return differencesOf(reKeyed(before), entries);
}

function expectedOf(message: Message): Expected[] {
  if (message.kind === "movement") return routeFields(message.body.route);
  if (message.kind !== "activity") return [];
  return message.body.volumes.slice(0, MAX_VOLUMES).flatMap((volume, i) => volumeFields(volume, `volumes.${i}`));
}

/** Where it begins, half-way and where it ends. */
function routeFields(route: BodyOf<"movement">["route"]): Expected[] {
  const last = route.length - 1;
  return [...new Set([0, Math.floor(last / 2), last])].flatMap((i) => {
    const { position, at } = route[i] as (typeof route)[number];
    const place = positionField(`route.${i}.position`, position);
    return at === null ? [place] : [place, { field: `route.${i}.at`, type: "at", value: at } as const];
  });
}

function volumeFields({ footprint, window, height }: Volume, path: string): Expected[] {
  const fields = footprintFields(footprint, `${path}.footprint`);
  for (const end of ["start", "end"] as const) {
    const value = window[end];
    if (value !== null) fields.push({ field: `${path}.window.${end}`, type: "at", value });
  }
  for (const bound of ["lower_m", "upper_m"] as const) {
    const value = height?.[bound] ?? null;
    if (value !== null) fields.push({ field: `${path}.height.${bound}`, type: "height_m", value });
  }
  return fields;
}

/** One position says where a point or a circle is; two that lie far apart say where a polygon or a corridor is. */
function footprintFields(footprint: Footprint, path: string): Expected[] {
  switch (footprint.type) {
    case "point":
      return [positionField(`${path}.at`, footprint.at)];
    case "circle":
      return [positionField(`${path}.centre`, footprint.centre)];
    case "polygon":
      return farApart(footprint.rings[0] ?? [], `${path}.rings.0`);
    case "corridor":
      return farApart(footprint.line, `${path}.line`);
  }
}

function farApart(positions: readonly Position[], path: string): Expected[] {
  const [first] = positions;
  if (first === undefined) return [];
  const distances = positions.map((position) => pointDistanceM(first, position));
  const far = distances.indexOf(Math.max(...distances));
  return [...new Set([0, far])].map((i) => positionField(`${path}.${i}`, positions[i] as Position));
}

function positionField(field: string, value: Position): Expected {
  return { field, type: "position", value };
}

/**
 * Compares what was entered with what was told. A field that was asked for and not entered is a difference of unknown
 * size; one that was not asked for is ignored.
 */
export function compareReadBack(message: Message, entered: readonly ReadBackEntry[]): ReadBackBody {
  const differences = differencesOf(expectedOf(message), entered);
  return { entries: entered, result: differences.length === 0 ? "same" : "different", differences };
}

function differencesOf(
  expected: readonly Expected[],
  entered: readonly ReadBackEntry[],
): readonly ReadBackDifference[] {
  return expected
    .map((each) =>
      differenceOf(
        each,
        entered.find(({ field }) => field === each.field),
      ),
    )
    .filter((difference) => difference !== null);
}

function differenceOf(expected: Expected, entry: ReadBackEntry | undefined): ReadBackDifference | null {
  const { field, type, value } = expected;
  const none = { field, distance_m: null, seconds: null, height_m: null };
  const told = entry?.[type] ?? null;
  if (told === null) return none;
  const off = distanceBetween(type, value, told);
  if (off <= (type === "position" ? READ_BACK_TOLERANCE.position_m : READ_BACK_TOLERANCE[unitOf(type)])) return null;
  return { ...none, [type === "position" ? "distance_m" : unitOf(type)]: off };
}

const unitOf = (type: "at" | "height_m"): "seconds" | "height_m" => (type === "at" ? "seconds" : "height_m");

/** Metres on the ground to the decimetre, whole seconds, or metres of height. */
function distanceBetween(type: Expected["type"], a: Position | number, b: Position | number): number {
  if (typeof a === "object" && typeof b === "object") return Math.round(pointDistanceM(a, b) * 10) / 10;
  const off = Math.abs(Number(a) - Number(b));
  return type === "at" ? Math.round(off / 1000) : Math.round(off * 1000) / 1000;
}

/** A read-back's claim beside this node's own comparison of what was entered. */
export interface ReadBackVerdict {
  readonly claimed: ReadBackBody["result"];
  /** Its own; null where what was told is not at hand, or nothing of it is read back. */
  readonly found: ReadBackBody["result"] | null;
  /** The claim is what was found: the same fields differ, and as far as was said. */
  readonly agrees: boolean;
  /** For people: "same", "different", or what is wrong with the claim. */
  readonly says: string;
}

/**
 * Makes the comparison again out of the entered values. A receiver may say "same" of what is not: the claim is shown
 * beside what was found and never instead of it. `told` is what the read-back is of; null where it is not at hand.
 */
export function judgeReadBack(told: Message | null, { entries, result, differences }: ReadBackBody): ReadBackVerdict {
  const claimed = result;
  if (told === null || expectedOf(told).length === 0) {
    const why = told === null ? "what was told is not at hand to compare it with" : "nothing of it is read back";
    return { claimed, found: null, agrees: false, says: `says ${claimed}; ${why}` };
  }
  const own = compareReadBack(told, entries);
  const agrees = own.result === claimed && sameDifferences(own.differences, differences);
  const found = own.result;
  if (agrees) return { claimed, found, agrees, says: found };
  const claim = claimed === "same" ? claimed : `different (${extentOf(differences)})`;
  const is = found === "same" ? "is the same" : `differs by ${extentOf(own.differences)}`;
  return { claimed, found, agrees, says: `says ${claim}; what was entered ${is}` };
}

const near = (x: number | null, y: number | null): boolean =>
  x === y || (x !== null && y !== null && Math.abs(x - y) <= 1);

/** Two nodes may round apart by a unit of the last place. */
function sameDifferences(a: readonly ReadBackDifference[], b: readonly ReadBackDifference[]): boolean {
  return (
    a.length === b.length &&
    a.every((one) => {
      const other = b.find(({ field }) => field === one.field);
      if (other === undefined) return false;
      const { distance_m, seconds, height_m } = one;
      return near(distance_m, other.distance_m) && near(seconds, other.seconds) && near(height_m, other.height_m);
    })
  );
}

/** The largest of each sort, and how many fields were not entered: "11.2 km, 3600 s and 1 field not entered". */
function extentOf(differences: readonly ReadBackDifference[]): string {
  const most = (of: (difference: ReadBackDifference) => number | null): number =>
    Math.max(0, ...differences.map((difference) => of(difference) ?? 0));
  const [metres, seconds, height] = [most((d) => d.distance_m), most((d) => d.seconds), most((d) => d.height_m)];
  const left = differences.filter((d) => d.distance_m === null && d.seconds === null && d.height_m === null).length;
  const parts = [
    metres === 0 ? "" : metres < 1000 ? `${metres} m` : `${(metres / 1000).toFixed(1)} km`,
    seconds === 0 ? "" : seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`,
    height === 0 ? "" : `${height} m of height`,
    left === 0 ? "" : `${left} ${left === 1 ? "field" : "fields"} not entered`,
  ].filter((part) => part !== "");
  return parts.length < 2 ? (parts[0] ?? "nothing") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
