/** Text for people, in columns that hold at three in the morning. */
import { formatTime } from "../geo/index.ts";

/** Columns under their heads, two spaces apart; a last column is never cut. No cell can begin a line of its own. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [...tableLines(heads, rows)].join("\n");
}

/** The same, line by line: of millions of rows the whole would be longer than any text can be. */
export function* tableLines(heads: readonly string[], rows: readonly (readonly string[])[]): Generator<string> {
  const all = [heads, ...rows.map((row) => row.map((cell) => cell.replaceAll("\n", "\\n")))];
  const widths = heads.map((_, column) => all.reduce((most, row) => Math.max(most, width(row[column] ?? "")), 0));
  for (const row of all) yield tableLine(row, widths);
}

/** One of them, where the widths are known before the rows are. A cell that is wider moves the others. */
export function tableLine(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
    .join("  ")
    .trimEnd();
}

/** `label  value` lines, the values aligned; further lines of a value stay under it. */
export function pairs(rows: readonly (readonly [label: string, value: string])[], indent = ""): string {
  const widest = rows.reduce((most, [label]) => Math.max(most, width(label)), 0);
  const under = `\n${indent}${" ".repeat(widest + 2)}`;
  return rows
    .map(
      ([label, value]) => `${indent}${label}${" ".repeat(widest - width(label) + 2)}${value.replaceAll("\n", under)}`,
    )
    .join("\n");
}

/** Rough columns: wide scripts count double, combining marks and direction controls nothing. */
function width(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (/\p{M}|\p{Cf}/u.test(char)) continue;
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(char) ? 2 : 1;
  }
  return columns;
}

/** "in 1 h 12 min", "34 min ago", "4 s ago". */
export function fromNow(at: number, now: number): string {
  const span = spanText(Math.abs(at - now));
  return at >= now ? `in ${span}` : `${span} ago`;
}

function spanText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return `${Math.round(ms / 1000)} s`;
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const parts =
    days > 0
      ? ([
          [days, "d"],
          [hours, "h"],
        ] as const)
      : ([
          [hours, "h"],
          [minutes % 60, "min"],
        ] as const);
  return parts
    .filter(([number]) => number > 0)
    .map(([number, unit]) => `${number} ${unit}`)
    .join(" ");
}

/** A clock's time to the second: "2026-11-23 04:47:29Z". */
export function clock(at: number): string {
  return formatTime(Math.floor(at / 1000) * 1000);
}

/** "12 m", "340 m", "2.4 km", "31 km". */
export function metresText(metres: number): string {
  if (metres < 1000) return `${Math.round(metres)} m`;
  return metres < 10_000 ? `${(metres / 1000).toFixed(1)} km` : `${Math.round(metres / 1000)} km`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

const MOST = 60;

/** Others' ids and places in their files, of which no table can hold more. */
export function cut(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST / 2)}…${text.slice(-MOST / 2 + 1)}`;
}

/** The first digits of a hash, as tables show it and as every command takes it. */
export function short(hash: string): string {
  return hash.slice(0, 8);
}
