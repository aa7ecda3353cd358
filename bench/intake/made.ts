/** Invented sites as an officer would bring them, and files of them as large as is asked. */
import { closeSync, openSync, writeSync } from "node:fs";
import { type Told, toldOf } from "../../src/intake/index.ts";

const DISTRICTS = 120;
const WORDS = "seen from the road, two floors, a red roof, marked on both sides; ask at the gate. ";

/** The same for the same number. Each lies within some kilometres of the middle of its district. */
function placeOf(i: number) {
  const district = i % DISTRICTS;
  const [north, east] = [Math.sin(i * 12.9898) * 0.1, Math.sin(i * 78.233) * 0.1];
  const lat = Number((33 + (district % 12) * 0.35 + north).toFixed(6));
  const lon = Number((41 + Math.floor(district / 12) * 0.4 + east).toFixed(6));
  return { at: { lat, lon }, district: `District ${district}`, governorate: `Governorate ${Math.floor(district / 7)}` };
}

function siteOf(i: number) {
  const { at, district, governorate } = placeOf(i);
  const names = [
    { lang: "en", text: `Site ${i}` },
    { lang: "ar", text: `موقع ${i}` },
  ];
  const body = {
    category: "school",
    footprint: { type: "point", at },
    names,
    people: i % 900,
    place: { country: "Iraq", governorate, district, locality: null },
    valid_from: Date.UTC(2031, 10, 1 + (i % 28)),
    source_id: `S-${i}`,
    remarks: WORDS,
  };
  return { kind: "site", subject: `Site ${i}`, body };
}

export function toldSites(count: number): Told[] {
  return Array.from({ length: count }, (_, i) => toldOf(siteOf(i), String(i)));
}

export type Streamed = "csv" | "geojson";

const CSV_HEAD = "id,name,name_ar,latitude,longitude,governorate,district,people,date,remarks\n";
const GEOJSON_HEAD = '{"type":"FeatureCollection","features":[\n';

/** Writes a file of at least so many bytes; how many rows it has. */
export function writeLarge(path: string, format: Streamed, bytes: number): number {
  const file = openSync(path, "w");
  const remarks = WORDS.repeat(10);
  let size = writeSync(file, format === "csv" ? CSV_HEAD : GEOJSON_HEAD);
  let rows = 0;
  while (size < bytes) {
    const before = rows;
    const lines = Array.from({ length: 500 }, (_, k) => lineOf(format, before + k, remarks));
    size += writeSync(file, format === "csv" ? lines.join("") : `${rows === 0 ? "" : ",\n"}${lines.join(",\n")}`);
    rows += lines.length;
  }
  if (format === "geojson") writeSync(file, "\n]}\n");
  closeSync(file);
  return rows;
}

function lineOf(format: Streamed, i: number, remarks: string): string {
  const { at, governorate, district } = placeOf(i);
  const date = `2031-11-${String(1 + (i % 28)).padStart(2, "0")}`;
  if (format === "csv") {
    return `S-${i},Site ${i},موقع ${i},${at.lat},${at.lon},${governorate},${district},${i % 900},${date},"${remarks}"\n`;
  }
  const properties = { id: `S-${i}`, name: `Site ${i}`, name_ar: `موقع ${i}`, governorate, district, date, remarks };
  return JSON.stringify({ type: "Feature", properties, geometry: { type: "Point", coordinates: [at.lon, at.lat] } });
}
