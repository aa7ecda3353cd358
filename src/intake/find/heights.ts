/** Heights whose unit or size is not what the rest of the list has. */
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord, WrittenHeight } from "../record.ts";

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
  const message = `"${height.text.slice(0, 40)}" is in ${unit === "m" ? "metres" : "feet"}; nearly all of the ${count} heights here are in ${usual === "m" ? "metres" : "feet"}.`;
  const suggestion = { height: `${number} ${usual}` };
  return [
    finding("unit-differs", "height", message, { suggestion, because: "The number kept, in the unit of the others." }),
  ];
}

function tooHigh({ metres, text }: WrittenHeight): Finding[] {
  if (Math.abs(metres) <= HIGHEST_M) return [];
  const message = `"${text.slice(0, 40)}" is ${Math.round(metres / 1000)} km high. Check the unit: feet may stand as metres.`;
  return [finding("height-unlikely", "height", message)];
}
