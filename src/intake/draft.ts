/** One row into the body of a draft. Whatever has no place in it is left out and said, and never repaired. */
import type { Footprint, TimeWindow } from "../geo/index.ts";
import { bodySchema, CODES } from "../message/index.ts";
import { type Finding, finding } from "./codes.ts";
import type { ColumnField } from "./columns.ts";
import { type SourceRow, valueOf } from "./source.ts";
import { type Read, readCount, readId, readTime, type Span } from "./value.ts";

export const IMPORTABLE_KINDS = ["site", "activity", "report", "movement"] as const;
export type ImportableKind = (typeof IMPORTABLE_KINDS)[number];

/** What the officer says once for the whole file, where the file does not say it row by row. */
export interface Given {
  readonly category: string;
  readonly country: string | null;
  readonly lang: string;
  /** Whole width of a line's corridor, metres; null where nobody said. */
  readonly width_m: number | null;
  readonly tolerance_s: number;
}

/** A draft as the node takes it (`POST /api/drafts`), before anyone has signed anything. */
export interface ImportedDraft {
  readonly kind: ImportableKind;
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Drafted {
  readonly draft: ImportedDraft | null;
  readonly findings: readonly Finding[];
}

interface Name {
  readonly lang: string;
  readonly text: string;
}

/** Collects what is found while a row is read. */
class RowReader {
  readonly findings: Finding[] = [];
  readonly row: SourceRow;

  constructor(row: SourceRow) {
    this.row = row;
  }

  text(field: ColumnField): string | null {
    return valueOf(this.row, field) || null;
  }

  /** The value of an optional cell; null, and a warning, where it cannot be read. */
  optional<T>(field: ColumnField, code: "number-refused" | "time-refused", read: (text: string) => Read<T>): T | null {
    const text = valueOf(this.row, field);
    if (text === "") return null;
    const result = read(text);
    if (result.ok) return result.value;
    const { why, meant, because } = result;
    const plain = typeof meant === "number" ? { suggestion: { [field]: meant } } : {};
    const more = { ...plain, ...(because === null ? {} : { because }) };
    this.findings.push(finding(code, field, `${why} It was left out; enter it with the draft if it matters.`, more));
    return null;
  }

  window(): TimeWindow | null {
    const starts = this.optional<Span>("starts", "time-refused", readTime);
    const ends = this.optional<Span>("ends", "time-refused", readTime);
    const [start, end] = [starts?.start ?? null, ends?.end ?? null];
    if (start === null || end === null || start <= end) return { start, end };
    this.findings.push(
      finding("end-before-start", "ends", "It ends before it begins. Check both times and bring the file again."),
    );
    return null;
  }

