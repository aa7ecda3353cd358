/** Real navigation warnings and airspaces: how many are read, and whether a sample is read as a person reads it. */
import { parse } from "csv-parse/sync";
import { readFileSync } from "node:fs";
import { importText, type ImportResult } from "../../src/intake/index.ts";
import { parse as parseYaml } from "yaml";
import { randomAt } from "../deconflict/random.ts";
import { DATA } from "./lists.ts";
import { hashOf } from "./split.ts";

/** The warnings are of that year's August and later: so their days get their year. */
const NOW = Date.UTC(2026, 7, 22);
const SAMPLE = { warnings: 35, airspaces: 15 } as const;

export interface Notice {
  /** Which file, and which record of it. */
  readonly key: string;
  readonly text: string;
  /** It names a position or an area, as a rule that knows nothing of our readers sees it. */
  readonly states: boolean;
  readonly row: ImportResult["rows"][number];
}

/** Degrees and minutes with a hemisphere, as every warning of this file writes positions. */
const POSITION = /\d{1,3}-\d{2}(?:\.\d+)?(?:-\d{2}(?:\.\d+)?)?\s?[NSEW]\b/;

export function warnings(): Notice[] {
  const bytes = readFileSync(`${DATA}notices/navigation-warnings/msi_raw.csv`);
  const texts = (parse(bytes, { columns: true, bom: true }) as unknown as { msgText: string }[]).map(
    (each) => each.msgText,
  );
  const { rows } = importText(bytes, { as: "activity", now: NOW });
  return rows.map((row, i) => {
    const text = texts[i] ?? "";
    return { key: `warning ${row.row}`, text, states: POSITION.test(text), row };
  });
}

interface Airspace {
  readonly name: string;
  readonly geometry: readonly object[];
}

export function airspaces(): Notice[] {
  const bytes = readFileSync(`${DATA}notices/uk-airspace/airspace.yaml`);
  const { airspace } = parseYaml(bytes.toString("utf8")) as { airspace: readonly Airspace[] };
  const { rows } = importText(bytes, { as: "activity", now: NOW });
  return rows.map((row, i) => {
    const each = airspace[i];
    return { key: `airspace ${row.row}`, text: JSON.stringify(each), states: (each?.geometry.length ?? 0) > 0, row };
  });
}

/** How many volumes the file states, counted in its own form. */
export function volumesStated(notices: readonly Notice[]): number {
  return notices.reduce((sum, { text }) => sum + (JSON.parse(text) as Airspace).geometry.length, 0);
}

export function volumesRead(notices: readonly Notice[]): number {
  return notices.reduce((sum, { row }) => sum + volumesOf(row).length, 0);
}

function volumesOf({ draft }: Notice["row"]): readonly unknown[] {
  return (draft?.body["volumes"] ?? []) as readonly unknown[];
}

/** The fifty that were looked at: drawn once for all by a seed, of those that state a position. */
export function sampleOf(said: readonly Notice[], spaces: readonly Notice[]): Notice[] {
  return [...drawn(said, SAMPLE.warnings, "warnings"), ...drawn(spaces, SAMPLE.airspaces, "airspaces")];
}

function drawn(notices: readonly Notice[], count: number, seed: string): Notice[] {
  const random = randomAt(hashOf(seed), 0);
  const left = notices.filter(({ states }) => states);
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0] as Notice);
}

/** What was read of it, in a few hex digits: while they are the same, the verdict holds. */
export function digestOf({ row }: Notice): string {
  return hashOf(JSON.stringify([volumesOf(row), row.draft === null]))
    .toString(16)
    .padStart(8, "0");
}
