/**
 * What lies under the map: rivers, lakes, ridges and main roads of northern Iraq, authored by hand for orientation at
 * about 1:1,000,000. Each line is a list of [longitude, latitude] in degrees WGS 84. Not for navigation.
 */
import type { Feature } from "geojson";
import { TOWNS, townName } from "./gazetteer.ts";

type Line = readonly (readonly [number, number])[];

const RIVERS: Record<string, Line> = {
  Tigris: [
    [42.37, 37.11],
    [42.52, 36.96],
    [42.6, 36.83],
    [42.83, 36.63],
    [42.95, 36.52],
    [43.1, 36.4],
    [43.14, 36.33],
    [43.22, 36.2],
    [43.36, 36.07],
    [43.39, 35.95],
    [43.3, 35.83],
    [43.29, 35.66],
    [43.25, 35.52],
    [43.35, 35.36],
    [43.44, 35.2],
    [43.47, 35.05],
    [43.52, 34.92],
    [43.6, 34.76],
    [43.69, 34.6],
    [43.78, 34.44],
    [43.85, 34.25],
    [44.02, 34.05],
    [44.22, 33.85],
    [44.36, 33.6],
    [44.38, 33.33],
    [44.6, 33.1],
    [44.95, 32.85],
  ],
  "Great Zab": [
    [43.95, 37.25],
    [43.75, 37.12],
    [43.62, 37.0],
    [43.75, 36.86],
    [44.0, 36.75],
    [44.12, 36.66],
    [43.92, 36.55],
    [43.72, 36.45],
    [43.64, 36.3],
    [43.58, 36.15],
    [43.45, 36.05],
    [43.37, 35.98],
  ],
  "Little Zab": [
    [45.35, 36.1],
    [45.12, 36.2],
    [44.95, 36.08],
    [44.95, 35.93],
    [44.72, 35.86],
    [44.4, 35.8],
    [44.14, 35.76],
    [43.98, 35.62],
    [43.72, 35.42],
    [43.55, 35.28],
    [43.43, 35.24],
  ],
  Khazir: [
    [43.5, 36.85],
    [43.5, 36.65],
    [43.57, 36.45],
    [43.55, 36.3],
    [43.6, 36.2],
  ],
  Adhaim: [
    [44.55, 35.0],
    [44.5, 34.78],
    [44.5, 34.55],
    [44.42, 34.3],
    [44.3, 34.0],
  ],
  Diyala: [
    [45.7, 35.1],
    [45.6, 34.85],
    [45.4, 34.6],
    [45.2, 34.35],
    [45.05, 34.05],
    [44.75, 33.75],
    [44.5, 33.25],
  ],
  Euphrates: [
    [38.9, 35.9],
    [39.5, 35.85],
    [40.1, 35.4],
    [40.5, 34.9],
    [41.0, 34.45],
    [41.6, 34.4],
    [42.0, 34.4],
    [42.37, 34.15],
    [42.6, 33.9],
    [42.85, 33.6],
    [43.3, 33.4],
    [43.8, 33.35],
    [44.2, 32.8],
  ],
};

const LAKES: Record<string, Line> = {
  "Mosul Lake": [
    [42.82, 36.64],
    [42.86, 36.71],
    [42.78, 36.77],
    [42.7, 36.8],
    [42.62, 36.85],
    [42.55, 36.92],
    [42.5, 36.93],
    [42.56, 36.83],
    [42.64, 36.75],
    [42.72, 36.69],
    [42.82, 36.64],
  ],
  "Lake Dukan": [
    [44.95, 35.95],
    [45.0, 36.02],
    [44.98, 36.1],
    [44.92, 36.16],
    [44.84, 36.2],
    [44.8, 36.13],
    [44.87, 36.06],
    [44.9, 35.98],
    [44.95, 35.95],
  ],
  "Lake Tharthar": [
    [43.3, 33.6],
    [43.42, 33.75],
    [43.4, 33.95],
    [43.33, 34.15],
    [43.22, 34.3],
    [43.1, 34.28],
    [43.12, 34.1],
    [43.18, 33.9],
    [43.15, 33.7],
    [43.3, 33.6],
  ],
};

const RIDGES: readonly Line[] = [
  [
    [41.45, 36.36],
    [41.7, 36.39],
    [41.95, 36.38],
    [42.15, 36.33],
  ],
  [
    [42.75, 36.99],
    [43.1, 36.96],
    [43.45, 36.92],
    [43.8, 36.85],
  ],
  [
    [42.9, 37.22],
    [43.3, 37.2],
    [43.75, 37.15],
    [44.2, 36.95],
    [44.6, 36.75],
  ],
  [
    [43.3, 36.76],
    [43.7, 36.83],
    [44.05, 36.72],
    [44.35, 36.5],
    [44.6, 36.3],
    [44.85, 35.98],
  ],
  [
    [44.55, 36.95],
    [44.9, 36.65],
    [45.2, 36.35],
    [45.55, 36.0],
    [45.95, 35.7],
    [46.2, 35.35],
  ],
  [
    [44.75, 35.72],
    [45.05, 35.5],
    [45.35, 35.3],
    [45.65, 35.05],
    [45.85, 34.85],
  ],
  [
    [43.1, 35.2],
    [43.3, 35.08],
    [43.5, 34.95],
    [43.75, 34.78],
    [44.1, 34.65],
    [44.5, 34.5],
  ],
  [
    [43.2, 35.85],
    [43.55, 35.65],
    [43.75, 35.72],
  ],
  [
    [44.25, 35.62],
    [44.5, 35.4],
    [44.7, 35.15],
    [44.95, 34.9],
  ],
];

