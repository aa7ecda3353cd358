/**
 * Which column of a file holds which field of a draft: found by the header's words or its HXL tags (hxlstandard.org),
 * always shown, and corrected by whoever brings the file. A column that fits nothing is listed as unused, never guessed.
 */
import { intakeError } from "./errors.ts";

/** Fields that a column can hold; names carry their language, as in `names.ar`. */
export const COLUMN_FIELDS = [
  "latitude",
  "longitude",
  "position",
  "notice",
  "wkt",
  "kind",
  "country",
  "governorate",
  "district",
  "locality",
  "people",
  "source_id",
  "category",
  "radius_m",
  "width_m",
  "lower",
  "upper",
  "starts",
  "ends",
  "verified_by",
  "verified_at",
  "remarks",
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number] | `names.${string}`;

export interface MappedColumn {
  readonly field: ColumnField;
  /** Counted from 1; in GeoJSON, among the property names in the order in which they first occur. */
  readonly column: number;
  readonly header: string;
  readonly by: "hxl" | "header" | "given" | "remembered";
}

/** How a file was read: what a person looks at before he trusts the rest. */
export interface Mapping {
  /** How the file's bytes were read as text; null of archives. */
  readonly encoding?: string | null;
  readonly delimiter: string | null;
  readonly header_row: number | null;
  readonly hxl_row: number | null;
  readonly columns: readonly MappedColumn[];
  readonly unused: readonly string[];
  /** By which a correction of the columns is remembered (`headerKey`); null where there are no columns. */
  readonly header_key: string | null;
  /** What was taken for granted in every row because the file does not say it. */
  readonly assumed: readonly { readonly field: string; readonly value: string | number; readonly because: string }[];
}

import { HEADERS, LANGUAGE_WORDS } from "./headers.ts";

