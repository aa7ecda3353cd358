/** Words that somebody types or pastes: notices in their own text, and otherwise each position that stands in them. */
import { isParleyError } from "../../wire/error.ts";
import { type ParsedSpan, parseSpan } from "../../geo/index.ts";
import { finding } from "../codes.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { unread as recordWithout } from "../read-row.ts";
import type { IntakeRecord, WrittenTime } from "../record.ts";
import { noticeRecord } from "./notice-row.ts";
import { type FoundPosition, positionsIn, unreadIn } from "./positions-in-text.ts";
import { NO_COLUMNS, type ReadTerms, type WholeFile } from "./reader.ts";
import { valuesOf } from "./volume-record.ts";

const NOTICE =
  /NAVAREA|HYDRO(?:PAC|LANT|ARC)|NOTAM[NRC]?\b|\bQ\) ?[A-Z]{4}\/|BOUND(?:ED)? BY|CANCEL THIS (?:MSG|MESSAGE)|WITHIN .{1,30}MILES? OF|RADIUS/i;
const TIMES =
  /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}|[A-Z][a-z]+\/[A-Z][A-Za-z_]+))?)?|\b\d{6} ?[A-IK-Z] ?(?:[A-Z]{3} ?(?:\d{4}|\d{2})?)?\b|\b\d{1,2} \p{L}{3,12} \d{4}\b/gu;

/** Paragraphs are parted by empty lines; numbered notices in one file as well. @throws file-empty, import-too-large */
export function readText(text: string, terms: ReadTerms): WholeFile {
  const paragraphs = paragraphsOf(text);
  const records: IntakeRecord[] = [];
  for (const paragraph of paragraphs) {
    const row = records.length + 1;
    if (NOTICE.test(paragraph)) {
      const values = valuesOf({ notice: paragraph });
      const source = { row, values, geometry: undefined, times: undefined, findings: longFindings(paragraph) };
      records.push({ ...noticeRecord(source, terms), suggests: "activity" });
    } else records.push(...positionRecords(paragraph, row, terms));
    if (records.length > LIMITS.rows)
      throw intakeError("import-too-large", `The text holds more than ${LIMITS.rows} records.`);
  }
  if (records.length === 0) throw intakeError("file-empty", "The text is empty.");
  return { mapping: NO_COLUMNS, records };
}

/** A navigation warning begins with its own group of day and time, a NOTAM with its number: also without an empty line. */
function paragraphsOf(text: string): string[] {
  return text
    .split(/(?:\r?\n[^\S\n]*){2,}|\r?\n(?=\d{6}Z [A-Z]{3} \d{2}\b)|\r?\n(?=\(?[A-Z]\d{4}\/\d{2} NOTAM)/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
}

function longFindings(paragraph: string) {
  if (paragraph.length <= LIMITS.field) return [];
  return [finding("field-too-long", null, { length: paragraph.length, most: LIMITS.field })];
}

function positionRecords(paragraph: string, row: number, terms: ReadTerms): IntakeRecord[] {
  const values = valuesOf({ remarks: paragraph.slice(0, LIMITS.field) });
  const long = longFindings(paragraph);
  if (long.length > 0) return [recordWithout({ row, values }, long)];
  const found = positionsIn(paragraph, terms.places);
  if (found.length === 0) {
    return [recordWithout({ row, values }, [finding("position-missing/words", "position", {})])];
  }
  const [starts = null, ends = null] = timesOf(paragraph, terms);
  const window = { start: starts?.start ?? null, end: ends?.end ?? null };
  const records = found.map((position, i): IntakeRecord => {
    const { field, text, at, precision_m, notation } = position;
    const name = nameOf(paragraph, position);
    const remarks = found.length > MOST_TOGETHER ? lineOf(paragraph, position).slice(0, LINE) : paragraph;
    const record = recordWithout({ row: row + i, values: valuesOf({ "names.en": name, remarks }) }, []);
    const footprint = { type: "point", at: position.at } as const;
    const volumes = [{ footprint, height: null, window, recurs: null }];
    return { ...record, positions: [{ field, text, at, precision_m, notation }], starts, ends, volumes };
  });
  const unread = unreadIn(paragraph, found);
  if (unread.length === 0) return records;
  const texts = { names: unread.map((each) => each.slice(0, 30)).slice(0, 5) };
  const refused = finding("position-not-a-number/several", "position", { texts });
  return [...records, recordWithout({ row: row + found.length, values }, [refused])];
}

/** Of a paragraph with more positions each has its own line only: all of it a thousand times is a thousand paragraphs. */
const MOST_TOGETHER = 20;
const LINE = 500;

function lineOf(paragraph: string, { from, to }: FoundPosition): string {
  const end = paragraph.indexOf("\n", to);
  return paragraph.slice(paragraph.lastIndexOf("\n", from) + 1, end < 0 ? undefined : end).trim();
}

/** The words of its line before the position, or else those after it. */
function nameOf(paragraph: string, { from, to }: FoundPosition): string {
  const line = paragraph.slice(paragraph.lastIndexOf("\n", from) + 1, from).trim();
  const after = (paragraph.slice(to).split("\n")[0] ?? "").trim();
  return words(line) || words(after);
}

function timesOf(paragraph: string, terms: ReadTerms): WrittenTime[] {
  return [...paragraph.matchAll(TIMES)].slice(0, 2).flatMap(([text], i): WrittenTime[] => {
    const read = attempt(text, terms);
    return read === null ? [] : [{ field: i === 0 ? "starts" : "ends", text, ...read }];
  });
}

function attempt(text: string, terms: ReadTerms): ParsedSpan | null {
  try {
    return parseSpan(text, terms);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return null;
  }
}

function words(text: string): string {
  return text.replace(/^[\s,.:;()–-]+|[\s,.:;()–-]+$/g, "").slice(0, 120);
}
