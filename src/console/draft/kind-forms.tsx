/** Forms that are made from a table: one row for each field of the kind's body, named as the phrasebook names it. */
import { type CodeList, labelOf } from "../../message/index.ts";
import { formatTime, type Volume } from "../../geo/index.ts";
import { ChoiceField, WordsField } from "../view/fields.tsx";
import { Missing } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import type { Said } from "../words/types.ts";
import { CircleFields } from "./circle-fields.tsx";
import { codeOptions } from "./codes.ts";
import {
  circleText,
  circleVolume,
  type CircleText,
  drawnText,
  EMPTY_CIRCLE,
  type FieldsProps,
  type Form,
  need,
  optional,
  wordsOrNull,
} from "./form.ts";
import { NumberField, readNumber, readTime, TimeField } from "./place-fields.tsx";

type Row =
  | { readonly field: string; readonly as: "code"; readonly list: CodeList; readonly first: string }
  | { readonly field: string; readonly as: "words" | "line" | "ids"; readonly must: boolean }
  | { readonly field: string; readonly as: "time"; readonly must: boolean; readonly inHours: number | null }
  | { readonly field: string; readonly as: "day" }
  | { readonly field: string; readonly as: "metres"; readonly max: number }
  | { readonly field: string; readonly as: "message" }
  | { readonly field: string; readonly as: "volumes"; readonly must: boolean };

