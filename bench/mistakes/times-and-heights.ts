/** Mistakes in times, heights and tracks. */
import { gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { findIn } from "../../src/intake/find.ts";
import type { IntakeRecord, WrittenHeight } from "../../src/intake/record.ts";
import { metresApart } from "../../src/intake/find/sphere.ts";
import { randomAt } from "../deconflict/random.ts";
import { columnOf, DATA, type List } from "./lists.ts";
import { dayAndMonth, wrongDigit } from "./mutate.ts";
import { hashOf, type Part, partOf } from "./split.ts";
import { type Outcome, trial } from "./trial.ts";

/** Day and month exchanged in one cell of a row. */
export function dayMonthTrial(list: List, header: string, wanted: number, part: Part): Outcome[] {
  const column = columnOf(list, header);
  return trial(
    list,
    (cells) => {
      const changed = dayAndMonth(cells[column] as string);
      return changed === null ? null : cells.with(column, changed);
    },
    { name: "day-month", wanted, part },
  );
}

const NOTHING: Omit<IntakeRecord, "row" | "heights" | "route"> = {
  values: new Map(),
  positions: [],
  starts: null,
  ends: null,
  volumes: [],
  lasting: true,
  suggests: null,
  findings: [],
};
const CONTEXT = { kind: "activity", area: null, gazetteer: null, country: null, since: null, now: null } as const;

export interface Count {
  readonly made: number;
  readonly found: number;
  readonly right: number;
  /** What was made and not found. */
  readonly misses: readonly string[];
}

/** Heights in feet told as metres, in the airspaces of the United Kingdom as their file writes them. */
export function feetTrial(wanted: number, part: Part): Count {
  const texts = [
    ...readFileSync(`${DATA}notices/uk-airspace/airspace.yaml`, "utf8").matchAll(/(?:upper|lower): (\d+) ft/g),
  ].map((match) => match[1] as string);
  const random = randomAt(hashOf("feet"), 0);
  const mine = texts.flatMap((_, i) => (partOf(`height ${i}`) === part ? [i] : []));
  const misses: string[] = [];
  let [made, found, right] = [0, 0, 0];
  for (let i = 0; i < wanted; i++) {
    const index = mine[Math.floor(random() * mine.length)] as number;
    const records = texts.map((text, row) => ({
      ...NOTHING,
      row,
      route: [],
      heights: [heightOf(text, row === index ? "m" : "ft")],
    }));
    const finding = findIn(records, CONTEXT).get(index)?.[0];
    made++;
    if (finding === undefined) misses.push(`height ${index}: ${texts[index]} ft as metres`);
    else found++;
    if (finding?.suggestion?.["height"] === `${texts[index]} ft`) right++;
  }
  return { made, found, right, misses };
}

function heightOf(number: string, unit: "m" | "ft"): WrittenHeight {
  const metres = Number(number) * (unit === "ft" ? 0.3048 : 1);
  return { field: "height", text: `${number} ${unit}`, metres, datum: "AMSL", unit };
}

interface Fix {
  readonly timestamp: number;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly callsign: string;
}

/** A digit of one fix of an air ambulance's track, moving it by 5 km or more; a fix each half minute. */
export function trackTrial(wanted: number): Count & { readonly plain: number } {
  const fixes = JSON.parse(gunzipSync(readFileSync(`${DATA}movement/air/samu31.json.gz`)).toString("utf8")) as Fix[];
  const route = fixes
    .filter(({ latitude, longitude }, i) => i % 30 === 0 && latitude !== null && longitude !== null)
    .slice(0, 400)
    .map(({ timestamp, latitude, longitude }) => ({
      position: { lat: Number(latitude?.toFixed(5)), lon: Number(longitude?.toFixed(5)) },
      at: timestamp,
      name: null,
    }));
  const read = (line: typeof route) => findIn([{ ...NOTHING, row: 1, heights: [], route: line }], CONTEXT).get(1) ?? [];
  const plain = read(route).length;
  const random = randomAt(hashOf("track"), 0);
  const misses: string[] = [];
  let [made, found, right] = [0, 0, 0];
  for (let i = 0; i < 20 * wanted && made < wanted; i++) {
    const index = 1 + Math.floor(random() * (route.length - 2));
    const before = (route[index] as (typeof route)[number]).position;
    const changed = wrongDigit({ lat: String(before.lat), lon: String(before.lon) }, random);
    if (changed === null) continue;
    const position = { lat: Number(changed.lat), lon: Number(changed.lon) };
    if (metresApart(before, position) < 5000) continue;
    const findings = read(route.with(index, { ...(route[index] as (typeof route)[number]), position }));
    made++;
    const finding = findings.find(({ message }) => message.includes(`osition ${index + 1} `));
    if (finding === undefined)
      misses.push(`fix ${index + 1}: ${before.lat}, ${before.lon} as ${position.lat}, ${position.lon}`);
    else found++;
    const given = finding?.suggestion;
    if (given?.["latitude"] === before.lat && given["longitude"] === before.lon) right++;
  }
  return { made, found, right, misses, plain };
}
