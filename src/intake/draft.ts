/** One record into the body of a draft. */
import type { Footprint, HeightBand, SpanTerms, TimeWindow, Volume } from "../geo/index.ts";
import { CODES } from "../message/index.ts";
import { type Finding, finding } from "./codes.ts";
import type { ColumnField } from "./columns.ts";
import { fitted } from "./fit.ts";
import type { ImportableKind } from "./importable.ts";
import { timeOf } from "./read-row.ts";
import { type IntakeRecord, type RecordVolume, valueOf } from "./record.ts";
import { numberRefused } from "./unreadable.ts";
import { readCount, readId, type ReadNumber } from "./value.ts";

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

export interface Name {
  readonly lang: string;
  readonly text: string;
}

/** The draft of a record that was not refused when it was read, and what was found in making it. */
export function draftOf(kind: ImportableKind, record: IntakeRecord, given: Given, terms: SpanTerms): Drafted {
  switch (kind) {
    case "site":
      return siteOf(record, given, terms);
    case "movement":
      return movementOf(record, given);
    case "activity":
    case "report":
    case "alert":
      return eventOf(kind, record, given);
  }
}

/** Collects what is found while a draft is made. */
class DraftMaker {
  readonly findings: Finding[] = [];
  readonly record: IntakeRecord;

  constructor(record: IntakeRecord) {
    this.record = record;
  }

  text(field: ColumnField): string | null {
    return valueOf(this.record, field) || null;
  }

  /** The number in an optional cell; null, and a warning, where it cannot be read. */
  number(field: ColumnField, read: (text: string) => ReadNumber): number | null {
    const text = valueOf(this.record, field);
    if (text === "") return null;
    const result = read(text);
    if (result.ok) return result.value;
    this.findings.push(numberRefused("number-refused", field, text, result));
    return null;
  }

  category(list: readonly string[], given: string): string {
    const text = valueOf(this.record, "category");
    const code = text.toLowerCase().replaceAll(/[\s_]+/g, "-");
    if (text === "" || list.includes(code)) return text === "" ? given : code;
    this.findings.push(finding("category-unknown", "category", { text: text.slice(0, 60), taken: given }));
    return given;
  }

  refuse(why: Finding): Drafted {
    return { draft: null, findings: [...this.findings, why] };
  }
}

function siteOf(record: IntakeRecord, given: Given, terms: SpanTerms): Drafted {
  const maker = new DraftMaker(record);
  const [volume, ...more] = record.volumes;
  if (volume === undefined || more.length > 0) {
    return maker.refuse(finding("geometry-many-parts", "footprint", { parts: record.volumes.length }));
  }
  const { start, end } = volume.window;
  if (start !== null && end !== null && start > end) {
    return maker.refuse(finding("end-before-start", "ends", {}));
  }
  const names = namesOf(record, given.lang);
  if (names.length === 0) maker.findings.push(finding("name-missing", "names", {}));
  const place = {
    country: maker.text("country") ?? given.country,
    governorate: maker.text("governorate"),
    district: maker.text("district"),
    locality: maker.text("locality"),
  };
  const id = valueOf(record, "source_id");
  return fitted(maker.findings, "site", {
    category: maker.category(CODES.site_category, given.category),
    footprint: volume.footprint,
    height: bandOf(volume, maker.findings),
    names,
    people: maker.number("people", (text) => readCount(text, 10_000_000)),
    verified_by: maker.text("verified_by"),
    verified_at: timeOf(record, "verified_at", terms, maker.findings)?.start ?? null,
    valid_from: start,
    valid_until: end,
    place: Object.values(place).every((part) => part === null) ? null : place,
    precision_m: null,
    source_id: id === "" ? null : readId(id),
    remarks: valueOf(record, "remarks"),
  });
}

