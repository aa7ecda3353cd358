/** Heights whose unit or size is not what the rest of the list has. */
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord, WrittenHeight } from "../record.ts";
import { reason } from "../words/sentence.ts";

/** So large a share of a list's heights must be in feet or flight levels before a height in metres is doubted, and the reverse. */
const AGREED = 0.9;
const FEW = 10;
/** Nothing that these lines speak of flies higher, metres. */
const HIGHEST_M = 30_000;
const FOOT_M = 0.3048;

/** Findings by row. */
export function heightsIn(records: readonly IntakeRecord[]): Map<number, Finding[]> {
  const all = records.flatMap(({ heights }) => heights);
  const feet = all.filter(({ unit }) => unit === "ft" || unit === "FL").length;
  const metres = all.filter(({ unit }) => unit === "m").length;
  const usual = usualUnit(feet, metres);
  return new Map(
    records.flatMap(({ row, heights }) => {
      const found = heights.flatMap((height) => [...otherUnit(height, usual, feet + metres), ...tooHigh(height)]);
      return found.length === 0 ? [] : [[row, found] as const];
    }),
  );
}

function usualUnit(feet: number, metres: number): "ft" | "m" | null {
  if (feet + metres < FEW) return null;
  return feet >= AGREED * (feet + metres) ? "ft" : metres >= AGREED * (feet + metres) ? "m" : null;
}

function otherUnit(height: WrittenHeight, usual: "ft" | "m" | null, count: number): Finding[] {
  const unit = height.unit === "FL" ? "ft" : height.unit;
  if (unit === null || usual === null || unit === usual) return [];
  const number = Math.round(unit === "m" ? height.metres : height.metres / FOOT_M);
  const more = { suggestion: { height: `${number} ${usual}` }, reason: reason("unit", {}) };
  const way = unit === "m" ? "unit-differs/metres" : "unit-differs/feet";
  return [finding(way, "height", { text: height.text.slice(0, 40), heights: count }, more)];
}

function tooHigh({ metres, text }: WrittenHeight): Finding[] {
  if (Math.abs(metres) <= HIGHEST_M) return [];
  return [finding("height-unlikely", "height", { text: text.slice(0, 40), high: { metres } })];
}
