/** Heights as people write them: metres, feet, flight levels, above what. */
import { geoError } from "./errors.ts";
import { plainMarks } from "./script.ts";
import { type AnyDatum, type AnyHeightBand, FLIGHT_LEVEL_M } from "./types.ts";

/** Metres in an international foot, exactly. */
export const FOOT_M = 0.3048;

export interface ParsedHeight {
  /** 0 of the surface; null where it is unlimited. */
  readonly metres: number | null;
  /** null: the text does not say above what. */
  readonly datum: AnyDatum | null;
  /** null: the text names no unit. */
  readonly unit: "m" | "ft" | "FL" | null;
  /** One unit of the last digit written, metres. */
  readonly precision_m: number;
}

const DATUM_WORDS: readonly (readonly [RegExp, AnyDatum])[] = [
  [/^(?:AGL|ABOVE GROUND(?: LEVEL)?|AAL|ATO|HEIGHT|GND)$/, "AGL"],
  [/^(?:AMSL|MSL|ASL|ALT|ABOVE (?:MEAN )?SEA LEVEL)$/, "AMSL"],
  [/^(?:WGS ?84|HAE|W84|ELLIPSOID(?:AL)?)$/, "WGS84"],
];
const HEIGHT =
  /^([+-]?\d{1,3}(?:[ ,]\d{3})+|[+-]?\d{1,6}(?:\.\d{1,3})?) ?(FEET|FOOT|FT|F|'|METRES|METERS|METRE|METER|MTRS?|M|KM)?\.? ?(.*)$/;
const LEVEL = /^(?:FL|F) ?(\d{1,3})$/;

/**
 * `1500 ft`, `1500FT AGL`, `4,500 ft AMSL`, `300 m`, `FL115`; `SFC` and `GND` are 0 above ground; `UNL` is unlimited.
 * Throws height-malformed.
 */
export function parseHeight(text: string): ParsedHeight {
  const plain = typeof text === "string" && text.length <= 60 ? plainMarks(text).toUpperCase() : "";
  if (/^(?:SFC|GND|GROUND|SURFACE|SEA LEVEL)$/.test(plain)) {
    return { metres: 0, datum: plain === "SEA LEVEL" ? "AMSL" : "AGL", unit: null, precision_m: 0 };
  }
  if (/^(?:UNL|UNLTD|UNLIMITED)$/.test(plain)) return { metres: null, datum: null, unit: null, precision_m: 0 };
  const level = LEVEL.exec(plain);
  if (level !== null) {
    const metres = Number((Number(level[1]) * FLIGHT_LEVEL_M).toFixed(3));
    return { metres, datum: "FL", unit: "FL", precision_m: FLIGHT_LEVEL_M };
  }
  const match = HEIGHT.exec(plain);
  if (match === null) throw malformed(text);
  const [, number = "", unit = "", above = ""] = match;
  const metric = /^(?:M|K)/.test(unit);
  const scale = unit === "" ? 1 : unit === "KM" ? 1000 : metric ? 1 : FOOT_M;
  const decimals = number.split(".")[1]?.length ?? 0;
  const metres = Number((Number(number.replaceAll(/[ ,]/g, "")) * scale).toFixed(3));
  return {
    metres,
    datum: datumOf(above.trim(), text),
    unit: unit === "" ? null : metric ? "m" : "ft",
    precision_m: 10 ** -decimals * scale,
  };
}

function datumOf(words: string, text: string): AnyDatum | null {
  if (words === "") return null;
  const found = DATUM_WORDS.find(([form]) => form.test(words));
  if (found === undefined) throw malformed(text);
  return found[1];
}

function malformed(text: unknown) {
  return geoError("height-malformed", `"${String(text).slice(0, 60)}" is not a height.`);
}

/**
 * The band between two heights. Where they are above different things, the bound that the band cannot hold is left open,
 * which is wider, and `opened` says which; a surface below is open. `unsaid` is the datum of heights that name none.
 */
export function bandOf(
  lower: ParsedHeight | null,
  upper: ParsedHeight | null,
  unsaid: AnyDatum,
): { readonly band: AnyHeightBand | null; readonly opened: "lower" | "upper" | null } {
  const low = lower === null || lower.metres === null || isSurface(lower) ? null : lower;
  const high = upper === null || upper.metres === null ? null : upper;
  const [under, over] = [low?.datum ?? unsaid, high?.datum ?? unsaid];
  if (low === null && high === null) return { band: null, opened: null };
  if (low === null) return { band: { datum: over, lower_m: null, upper_m: high?.metres ?? null }, opened: null };
  if (high === null) return { band: { datum: under, lower_m: low.metres, upper_m: null }, opened: null };
  if (under === over) return { band: { datum: under, lower_m: low.metres, upper_m: high.metres }, opened: null };
  // Of two that cannot stand together the one that is not a flight level is kept: messages can hold it.
  if (over === "FL") return { band: { datum: under, lower_m: low.metres, upper_m: null }, opened: "upper" };
  return { band: { datum: over, lower_m: null, upper_m: high.metres }, opened: "lower" };
}

function isSurface({ metres, unit, datum }: ParsedHeight): boolean {
  return metres === 0 && unit === null && datum !== null;
}