/** An activity or a report: volumes, whose windows the record must state unless it lasts. */
function eventOf(kind: "activity" | "report" | "alert", record: IntakeRecord, given: Given): Drafted {
  const maker = new DraftMaker(record);
  const windows = record.volumes.map(({ window }) => window);
  if (!record.lasting && windows.some(({ start }) => start === null)) {
    return maker.refuse(finding("time-missing", "starts", {}));
  }
  const closed = windows.map((window) => closedWindow(window, record));
  if (closed.some(({ start, end }) => start !== null && end !== null && end < start)) {
    return maker.refuse(finding("end-before-start", "ends", {}));
  }
  const volumes = record.volumes.map((volume, i): Volume => {
    const height = bandOf(volume, maker.findings);
    return { footprint: volume.footprint, height, window: closed[i] as TimeWindow };
  });
  if (record.volumes.some(({ recurs }) => recurs !== null)) {
    maker.findings.push(finding("windows-joined", "starts", {}));
  }
  const title = namesOf(record, given.lang)[0]?.text ?? null;
  const remarks = titled(title, valueOf(record, "remarks"));
  if (kind === "activity") {
    const category = maker.category(CODES.activity_category, given.category);
    return fitted(maker.findings, kind, { category, phase: "planned", volumes, precision_m: 0, remarks });
  }
  if (kind === "alert") return fitted(maker.findings, kind, { alert: "hazard", volumes, message: null, remarks });
  const category = maker.category(CODES.report_category, given.category);
  const grade = { reliability: "F", credibility: "6" };
  return fitted(maker.findings, kind, { type: "incident", category, volumes, grade, precision_m: null, remarks });
}

/** An event whose end is not said ends with the moment or day in which it begins. */
function closedWindow(window: TimeWindow, { lasting, starts }: IntakeRecord): TimeWindow {
  return lasting || window.end !== null ? window : { start: window.start, end: starts?.end ?? window.start };
}

/** A line and, where the file has them, the time at each of its positions. */
function movementOf(record: IntakeRecord, given: Given): Drafted {
  const maker = new DraftMaker(record);
  const footprint: Footprint | undefined = record.volumes[0]?.footprint;
  if (footprint?.type !== "corridor") {
    return maker.refuse(finding("geometry-not-for-kind/movement", "route", {}));
  }
  const known = record.route.map(({ at }) => at).filter((at) => at !== null);
  if (!known.every((at, i) => i === 0 || at >= (known[i - 1] as number))) {
    return maker.refuse(finding("end-before-start/route", "route", {}));
  }
  const title = namesOf(record, given.lang)[0]?.text ?? null;
  return fitted(maker.findings, "movement", {
    phase: "planned",
    decision: "undecided",
    route: record.route,
    tolerance_s: given.tolerance_s,
    width_m: footprint.width_m,
    vehicles: [],
    people: null,
    escort: null,
    contact: [],
    precision_m: null,
    remarks: titled(title, valueOf(record, "remarks")),
  });
}

/** The name before the words, unless they begin with it. */
function titled(title: string | null, words: string): string {
  if (title === null || words.split("\n", 1)[0] === title) return words;
  return words === "" ? title : `${title}\n${words}`;
}

/** Messages know no pressure altitudes: without the day's pressure a flight level is left open, which is wider. */
function bandOf({ height }: RecordVolume, findings: Finding[]): HeightBand | null {
  if (height === null) return null;
  const { datum, lower_m, upper_m } = height;
  if (datum !== "FL") return { datum, lower_m, upper_m };
  if (findings.every(({ code }) => code !== "height-pressure")) findings.push(finding("height-pressure", "height", {}));
  return null;
}

/** Names in the order of the columns. A name in another script than its unmarked column claims is "und". */
export function namesOf(record: IntakeRecord, unmarked: string): Name[] {
  const names = [...record.values].flatMap(([field, text]) => {
    if (!field.startsWith("names.") || text === "") return [];
    const lang = field.slice("names.".length);
    const foreign = lang === unmarked && lang === "en" && /\p{L}/u.test(text) && !/\p{Script=Latin}/u.test(text);
    return [{ lang: foreign ? "und" : lang, text }];
  });
  // The same words in a column that says their language and in one that does not are one name.
  return names.filter(
    ({ lang, text }) => lang !== "und" || names.every((each) => each.lang === "und" || each.text !== text),
  );
}
