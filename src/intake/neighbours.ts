/** What the rows of one list say about each other: sites of one district lie together. */
import { pointDistanceM, type Position } from "../geo/index.ts";
import { type Finding, finding } from "./codes.ts";

export interface ListedPlace {
  readonly row: number;
  readonly at: Position;
  readonly governorate: string;
  readonly district: string;
  readonly sourceId: string | null;
}

/**
 * A position is far when all three hold. The distances are absolute because a district is some tens of kilometres
 * across, however few of its sites are listed; the ratio spares a district whose sites really are spread out, and the
 * nearest neighbour spares a second cluster of them.
 */
const FAR = { fromMedian_m: 80_000, fromNearest_m: 40_000, spreads: 5, leastPlaces: 4 } as const;
/** A correction is proposed where it brings the position this near to another site of its district. */
const HOME_M = 15_000;
/** Looking for what was meant is the costly part, and no one reads more of them. */
const MAX_SUGGESTIONS = 1000;
const EARTH_M = 6_371_008.8;

type Vector = readonly [number, number, number];
interface Member {
  readonly place: ListedPlace;
  readonly vector: Vector;
}

/** Warnings by row, for every place that lies far from the rest of its district. */
export function farFromDistrict(places: readonly ListedPlace[]): Map<number, Finding> {
  const found = new Map<number, Finding>();
  const members = places.map((place) => ({ place, vector: vectorOf(place.at) }));
  const districts = Map.groupBy(
    members.filter(({ place }) => place.district !== ""),
    ({ place }) => JSON.stringify([fold(place.governorate), fold(place.district)]),
  );
  for (const district of districts.values()) {
    if (district.length < FAR.leastPlaces) continue;
    const median = geometricMedian(district.map((member) => member.vector));
    const spread = middle(district.map((member) => metresApart(member.vector, median)));
    const byLatitude = district.toSorted((a, b) => a.place.at.lat - b.place.at.lat);
    byLatitude.forEach((member, i) => {
      const away = metresApart(member.vector, median);
      if (away <= Math.max(FAR.fromMedian_m, FAR.spreads * spread) || hasNeighbour(byLatitude, i)) return;
      const others = district.filter((other) => other !== member);
      found.set(member.place.row, farFinding(member, others, median, found.size < MAX_SUGGESTIONS ? members : []));
    });
  }
  return found;
}

function farFinding(member: Member, others: readonly Member[], median: Vector, all: readonly Member[]): Finding {
  const { at, district } = member.place;
  const km = Math.round(pointDistanceM(at, positionOf(median)) / 1000);
  const message =
    `The position lies ${km} km from the rest of ${district}. Check it against the source, ` +
    "and the district too; if both are right, confirm it when you release.";
  const slip = all.length === 0 ? null : likelySlip(at, others, median);
  if (slip !== null) {
    const suggestion = { latitude: slip.at.lat, longitude: slip.at.lon };
    return finding("far-from-district", "position", message, { suggestion, because: slip.because });
  }
  const near = nearest(
    member,
    all.filter(({ place }) => place.district !== "" && place.district !== district),
  );
  if (near !== null && near.metres <= HOME_M) {
    const { governorate, district: other } = near.place;
    const because = `It lies ${Math.round(near.metres / 1000)} km from a site of ${other}, which is row ${near.place.row}.`;
    return finding("far-from-district", "position", message, { suggestion: { governorate, district: other }, because });
  }
  return finding("far-from-district", "position", message, {
    because: `${others.length} other rows name ${district}.`,
  });
}

interface Slip {
  readonly at: Position;
  readonly because: string;
}

/** The one slip of typing that would bring the position home; the nearest to the middle where there are several. */
function likelySlip(at: Position, others: readonly Member[], median: Vector): Slip | null {
  const home = slipsOf(at)
    .map((slip) => ({ ...slip, vector: vectorOf(slip.at) }))
    .filter(({ vector }) => others.some((other) => metresApart(other.vector, vector) <= HOME_M));
  return home.toSorted((a, b) => metresApart(a.vector, median) - metresApart(b.vector, median))[0] ?? null;
}

