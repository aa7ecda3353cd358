/** NOTAMs (ICAO Annex 15, Doc 8126): items Q, A to G. */
import {
  type AnyHeightBand,
  bandOf,
  type FindPlaces,
  type Footprint,
  parseCoordinate,
  pointDistanceM,
  parseHeight,
  type ParsedHeight,
  type TimeWindow,
} from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { type ReadNotice, Understood, volumesOf } from "./notice-parts.ts";
import { shapesOf } from "./notice-shapes.ts";
import { type FoundPosition, positionsIn, unreadIn } from "./positions-in-text.ts";

const HEAD = /\b([A-Z]\d{4}\/\d{2}) NOTAM([NRC])(?: ([A-Z]\d{4}\/\d{2}))?/;
const QUALIFIER =
  /Q\) ?([A-Z]{4})\/([A-Z]{5})\/([A-Z]{0,3})\/([A-Z]{0,3})\/([A-Z]{0,2})\/(\d{3})\/(\d{3})\/(\d{4}[NS])(\d{5}[EW])(\d{3})/;
const ESTIMATED = /^\d{10} ?EST\b/;
const DAY_MS = 86_400_000;
const NAUTICAL_MILE_M = 1852;

/** Null where `plain` (in capitals, single spaces) is no NOTAM. */
export function readNotam(plain: string, places: FindPlaces | null): ReadNotice | null {
  const head = HEAD.exec(plain);
  const items = itemsOf(plain);
  if (items.size < 3 || !items.has("B") || !items.has("E")) return null;
  const text = items.get("E") as string;
  const understood = new Understood(text);
  const positions = positionsIn(text, places);
  const shapes = shapesOf(text, positions);
  for (const shape of shapes) understood.add(shape.from, shape.to);
  const qualified = shapes.length > 0 ? [] : qualifierCircle(plain);
  const [begins, ends] = [momentOf(items.get("B")), momentOf(items.get("C"))];
  // What is estimated holds until it is replaced or cancelled (ICAO Annex 15): its end is none.
  const isEstimated = ESTIMATED.test(items.get("C") ?? "");
  const window = { start: begins, end: isEstimated ? null : ends };
  const daily = dailyOf(items.get("D"), window);
  const cancelled = head?.[2] === "C" && head[3] !== undefined ? [head[3]] : [];
  const replaced = head?.[2] === "R" && head[3] !== undefined ? [head[3]] : [];
  return {
    id: head?.[1] ?? null,
    title: text.slice(0, 120).trim(),
    volumes: cancelled.length > 0 ? [] : volumesOf([...shapes, ...qualified], daily ?? [window], heightsOf(items)),
    positions: positions.map(({ field, text: shown, at, precision_m, notation }) => ({
      field,
      text: shown,
      at,
      precision_m,
      notation,
    })),
    cancels: [...cancelled, ...replaced],
    lapses: null,
    leftover: [
      isEstimated ? (items.get("C") as string) : "",
      daily === null ? (items.get("D") ?? "") : "",
      understood.rest(),
    ]
      .filter((part) => part !== "")
      .join(" "),
    widthless: shapes.filter(({ widthless }) => widthless).length,
    joined: false,
    unreadTimes: [
      ...(begins === null ? [`B) ${items.get("B")}`] : []),
      ...(ends === null && !/^PERM\b/.test(items.get("C") ?? "") ? [`C) ${items.get("C") ?? ""}`] : []),
    ],
    unreadPositions: unreadIn(text, positions),
    partial: shapes.some(({ partial }) => partial),
    contradicts: elsewhereThanQualified(plain, positions),
    issued: window.start,
  };
}

/** "A) …" to "G) …" and Q, each up to the next. */
function itemsOf(plain: string): Map<string, string> {
  const items = new Map<string, string>();
  const marks = [...plain.matchAll(/(?<![A-Z\d])([QABCDEFG])\) ?/g)];
  marks.forEach((match, i) => {
    const next = marks
      .slice(i + 1)
      .find(({ 1: letter }) => (letter as string) > (match[1] as string) || match[1] === "Q");
    const item = plain.slice(match.index + match[0].length, next?.index ?? plain.length).trim();
    if (!items.has(match[1] as string)) items.set(match[1] as string, item.replace(/\)$/, ""));
  });
  return items;
}

/** YYMMDDHHMM; PERM has no end, and EST says that it will be told again. */
function momentOf(text: string | undefined): number | null {
  const match = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/.exec(text ?? "");
  if (match === null) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  const at = Date.UTC(2000 + year, month - 1, day, hour, minute);
  const isHour = hour < 24 || (hour === 24 && minute === 0);
  return new Date(at - (hour === 24 ? 1 : 0)).getUTCMonth() === month - 1 && isHour && minute < 60 ? at : null;
}

const MOST_DAYS = 400;

/** "DAILY 0600-1000" or "0600-1000"; null where item D says something else, which then is left over. */
function dailyOf(item: string | undefined, { start, end }: TimeWindow): TimeWindow[] | null {
  const match = /^(?:DAILY |DLY )?(\d{2})(\d{2}) ?- ?(\d{2})(\d{2})$/.exec(item ?? "");
  if (match === null || start === null || end === null) return null;
  const [h1, m1, h2, m2] = match.slice(1).map(Number) as [number, number, number, number];
  const [from, to] = [(h1 * 60 + m1) * 60_000, (h2 * 60 + m2) * 60_000];
  const windows: TimeWindow[] = [];
  const first = Math.floor(start / DAY_MS) * DAY_MS - DAY_MS;
  for (let day = first; day <= end; day += DAY_MS) {
    const [begins, ceases] = [Math.max(day + from, start), Math.min(day + to + (to <= from ? DAY_MS : 0), end)];
    if (begins < ceases) windows.push({ start: begins, end: ceases });
    if (windows.length > MOST_DAYS) return null;
  }
  return windows;
}

/** Item Q is written in whole minutes and miles. */
const SLACK_M = 5 * NAUTICAL_MILE_M;

/** Item Q holds all of item E, unless one of them is mistyped. */
function elsewhereThanQualified(plain: string, positions: readonly FoundPosition[]): ReadNotice["contradicts"] {
  const [circle] = qualifierCircle(plain);
  if (circle === undefined || positions.length === 0) return null;
  const { centre, radius_m } = circle.footprint;
  const [nearest] = positions
    .map(({ at, text }) => ({ text, metres: pointDistanceM(at, centre) - radius_m }))
    .toSorted((a, b) => a.metres - b.metres);
  return nearest === undefined || nearest.metres <= SLACK_M ? null : nearest;
}

/** The circle that item Q gives for searching: it is what is told only where item E has no position. */
function qualifierCircle(plain: string): { readonly footprint: Extract<Footprint, { type: "circle" }> }[] {
  const match = QUALIFIER.exec(plain);
  if (match === null || Number(match[10]) === 0 || Number(match[10]) >= 999) return [];
  try {
    const { position } = parseCoordinate(`${match[8]} ${match[9]}`);
    return [{ footprint: { type: "circle", centre: position, radius_m: Number(match[10]) * NAUTICAL_MILE_M } }];
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return [];
  }
}

function heightsOf(items: ReadonlyMap<string, string>): AnyHeightBand | null {
  return bandOf(heightOf(items.get("F")), heightOf(items.get("G")), "AMSL").band;
}

function heightOf(item: string | undefined): ParsedHeight | null {
  if (item === undefined) return null;
  try {
    return parseHeight(item.replace(/[.)\s]+$/, ""));
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return null;
  }
}