const HXL_TAGS: readonly (readonly [form: RegExp, field: ColumnField | "names"])[] = [
  [/^#geo(?:\+\w+)*\+lat\b/, "latitude"],
  [/^#geo(?:\+\w+)*\+(?:lon|long|lng)\b/, "longitude"],
  [/^#geo(?:\+\w+)*\+(?:coord|coords|latlon|mgrs)\b/, "position"],
  [/^#country(?!.*\+(?:code|id))/, "country"],
  [/^#adm1(?!.*\+(?:code|id))/, "governorate"],
  [/^#adm2(?!.*\+(?:code|id))/, "district"],
  [/^#loc(?:\+\w+)*\+(?:code|id)\b/, "source_id"],
  [/^#loc(?:\+\w+)*\+type\b/, "category"],
  [/^#loc\b/, "names"],
  [/^#(?:affected|population|reached|inneed)(?:\+(?:ind|total|all|num))*$/, "people"],
  [/^#date(?!.*\+year)(?:\+\w+)*\+end\b/, "ends"],
  [/^#date(?!.*\+year)/, "starts"],
  [/^#meta\+(?:comments|remarks)\b/, "remarks"],
];

const LANGUAGE = "en|ar|ku|ckb|fa|fr|he|tr|ru|uk";
const NAME_WORDS =
  "(?:location|site|place|facility|item|lieu|du|de|la|le|اسم|نام|название|назва|nom|name|label|الموقع|المكان|محل|места|объекта|місця|обєкта)*";
const HAS_NAME = /name|label|^nom|اسم|نام|^названи|^назва/;
const NAME_UNMARKED = new RegExp(`^${NAME_WORDS}$`);
const NAME_LANGUAGE_WORD = new RegExp(
  `^(?:(${Object.keys(LANGUAGE_WORDS).join("|")})(${NAME_WORDS})|(${NAME_WORDS})(${Object.keys(LANGUAGE_WORDS).join("|")}))$`,
);
const NAME_LANGUAGE_CODE = new RegExp(`^(?:name[_: ]?(${LANGUAGE})|(${LANGUAGE})[_: ]name)$`);
const HXL_LANGUAGE = new RegExp(`\\+i?_?(${LANGUAGE})\\b`);

export interface MappingWish {
  /**
   * Field to header, where the search would be wrong; to an empty one where no column holds it. These come before
   * anything that is found.
   */
  readonly given: Readonly<Record<string, string>>;
  /** Corrections of earlier files, by the key of their header: they hold where nothing is given. */
  readonly remembered: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Language of a name whose column does not say it. */
  readonly lang: string;
  /** Read also where no column says where things are: no row has a position, and the columns are there to be looked at. */
  readonly placeless: boolean;
}

/** True where most of the filled cells are HXL tags, as the row under a header may be. */
export function isHxlRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  const tags = filled.filter((cell) => /^#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*$/i.test(cell));
  return tags.length > 0 && tags.length * 2 > filled.length;
}

/** @throws mapping-unknown, mapping-ambiguous */
export function mapColumns(
  headers: readonly string[],
  hxl: readonly string[] | null,
  wish: MappingWish,
): Pick<Mapping, "columns" | "unused" | "header_key"> {
  const taken = new Map<ColumnField, MappedColumn>();
  const used = new Set<number>();
  const unheld = new Set<ColumnField>();
  const take = (field: ColumnField, index: number, by: MappedColumn["by"]): void => {
    if (unheld.has(field)) return;
    const before = taken.get(field);
    if (before === undefined && !used.has(index)) {
      taken.set(field, { field, column: index + 1, header: headers[index] as string, by });
      used.add(index);
    } else if (before !== undefined && before.by === by && before.header === headers[index]) {
      throw intakeError(
        "mapping-ambiguous",
        `Columns ${before.column} and ${index + 1} are both called "${before.header.slice(0, 60)}".`,
      );
    }
  };
  const header_key = headerKey(headers);
  const isGiven = Object.keys(wish.given).length > 0;
  const wished = isGiven ? wish.given : (wish.remembered.get(header_key) ?? {});
  for (const [field, header] of Object.entries(wished)) {
    if (header === "") unheld.add(wishedField(field));
    else take(wishedField(field), wishedColumn(headers, header), isGiven ? "given" : "remembered");
  }
  hxl?.forEach((tag, index) => {
    const field = hxlField(tag, wish.lang);
    if (field !== null) take(field, index, "hxl");
  });
  const plain = headers.map(squeeze);
  for (const field of COLUMN_FIELDS) {
    for (const word of HEADERS[field])
      plain.forEach((header, index) => header === word && take(field, index, "header"));
  }
  const named = headers.map((header) => nameLanguage(header));
  named.forEach((lang, index) => lang !== null && lang !== UNMARKED && take(`names.${lang}`, index, "header"));
  // Beside a column that says the language, as in "name" and "name_en", the one that does not may be in any.
  const unmarked = taken.has(`names.${wish.lang}`) ? "und" : wish.lang;
  named.forEach((lang, index) => lang === UNMARKED && take(`names.${unmarked}`, index, "header"));
  const columns = [...taken.values()].toSorted((a, b) => a.column - b.column);
  return { columns, unused: headers.filter((_, index) => !used.has(index)), header_key };
}

/** Columns left unused that bear the name of a position's field: where they say something else, neither is believed. */
export interface RivalColumn {
  readonly field: "latitude" | "longitude" | "position";
  /** Counted from 0. */
  readonly index: number;
}

/** "x" and "y" may be metres of a map sheet as well. Whoever gave the columns himself has decided, once for all such files. */
export function rivalColumns(
  headers: readonly string[],
  hxl: readonly string[],
  { columns }: Pick<Mapping, "columns">,
): RivalColumn[] {
  const fields = ["latitude", "longitude", "position"] as const;
  const decided = columns.filter(({ by }) => by === "given" || by === "remembered");
  if (decided.some(({ field }) => (fields as readonly string[]).includes(field))) return [];
  return headers.flatMap((header, index): RivalColumn[] => {
    if (columns.some(({ column }) => column === index + 1)) return [];
    const plain = squeeze(header);
    const tagged = hxlField(hxl[index] ?? "", "en");
    const field = fields.find((each) => tagged === each || (HEADERS[each].includes(plain) && !/^[xy]/.test(plain)));
    return field === undefined ? [] : [{ field, index }];
  });
}

/** The same for every file whose columns have these names in this order, whatever their case and punctuation. */
function headerKey(headers: readonly string[]): string {
  return headers.map(squeeze).join("|").slice(0, 4000);
}

/** Without case, marks and anything but letters and digits: "Location_name" and "Location Name" are one header. */
function squeeze(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

const UNMARKED = "unmarked";

/** The language of a column of names: what its header says, or the language that the header is in; null of others. */
function nameLanguage(header: string): string | null {
  const lower = header.trim().toLowerCase();
  const coded = NAME_LANGUAGE_CODE.exec(lower);
  if (coded !== null) return (coded[1] ?? coded[2]) as string;
  const plain = squeeze(header);
  if (plain === "" || !HAS_NAME.test(plain)) return null;
  const worded = NAME_LANGUAGE_WORD.exec(plain);
  if (worded !== null) return LANGUAGE_WORDS[(worded[1] ?? worded[4]) as string] as string;
  return NAME_UNMARKED.test(plain) ? (languageOf(plain) ?? UNMARKED) : null;
}

function languageOf(plain: string): string | null {
  if (/اسم/.test(plain)) return "ar";
  if (/نام/.test(plain)) return "fa";
  if (plain.startsWith("названи")) return "ru";
  if (plain.startsWith("назва")) return "uk";
  return plain.startsWith("nom") ? "fr" : null;
}

function hxlField(tag: string, lang: string): ColumnField | null {
  const plain = tag.toLowerCase().replaceAll(/\s/g, "");
  const field = HXL_TAGS.find(([form]) => form.test(plain))?.[1] ?? null;
  return field === "names" ? `names.${HXL_LANGUAGE.exec(plain)?.[1] ?? lang}` : field;
}

function wishedField(field: string): ColumnField {
  if ((COLUMN_FIELDS as readonly string[]).includes(field) || /^names\.[a-z]{2,3}$/.test(field))
    return field as ColumnField;
  const known = `${COLUMN_FIELDS.join(", ")}, names.en, names.ar`;
  throw intakeError("mapping-unknown", `There is no field "${field.slice(0, 60)}". The fields are ${known}.`);
}

/** As it is written; or else whatever its case and punctuation, as a header is remembered. */
function wishedColumn(headers: readonly string[], header: string): number {
  const plain = squeeze(header);
  const alike = (each: string): boolean => plain !== "" && squeeze(each) === plain;
  const isIt = headers.includes(header) ? (each: string): boolean => each === header : alike;
  const index = headers.findIndex(isIt);
  if (index < 0) throw intakeError("mapping-unknown", `The file has no column "${header.slice(0, 60)}".`);
  if (headers.slice(index + 1).some(isIt)) {
    throw intakeError("mapping-ambiguous", `The file has several columns called "${header.slice(0, 60)}".`);
  }
  return index;
}

/** True where the columns say where things are: in two numbers, in one text, or in a notice's own words. */
export function hasPlace(columns: readonly MappedColumn[]): boolean {
  const has = (field: ColumnField): boolean => columns.some((column) => column.field === field);
  return (has("latitude") && has("longitude")) || has("position") || has("notice") || has("wkt");
}

/** @throws mapping-incomplete where the columns do not say where things are */
export function requirePlace(mapping: Mapping): void {
  if (hasPlace(mapping.columns)) return;
  const seen = mapping.unused
    .slice(0, 40)
    .map((header) => `"${header.slice(0, 40)}"`)
    .join(", ");
  const missing = (["latitude", "longitude"] as const).filter(
    (field) => !mapping.columns.some((column) => column.field === field),
  );
  throw intakeError("mapping-incomplete", `No column was recognised as ${missing.join(" or ")}. Not used: ${seen}.`);
}
