/** References to the military grid (MGRS, NGA.STND.0037), the polar caps included. */
import type { ParsedCoordinate } from "./coordinate.ts";
import { geoError } from "./errors.ts";
import { fromGrid, type Grid, toGrid } from "./projection.ts";
import { nanodegrees, type Position } from "./types.ts";

const GRID = /^(?:(\d{1,2}) ?([C-HJ-NP-X])|([ABYZ])) ?([A-HJ-NP-Z]{2}) ?(\d{1,5})? ?(\d{1,10})?$/;
const LIKE_GRID = /^(?:\d{1,2} ?[A-Z] ?[A-Z]{2}|[ABYZ] ?[A-Z]{2} ?(?=\d)|[ABYZ][A-Z]{2}$) ?\d*[ \d]*$/;

const SQUARE_M = 100_000;
const BANDS = "CDEFGHJKLMNPQRSTUVWX";
const COLUMNS = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"] as const;
const ROWS = "ABCDEFGHJKLMNPQRSTUV";
/** Row letters repeat after so many squares; those of even zones begin five further. */
const EVEN_SHIFT = 5;

/** Each quarter of the polar caps: its letter, columns, rows, and the first square of each, in hundreds of kilometres. */
const CAPS = [
  { band: "A", north: false, columns: "JKLPQRSTUXYZ", rows: "ABCDEFGHJKLMNPQRSTUVWXYZ", x: 8, y: 8 },
  { band: "B", north: false, columns: "ABCFGHJKLPQR", rows: "ABCDEFGHJKLMNPQRSTUVWXYZ", x: 20, y: 8 },
  { band: "Y", north: true, columns: "RSTUXYZ", rows: "ABCDEFGHJKLMNP", x: 13, y: 13 },
  { band: "Z", north: true, columns: "ABCFGHJ", rows: "ABCDEFGHJKLMNP", x: 20, y: 13 },
] as const;

/** The position that a grid reference names (the centre of its square), or null where `text` is something else. */
export function parseGrid(text: string): ParsedCoordinate | null {
  if (!LIKE_GRID.test(text)) return null;
  const match = GRID.exec(text);
  if (match === null) throw noSquare(text);
  const [, zone, band, cap, square = "", first = "", second = ""] = match;
  const digits = `${first}${second}`;
  const uneven = second !== "" && text.includes(`${first} ${second}`) && first.length !== second.length;
  if (digits.length % 2 === 1 || digits.length > 10 || uneven) {
    throw geoError("coordinate-malformed", `"${text}" needs as many digits for easting as for northing, up to 5 each.`);
  }
  const half = digits.length / 2;
  const side = 10 ** (5 - half);
  const name = `${zone === undefined ? cap : `${Number(zone)}${band}`}${square}${digits}`;
  const corners = cap === undefined ? utmSquares(Number(zone), band as string, square) : capSquares(cap, square);
  for (const corner of corners) {
    const within = { x: Number(digits.slice(0, half)) * side, y: Number(digits.slice(half)) * side };
    const position = squareAt({ ...corner, x: corner.x + within.x, y: corner.y + within.y }, side, name);
    if (position !== null) return { position: nanodegrees(position), notation: "mgrs", precision_m: side };
  }
  throw noSquare(text);
}

function noSquare(text: string) {
  return geoError("coordinate-grid", `There is no grid square "${text}".`);
}

/** South-west corners of the squares of a zone with these letters: rows repeat, and the band says which is meant. */
function utmSquares(zone: number, band: string, square: string): Grid[] {
  const column = (COLUMNS[(zone + 2) % 3] as string).indexOf(square.charAt(0));
  const row = ROWS.indexOf(square.charAt(1));
  if (zone < 1 || zone > 60 || column < 0 || row < 0) return [];
  const north = band >= "N";
  const lowest = (row - (zone % 2 === 0 ? EVEN_SHIFT : 0) + ROWS.length) % ROWS.length;
  return Array.from({ length: 5 }, (_, turn) => {
    const y = (lowest + turn * ROWS.length) * SQUARE_M;
    return { zone, north, x: (column + 1) * SQUARE_M, y };
  });
}

function capSquares(band: string, square: string): Grid[] {
  return CAPS.flatMap(({ band: own, north, columns, rows, x, y }) => {
    const [column, row] = [columns.indexOf(square.charAt(0)), rows.indexOf(square.charAt(1))];
    if (own !== band || column < 0 || row < 0) return [];
    return [{ zone: 0, north, x: (x + column) * SQUARE_M, y: (y + row) * SQUARE_M }];
  });
}

/** Squares at the edge of a zone or band are cut off; each that exists has its name at one of these places. */
const OFFSETS = [0.5, 0.25, 0.75, 0.000_001, 0.999_999];

/** The centre of the square whose south-west corner this is, where a place in it has that very name. */
function squareAt(corner: Grid, side: number, name: string): Position | null {
  const at = (x: number, y: number) => fromGrid({ ...corner, x: corner.x + x * side, y: corner.y + y * side });
  const digits = 5 - Math.round(Math.log10(side));
  const exists = OFFSETS.some((x) =>
    OFFSETS.some((y) => {
      const probe = at(x, y);
      return probe !== null && Math.abs(probe.lat) <= 90 && nameOf(probe, digits) === name;
    }),
  );
  return exists ? at(0.5, 0.5) : null;
}

/** The reference of the square in which the position lies, without spaces; `digits` each of easting and northing. */
function nameOf(position: Position, digits: number): string | null {
  const grid = toGrid(position);
  const square = grid.zone === 0 ? capName(grid) : utmName(grid, position.lat);
  if (square === null) return null;
  const within = (metres: number) =>
    String(Math.floor(metres % SQUARE_M))
      .padStart(5, "0")
      .slice(0, digits);
  return `${square}${within(grid.x)}${within(grid.y)}`;
}

function utmName({ zone, x, y }: Grid, lat: number): string | null {
  const band = BANDS.charAt(Math.min(19, Math.floor((lat + 80) / 8)));
  const column = (COLUMNS[(zone + 2) % 3] as string)[Math.floor(x / SQUARE_M) - 1];
  const row = (Math.floor(y / SQUARE_M) + (zone % 2 === 0 ? EVEN_SHIFT : 0)) % ROWS.length;
  return column === undefined ? null : `${zone}${band}${column}${ROWS.charAt(row)}`;
}

function capName({ north, x, y }: Grid): string | null {
  const [column, row] = [Math.floor(x / SQUARE_M), Math.floor(y / SQUARE_M)];
  const cap = CAPS.find((each) => each.north === north && column >= 20 === (each.x === 20));
  const letters = [cap?.columns[column - (cap?.x ?? 0)], cap?.rows[row - (cap?.y ?? 0)]];
  return letters.includes(undefined) ? null : `${cap?.band}${letters.join("")}`;
}

/** `38S LF 12345 67890`, the metre square in which the position lies; in a polar cap `Z AH 12345 67890`. */
export function formatGrid(position: Position): string {
  const match = /^(\d{0,2}[A-Z])([A-Z]{2})(\d{5})(\d{5})$/.exec(nameOf(nanodegrees(position), 5) ?? "");
  if (match === null) throw geoError("coordinate-grid", "The position lies in no grid square.");
  return `${match[1]} ${match[2]} ${match[3]} ${match[4]}`;
}