  category(list: readonly string[], given: string): string {
    const text = valueOf(this.row, "category");
    const code = text.toLowerCase().replaceAll(/[\s_]+/g, "-");
    if (text === "" || list.includes(code)) return text === "" ? given : code;
    const message = `"${text.slice(0, 60)}" is no category that Parley has; "${given}" was taken.`;
    this.findings.push(finding("category-unknown", "category", message));
    return given;
  }
}

export function siteOf(row: SourceRow, footprint: Footprint, given: Given): Drafted {
  const reader = new RowReader(row);
  const window = reader.window();
  if (window === null) return { draft: null, findings: reader.findings };
  const names = namesOf(row, given.lang);
  if (names.length === 0) {
    reader.findings.push(
      finding("name-missing", "names", "The row gives the place no name. Add the name that people there use."),
    );
  }
  const place = {
    country: reader.text("country") ?? given.country,
    governorate: reader.text("governorate"),
    district: reader.text("district"),
    locality: reader.text("locality"),
  };
  const verified = reader.optional<Span>("verified_at", "time-refused", readTime);
  const id = valueOf(row, "source_id");
  return fitted(reader.findings, "site", {
    category: reader.category(CODES.site_category, given.category),
    footprint,
    height: null,
    names,
    people: reader.optional("people", "number-refused", (text) => readCount(text, 10_000_000)),
    verified_by: reader.text("verified_by"),
    verified_at: verified?.start ?? null,
    valid_from: window.start,
    valid_until: window.end,
    place: Object.values(place).every((part) => part === null) ? null : place,
    precision_m: null,
    source_id: id === "" ? null : readId(id),
    remarks: valueOf(row, "remarks"),
  });
}

/** An activity or a report: a volume whose window the row must state. */
export function eventOf(kind: "activity" | "report", row: SourceRow, footprint: Footprint, given: Given): Drafted {
  const reader = new RowReader(row);
  const starts = reader.optional<Span>("starts", "time-refused", readTime);
  if (starts === null) {
    const message = "The row names no time at which it begins. Enter it and bring the file again.";
    return { draft: null, findings: [...reader.findings, finding("time-missing", "starts", message)] };
  }
  const ends = reader.optional<Span>("ends", "time-refused", readTime) ?? starts;
  if (ends.end < starts.start) {
    return {
      draft: null,
      findings: [...reader.findings, finding("end-before-start", "ends", "It ends before it begins.")],
    };
  }
  const volumes = [{ footprint, height: null, window: { start: starts.start, end: ends.end } }];
  const title = namesOf(row, given.lang)[0]?.text ?? null;
  const remarks = [title, valueOf(row, "remarks")].filter((part) => part !== null && part !== "").join("\n");
  if (kind === "activity") {
    const category = reader.category(CODES.activity_category, given.category);
    return fitted(reader.findings, kind, { category, phase: "planned", volumes, precision_m: 0, remarks });
  }
  const category = reader.category(CODES.report_category, given.category);
  const grade = { reliability: "F", credibility: "6" };
  return fitted(reader.findings, kind, { type: "incident", category, volumes, grade, precision_m: null, remarks });
}

/** A line and, where the file has them, the time at each of its positions. */
export function movementOf(row: SourceRow, footprint: Footprint, given: Given): Drafted {
  const reader = new RowReader(row);
  if (footprint.type !== "corridor") {
    const message = "A movement is drawn as a line. Bring it as a LineString.";
    return { draft: null, findings: [finding("geometry-not-for-kind", "route", message)] };
  }
  const times = Array.isArray(row.times) ? row.times : [];
  const ats = footprint.line.map((_, i) => (typeof times[i] === "string" ? readTime(times[i]) : null));
  const unread = ats.find((at) => at !== null && !at.ok);
  if (unread?.ok === false) reader.findings.push(finding("time-refused", "route", unread.why));
  const known = ats.map((at) => (at?.ok === true ? at.value.start : null));
  const route = footprint.line.map((position, i) => ({ position, at: known[i] ?? null, name: null }));
  const inOrder = known.filter((at) => at !== null).every((at, i, all) => i === 0 || at >= (all[i - 1] as number));
  if (!inOrder) {
    const message = "A later position of the route has an earlier time. Check the times and bring the file again.";
    return { draft: null, findings: [...reader.findings, finding("end-before-start", "route", message)] };
  }
  const title = namesOf(row, given.lang)[0]?.text ?? null;
  return fitted(reader.findings, "movement", {
    phase: "planned",
    decision: "undecided",
    route,
    tolerance_s: given.tolerance_s,
    width_m: footprint.width_m,
    vehicles: [],
    people: null,
    escort: null,
    contact: [],
    precision_m: null,
    remarks: [title, valueOf(row, "remarks")].filter((part) => part !== null && part !== "").join("\n"),
  });
}

/** Names in the order of the columns. A name in another script than its unmarked column claims is "und". */
function namesOf(row: SourceRow, unmarked: string): Name[] {
  return [...row.values].flatMap(([field, text]) => {
    if (!field.startsWith("names.") || text === "") return [];
    const lang = field.slice("names.".length);
    const foreign = lang === unmarked && lang === "en" && /\p{L}/u.test(text) && !/\p{Script=Latin}/u.test(text);
    return [{ lang: foreign ? "und" : lang, text }];
  });
}

/** Optional fields and what stands in their place once their text was refused. */
const LEFT_OUT: Readonly<Record<string, unknown>> = { verified_by: null, source_id: null, place: null, remarks: "" };
const MAX_SUBJECT = 200;

/**
 * The body as its kind has it. An optional field that the kind refuses is left out with a warning, a position never:
 * leaving it out would unprotect a real place, so the row stays without its words rather than not at all.
 */
function fitted(before: readonly Finding[], kind: ImportableKind, body: Readonly<Record<string, unknown>>): Drafted {
  const findings = [...before];
  const schema = bodySchema(kind);
  let kept: Record<string, unknown> = { ...body };
  for (let attempt = 0; attempt < 2; attempt++) {
    const result = schema.safeParse(kept);
    if (result.success) {
      return { draft: { kind, subject: subjectOf(kind, kept), body: result.data }, findings };
    }
    const issues = result.error.issues;
    const fatal = issues.find((issue) => !isOptional(issue.path));
    if (fatal !== undefined || attempt === 1) {
      const where = (fatal ?? issues[0])?.path.join(".") ?? "";
      const message = `The field "${where}" cannot be told in a ${kind}: ${(fatal ?? issues[0])?.message ?? ""}`;
      return { draft: null, findings: [...findings, finding("body-refused", where || null, message)] };
    }
    const fields = new Set(issues.map((issue) => String(issue.path[0])));
    for (const field of fields) findings.push(refusedText(field));
    kept = withoutText(
      kept,
      issues.map((issue) => issue.path),
      fields,
    );
  }
  return { draft: null, findings };
}

function isOptional(path: readonly PropertyKey[]): boolean {
  return path[0] === "names" || String(path[0]) in LEFT_OUT;
}

function refusedText(field: string): Finding {
  const message = `A text in "${field}" is too long or holds characters that could disguise it, and was left out. Enter it again by hand.`;
  return finding("text-refused", field, message);
}

function withoutText(
  body: Readonly<Record<string, unknown>>,
  paths: readonly (readonly PropertyKey[])[],
  fields: ReadonlySet<string>,
): Record<string, unknown> {
  const bad = new Set(paths.filter((path) => path[0] === "names").map((path) => path[1]));
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => {
      if (!fields.has(field)) return [field, value];
      return [field, field === "names" ? (value as Name[]).filter((_, i) => !bad.has(i)) : LEFT_OUT[field]];
    }),
  );
}

function subjectOf(kind: ImportableKind, body: Readonly<Record<string, unknown>>): string {
  const names = (body["names"] ?? []) as readonly Name[];
  const place = (body["place"] ?? null) as Readonly<Record<string, string | null>> | null;
  const title = names[0]?.text ?? firstLine(body["remarks"]);
  const parts = [title, place?.["district"], place?.["governorate"]].filter(
    (part) => typeof part === "string" && part !== "",
  );
  const subject = parts.length === 0 ? `${kind} without a name` : parts.join(", ");
  return subject
    .slice(0, MAX_SUBJECT)
    .toWellFormed()
    .replace(/\ufffd$/u, "");
}

function firstLine(text: unknown): string | null {
  return typeof text === "string" ? (text.split("\n")[0] ?? null) : null;
}
