/** What the readers of tables and map files yield: rows whose values are text, under the fields that their columns hold. */
import type { Finding } from "./codes.ts";
import type { ColumnField } from "./columns.ts";

/** A second telling of where the row is. */
interface Rival {
  readonly field: "latitude" | "longitude" | "position";
  readonly text: string;
}

export interface SourceRow {
  /** The record's number, from 1; a CSV header is 1. Features of GeoJSON have no header, and the first is 1. */
  readonly row: number;
  /** Text of each mapped field, without white space round it; "" where there is none. */
  readonly values: ReadonlyMap<ColumnField, string>;
  /** The feature's geometry as it was decoded from JSON; undefined where the fields say where it is. */
  readonly geometry: unknown;
  /** Times of a line's positions (`coordTimes` or `times` of its properties). */
  readonly times: unknown;
  /** Columns that were not taken and bear the name of a field that another column holds. */
  readonly rivals?: readonly Rival[];
  /** Names of a line's positions; "" has none. */
  readonly stops?: readonly string[];
  /** What was found in the row's form. Where any of it refuses, nothing of the row is read. */
  readonly findings: readonly Finding[];
}
