/** A country dump of GeoNames: 19 columns between tabs, without a header and without quotation marks. */
import { intakeError } from "../errors.ts";
import { isOnEarth, type KnownPlace, type Level } from "./known.ts";
import { scriptOf } from "./names.ts";
import { reachOf } from "./cities.ts";

const COLUMNS = 19;
/** Administrative areas, towns, buildings and parcels of ground; rivers, roads, hills and woods are left out. */
const CLASSES = "APSL";
const MOST_NAMES = 16;

export function isGeoNames(line: string): boolean {
  const cells = line.split("\t");
  return cells.length === COLUMNS && /^\d+$/.test(cells[0] as string) && /^-?\d/.test(cells[4] as string);
}

/** null: of a sort that no site is called after. @throws gazetteer-malformed */
export function geoNamesPlace(line: string, number: number): KnownPlace | null {
  const cells = line.split("\t");
  if (cells.length !== COLUMNS) {
    throw malformed(number, `has ${cells.length} columns, and a dump of GeoNames ${COLUMNS}`);
  }
  const [, name = "", ascii = "", others = "", latitude = "", longitude = "", group = "", sort = ""] = cells;
  const [country = "", , admin1 = "", admin2 = "", , , people = ""] = cells.slice(8);
  const [lat, lon] = [Number(latitude), Number(longitude)];
  if (latitude === "" || longitude === "" || !isOnEarth(lat, lon))
    throw malformed(number, `has no position: "${latitude}", "${longitude}"`);
  if (name === "") throw malformed(number, "has no name");
  if (group === "" || !CLASSES.includes(group)) return null;
  const level = levelOf(group, sort);
  const governorateCode = `${country}.${admin1}`;
  const districtCode = `${governorateCode}.${admin2}`;
  const population = Math.max(0, Number(people) || 0);
  return {
    level,
    names: namesOf(name, ascii, others),
    code: level === "governorate" ? governorateCode : level === "district" ? districtCode : "",
    country,
    governorate: admin1 === "" || level === "governorate" ? [] : [governorateCode],
    district: admin2 === "" || level === "district" ? [] : [districtCode],
    at: { lat, lon },
    people: population,
    reach_m: group === "P" ? reachOf(population) : group === "A" ? 30_000 : 2000,
    capital: sort === "PPLC" || sort.startsWith("PCL"),
    rings: null,
  };
}

function levelOf(group: string, sort: string): Level {
  if (group !== "A") return "place";
  if (sort.startsWith("PCL")) return "country";
  if (sort === "ADM1") return "governorate";
  return sort === "ADM2" ? "district" : "locality";
}

/** Those in letters that its people write; codes and other alphabets are left out. */
function namesOf(name: string, ascii: string, others: string): string[] {
  const more = others.split(",").filter((each) => each.length > 2 && each.length < 80 && scriptOf(each) !== null);
  return [...new Set([name, ascii, ...more])].filter((each) => each !== "").slice(0, MOST_NAMES);
}

function malformed(number: number, why: string) {
  return intakeError("gazetteer-malformed", `Line ${number} ${why}.`);
}
