/** The same footprint told otherwise: from another vertex, the other way round, with a vertex more on a geodesic edge. */
import geographiclib from "geographiclib-geodesic";
import type { Footprint, Position } from "../../src/geo/index.ts";
import { between, type Random } from "../../test/geo/shapes.ts";

const { WGS84 } = geographiclib.Geodesic;
/** Edges shorter than this are not split: the coordinates' own rounding would bend them. */
const SHORTEST_M = 1;

/** null where there is no other way to tell it. */
export function toldOtherwise(footprint: Footprint, random: Random): Footprint | null {
  switch (footprint.type) {
    case "point":
    case "circle":
      return null;
    case "corridor": {
      const line = random() < 0.5 ? footprint.line.toReversed() : footprint.line;
      return { ...footprint, line: split(line, random) };
    }
    case "polygon":
      return { ...footprint, rings: footprint.rings.map((ring) => split(turned(ring, random), random)) };
  }
}

function turned(ring: readonly Position[], random: Random): readonly Position[] {
  const first = Math.floor(random() * ring.length);
  // A vertex told twice running may stand anywhere but at the seam, where it would close the ring.
  const isSeam = isOnePlace(ring.at(first - 1) as Position, ring[first] as Position);
  const from = isSeam ? ring : [...ring.slice(first), ...ring.slice(0, first)];
  return random() < 0.5 ? from.toReversed() : from;
}

function isOnePlace(a: Position, b: Position): boolean {
  return WGS84.Inverse(a.lat, a.lon, b.lat, b.lon).s12 === 0;
}

function split(line: readonly Position[], random: Random): readonly Position[] {
  const edge = Math.floor(random() * (line.length - 1));
  const [from, to] = [line[edge], line[edge + 1]] as [Position, Position];
  const on = WGS84.InverseLine(from.lat, from.lon, to.lat, to.lon);
  const metres = on.s13;
  if (metres < SHORTEST_M) return line;
  const { lat2, lon2 } = on.Position(metres * between(random, 0.1, 0.9));
  return line.toSpliced(edge + 1, 0, { lat: lat2 as number, lon: lon2 as number });
}
