/**
 * What every format is made into: records, whose positions, times and heights are read with the precision that they
 * imply. Readers yield them, finders look at them (find.ts), drafts are made from them (draft.ts).
 */
import type { AnyDatum, AnyHeightBand, Footprint, Notation, Position, Recurrence, TimeWindow } from "../geo/index.ts";
import type { Finding } from "./codes.ts";
import type { ColumnField } from "./columns.ts";
import type { ImportableKind } from "./importable.ts";

/** Where in a record something stands: a field of the mapping, or the name of a part that only some formats have. */
export type Place = ColumnField | "position" | "footprint" | "route" | "height" | "text";

/** Something that was read, beside the characters that it was read from. */
export interface Written {
  readonly field: Place;
  /** As it stands in the file, without white space round it. */
  readonly text: string;
}

export interface WrittenPosition extends Written {
  readonly at: Position;
  /** What one unit of the last digit written is on the ground, metres; of a grid square, its side. */
  readonly precision_m: number;
  readonly notation: Notation;
}

/** A moment, or a whole day or month from its first to its last millisecond, both closed. */
export interface WrittenTime extends Written {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** What the text does not say and was taken for granted. */
  readonly assumed: readonly ("year" | "month" | "zone")[];
}

export interface WrittenHeight extends Written {
  readonly metres: number;
  /** null: the text does not say above what. */
  readonly datum: AnyDatum | null;
  /** The unit that the text names; null: none. */
  readonly unit: "m" | "ft" | "FL" | null;
}

/** A place, a band and a time that belong together. A record of a notice or an airspace may have several. */
export interface RecordVolume {
  readonly footprint: Footprint;
  readonly height: AnyHeightBand | null;
  readonly window: TimeWindow;
  readonly recurs: Recurrence | null;
}

/** A position of a route or track, and the time at which it is passed; null where that is not said. */
export interface RecordFix {
  readonly position: Position;
  readonly at: number | null;
  readonly name: string | null;
}

export interface IntakeRecord {
  /** The record's number, from 1; a table's header is 1. Features of a map file have no header, and the first is 1. */
  readonly row: number;
  /** Text of each mapped field, without white space round it; "" where there is none. */
  readonly values: ReadonlyMap<ColumnField, string>;
  /** Every position in it, in their order: the one of a table's row, each corner of a shape, each fix of a track. */
  readonly positions: readonly WrittenPosition[];
  /** When it begins and ends; one of them, both or none is said. */
  readonly starts: WrittenTime | null;
  readonly ends: WrittenTime | null;
  readonly heights: readonly WrittenHeight[];
  /** Empty exactly where a finding refuses the record. */
  readonly volumes: readonly RecordVolume[];
  /** True where it holds until it is changed, as an airspace does: then no time is no gap. */
  readonly lasting: boolean;
  /** What it is where nobody said what the file's records are; null: a site. */
  readonly suggests: ImportableKind | null;
  /** The fixes of a line that has times or may have them; empty of everything else. */
  readonly route: readonly RecordFix[];
  /** What was found while it was read. Where any of it refuses, there is no draft of it. */
  readonly findings: readonly Finding[];
}

export function valueOf(record: Pick<IntakeRecord, "values">, field: ColumnField): string {
  return record.values.get(field) ?? "";
}

export function isRefused({ findings }: Pick<IntakeRecord, "findings">): boolean {
  return findings.some(({ gravity }) => gravity === "refuse");
}
