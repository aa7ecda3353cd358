/** A row of a table or a feature of a map file, into a record: its position, times and shape are read strictly. */
import {
  type AnyHeightBand,
  bandOf,
  type Footprint,
  parseHeight,
  type ParsedHeight,
  type SpanTerms,
} from "../geo/index.ts";
import { ONE_LINE } from "../message/index.ts";
import { isParleyError } from "../wire/error.ts";
import { type Finding, finding } from "./codes.ts";
import type { ColumnField } from "./columns.ts";
import { placeOfColumns, placeOfGeometry } from "./geometry.ts";
import { IMPORTABLE_KINDS } from "./importable.ts";
import type { ReadTerms } from "./read/reader.ts";
import {
  type IntakeRecord,
  isRefused,
  type RecordFix,
  valueOf,
  type WrittenHeight,
  type WrittenTime,
} from "./record.ts";
import type { SourceRow } from "./source.ts";
import { twiceTold } from "./twice-told.ts";
import { heightIgnored, timeRefused } from "./unreadable.ts";
import { readMetres, readTime } from "./value.ts";

/** A record of which nothing was read. */
export function unread(row: Pick<SourceRow, "row" | "values">, findings: readonly Finding[]): IntakeRecord {
  const nothing = { positions: [], starts: null, ends: null, heights: [], volumes: [], route: [] };
  return { row: row.row, values: row.values, ...nothing, lasting: false, suggests: null, findings };
}

export function recordOf(row: SourceRow, terms: ReadTerms): IntakeRecord {
  if (isRefused(row)) return unread(row, row.findings);
  const width_m = metresOf(row, "width_m") ?? terms.width_m;
  const placed =
    row.geometry === undefined
      ? placeOfColumns(row, terms.places, width_m)
      : placeOfGeometry(row.geometry, width_m, metresOf(row, "radius_m"));
  const findings = [...row.findings, ...placed.findings];
  if (placed.footprint === null) return unread(row, findings);
  const differs = twiceTold(row, placed.footprint, terms.places);
  if (differs !== null) return unread(row, [...findings, differs]);
  const starts = timeOf(row, "starts", terms, findings);
  const ends = timeOf(row, "ends", terms, findings);
  const window = { start: starts?.start ?? null, end: ends?.end ?? null };
  const { heights, band } = heightsOf(row, findings);
  const volumes = [{ footprint: placed.footprint, height: band, window, recurs: null }];
  const route = routeOf(placed.footprint, row, terms, findings);
  const suggests = IMPORTABLE_KINDS.find((kind) => kind === valueOf(row, "kind")) ?? null;
  return { ...unread(row, findings), positions: placed.positions, starts, ends, heights, volumes, route, suggests };
}

/** What a file of a shape's own says of its size; whatever is no such number is passed by, as any other column. */
function metresOf(row: Pick<SourceRow, "values">, field: "width_m" | "radius_m"): number | null {
  const text = valueOf(row, field);
  const read = text === "" ? null : readMetres(text, 100_000);
  return read?.ok === true ? read.value : null;
}

/** Null, and a warning, where the cell holds something that is not a time. */
export function timeOf(
  row: Pick<IntakeRecord, "values">,
  field: ColumnField,
  terms: SpanTerms,
  findings: Finding[],
): WrittenTime | null {
  const text = valueOf(row, field);
  if (text === "") return null;
  const read = readTime(text, terms);
  if (read.ok) return { field, text, ...read.value };
  findings.push(timeRefused(field, text, read.fault));
  return null;
}

function heightsOf(
  row: SourceRow,
  findings: Finding[],
): { readonly heights: readonly WrittenHeight[]; readonly band: AnyHeightBand | null } {
  const [lower, upper] = [heightOf(row, "lower", findings), heightOf(row, "upper", findings)];
  const written = [lower, upper].flatMap((each) => (each === null ? [] : [each.written]));
  const unsaid = [lower, upper].find((each) => each !== null && isUnsaid(each.read))?.written;
  if (unsaid !== undefined) {
    findings.push(finding("height-ignored", unsaid.field, { text: unsaid.text.slice(0, 60) }));
    return { heights: written, band: null };
  }
  return { heights: written, band: bandOf(lower?.read ?? null, upper?.read ?? null, "AMSL").band };
}

/** A height that names no unit, or not above what; the surface and no limit need neither, nor does a flight level. */
function isUnsaid({ metres, unit, datum }: ParsedHeight): boolean {
  return metres !== null && (datum === null || (unit === null && metres !== 0));
}

function heightOf(
  row: SourceRow,
  field: "lower" | "upper",
  findings: Finding[],
): { readonly read: ParsedHeight; readonly written: WrittenHeight } | null {
  const text = valueOf(row, field);
  if (text === "") return null;
  try {
    const read = parseHeight(text);
    return { read, written: { field, text, metres: read.metres ?? 0, datum: read.datum, unit: read.unit } };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    findings.push(heightIgnored(field, text, error.code));
    return null;
  }
}

function routeOf(
  footprint: Footprint,
  { times: given, stops = [] }: SourceRow,
  terms: SpanTerms,
  findings: Finding[],
): RecordFix[] {
  if (footprint.type !== "corridor") return [];
  const times = Array.isArray(given) ? given : [];
  const ats = footprint.line.map((_, i) => (typeof times[i] === "string" ? readTime(times[i], terms) : null));
  ats.some((at, i) => at?.ok === false && findings.push(timeRefused("route", String(times[i]), at.fault)));
  return footprint.line.map((position, i) => {
    const at = ats[i];
    return { position, at: at?.ok === true ? at.value.start : null, name: nameOf(stops[i] ?? "", findings) };
  });
}

const MOST_NAME = 120;

function nameOf(text: string, findings: Finding[]): string | null {
  if (text === "" || (text.length <= MOST_NAME && ONE_LINE.test(text))) return text || null;
  findings.push(finding("text-refused", "route", { where: "route" }));
  return null;
}
