/**
 * Makes src/geo/egm96.ts out of the geoid heights of EGM96 (WW15MGH.DAC of the National Geospatial-Intelligence
 * Agency, in the public domain: 721 rows from north to south of 1,440 heights in centimetres, each quarter of a degree):
 * `node tools/geoid.ts WW15MGH.DAC`. Of each cell of one degree it keeps the least height, and how far the heights in
 * it and on its border range. Between the points of the grid heights are interpolated, so these bound them all.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const COLUMNS = 1440;
const STEPS = 4;
/** Stored bytes are not negative: the least height anywhere is -107 m. */
const LOWEST_M = -120;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("Name the file WW15MGH.DAC.");
const data = readFileSync(file);
if (data.length !== 721 * COLUMNS * 2) throw new Error(`${file} is not WW15MGH.DAC: it has ${data.length} bytes.`);
const metres = (row: number, column: number) => data.readInt16BE((row * COLUMNS + (column % COLUMNS)) * 2) / 100;

function cell(south: number, east: number): readonly [number, number] {
  const rows = (89 - south) * STEPS;
  const heights = Array.from({ length: (STEPS + 1) ** 2 }, (_, i) =>
    metres(rows + Math.floor(i / (STEPS + 1)), east * STEPS + (i % (STEPS + 1))),
  );
  const least = Math.floor(Math.min(...heights));
  return [least - LOWEST_M, Math.ceil(Math.max(...heights)) - least];
}

const lines = Array.from({ length: 180 }, (_, i) => {
  const cells = Array.from({ length: 360 }, (_, east) => cell(i - 90, east));
  return `  "${Buffer.from(cells.flat()).toString("base64")}",`;
});
const text = `/**
 * Where the geoid EGM96 lies above the WGS 84 ellipsoid. Made by tools/geoid.ts from WW15MGH.DAC, which is in the public
 * domain. One line for each degree of latitude from 90°S, of one pair of bytes for each degree of longitude from 0°
 * eastward: the least height in the cell in metres, less ${LOWEST_M}, and how far the heights in it range.
 */
export const EGM96_LOWEST_M = ${LOWEST_M};

export const EGM96_ROWS: readonly string[] = [
${lines.join("\n")}
];
`;
writeFileSync(join(import.meta.dirname, "..", "src", "geo", "egm96.ts"), text);
