/**
 * Which column of a file holds which field of a draft: found by the header's words or its HXL tags (hxlstandard.org),
 * always shown, and corrected by whoever brings the file. A column that fits nothing is listed as unused, never guessed.
 */
import { intakeError } from "./errors.ts";

/** Fields that a column can hold; names carry their language, as in `names.ar`. */
export const COLUMN_FIELDS = [
  "latitude",
  "longitude",
  "country",
  "governorate",
  "district",
  "locality",
  "people",
  "source_id",
  "category",
  "radius_m",
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
  readonly by: "hxl" | "header" | "given";
}

/** How a file was read: what a person looks at before he trusts the rest. */
export interface Mapping {
  readonly delimiter: string | null;
  readonly header_row: number | null;
  readonly hxl_row: number | null;
  readonly columns: readonly MappedColumn[];
  readonly unused: readonly string[];
  /** What was taken for granted in every row because the file does not say it. */
  readonly assumed: readonly { readonly field: string; readonly value: string | number; readonly because: string }[];
}

/** Headers as people write them, without case, spaces and punctuation; the first that occurs is taken. */
const HEADERS: Readonly<Record<(typeof COLUMN_FIELDS)[number], readonly string[]>> = {
  latitude: ["latitude", "lat", "gpslatitude", "latitudewgs84", "ycoordinate", "y", "خطالعرض"],
  longitude: ["longitude", "long", "lon", "lng", "gpslongitude", "longitudewgs84", "xcoordinate", "x", "خطالطول"],
  country: ["country", "countryname", "admin0name", "adm0en"],
  governorate: ["governorate", "province", "admin1name", "adm1en", "governoratename", "المحافظة"],
  district: ["district", "admin2name", "adm2en", "districtname", "القضاء"],
  locality: ["locality", "village", "town", "settlement", "neighbourhood", "neighborhood"],
  people: ["individuals", "people", "population", "persons", "totalindividuals", "returneeindividuals"],
  source_id: ["locationid", "siteid", "id", "pcode", "code", "objectid", "objectid1", "blockcode", "placeid"],
  category: ["category", "sitecategory", "parleycategory"],
  radius_m: ["radiusm", "radiusmetres", "radiusmeters"],
  starts: ["validfrom", "start", "starts", "startdate", "datestart", "begin", "date", "assessmentdate"],
  ends: ["validuntil", "validto", "end", "ends", "enddate", "dateend"],
  verified_by: ["verifiedby"],
  verified_at: ["verifiedat", "verifiedon", "dateverified"],
  remarks: ["remarks", "comments", "notes"],
};

const HXL_TAGS: readonly (readonly [form: RegExp, field: ColumnField | "names"])[] = [
  [/^#geo(?:\+\w+)*\+lat\b/, "latitude"],
  [/^#geo(?:\+\w+)*\+(?:lon|long|lng)\b/, "longitude"],
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

const LANGUAGES: Readonly<Record<string, string>> = {
  english: "en",
  arabic: "ar",
  kurdish: "ku",
  persian: "fa",
  french: "fr",
};
const NAME_WORDS = "(?:location|site|place|facility|item)?(?:name|label)";
const NAME_UNMARKED = new RegExp(`^${NAME_WORDS}$`);
const NAME_LANGUAGE_WORD = new RegExp(`^(${Object.keys(LANGUAGES).join("|")})${NAME_WORDS}$`);
const NAME_LANGUAGE_CODE = /^(?:name[_: ]?(en|ar|ku|ckb|fa|fr|he|tr|ru)|(en|ar|ku|ckb|fa|fr|he|tr|ru)[_: ]name)$/;
const HXL_LANGUAGE = /\+i?_?(en|ar|ku|ckb|fa|fr|he|tr|ru)\b/;

export interface MappingWish {
  /** Field to header, where the search would be wrong. These come before anything that is found. */
  readonly given: Readonly<Record<string, string>>;
  /** Language of a name whose column does not say it. */
  readonly lang: string;
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
): { readonly columns: readonly MappedColumn[]; readonly unused: readonly string[] } {
  const taken = new Map<ColumnField, MappedColumn>();
  const used = new Set<number>();
  const take = (field: ColumnField, index: number, by: MappedColumn["by"]): void => {
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
  for (const [field, header] of Object.entries(wish.given))
    take(wishedField(field), wishedColumn(headers, header), "given");
  hxl?.forEach((tag, index) => {
    const field = hxlField(tag, wish.lang);
    if (field !== null) take(field, index, "hxl");
  });
  const plain = headers.map(squeeze);
  for (const field of COLUMN_FIELDS) {
    for (const word of HEADERS[field])
      plain.forEach((header, index) => header === word && take(field, index, "header"));
  }
  headers.forEach((header, index) => {
    const lang = nameLanguage(header, wish.lang);
    if (lang !== null) take(`names.${lang}`, index, "header");
  });
  const columns = [...taken.values()].toSorted((a, b) => a.column - b.column);
  return { columns, unused: headers.filter((_, index) => !used.has(index)) };
}

/** Without case, marks and anything but letters and digits: "Location_name" and "Location Name" are one header. */
function squeeze(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function nameLanguage(header: string, unmarked: string): string | null {
  const lower = header.trim().toLowerCase();
  const coded = NAME_LANGUAGE_CODE.exec(lower);
  if (coded !== null) return (coded[1] ?? coded[2]) as string;
  const worded = NAME_LANGUAGE_WORD.exec(squeeze(header));
  if (worded !== null) return LANGUAGES[worded[1] as string] as string;
  return NAME_UNMARKED.test(squeeze(header)) ? unmarked : null;
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

function wishedColumn(headers: readonly string[], header: string): number {
  const index = headers.indexOf(header);
  if (index < 0) throw intakeError("mapping-unknown", `The file has no column "${header.slice(0, 60)}".`);
  if (headers.indexOf(header, index + 1) >= 0) {
    throw intakeError("mapping-ambiguous", `The file has several columns called "${header.slice(0, 60)}".`);
  }
  return index;
}

/** @throws mapping-incomplete where one of `fields` has no column */
export function requireColumns(mapping: Mapping, fields: readonly ColumnField[]): void {
  const missing = fields.filter((field) => !mapping.columns.some((column) => column.field === field));
  if (missing.length === 0) return;
  const seen = mapping.unused
    .slice(0, 40)
    .map((header) => `"${header.slice(0, 40)}"`)
    .join(", ");
  throw intakeError("mapping-incomplete", `No column was recognised as ${missing.join(" or ")}. Not used: ${seen}.`);
}
