/** ASTM F3548-21 Volume4D, as `check` reads it (spec/check.md): one subject, one record. */
import { type Fault, readSubjects } from "../../deconflict/index.ts";
import { type Footprint, polygonsOf } from "../../geo/index.ts";
import { finding } from "../codes.ts";
import { intakeError } from "../errors.ts";
import { isObject } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord } from "../record.ts";
import { NO_COLUMNS, type WholeFile } from "./reader.ts";
import { valuesOf, volumeRecord } from "./volume-record.ts";

/** What is faulty is a record of its own, refused with the place of the fault. @throws volume4d-malformed */
export function readVolume4d(text: string): WholeFile {
  if (countIn(text) > LIMITS.rows) {
    throw intakeError("import-too-large", `The file has more than ${LIMITS.rows} volumes.`);
  }
  const faults: Fault[] = [];
  const subjects = readSubjects({ name: "", text }, faults);
  const whole = faults.find(({ path }) => path === "");
  if (whole !== undefined && subjects.length === 0) throw intakeError("volume4d-malformed", whole.message);
  const records = subjects.map(({ id, name, volumes }, i): IntakeRecord => {
    const flat = volumes.flatMap(({ footprint, height, window, recurs = null }) => {
      const polygons = footprint.type === "multipolygon" ? polygonsOf(footprint) : null;
      const footprints: readonly Footprint[] =
        footprint.type === "multipolygon" ? (polygons ?? []).map((rings) => ({ type: "polygon", rings })) : [footprint];
      return footprints.map((each) => ({ footprint: each, height, window, recurs }));
    });
    return volumeRecord({
      row: i + 1,
      values: valuesOf({ "names.en": name ?? id, source_id: id }),
      volumes: flat,
      suggests: "activity",
    });
  });
  const refused = faults.map(({ path, message }, i) => {
    const fault = finding("geometry-malformed/volume", "footprint", { path: path || "/", what: message });
    const values = valuesOf({ source_id: path });
    return volumeRecord({ row: subjects.length + i + 1, values, volumes: [], findings: [fault], suggests: "activity" });
  });
  if (records.length + refused.length === 0) throw intakeError("file-empty", "The file holds no volumes.");
  return { mapping: NO_COLUMNS, records: [...records, ...refused] };
}

/** Of a list, or of lists by their ids; each would become a fault of its own where it is no volume. */
function countIn(text: string): number {
  try {
    const value: unknown = JSON.parse(text);
    const lists = Array.isArray(value) ? [value] : isObject(value) ? Object.values(value) : [];
    return lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 1), 0);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 0;
  }
}
