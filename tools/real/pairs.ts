/**
 * An independent count of the pairs that the node must find: every plan against every site, with Vincenty's inverse
 * formula (Survey Review XXIII, 1975) rather than the geodesic library that the node uses. Over these few kilometres
 * the two agree to well under a millimetre.
 */
import type { RawSite, Strike } from "./data.ts";
import { planIdOf } from "./data.ts";

export interface Pair {
  readonly plan: string;
  /** The site's `Location ID`. */
  readonly site: string;
  readonly distance_m: number;
}

/** Sites hold from here, without end. */
const SITES_FROM = Date.UTC(2014, 6, 2);
const DAY_MS = 86_400_000;

export function countPairs(strikes: readonly Strike[], sites: readonly RawSite[], within_m: number): Pair[] {
  const reach = (1.01 * within_m) / 110_000;
  return strikes.flatMap((strike, i) => {
    if (strike.day + DAY_MS - 1 < SITES_FROM) return [];
    return sites.flatMap((site): Pair[] => {
      if (Math.abs(site.lat - strike.lat) > reach || Math.abs(site.lon - strike.lon) > 2 * reach) return [];
      const distance_m = vincenty(strike, site);
      return distance_m <= within_m ? [{ plan: planIdOf(i), site: site.id, distance_m }] : [];
    });
  });
}

interface Point {
  readonly lat: number;
  readonly lon: number;
}

const A = 6_378_137;
const F = 1 / 298.257223563;
const B = A * (1 - F);

/** Metres along the ellipsoid WGS 84; for points that are not nearly antipodal. */
export function vincenty(from: Point, to: Point): number {
  const [u1, u2] = [reducedLatitude(from.lat), reducedLatitude(to.lat)];
  const length = ((to.lon - from.lon) * Math.PI) / 180;
  let lambda = length;
  for (let round = 0; round < 100; round++) {
    const term1 = Math.cos(u2) * Math.sin(lambda);
    const term2 = Math.cos(u1) * Math.sin(u2) - Math.sin(u1) * Math.cos(u2) * Math.cos(lambda);
    const sinSigma = Math.hypot(term1, term2);
    if (sinSigma === 0) return 0;
    const cosSigma = Math.sin(u1) * Math.sin(u2) + Math.cos(u1) * Math.cos(u2) * Math.cos(lambda);
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (Math.cos(u1) * Math.cos(u2) * Math.sin(lambda)) / sinSigma;
    const cosSquared = 1 - sinAlpha ** 2;
    const cos2M = cosSquared === 0 ? 0 : cosSigma - (2 * Math.sin(u1) * Math.sin(u2)) / cosSquared;
    const c = (F / 16) * cosSquared * (4 + F * (4 - 3 * cosSquared));
    const inner = cos2M + c * cosSigma * (-1 + 2 * cos2M ** 2);
    const next = length + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * inner);
    if (Math.abs(next - lambda) < 1e-14) return arc(cosSquared, sigma, sinSigma, cosSigma, cos2M);
    lambda = next;
  }
  throw new Error("Vincenty's formula did not converge.");
}

function reducedLatitude(degrees: number): number {
  return Math.atan((1 - F) * Math.tan((degrees * Math.PI) / 180));
}

function arc(cosSquared: number, sigma: number, sinSigma: number, cosSigma: number, cos2M: number): number {
  const u = (cosSquared * (A ** 2 - B ** 2)) / B ** 2;
  const a = 1 + (u / 16_384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const third = (b / 6) * cos2M * (-3 + 4 * sinSigma ** 2) * (-3 + 4 * cos2M ** 2);
  const delta = b * sinSigma * (cos2M + (b / 4) * (cosSigma * (-1 + 2 * cos2M ** 2) - third));
  return B * a * (sigma - delta);
}

export interface PairComparison {
  /** Pairs that only the brute force has, and that only the node has. */
  readonly missed: readonly Pair[];
  readonly invented: readonly Pair[];
  /** Pairs that both have, with distances more than a millimetre apart. */
  readonly differing: readonly Pair[];
}

export function comparePairs(expected: readonly Pair[], reported: readonly Pair[]): PairComparison {
  const key = ({ plan, site }: Pair): string => `${plan} ${site}`;
  const byKey = new Map(reported.map((pair) => [key(pair), pair]));
  const expectedKeys = new Set(expected.map(key));
  return {
    missed: expected.filter((pair) => !byKey.has(key(pair))),
    invented: reported.filter((pair) => !expectedKeys.has(key(pair))),
    differing: expected.filter(
      (pair) => Math.abs((byKey.get(key(pair))?.distance_m ?? pair.distance_m) - pair.distance_m) > 0.001,
    ),
  };
}
