/** A row of a table or a feature of a map file, into a record: its position, times and shape are read strictly. */
import type { Footprint } from "../geo/index.ts";
import { type Finding, finding } from "./codes.ts";
import type { ColumnField } from "./columns.ts";
import { placeOfColumns, placeOfGeometry } from "./geometry.ts";
import { type IntakeRecord, isRefused, type RecordFix, valueOf, type WrittenTime } from "./record.ts";
import type { SourceRow } from "./source.ts";
import { readTime } from "./value.ts";

/** `width_m` is the whole width of the corridor round a line; null where nobody said. */
export function recordOf(row: SourceRow, width_m: number | null): IntakeRecord {
  const base = { row: row.row, values: row.values, heights: [], lasting: false };
  const nothing = { ...base, positions: [], starts: null, ends: null, volumes: [], route: [] };
  if (isRefused(row)) return { ...nothing, findings: row.findings };
  const placed = row.geometry === undefined ? placeOfColumns(row) : placeOfGeometry(row.geometry, width_m);
  const findings = [...row.findings, ...placed.findings];
  if (placed.footprint === null) return { ...nothing, findings };
  const starts = timeOf(row, "starts", findings);
  const ends = timeOf(row, "ends", findings);
  const window = { start: starts?.start ?? null, end: ends?.end ?? null };
  const volumes = [{ footprint: placed.footprint, height: null, window, recurs: null }];
  const route = routeOf(placed.footprint, row.times, findings);
  return { ...base, positions: placed.positions, starts, ends, volumes, route, findings };
}

/** Null, and a warning, where the cell holds something that is not a time. */
export function timeOf(row: Pick<IntakeRecord, "values">, field: ColumnField, findings: Finding[]): WrittenTime | null {
  const text = valueOf(row, field);
  if (text === "") return null;
  const read = readTime(text);
  if (read.ok) {
    const assumed = read.value.start === read.value.end ? [] : (["zone"] as const);
    return { field, text, ...read.value, assumed };
  }
  const more = read.because === null ? {} : { because: read.because };
  findings.push(
    finding("time-refused", field, `${read.why} It was left out; enter it with the draft if it matters.`, more),
  );
  return null;
}

function routeOf(footprint: Footprint, given: unknown, findings: Finding[]): RecordFix[] {
  if (footprint.type !== "corridor") return [];
  const times = Array.isArray(given) ? given : [];
  const ats = footprint.line.map((_, i) => (typeof times[i] === "string" ? readTime(times[i]) : null));
  const unread = ats.find((at) => at !== null && !at.ok);
  if (unread?.ok === false) findings.push(finding("time-refused", "route", unread.why));
  return footprint.line.map((position, i) => {
    const at = ats[i];
    return { position, at: at?.ok === true ? at.value.start : null, name: null };
  });
}
