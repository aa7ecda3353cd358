/**
 * Which datum a position was probably read in that stands as WGS 84: the shift of each is known at every place, to some
 * ten metres (three parameters; NIMA TR8350.2, appendix B, and the EPSG data set for Karbala 1979).
 */
import type { Position } from "../../geo/index.ts";
import { metresApart } from "./sphere.ts";

interface Datum {
  readonly name: string;
  /** Half the equator's diameter, metres, and one over the flattening. */
  readonly a: number;
  readonly rf: number;
  /** From its centre to that of WGS 84, metres. */
  readonly to: readonly [dx: number, dy: number, dz: number];
}

const INTERNATIONAL = { a: 6_378_388, rf: 297 } as const;
const CLARKE_1880 = { a: 6_378_249.145, rf: 293.465 } as const;
const WGS84 = { a: 6_378_137, rf: 298.257223563 } as const;

const DATUMS: readonly Datum[] = [
  { name: "ED50", ...INTERNATIONAL, to: [-103, -106, -141] },
  { name: "ED50", ...INTERNATIONAL, to: [-87, -98, -121] },
  { name: "Ain el Abd 1970", ...INTERNATIONAL, to: [-143, -236, 7] },
  { name: "Nahrwan", ...CLARKE_1880, to: [-243, -192, 477] },
  { name: "Nahrwan", ...CLARKE_1880, to: [-249, -156, 381] },
  { name: "Karbala 1979", ...CLARKE_1880, to: [70.995, -335.916, 262.898] },
  { name: "Adindan", ...CLARKE_1880, to: [-166, -15, 204] },
  { name: "Pulkovo 1942", a: 6_378_245, rf: 298.3, to: [28, -130, -95] },
  { name: "NAD27", a: 6_378_206.4, rf: 294.9786982, to: [-8, 160, 176] },
];

/** So near must the shift come, metres. */
const NEAR_M = 20;

/** The datum that makes of `right` what is written, or null. Both are degrees as they are written. */
export function datumBetween(written: Position, right: Position): string | null {
  const apart = metresApart(written, right);
  if (apart < 2 * NEAR_M) return null;
  const fits = DATUMS.map((datum) => ({ datum, metres: metresApart(inWgs84(written, datum), right) }));
  const best = fits.reduce((a, b) => (b.metres < a.metres ? b : a));
  return best.metres <= NEAR_M ? best.datum.name : null;
}

/** What a position in another datum is in WGS 84, at sea level. */
export function inWgs84({ lat, lon }: Position, { a, rf, to }: Omit<Datum, "name">): Position {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  const e2 = (2 - 1 / rf) / rf;
  const n = a / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  const x = n * Math.cos(phi) * Math.cos(lambda) + to[0];
  const y = n * Math.cos(phi) * Math.sin(lambda) + to[1];
  const z = n * (1 - e2) * Math.sin(phi) + to[2];
  return geodetic(x, y, z);
}

/** Bowring's formula: one step is exact to a millimetre near the ground. */
function geodetic(x: number, y: number, z: number): Position {
  const { a, rf } = WGS84;
  const b = a * (1 - 1 / rf);
  const e2 = (2 - 1 / rf) / rf;
  const p = Math.hypot(x, y);
  const theta = Math.atan2(z * a, p * b);
  const lat = Math.atan2(z + (e2 / (1 - e2)) * b * Math.sin(theta) ** 3, p - e2 * a * Math.cos(theta) ** 3);
  return { lat: (lat * 180) / Math.PI, lon: (Math.atan2(y, x) * 180) / Math.PI };
}