function slipsOf({ lat, lon }: Position): Slip[] {
  const slips: Slip[] = [];
  for (const digit of otherDigits(lat, 90))
    slips.push({ at: { lat: digit, lon }, because: `One digit of the latitude: ${lat}, ${digit}.` });
  for (const digit of otherDigits(lon, 180))
    slips.push({ at: { lat, lon: digit }, because: `One digit of the longitude: ${lon}, ${digit}.` });
  if (Math.abs(lon) <= 90) slips.push({ at: { lat: lon, lon: lat }, because: "Latitude and longitude exchanged." });
  slips.push(
    { at: { lat: -lat, lon }, because: "The sign of the latitude." },
    { at: { lat, lon: -lon }, because: "The sign of the longitude." },
  );
  return slips;
}

/** Every number that differs from `degrees` in one digit of its whole part or its first decimal. */
function otherDigits(degrees: number, limit: number): number[] {
  const text = String(degrees);
  const point = text.includes(".") ? text.indexOf(".") : text.length;
  const numbers: number[] = [];
  for (let i = 0; i < Math.min(text.length, point + 2); i++) {
    if (!/\d/.test(text.charAt(i))) continue;
    for (const digit of "0123456789") {
      if (digit !== text.charAt(i)) numbers.push(Number(text.slice(0, i) + digit + text.slice(i + 1)));
    }
  }
  return numbers.filter((number) => Math.abs(number) <= limit);
}

/** True where another site of the district, sorted by latitude, lies near the one at `index`. */
function hasNeighbour(district: readonly Member[], index: number): boolean {
  const { vector, place } = district[index] as Member;
  const band = FAR.fromNearest_m / 111_000;
  for (const step of [-1, 1]) {
    for (let i = index + step; ; i += step) {
      const other = district[i];
      if (other === undefined || Math.abs(other.place.at.lat - place.at.lat) > band) break;
      if (metresApart(vector, other.vector) <= FAR.fromNearest_m) return true;
    }
  }
  return false;
}

function nearest(
  member: Member,
  others: readonly Member[],
): { readonly place: ListedPlace; readonly metres: number } | null {
  let best: { place: ListedPlace; metres: number } | null = null;
  for (const { place, vector } of others) {
    const metres = metresApart(member.vector, vector);
    if (best === null || metres < best.metres) best = { place, metres };
  }
  return best;
}

/** Weiszfeld's iteration on the unit sphere: the point with the least sum of distances, which outliers hardly move. */
function geometricMedian(vectors: readonly Vector[]): Vector {
  let median = unit(vectors.reduce<Vector>((sum, v) => [sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]], [0, 0, 0]));
  for (let round = 0; round < 60; round++) {
    const sum: [number, number, number] = [0, 0, 0];
    for (const v of vectors) {
      const weight = 1 / Math.max(chord(v, median), 1e-9);
      sum[0] += v[0] * weight;
      sum[1] += v[1] * weight;
      sum[2] += v[2] * weight;
    }
    const next = unit(sum);
    const moved = chord(next, median);
    median = next;
    if (moved < 1e-7) break;
  }
  return median;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** On a sphere, which is within half a per cent and enough to tell tens of kilometres from hundreds. */
function metresApart(a: Vector, b: Vector): number {
  return 2 * EARTH_M * Math.asin(Math.min(1, chord(a, b) / 2));
}

function chord(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function vectorOf({ lat, lon }: Position): Vector {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function positionOf([x, y, z]: Vector): Position {
  return { lat: (Math.asin(z) * 180) / Math.PI, lon: (Math.atan2(y, x) * 180) / Math.PI };
}

function unit(v: Vector): Vector {
  const length = Math.hypot(v[0], v[1], v[2]) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}

function fold(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
