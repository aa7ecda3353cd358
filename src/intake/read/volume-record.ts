/** Records of formats that tell volumes as such: airspaces, alerts, events. */
import { validVolume } from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { type Finding, finding } from "../codes.ts";
import type { ColumnField } from "../columns.ts";
import type { ImportableKind } from "../importable.ts";
import { unread } from "../read-row.ts";
import type { IntakeRecord, RecordVolume, WrittenPosition } from "../record.ts";

export interface VolumeParts {
  readonly row: number;
  readonly values: ReadonlyMap<ColumnField, string>;
  readonly volumes: readonly RecordVolume[];
  readonly positions?: readonly WrittenPosition[];
  readonly findings?: readonly Finding[];
  readonly suggests: ImportableKind;
}

/** What encloses nothing that can be checked is refused with what is wrong with it. */
export function volumeRecord(parts: VolumeParts): IntakeRecord {
  const { volumes, positions = [], findings = [], suggests } = parts;
  const bare = { ...unread(parts, findings), positions, suggests, lasting: true };
  if (findings.some(({ gravity }) => gravity === "refuse")) return bare;
  if (volumes.length === 0) {
    return { ...bare, findings: [...findings, finding("position-missing/words", "position", {})] };
  }
  try {
    for (const footprint of new Set(volumes.map((volume) => volume.footprint))) {
      validVolume({ footprint, height: null, window: { start: null, end: null } });
    }
    return { ...bare, volumes };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return { ...bare, findings: [...findings, finding("geometry-invalid", "footprint", {}, { fault: error.code })] };
  }
}

/** The fields of a record from their texts; empty ones are left out. */
export function valuesOf(fields: Readonly<Partial<Record<ColumnField, string | null>>>): Map<ColumnField, string> {
  const entries = Object.entries(fields).filter(([, text]) => text !== null && text !== undefined && text !== "");
  return new Map(entries as [ColumnField, string][]);
}
