/** One view of the map: what was told and what is private in it, drawn singly or counted, nothing silently left out. */
import { allows, type Conflict, type MapReply, type MapShape, MOST_CONFLICTS } from "../../api/index.ts";
import { type AnyVolume, type GeoBox, keptOf, type Motion, type Position, simplified } from "../../geo/index.ts";
import type { Officer } from "../../line/index.ts";
import { isContentKind } from "../../message/index.ts";
import type { Node } from "../node.ts";
import { choose, MARK, metresPerPixel, type Seen } from "./choose.ts";
import { partsOf } from "./columns.ts";
import { type Filter, filterOf, type FilterQuery } from "./filter.ts";
import { isSaid, type Owner, type SaidDesk, type SaidState } from "./said.ts";

export type ViewQuery = FilterQuery & GeoBox & { readonly zoom: number; readonly most: number };

type Marks = ReadonlyMap<string, Conflict["grave"]>;

interface May {
  readonly marks: Marks;
  readonly private: boolean;
}

/** @throws request-malformed */
export async function mapView(node: Node, query: ViewQuery, officer: Officer): Promise<MapReply> {
  const filter = await filterOf(node, query);
  const conflicts = allows("see conflicts", officer.roles) && !filter.isPast ? node.said.conflicts() : [];
  const may = { marks: marksOf(conflicts), private: allows("see plans", officer.roles) && !filter.isPast };
  const desk = await node.said.open();
  const seen = seenIn(desk, query, filter, may);
  const { single, cells } = choose(seen, query.zoom, query.most);
  const drawn = conflictsIn(conflicts, query);
  return {
    at: node.now(),
    total: seen.count,
    things: seen.things,
    shapes: single.map((at) => shapeOf(desk, seen, at, { zoom: query.zoom, filter, may })),
    cells: [...cells],
    conflicts: drawn.slice(0, MOST_CONFLICTS),
    conflicts_left_out: Math.max(0, drawn.length - MOST_CONFLICTS),
  };
}

interface SeenPlaces extends Seen {
  readonly numbers: Int32Array;
  /** How many messages, plans and holdings they belong to. */
  readonly things: number;
}

/** Whether an owner passes was asked, and it passes; beside the bits of `MARK`. */
const [ASKED, PASSES] = [64, 128];

/** Numbers alone, for there may be a hundred thousand; each owner is asked once, however many places it has. */
export function seenIn(desk: SaidDesk, view: ViewQuery, filter: Filter, may: May): SeenPlaces {
  const size = desk.columns.size();
  const [numbers, marks] = [new Int32Array(size), new Uint8Array(size)];
  const [lat, lon] = [new Float64Array(size), new Float64Array(size)];
  const asked = new Uint8Array(desk.owners());
  let [count, things] = [0, 0];
  desk.columns.each(view, filter, (number, middleLat, middleLon) => {
    const owner = desk.columns.ownerOf(number);
    let mark = asked[owner] as number;
    if (mark === 0) {
      const of = desk.owner(owner);
      const passes = stateOf(of, filter, may) !== null;
      mark = asked[owner] = ASKED | (passes ? PASSES | markOf(of, may.marks) : 0);
      if (passes) things++;
    }
    if ((mark & PASSES) === 0) return;
    numbers[count] = number;
    marks[count] = mark;
    lat[count] = middleLat;
    lon[count] = middleLon;
    count++;
  });
  return { count, things, numbers, marks, lat, lon };
}

function stateOf(of: Owner, filter: Filter, may: May): SaidState | null {
  if (isSaid(of)) return filter.said(of);
  return may.private && filter.own(of.name) ? "in-force" : null;
}

function conflictOf(of: Owner, marks: Marks): Conflict["grave"] | null {
  return marks.get(isSaid(of) ? of.fact.hash : `${of.kind}:${of.id}`) ?? null;
}

/** An alert, or something in conflict, is drawn before others. */
function markOf(of: Owner, marks: Marks): number {
  if (conflictOf(of, marks) !== null) return (isSaid(of) ? 0 : MARK.private) | MARK.inConflict | MARK.urgent;
  return isSaid(of) ? (of.fact.kind === "alert" ? MARK.urgent : 0) : MARK.private;
}

