/** One view of the map: what was told and what is private in it, drawn singly or counted, nothing silently left out. */
import { allows, type Conflict, type MapCell, type MapReply, type MapShape, MOST_CONFLICTS } from "../../api/index.ts";
import { type AnyVolume, type GeoBox, keptOf, type Motion, type Position, simplified } from "../../geo/index.ts";
import type { Officer } from "../../line/index.ts";
import { isContentKind } from "../../message/index.ts";
import type { Node } from "../node.ts";
import { partsOf } from "./boxes.ts";
import { type Candidate, type Cell, choose, metresPerPixel } from "./choose.ts";
import { type Filter, filterOf, type FilterQuery, placeHolds } from "./filter.ts";
import { anchorIn, isSaid, type Place, type SaidState } from "./said.ts";

export type ViewQuery = FilterQuery & GeoBox & { readonly zoom: number; readonly most: number };

interface Seen extends Candidate {
  readonly place: Place;
  readonly state: SaidState;
  readonly conflict: Conflict["grave"] | null;
}

type Marks = ReadonlyMap<string, Conflict["grave"]>;

/** @throws request-malformed */
export async function mapView(node: Node, query: ViewQuery, officer: Officer): Promise<MapReply> {
  const filter = await filterOf(node, query);
  const conflicts = allows("see conflicts", officer.roles) && !filter.isPast ? node.said.conflicts() : [];
  const seen = seenIn(node, query, filter, {
    marks: marksOf(conflicts),
    private: allows("see plans", officer.roles) && !filter.isPast,
  });
  const { single, cells } = choose(seen, query.zoom, query.most);
  const drawn = conflictsIn(conflicts, query);
  return {
    at: node.now(),
    total: seen.length,
    things: new Set(seen.map(({ place }) => place.of)).size,
    shapes: single.map((each) => shapeOf(each, query.zoom)),
    cells: cells.map(toCell),
    conflicts: drawn.slice(0, MOST_CONFLICTS),
    conflicts_left_out: Math.max(0, drawn.length - MOST_CONFLICTS),
  };
}

function seenIn(
  { said }: Node,
  view: ViewQuery,
  filter: Filter,
  may: { readonly marks: Marks; readonly private: boolean },
): Seen[] {
  const desk = said.open();
  const parts = partsOf(view);
  const seen: Seen[] = [];
  for (const number of desk.boxes.search(view)) {
    const place = desk.place(number);
    if (!place.live || !placeHolds(place, filter)) continue;
    const { of } = place;
    const state = isSaid(of) ? filter.said(of) : may.private && filter.own(of.name) ? "in-force" : null;
    if (state === null) continue;
    const conflict = may.marks.get(isSaid(of) ? of.fact.hash : `${of.kind}:${of.id}`) ?? null;
    const isAlert = isSaid(of) && of.fact.kind === "alert";
    seen.push({
      place,
      state,
      conflict,
      anchor: anchorIn(place.boxes, parts),
      isPrivate: !isSaid(of),
      inConflict: conflict !== null,
      isUrgent: conflict !== null || isAlert,
    });
  }
  return seen;
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

function toCell({ box, items }: Cell<Seen>): MapCell {
  const mean = (read: (at: Position) => number) =>
    items.reduce((sum, { anchor }) => sum + read(anchor), 0) / items.length;
  const hidden = items.filter(({ isPrivate }) => isPrivate).length;
  return {
    middle: { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) },
    told: items.length - hidden,
    private: hidden,
    conflicts: items.filter(({ inConflict }) => inConflict).length,
    box,
  };
}

/** Smaller than this on the screen, it is a dot. */
const DOT_PX = 3;
/** What differs by less than this on the screen looks the same. */
const SAME_PX = 0.7;

function shapeOf({ place, state, conflict, anchor }: Seen, zoom: number): MapShape {
  const { of, index, volume } = place;
  const pixel_m = metresPerPixel(anchor.lat, zoom);
  const isDot = sizeOf(place) < DOT_PX * pixel_m;
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
    state,
    ...drawnOf(volume, isDot ? null : pixel_m * SAME_PX),
    middle: anchor,
    window: volume.window,
    conflict,
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
function sizeOf({ boxes }: Place): number {
  const { west, south, east, north } = boxes[0] as GeoBox;
  const across = (east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return Math.max(across, north - south) * 111_195;
}

/** The box round everything in force that this officer may see; null where there is nothing. */
export function mapExtent(node: Node, officer: Officer): { box: GeoBox | null } {
  const filter = { asOf: node.now() };
  const seesPlans = allows("see plans", officer.roles);
  let box: GeoBox | null = null;
  const desk = node.said.open();
  for (const number of desk.boxes.search({ west: -180, south: -90, east: 180, north: 90 })) {
    const { of, live, boxes } = desk.place(number);
    if (!live || (isSaid(of) ? of.ended !== null || of.fact.storedAt > filter.asOf : !seesPlans)) continue;
    for (const each of boxes) box = joined(box, each);
  }
  return { box };
}

function joined(a: GeoBox | null, b: GeoBox): GeoBox {
  if (a === null) return b;
  return {
    west: Math.min(a.west, b.west),
    south: Math.min(a.south, b.south),
    east: Math.max(a.east, b.east),
    north: Math.max(a.north, b.north),
  };
}
