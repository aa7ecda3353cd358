/** How the columns of a file were read, and why: an officer corrects one, and the file is read again. */
import { COLUMN_FIELDS, type ColumnField, type ImportResult, type Mapping } from "../../intake/index.ts";
import { ChoiceField, type Option } from "../view/fields.tsx";
import { Button, Panel, ProblemNotice, Words } from "../view/pieces.tsx";
import { problemOf } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import { corrected, type Corrections } from "./corrections.ts";
import type { Brought } from "./read-file.ts";

/** Of the names that a column can hold. */
const NAME_LANGUAGES = ["en", "ar", "ckb", "ku", "fa", "fr", "ru", "uk", "he", "tr", "und"] as const;
/** Hours from UTC, in the order of the clock; those that are no whole number of hours are in use somewhere. */
const OFFSETS = [
  "-12 -11 -10 -09:30 -09 -08 -07 -06 -05 -04 -03:30 -03 -02 -01 +01 +02 +03 +03:30 +04 +04:30 +05 +05:30 +05:45",
  "+06 +06:30 +07 +08 +08:45 +09 +09:30 +10 +10:30 +11 +12 +12:45 +13 +14",
]
  .flatMap((each) => each.split(" "))
  .map((each) => (each.includes(":") ? each : `${each}:00`));

interface ColumnsProps {
  readonly brought: Brought;
  readonly onCorrect: (corrections: Corrections) => void;
  readonly onZone: (zone: string | null) => void;
}

export function Columns({ brought, onCorrect, onZone }: ColumnsProps) {
  const { t } = useWords();
  const { result, corrections, zone, incomplete } = brought;
  const { mapping } = result;
  if (mapping.columns.length + mapping.unused.length === 0) return null;
  const correct = (header: string, field: ColumnField | null) =>
    onCorrect(corrected(corrections, mapping, header, field));
  return (
    <Panel title={t("columns.title")}>
      <p className="fine">{t("columns.note")}</p>
      <ProblemNotice problem={incomplete === null ? null : problemOf(incomplete)} />
      <ColumnTable mapping={mapping} onChange={correct} />
      {mapping.unused.length === 0 ? null : <p>{unusedWords(t, mapping)}</p>}
      {zone !== null || lacksZone(result) ? <ZoneField zone={zone} onChange={onZone} /> : null}
      {Object.keys(corrections).length === 0 ? null : (
        <div className="row">
          <Button onPress={() => onCorrect({})}>{t("columns.forget")}</Button>
        </div>
      )}
    </Panel>
  );
}

function unusedWords(t: ReturnType<typeof useWords>["t"], { unused }: Mapping): string {
  const names = unused.filter((header) => header !== "");
  return t("columns.unused", { columns: { listed: "unit", names } });
}

interface TableProps {
  readonly mapping: Mapping;
  readonly onChange: (header: string, field: ColumnField | null) => void;
}

function ColumnTable({ mapping: { columns, unused }, onChange }: TableProps) {
  const { t } = useWords();
  const rows = [
    ...columns.map(({ header, field, by }) => ({ header, field, by })),
    ...unused.filter((header) => header !== "").map((header) => ({ header, field: null, by: null })),
  ];
  // A correction names a column by its header: of two that are called the same it can mean neither.
  const isAlone = (header: string) => header !== "" && rows.filter((row) => row.header === header).length === 1;
  return (
    <table className="columns">
      <thead>
        <tr>
          <th scope="col">{t("columns.column")}</th>
          <th scope="col">{t("columns.field")}</th>
          <th scope="col">{t("columns.why")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ header, field, by }, i) => (
          <tr key={isAlone(header) ? header : i}>
            <th scope="row">{header === "" ? "–" : <Words>{header}</Words>}</th>
            <td>
              <FieldSelect
                header={header}
                field={field}
                disabled={!isAlone(header)}
                onChange={(to) => onChange(header, to)}
              />
            </td>
            <td>{by === null ? "–" : t(`columns.by-${by}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface FieldSelectProps {
  readonly header: string;
  readonly field: ColumnField | null;
  readonly disabled: boolean;
  readonly onChange: (field: ColumnField | null) => void;
}

function FieldSelect({ header, field, disabled, onChange }: FieldSelectProps) {
  const { t } = useWords();
  const options = useFields(field);
  return (
    <select
      aria-label={t("columns.read-as", { column: header })}
      value={field ?? ""}
      disabled={disabled}
      onChange={({ target: { value } }) => onChange(value === "" ? null : (value as ColumnField))}
    >
      <option value="">{t("columns.not-read")}</option>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Names first: they are what most columns of a list hold that nobody recognised. */
function useFields(held: ColumnField | null): readonly Option[] {
  const { t, language } = useWords();
  const languages = new Intl.DisplayNames([language, "en"], { type: "language" });
  const names = NAME_LANGUAGES.map((lang) => ({
    value: `names.${lang}`,
    label: lang === "und" ? t("columns.name-unsaid") : t("columns.name-in", { language: languages.of(lang) ?? lang }),
  }));
  const others = COLUMN_FIELDS.map((field) => ({ value: field, label: t(`columns.field-${field}`) }));
  const all = [...names, ...others];
  return held === null || all.some(({ value }) => value === held) ? all : [...all, { value: held, label: held }];
}

function lacksZone({ rows }: ImportResult): boolean {
  return rows.some(({ findings }) =>
    findings.some(
      ({ code, says }) => code === "zone-forgotten" || says?.some(({ key }) => key === "fault.time-zone-missing"),
    ),
  );
}

function ZoneField({ zone, onChange }: { readonly zone: string | null; readonly onChange: ColumnsProps["onZone"] }) {
  const { t } = useWords();
  const options = [
    { value: "", label: t("columns.zone-none") },
    { value: "Z", label: "Z (UTC)" },
    ...OFFSETS.map((value) => ({ value, label: `UTC${value}` })),
  ];
  return (
    <ChoiceField
      label={t("columns.zone")}
      value={zone ?? ""}
      options={options}
      onChange={(value) => onChange(value === "" ? null : value)}
    />
  );
}