/** The gravest conflict of each message, plan and holding. */
function marksOf(conflicts: readonly Conflict[]): Marks {
  const marks = new Map<string, Conflict["grave"]>();
  const worse = { low: 0, high: 1, critical: 2 };
  const mark = (key: string, grave: Conflict["grave"]) => {
    const known = marks.get(key);
    if (known === undefined || worse[grave] > worse[known]) marks.set(key, grave);
  };
  for (const { own, against, grave } of conflicts) {
    mark(`${own.type}:${own.id}`, grave);
    mark(against.type === "message" ? against.id : `${against.type}:${against.id}`, grave);
  }
  return marks;
}

function conflictsIn(conflicts: readonly Conflict[], view: GeoBox): Conflict[] {
  const parts = partsOf(view);
  const inside = ({ lat, lon }: Position) =>
    parts.some(({ west, south, east, north }) => lat >= south && lat <= north && lon >= west && lon <= east);
  return conflicts.filter(({ closest }) => closest !== null && closest.some(inside));
}

/** Smaller than this on the screen, it is a dot. */
const DOT_PX = 3;
/** What differs by less than this on the screen looks the same. */
const SAME_PX = 0.7;

interface Drawing {
  readonly zoom: number;
  readonly filter: Filter;
  readonly may: May;
}

function shapeOf(desk: SaidDesk, seen: SeenPlaces, at: number, { zoom, filter, may }: Drawing): MapShape {
  const number = seen.numbers[at] as number;
  const middle = { lat: seen.lat[at] as number, lon: seen.lon[at] as number };
  const { of, index, volume } = desk.place(number);
  const pixel_m = metresPerPixel(middle.lat, zoom);
  const isDot = sizeOf(desk.columns.boxOf(number)) < DOT_PX * pixel_m;
  const head = isSaid(of)
    ? {
        type: "message" as const,
        id: of.fact.hash,
        name: of.subject,
        from: of.fact.from,
        kind: isContentKind(of.fact.kind) ? of.fact.kind : null,
        at: of.fact.at,
      }
    : { type: of.kind, id: of.id, name: of.name, from: null, kind: null, at: null };
  return {
    ...head,
    index,
    category: of.category,
    state: stateOf(of, filter, may) as SaidState,
    ...drawnOf(volume, isDot ? null : pixel_m * SAME_PX),
    middle,
    window: volume.window,
    conflict: conflictOf(of, may.marks),
  };
}

function drawnOf(volume: AnyVolume, tolerance_m: number | null): Pick<MapShape, "footprint" | "motion"> {
  const { footprint, motion } = volume;
  const moves = motion === undefined || motion === null ? null : motion;
  if (footprint.type === "corridor" && moves !== null) return routeOf(footprint, moves, tolerance_m ?? 0);
  const drawn = tolerance_m === null ? null : simplified(footprint, tolerance_m);
  return { footprint: drawn as MapShape["footprint"], motion: null };
}

/** So many positions of a route are sent as they are, for its speed may change at each. */
const ROUTE = 60;

/** A route keeps its times, also as a dot: it may come into view as it moves. */
function routeOf(
  { type, line, width_m }: { readonly type: "corridor"; readonly line: readonly Position[]; readonly width_m: number },
  { times, tolerance_s }: Motion,
  tolerance_m: number,
): Pick<MapShape, "footprint" | "motion"> {
  const kept = line.length <= ROUTE ? line.map((_, i) => i) : keptOf(line, tolerance_m);
  return {
    footprint: { type, line: kept.map((i) => line[i] as Position), width_m },
    motion: { times: kept.map((i) => times[i] ?? null), tolerance_s },
  };
}

/** Metres across, roughly: the longer side of its first box. */
function sizeOf({ west, south, east, north }: GeoBox): number {
  const across = (east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return Math.max(across, north - south) * 111_195;
}

/** The box round everything in force that this officer may see; null where there is nothing. */
export async function mapExtent(node: Node, officer: Officer): Promise<{ box: GeoBox | null }> {
  const now = node.now();
  const seesPlans = allows("see plans", officer.roles);
  const desk = await node.said.open();
  const counts = (of: Owner) => (isSaid(of) ? of.ended === null && of.fact.storedAt <= now : seesPlans);
  return { box: desk.columns.extent((owner) => counts(desk.owner(owner))) };
}
