/**
 * How an officer corrected the columns of files, field to header as the command line's `--map` has it: remembered in this
 * browser by the key of their header. It holds names of columns and nothing of the rows, so signing out leaves it.
 */
import type { ColumnField, Mapping } from "../../intake/index.ts";

/** Field to header; to an empty one where no column holds the field. */
export type Corrections = Readonly<Record<string, string>>;

const KEY = "parley.columns";
/** As many are kept; the oldest goes first. */
const MOST = 200;

/** The column called `header` holds `field`, or none where that is null. */
export function corrected(
  before: Corrections,
  { columns }: Pick<Mapping, "columns">,
  header: string,
  field: ColumnField | null,
): Corrections {
  const others = Object.entries(before).filter(([each, held]) => held !== header && each !== field);
  if (field !== null) return Object.fromEntries([...others, [field, header]]);
  const held = columns.find((column) => column.header === header)?.field;
  return Object.fromEntries(held === undefined ? others : [...others, [held, ""]]);
}

/** What is kept, by the key of the header; each only where it is what this page keeps. */
export function keptCorrections(): ReadonlyMap<string, Corrections> {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? "[]");
    return new Map(Array.isArray(kept) ? kept.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

/** In place of what was kept for such files; where nothing is corrected, that is forgotten. */
export function keepCorrections(key: string, corrections: Corrections): void {
  const kept = [...keptCorrections()].filter(([each]) => each !== key);
  const all = Object.keys(corrections).length === 0 ? kept : [...kept, [key, corrections]];
  try {
    window.localStorage.setItem(KEY, JSON.stringify(all.slice(-MOST)));
  } catch {
    // A browser that keeps nothing still reads this file as it was corrected.
  }
}

function isEntry(value: unknown): value is [string, Corrections] {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== "string") return false;
  const held: unknown = value[1];
  return (
    typeof held === "object" &&
    held !== null &&
    !Array.isArray(held) &&
    Object.values(held).every((each) => typeof each === "string")
  );
}
