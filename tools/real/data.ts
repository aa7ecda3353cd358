/** The public data of the trial, as it lies in `../shared/data`, and what it is made into. None of it is copied. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Plan } from "../../src/api/index.ts";
import { parsePlanId } from "../../src/wire/id.ts";

const DATA = join(import.meta.dirname, "../../../shared/data");
export const SITES_FILE = join(DATA, "sites/iraq-displacement/idps_2014-07-02.csv");
const STRIKES_FILE = join(DATA, "incidents/iraq-airstrikes-2006/airstrikes.csv.gz");

const DAY_MS = 86_400_000;
/** The first of the strikes, of 23 February 2007, falls on tomorrow: what is over is checked no more. */
export const FORWARD_DAYS = Math.floor(Date.now() / DAY_MS) + 1 - Date.UTC(2007, 1, 23) / DAY_MS;

/** What is missing, as a sentence; null where everything is there. */
export function missingData(): string | null {
  const missing = [SITES_FILE, STRIKES_FILE].filter((path) => !existsSync(path));
  return missing.length === 0 ? null : `There is no ${missing.join(" and no ")}.`;
}

export interface Strike {
  readonly lat: number;
  readonly lon: number;
  /** The first millisecond of its day, moved forward. */
  readonly day: number;
  readonly type: string;
}

export function readStrikes(): Strike[] {
  const [header, ...lines] = gunzipSync(readFileSync(STRIKES_FILE)).toString("utf8").trim().split("\n");
  if (header !== '"date","longitude","latitude","type"')
    throw new Error(`${STRIKES_FILE} has another header: ${header}`);
  return lines.map((line) => {
    const match = /^(\d{4}-\d\d-\d\d),(-?[\d.]+),(-?[\d.]+),"([^"]*)"$/.exec(line);
    if (match === null) throw new Error(`${STRIKES_FILE} has a line that is not understood: ${line}`);
    const day = Date.parse(`${match[1]}T00:00:00Z`) + FORWARD_DAYS * DAY_MS;
    return { lon: Number(match[2]), lat: Number(match[3]), day, type: match[4] as string };
  });
}

/** A plan for each strike: a point, its whole day, and the canary in its id, its name and its remarks. */
export function plansOf(strikes: readonly Strike[], canary: string): Plan[] {
  return strikes.map(({ lat, lon, day, type }, i) => ({
    id: parsePlanId(`${planIdOf(i)} ${canary}`),
    name: `${canary} ${i + 1}`,
    category: type,
    volumes: [
      { footprint: { type: "point", at: { lat, lon } }, height: null, window: { start: day, end: day + DAY_MS - 1 } },
    ],
    remarks: `Moved forward by ${FORWARD_DAYS} days. ${canary}`,
  }));
}

export function planIdOf(index: number): string {
  return `strike-${index + 1}`;
}

export interface RawSite {
  /** `Location ID` as the file has it. */
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
}

/** The site list read a second time, by other means than intake: only what the count of pairs needs. */
export function readRawSites(): RawSite[] {
  const [header = "", ...lines] = readFileSync(SITES_FILE, "utf8").trimEnd().split(/\r?\n/);
  const names = header.split(",");
  const [id, lat, lon] = ["Location ID", "Latitude", "Longitude"].map((name) => names.indexOf(name)) as [
    number,
    number,
    number,
  ];
  return lines.flatMap((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? "");
    const site = { id: (cells[id] ?? "").replace(/\.0$/, ""), lat: Number(cells[lat]), lon: Number(cells[lon]) };
    return cells[lat] === "" ? [] : [site];
  });
}