const ROADS: readonly Line[] = [
  [
    [42.57, 37.14],
    [42.68, 37.12],
    [42.85, 36.92],
    [42.99, 36.85],
    [43.05, 36.65],
    [43.12, 36.49],
    [43.13, 36.34],
  ],
  [
    [43.13, 36.34],
    [43.38, 36.28],
    [43.67, 36.28],
    [43.85, 36.23],
    [44.01, 36.19],
  ],
  [
    [44.01, 36.19],
    [44.03, 36.01],
    [44.1, 35.86],
    [44.14, 35.76],
    [44.28, 35.6],
    [44.39, 35.47],
  ],
  [
    [44.39, 35.47],
    [44.62, 35.5],
    [44.83, 35.53],
    [45.1, 35.56],
    [45.43, 35.56],
  ],
  [
    [44.39, 35.47],
    [44.45, 35.14],
    [44.63, 34.89],
    [44.75, 34.6],
    [44.6, 34.1],
    [44.5, 33.75],
  ],
  [
    [43.13, 36.34],
    [43.25, 36.1],
    [43.27, 35.8],
    [43.22, 35.52],
    [43.42, 35.15],
    [43.49, 34.93],
    [43.66, 34.61],
    [43.87, 34.2],
    [44.35, 33.4],
  ],
  [
    [43.13, 36.34],
    [42.8, 36.38],
    [42.45, 36.38],
    [42.1, 36.3],
    [41.87, 36.32],
    [41.5, 36.35],
  ],
  [
    [42.45, 36.4],
    [42.25, 36.62],
    [42.08, 36.81],
  ],
  [
    [44.01, 36.19],
    [43.8, 36.0],
    [43.58, 35.78],
    [43.29, 35.8],
  ],
  [
    [44.39, 35.47],
    [44.07, 35.4],
    [43.77, 35.33],
    [43.5, 35.0],
  ],
  [
    [44.01, 36.19],
    [44.2, 36.38],
    [44.33, 36.4],
    [44.4, 36.6],
    [44.54, 36.65],
    [44.9, 36.64],
  ],
  [
    [44.01, 36.19],
    [44.35, 36.1],
    [44.63, 36.08],
    [44.85, 36.2],
    [44.88, 36.26],
  ],
  [
    [44.63, 36.08],
    [44.95, 35.93],
    [45.2, 35.72],
    [45.43, 35.56],
    [45.86, 35.35],
    [45.99, 35.18],
  ],
  [
    [43.58, 35.78],
    [43.85, 35.75],
    [44.14, 35.76],
  ],
  [
    [42.99, 36.87],
    [43.35, 36.72],
    [43.6, 36.74],
    [43.89, 36.74],
  ],
];

/** Where a country's name stands, by its code (ISO 3166-1 alpha-2): the reader's language has the name. */
const COUNTRIES: Record<string, readonly [number, number]> = {
  IQ: [42.6, 34.45],
  SY: [38.6, 35.1],
  TR: [38.9, 38.4],
  IR: [52.6, 33.6],
  SA: [44.5, 25.0],
  JO: [36.8, 31.3],
  KW: [47.6, 29.4],
  LB: [35.9, 33.95],
  AM: [44.9, 40.3],
  AZ: [48.3, 40.4],
  GE: [43.6, 42.1],
  UA: [31.5, 49.0],
  EG: [29.8, 26.8],
  YE: [47.6, 15.8],
};

/** `kind` says what each feature is, so that one source feeds every layer beneath the messages. */
export function contextFeatures(language: string): readonly Feature[] {
  const countries = new Intl.DisplayNames([language, "en"], { type: "region" });
  const features: Feature[] = [];
  for (const [name, line] of Object.entries(RIVERS)) features.push(lineOf("river", rounded(line), name));
  for (const line of RIDGES) features.push(lineOf("ridge", rounded(line)));
  for (const line of ROADS) features.push(lineOf("road", line));
  for (const [name, ring] of Object.entries(LAKES)) {
    const geometry = { type: "Polygon" as const, coordinates: [rounded(ring).map((at) => [...at])] };
    features.push({ type: "Feature", properties: { kind: "lake", name }, geometry });
  }
  for (const [code, at] of Object.entries(COUNTRIES)) {
    features.push(pointOf("country", at, { name: countries.of(code) ?? code }));
  }
  for (const town of TOWNS) {
    features.push(pointOf("town", [town.lon, town.lat], { name: townName(town, language), rank: town.rank }));
  }
  return features;
}

/** Corners cut twice (Chaikin 1974): the authored bends without their points; ends stay where they are. */
function rounded(line: Line, times = 2): Line {
  const [first] = line;
  const last = line.at(-1);
  if (times === 0 || first === undefined || last === undefined) return line;
  const cut = line.slice(1).flatMap((to, i): Line => {
    const from = line[i] as Line[number];
    const between = (part: number) => [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part] as const;
    return [between(0.25), between(0.75)];
  });
  return rounded([first, ...cut.slice(1, -1), last], times - 1);
}

function lineOf(kind: string, line: Line, name = ""): Feature {
  const geometry = { type: "LineString" as const, coordinates: line.map((at) => [...at]) };
  return { type: "Feature", properties: { kind, name }, geometry };
}

export function pointOf(
  kind: string,
  at: readonly [number, number],
  properties: Record<string, string | number>,
): Feature {
  return { type: "Feature", properties: { kind, ...properties }, geometry: { type: "Point", coordinates: [...at] } };
}
