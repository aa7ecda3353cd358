/**
 * Coarsening: positions moved to the middle of a cell of a grid, footprints grown so that they still cover what they
 * covered, and the body labelled with the precision that is left. It never uncovers: whoever keeps away from
 * the coarse footprint keeps away from the true one. Names of places are words, and left to the officers.
 */
import { type Footprint, pointDistanceM, type Position, type Volume } from "../geo/index.ts";
import type { Message, MessageOf } from "../message/index.ts";

const METRES_PER_DEGREE = 111_320;
/** From anywhere in a cell to its middle is at most 0.7072 of its side; the rest is for the ellipsoid. */
const REACH = 0.75;

/** Kinds whose bodies say how precise they are. Alerts, warnings and queries go out as they are: there it must be exact. */
type Placed = MessageOf<"activity" | "site" | "movement" | "presence" | "report">;

function isPlaced(message: Message): message is Placed {
  return ["activity", "site", "movement", "presence", "report"].includes(message.kind);
}

/** True where the message says a position more precisely than `floorM` metres allow. */
export function finerThanFloor(message: Message, floorM: number): boolean {
  return floorM > 0 && isPlaced(message) && (message.body.precision_m ?? 0) < floorM;
}

/** The message's body no finer than `floorM` metres; unchanged where it is not finer. */
export function coarsen<M extends Message>(message: M, floorM: number): M["body"] {
  return isPlaced(message) && finerThanFloor(message, floorM) ? coarseBody(message, floorM) : message.body;
}

function coarseBody(message: Placed, floorM: number): Placed["body"] {
  switch (message.kind) {
    case "activity":
    case "presence":
    case "report":
      return {
        ...message.body,
        precision_m: floorM,
        volumes: message.body.volumes.map((v) => coarseVolume(v, floorM)),
      };
    case "site":
      return { ...message.body, precision_m: floorM, footprint: coarseFootprint(message.body.footprint, floorM) };
    case "movement": {
      const { route, width_m } = message.body;
      const moved = route.map((waypoint) => ({ ...waypoint, position: snap(waypoint.position, floorM) }));
      return {
        ...message.body,
        precision_m: floorM,
        route: moved,
        width_m: grown(width_m + 2 * REACH * floorM, floorM),
      };
    }
  }
}

function coarseVolume(volume: Volume, floorM: number): Volume {
  return { ...volume, footprint: coarseFootprint(volume.footprint, floorM) };
}

/** A footprint that covers `footprint` and says where it is no more precisely than `floorM` metres. */
export function coarseFootprint(footprint: Footprint, floorM: number): Footprint {
  switch (footprint.type) {
    case "point":
      return circleOver([footprint.at], 0, floorM);
    case "circle":
      return circleOver([footprint.centre], footprint.radius_m, floorM);
    case "polygon":
      return circleOver(footprint.rings[0] ?? [], 0, floorM);
    case "corridor": {
      const line = footprint.line.map((position) => snap(position, floorM)).filter(isNew);
      if (line.length < 2) return circleOver(footprint.line, footprint.width_m / 2, floorM);
      return { type: "corridor", line, width_m: grown(footprint.width_m + 2 * REACH * floorM, floorM) };
    }
  }
}

function isNew(position: Position, i: number, all: readonly Position[]): boolean {
  const before = all[i - 1];
  return before === undefined || before.lat !== position.lat || before.lon !== position.lon;
}

/** Its radius is a multiple of the floor, so that it does not give away how far the middle was moved. */
function circleOver(positions: readonly Position[], marginM: number, floorM: number): Footprint {
  const centre = snap(middleOf(positions), floorM);
  const far = Math.max(...positions.map((position) => pointDistanceM(centre, position)));
  return { type: "circle", centre, radius_m: grown(Math.max(far, REACH * floorM) + marginM, floorM) };
}

/** The mean, taken round the first position so that the antimeridian does not tear it apart. */
function middleOf(positions: readonly Position[]): Position {
  const [first = { lat: 0, lon: 0 }] = positions;
  return {
    lat: mean(positions.map(({ lat }) => lat)),
    lon: wrapped(first.lon + mean(positions.map(({ lon }) => wrapped(lon - first.lon)))),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function wrapped(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

const grown = (metres: number, floorM: number): number => Math.ceil(metres / floorM) * floorM;

/** The middle of the grid cell that `position` lies in: a cell is `floorM` metres wide and high. */
function snap({ lat, lon }: Position, floorM: number): Position {
  const latStep = floorM / METRES_PER_DEGREE;
  const row = Math.max(-90, Math.min(90, Math.round(lat / latStep) * latStep));
  const lonStep = Math.min(360, latStep / Math.max(Math.cos((row * Math.PI) / 180), 1e-9));
  const column = Math.max(-180, Math.min(180, Math.round(lon / lonStep) * lonStep));
  return { lat: nano(row), lon: lonStep >= 180 ? 0 : nano(column) };
}

const nano = (degrees: number): number => Math.round(degrees * 1e9) / 1e9 + 0;
