/**
 * UTM and UPS on WGS 84: the transverse Mercator projection by Krüger's series to the sixth order (Karney, Journal of
 * Geodesy 85, 2011), right to well under a millimetre within a zone, and the polar stereographic one (NGA.SIG.0012).
 */
import type { Position } from "./types.ts";

/** Metres east and north, with their false origins. Zone 0 is a polar cap. */
export interface Grid {
  readonly zone: number;
  readonly north: boolean;
  readonly x: number;
  readonly y: number;
}

const A = 6_378_137;
const F = 1 / 298.257223563;
const E = Math.sqrt(F * (2 - F));
const N = F / (2 - F);
const SCALE = 0.9996;
const POLAR_SCALE = 0.994;
const FALSE_EAST = 500_000;
const FALSE_NORTH = 10_000_000;
/** False easting and northing of UPS. */
const POLE_M = 2_000_000;
const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64 + N ** 6 / 256);
const RAD = Math.PI / 180;

const series = (...powers: readonly (readonly number[])[]): readonly number[] =>
  powers.map((factors, i) => factors.reduce((sum, factor, j) => sum + factor * N ** (i + 1 + j), 0));

const FORWARD = series(
  [1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37_800],
  [13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1_983_433 / 1_935_360],
  [61 / 240, -103 / 140, 15_061 / 26_880, 167_603 / 181_440],
  [49_561 / 161_280, -179 / 168, 6_601_661 / 7_257_600],
  [34_729 / 80_640, -3_418_889 / 1_995_840],
  [212_378_941 / 319_334_400],
);
const INVERSE = series(
  [1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96_199 / 604_800],
  [1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1_118_711 / 3_870_720],
  [17 / 480, -37 / 840, -209 / 4480, 5569 / 90_720],
  [4397 / 161_280, -11 / 504, -830_251 / 7_257_600],
  [4583 / 161_280, -108_847 / 3_991_680],
  [20_648_693 / 638_668_800],
);

/** The zone of a position: 0 in the caps; wider and narrower ones off Norway and round Svalbard. */
function zoneAt({ lat, lon }: Position): number {
  if (lat < -80 || lat >= 84) return 0;
  const east = lon === 180 ? -180 : lon;
  const plain = Math.min(60, Math.floor((east + 180) / 6) + 1);
  if (lat >= 56 && lat < 64 && east >= 3 && east < 12) return 32;
  if (lat < 72 || east < 0 || east >= 42) return plain;
  return east < 9 ? 31 : east < 21 ? 33 : east < 33 ? 35 : 37;
}

export function toGrid(position: Position): Grid {
  const zone = zoneAt(position);
  const north = position.lat >= 0;
  const tau = conformal(Math.tan(position.lat * RAD));
  if (zone === 0) return polarGrid(position, tau, north);
  const lambda = turn(position.lon - centre(zone)) * RAD;
  const xi = Math.atan2(tau, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(tau, Math.cos(lambda)));
  const [up, across] = shifted(xi, eta, FORWARD, 1);
  return {
    zone,
    north,
    x: FALSE_EAST + SCALE * RADIUS * across,
    y: (north ? 0 : FALSE_NORTH) + SCALE * RADIUS * up,
  };
}

/** Null where no position has such an easting and northing, with a margin round each zone and cap. */
export function fromGrid({ zone, north, x, y }: Grid): Position | null {
  if (zone === 0) return polarPosition(north, x, y);
  if (zone < 1 || zone > 60 || x < 100_000 || x > 900_000) return null;
  if (north ? y < 0 || y > 9_500_000 : y < 1_000_000 || y > FALSE_NORTH) return null;
  const xi = (y - (north ? 0 : FALSE_NORTH)) / (SCALE * RADIUS);
  const [up, across] = shifted(xi, (x - FALSE_EAST) / (SCALE * RADIUS), INVERSE, -1);
  const tau = Math.sin(up) / Math.hypot(Math.sinh(across), Math.cos(up));
  const lon = Math.atan2(Math.sinh(across), Math.cos(up)) / RAD;
  return { lat: Math.atan(geodetic(tau)) / RAD, lon: turn(centre(zone) + lon) };
}

function shifted(xi: number, eta: number, factors: readonly number[], sign: 1 | -1): readonly [number, number] {
  let [up, across] = [xi, eta];
  factors.forEach((factor, i) => {
    const twice = 2 * (i + 1);
    up += sign * factor * Math.sin(twice * xi) * Math.cosh(twice * eta);
    across += sign * factor * Math.cos(twice * xi) * Math.sinh(twice * eta);
  });
  return [up, across];
}

const POLAR_RADIUS = (2 * A * POLAR_SCALE) / Math.sqrt((1 + E) ** (1 + E) * (1 - E) ** (1 - E));

function polarGrid({ lat, lon }: Position, tau: number, north: boolean): Grid {
  const steep = Math.abs(tau);
  const rho = Math.abs(lat) === 90 ? 0 : POLAR_RADIUS / (Math.hypot(1, steep) + steep);
  const [east, up] = [rho * Math.sin(lon * RAD), rho * Math.cos(lon * RAD)];
  return { zone: 0, north, x: POLE_M + east, y: POLE_M + (north ? -up : up) };
}

function polarPosition(north: boolean, x: number, y: number): Position | null {
  const [east, up] = [x - POLE_M, north ? POLE_M - y : y - POLE_M];
  const rho = Math.hypot(east, up);
  if (rho > 1_500_000) return null;
  const t = rho / POLAR_RADIUS;
  const lat = rho === 0 ? 90 : Math.atan(geodetic((1 / t - t) / 2)) / RAD;
  return { lat: north ? lat : -lat, lon: rho === 0 ? 0 : Math.atan2(east, up) / RAD };
}

/** The tangent of the conformal latitude from that of the geodetic one (Karney 2011, equations 7 to 9). */
function conformal(tau: number): number {
  const sigma = Math.sinh(E * Math.atanh((E * tau) / Math.hypot(1, tau)));
  return tau * Math.hypot(1, sigma) - sigma * Math.hypot(1, tau);
}

/** And back, by Newton's method (equations 19 to 21). */
function geodetic(conformalTau: number): number {
  let tau = conformalTau / (1 - E * E);
  for (let round = 0; round < 6; round++) {
    const found = conformal(tau);
    const slope = (1 + (1 - E * E) * tau * tau) / ((1 - E * E) * Math.hypot(1, found) * Math.hypot(1, tau));
    const delta = (conformalTau - found) * slope;
    tau += delta;
    if (Math.abs(delta) < 1e-14 * Math.max(1, Math.abs(tau))) break;
  }
  return tau;
}

function centre(zone: number): number {
  return zone * 6 - 183;
}

function turn(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}
