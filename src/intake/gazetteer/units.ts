/**
 * Administrative units with their codes, as tables and boundaries name them: `ADM2_EN`, `admin2Name_ar`, `admin2Pcode`,
 * `NAME_2`, `shapeName`. One record is one unit of the smallest level that it names.
 */
import type { Position } from "../../geo/index.ts";
import { countryOf } from "./countries.ts";
import { isOnEarth, type KnownPlace, type Level } from "./known.ts";
import type { Rings } from "./outline.ts";

type Fields = ReadonlyMap<string, string>;

const LEVEL_OF: readonly Level[] = ["country", "governorate", "district", "locality", "place"];
const NAME = /^(?:adm(?:in)?_?([0-4])_?(?:name_?\d?)?(?:_?[a-z]{2,3}\d?)?|name_([0-4])|nl_name_([0-4]))$/;
const CODE = /^(?:adm(?:in)?_?([0-4])_?p?code|gid_([0-4]))$/;
const NOT_NAMES = /(?:code|ref|alt\d?|type|date|id|src)$/;
const LATITUDE = /^(?:(?:center|centre|centroid|point)?_?lat(?:itude)?|y|y_?coord(?:inate)?)$/;
const LONGITUDE = /^(?:(?:center|centre|centroid|point)?_?lon(?:g|gitude)?|x|x_?coord(?:inate)?)$/;
/** How far a unit's middle may lie from what is called after it, where its outline is not known. */
const REACH_M: Readonly<Record<Level, number>> = {
  country: 0,
  governorate: 100_000,
  district: 30_000,
  locality: 10_000,
  place: 3000,
};

/** True where a header or a feature's properties name administrative units. */
export function namesUnits(headers: readonly string[]): boolean {
  return headers.some((header) => levelOfName(plainField(header)) !== null || PLAIN.test(header));
}

const PLAIN = /^(?:shapename|name|name_[a-z]{2})$/i;

/** null where the record names no unit. */
export function unitOf(fields: Fields, rings: Rings | null): KnownPlace | null {
  const plain = new Map([...fields].map(([field, value]) => [plainField(field), value.trim()]));
  const names: string[][] = [[], [], [], [], []];
  const codes: string[] = ["", "", "", "", ""];
  for (const [field, value] of plain) {
    if (value === "") continue;
    const coded = CODE.exec(field);
    if (coded !== null) codes[Number(coded[1] ?? coded[2])] = value;
    const named = levelOfName(field);
    if (named !== null) names[named]?.push(value);
  }
  const smallest = names.findLastIndex((each) => each.length > 0);
  const own = smallest < 0 ? plainNames(plain) : (names[smallest] as string[]);
  if (own.length === 0) return null;
  const level = smallest < 0 ? plainLevel(plain) : (LEVEL_OF[smallest] as Level);
  const depth = LEVEL_OF.indexOf(level);
  const above = (at: number): string[] =>
    depth <= at ? [] : [...new Set([...(names[at] ?? []), codes[at] ?? ""])].filter((each) => each !== "");
  return {
    level,
    names: [...new Set(own)],
    code: codes[depth] ?? "",
    country: countryCode(plain, names[0] ?? [], codes),
    governorate: above(1),
    district: above(2),
    at: pointOf(plain),
    people: 0,
    reach_m: REACH_M[level],
    capital: false,
    rings,
  };
}

/** "Admin1 Name (en)" as "admin1_name_en". */
function plainField(field: string): string {
  return field
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");
}

function levelOfName(field: string): number | null {
  if (NOT_NAMES.test(field)) return null;
  const match = NAME.exec(field);
  return match === null ? null : Number(match[1] ?? match[2] ?? match[3]);
}

function plainNames(fields: Fields): string[] {
  return [...fields].flatMap(([field, value]) => (PLAIN.test(field) && value !== "" ? [value] : []));
}

/** Boundaries that say their level apart, or are first-level regions of Natural Earth. */
function plainLevel(fields: Fields): Level {
  const said = /^adm(?:in)?_?([0-4])$/i.exec(fields.get("shapetype") ?? fields.get("level") ?? "")?.[1];
  if (said !== undefined) return LEVEL_OF[Number(said)] as Level;
  const number = /^[0-4]$/.exec(fields.get("admin_level") ?? fields.get("level") ?? "")?.[0];
  if (number !== undefined) return LEVEL_OF[Number(number)] as Level;
  if (fields.has("iso_3166_2")) return "governorate";
  return fields.has("iso_a2") || fields.has("iso_a3") ? "country" : "district";
}

function countryCode(fields: Fields, names: readonly string[], codes: readonly string[]): string {
  const said = fields.get("iso_a2") ?? fields.get("country") ?? fields.get("shapegroup") ?? "";
  for (const text of [...names, said, codes.find((each) => each !== "")?.slice(0, 2) ?? ""]) {
    const code = countryOf(text);
    if (code !== null) return code;
  }
  return "";
}

function pointOf(fields: Fields): Position | null {
  const [lat, lon] = [numberOf(fields, LATITUDE), numberOf(fields, LONGITUDE)];
  return lat === null || lon === null || !isOnEarth(lat, lon) ? null : { lat, lon };
}

function numberOf(fields: Fields, name: RegExp): number | null {
  const text = [...fields].find(([field, value]) => name.test(field) && value !== "")?.[1];
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}
