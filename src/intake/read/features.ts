/** Features of map files that are no GeoJSON, with their properties as columns, into records. */
import { type Finding, finding } from "../codes.ts";
import { mapColumns, type Mapping } from "../columns.ts";
import type { ImportableKind } from "../importable.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { recordOf, unread } from "../read-row.ts";
import { NO_COLUMNS, type ReadTerms, type WholeFile } from "./reader.ts";

export interface Feature {
  readonly properties: ReadonlyMap<string, string>;
  /** As GeoJSON has it; null where it has none. */
  readonly geometry: unknown;
  /** Of a line's positions, as text; "" is not said. */
  readonly times: readonly string[];
  /** Names of a line's positions; "" has none. */
  readonly stops?: readonly string[];
  readonly findings: readonly Finding[];
  /** What such a feature is where nobody said; null: whatever the file is. */
  readonly kind: ImportableKind | null;
}

/** A part of a file that is named and left out. */
export function dropped(what: "link" | "picture" | "tour", name: string): Feature {
  return left(name, finding(`part-dropped/${what}`, null, { name: name.slice(0, 80) }));
}

/** Something that stands in an element where its format has no such thing. */
export function stray(name: string, where: string, count = 1): Feature {
  const given = { name: name.slice(0, 80), where: where.slice(0, 40), count };
  return left(name, finding("part-dropped/stray", null, given));
}

function left(name: string, why: Finding): Feature {
  const findings = [why];
  return { properties: new Map([["name", name]]), geometry: null, times: [], findings, kind: null };
}

/** @throws file-empty, import-too-large, mapping-ambiguous, mapping-unknown */
export function featureFile(features: readonly Feature[], terms: ReadTerms): WholeFile {
  if (features.length === 0) throw intakeError("file-empty", "The file has no features.");
  if (features.length > LIMITS.rows) {
    throw intakeError("import-too-large", `The file has ${features.length} features; at most ${LIMITS.rows} are read.`);
  }
  const headers = [...new Set(features.flatMap(({ properties }) => [...properties.keys()]))];
  if (headers.length > LIMITS.columns) {
    throw intakeError("xml-malformed", `The features have more than ${LIMITS.columns} properties.`);
  }
  const mapping: Mapping = { ...NO_COLUMNS, ...mapColumns(headers, null, terms) };
  const records = features.map(({ properties, geometry, times, stops = [], findings, kind }, i) => {
    const values = new Map(mapping.columns.map(({ field, header }) => [field, properties.get(header) ?? ""]));
    const row = { row: i + 1, values, geometry, times, stops, findings };
    const long = [...values].find(([, text]) => text.length > LIMITS.field);
    const width_m = terms.width_m ?? (kind === "movement" ? terms.movement_width_m : null);
    if (long === undefined) {
      const record = recordOf(row, { ...terms, width_m });
      return { ...record, suggests: record.suggests ?? kind };
    }
    const length = { length: long[1].length, most: LIMITS.field };
    return unread(row, [...findings, finding("field-too-long", long[0], length)]);
  });
  return { mapping, records };
}