interface Values {
  readonly texts: Readonly<Record<string, string>>;
  readonly circle: CircleText;
  /** The message that it is about. */
  readonly about: string | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A grade is two codes in one record. */
const GRADE = [
  { field: "reliability", as: "code", list: "reliability", first: "C" },
  { field: "credibility", as: "code", list: "credibility", first: "3" },
] as const;

function formOf(rows: readonly Row[], options: { readonly grade: boolean } = { grade: false }): Form<Values> {
  const all: readonly Row[] = options.grade ? [...rows, ...GRADE] : rows;
  return {
    empty: (now, about, drawn) => ({
      texts: Object.fromEntries(all.map((row) => [row.field, firstOf(row, now)])),
      circle: { ...EMPTY_CIRCLE, ...drawnText(drawn), start: formatTime(now - (now % MINUTE)) },
      about,
    }),
    of: (body) => {
      const told: Readonly<Record<string, unknown>> = { ...body, ...gradeIn(body) };
      const volumes = (told["volumes"] ?? []) as readonly Volume[];
      const site = typeof told["site"] === "string" ? told["site"] : null;
      return {
        texts: Object.fromEntries(all.map((row) => [row.field, textOf(row, told[row.field])])),
        circle: circleText(volumes[0]),
        about: site,
      };
    },
    Fields: ({ value, set }) => all.map((row) => <RowField key={row.field} row={row} value={value} set={set} />),
    body: (value) => {
      const body = Object.fromEntries(rows.map((row) => [row.field, valueOf(row, value)]));
      if (!options.grade) return body;
      return { ...body, grade: Object.fromEntries(GRADE.map((row) => [row.field, valueOf(row, value)])) };
    },
  };
}

const gradeIn = (body: object): object => ("grade" in body && typeof body.grade === "object" ? (body.grade ?? {}) : {});

function textOf(row: Row, value: unknown): string {
  if (value === null || value === undefined || row.as === "volumes" || row.as === "message") return "";
  if (row.as === "time") return formatTime(Number(value));
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
}

function firstOf(row: Row, now: number): string {
  if (row.as === "code") return row.first;
  if (row.as === "day") return new Date(now).toISOString().slice(0, 10);
  return row.as === "time" && row.inHours !== null ? formatTime(now - (now % MINUTE) + row.inHours * HOUR) : "";
}

function RowField({ row, value, set }: { readonly row: Row } & FieldsProps<Values>) {
  const { phrases } = useWords();
  const label = labelOf(row.field, phrases);
  const text = value.texts[row.field] ?? "";
  const change = (typed: string) => set({ texts: { ...value.texts, [row.field]: typed } });
  switch (row.as) {
    case "code":
      return <ChoiceField label={label} value={text} options={codeOptions(row.list, phrases)} onChange={change} />;
    case "words":
      return <WordsField label={label} value={text} onChange={change} rows={4} required={row.must} />;
    case "line":
    case "ids":
      return <WordsField label={label} value={text} onChange={change} required={row.must} />;
    case "day":
      return <WordsField label={label} value={text} onChange={change} required />;
    case "time":
      return <TimeField label={label} value={text} onChange={change} />;
    case "metres":
      return <NumberField label={label} unit="metres" min={0} max={row.max} value={text} onChange={change} />;
    case "volumes":
      return <CircleFields value={value.circle} set={(part) => set({ circle: { ...value.circle, ...part } })} />;
    case "message":
      return null;
  }
}

function valueOf(row: Row, { texts, circle, about }: Values): unknown {
  const text = (texts[row.field] ?? "").trim();
  const missing: Said = (t, _, phrases) => t("missing.field", { field: labelOf(row.field, phrases) });
  const absent = () => new Missing(missing);
  switch (row.as) {
    case "code":
    case "day":
      return text;
    case "words":
    case "line":
    case "ids": {
      if (row.must && text === "") throw absent();
      if (row.as === "ids") return text.split(/[\s,]+/);
      return row.as === "line" ? wordsOrNull(text) : text;
    }
    case "time":
      return row.must ? need(readTime(text), missing) : optional(readTime(text));
    case "metres":
      return optional(readNumber(text, 0, row.max));
    case "message":
      return about;
    case "volumes":
      return !row.must && circle.centre === "" && circle.points === "" ? [] : [circleVolume(circle)];
  }
}

const REMARKS = { field: "remarks", as: "words", must: false } as const;
const PRECISION = { field: "precision_m", as: "metres", max: 1_000_000 } as const;
const VOLUMES = { field: "volumes", as: "volumes", must: true } as const;

export const PRESENCE_FORM = formOf([
  { field: "claim", as: "code", list: "presence_claim", first: "some" },
  VOLUMES,
  PRECISION,
  REMARKS,
]);

export const REPORT_FORM = formOf(
  [
    { field: "type", as: "code", list: "report_type", first: "incident" },
    { field: "category", as: "code", list: "report_category", first: "strike" },
    VOLUMES,
    PRECISION,
    REMARKS,
  ],
  { grade: true },
);

export const WARNING_FORM = formOf([
  { field: "site", as: "message" },
  { field: "alleged", as: "words", must: true },
  { ...VOLUMES, must: false },
  { field: "time_limit", as: "time", must: true, inHours: 24 },
]);

export const STANCE_FORM = formOf([
  { field: "topic", as: "line", must: true },
  { field: "stands", as: "code", list: "stance", first: "under-consideration" },
  { field: "words", as: "words", must: true },
  { field: "said", as: "code", list: "said", first: "only-here" },
  { field: "source", as: "line", must: false },
]);

export const ASSESSMENT_FORM = formOf(
  [
    { field: "country", as: "line", must: true },
    { field: "governorate", as: "line", must: true },
    { field: "district", as: "line", must: true },
    { field: "day", as: "day" },
    { field: "control", as: "code", list: "control", first: "unknown" },
    { field: "held_by", as: "line", must: false },
    { field: "confidence", as: "code", list: "confidence", first: "moderate" },
    { field: "origin", as: "code", list: "report_origin", first: "own-observation" },
    { field: "origin_id", as: "line", must: false },
    REMARKS,
  ],
  { grade: true },
);

export const CALL_FORM = formOf([
  { field: "parties", as: "ids", must: true },
  { field: "began_at", as: "time", must: true, inHours: 0 },
  { field: "ended_at", as: "time", must: true, inHours: 0 },
  { field: "challenge", as: "line", must: false },
  { field: "response", as: "line", must: false },
  { field: "challenge_result", as: "code", list: "challenge_result", first: "not-used" },
  { field: "minutes", as: "words", must: true },
]);
