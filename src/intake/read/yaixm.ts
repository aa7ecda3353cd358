/** YAIXM, airspaces in YAML: each is an activity's volumes, which last until the file is replaced. */
import { parseDocument } from "yaml";
import {
  bandOf,
  destination,
  nanodegrees,
  parseCoordinate,
  parseHeight,
  type Footprint,
  type Position,
} from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { type Finding, finding } from "../codes.ts";
import { intakeError } from "../errors.ts";
import { isObject, type JsonObject } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord, RecordVolume, WrittenPosition } from "../record.ts";
import { arcBetween, isArcAround } from "./arc.ts";
import { heightIgnored, noPosition } from "../unreadable.ts";
import { NO_COLUMNS, type WholeFile } from "./reader.ts";
import { valuesOf, volumeRecord } from "./volume-record.ts";

/** @throws yaml-malformed, file-empty */
export function readYaixm(text: string): WholeFile {
  const root = parsed(text);
  const records: IntakeRecord[] = [];
  const add = (record: (row: number) => IntakeRecord): void => {
    if (records.length >= LIMITS.rows)
      throw intakeError("import-too-large", `The file has more than ${LIMITS.rows} airspaces.`);
    records.push(record(records.length + 1));
  };
  for (const list of ["airspace", "rat"]) {
    for (const item of listOf(root[list])) add((row) => airspace(item, row));
  }
  for (const item of listOf(root["obstacle"])) add((row) => obstacle(item, row));
  for (const letter of listOf(root["loa"])) {
    for (const area of listOf(isObject(letter) ? letter["areas"] : null)) {
      for (const item of listOf(isObject(area) ? area["add"] : null)) add((row) => airspace(item, row));
      for (const item of listOf(isObject(area) ? area["replace"] : null)) add((row) => replacement(item, row));
    }
  }
  if (records.length === 0) throw intakeError("file-empty", "The file has no airspace, rat, loa or obstacle in it.");
  return { mapping: NO_COLUMNS, records };
}

function parsed(text: string): JsonObject {
  if (text.length > LIMITS.yaml) {
    const message = `The file has ${text.length} characters; of YAML at most ${LIMITS.yaml} are read.`;
    throw intakeError("import-too-large", message);
  }
  const document = parseDocument(text, { version: "1.2", uniqueKeys: true, stringKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw intakeError(
      "yaml-malformed",
      `The file is not well-formed YAML: ${fault.message.split("\n")[0]?.slice(0, 200)}.`,
    );
  }
  // No alias is followed: a few lines of them can stand for more than any memory holds.
  const root: unknown = attempt(() => document.toJS({ maxAliasCount: 0 }) as unknown);
  if (!isObject(root)) throw intakeError("yaml-malformed", "The file is YAML and holds no airspaces.");
  return root;
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw intakeError("yaml-malformed", "The file has aliases, which are not followed.", { cause });
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(item: unknown, key: string): string {
  const value = isObject(item) ? item[key] : null;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function airspace(item: unknown, row: number): IntakeRecord {
  const read = new Reading();
  const volumes = listOf(isObject(item) ? item["geometry"] : null).flatMap((part) => read.volume(part));
  const kinds = ["type", "localtype", "class", "controltype"]
    .map((key) => words(item, key))
    .filter((each) => each !== "");
  const rules = listOf(isObject(item) ? item["rules"] : null).filter((each) => typeof each === "string");
  return volumeRecord({
    row,
    values: valuesOf({
      "names.en": words(item, "name"),
      source_id: words(item, "id"),
      remarks: [...kinds, ...rules].join(", "),
    }),
    volumes,
    positions: read.positions,
    findings: read.findings,
    suggests: "activity",
  });
}

function obstacle(item: unknown, row: number): IntakeRecord {
  const read = new Reading();
  const at = read.position(words(item, "position"));
  const band = read.band("SFC", words(item, "elevation"));
  const volumes =
    at === null
      ? []
      : [{ footprint: { type: "point", at } as const, height: band, window: { start: null, end: null }, recurs: null }];
  const values = valuesOf({
    "names.en": words(item, "name"),
    source_id: words(item, "id"),
    remarks: words(item, "type"),
  });
  return volumeRecord({
    row,
    values,
    volumes,
    positions: read.positions,
    findings: read.findings,
    suggests: "activity",
  });
}

function replacement(item: unknown, row: number): IntakeRecord {
  const id = words(item, "id");
  const findings = [finding("part-dropped/change", null, { name: id.slice(0, 80) })];
  return volumeRecord({ row, values: valuesOf({ source_id: id }), volumes: [], findings, suggests: "activity" });
}

const NAUTICAL_MILE_M = 1852;

/** Collects positions and faults while an airspace is read. */
class Reading {
  readonly positions: WrittenPosition[] = [];
  readonly findings: Finding[] = [];

  volume(part: unknown): RecordVolume[] {
    const footprint = this.#footprint(listOf(isObject(part) ? part["boundary"] : null));
    if (footprint === null) return [];
    const height = this.band(words(part, "lower"), words(part, "upper"));
    return [{ footprint, height, window: { start: null, end: null }, recurs: null }];
  }

  #footprint(boundary: readonly unknown[]): Footprint | null {
    const [only] = boundary;
    const circle = boundary.length === 1 && isObject(only) ? only["circle"] : undefined;
    if (circle !== undefined) {
      const [centre, radius_m] = [this.position(words(circle, "centre")), this.#radius(words(circle, "radius"))];
      return centre === null || radius_m === null ? null : { type: "circle", centre, radius_m };
    }
    const ring: Position[] = [];
    for (const piece of boundary) this.#piece(piece, ring);
    if (ring.length === 0) this.#fault("boundary");
    const [first, last] = [ring[0], ring.at(-1)];
    const closes = ring.length > 1 && first?.lat === last?.lat && first?.lon === last?.lon;
    return ring.length === 0 ? null : { type: "polygon", rings: [closes ? ring.slice(0, -1) : ring] };
  }

  #piece(piece: unknown, ring: Position[]): void {
    const { line, arc, ...more } = isObject(piece) ? piece : { neither: piece };
    const isOne = Object.keys(more).length === 0 && (line === undefined) !== (arc === undefined);
    if (!isOne || (line !== undefined && !Array.isArray(line))) {
      return this.#fault("boundary");
    }
    for (const point of listOf(line)) {
      const at = this.position(typeof point === "string" ? point : JSON.stringify(point));
      if (at !== null) ring.push(at);
    }
    if (arc !== undefined) this.#arc(arc, ring);
  }

  #arc(arc: unknown, ring: Position[]): void {
    const from = ring.at(-1);
    const [centre, to] = [this.position(words(arc, "centre")), this.position(words(arc, "to"))];
    const turn = words(arc, "dir");
    if (from === undefined) return this.#fault("arc-start");
    if (turn !== "cw" && turn !== "ccw") return this.#turnUnknown(turn);
    if (centre === null || to === null) return;
    const radius_m = this.#radius(words(arc, "radius"));
    if (radius_m === null || ring.length > LIMITS.positions) return;
    if (!isArcAround(centre, to, destination(centre, 0, radius_m)) || !isArcAround(centre, from, to))
      return this.#fault("arc-ends");
    ring.push(...arcBetween(centre, from, to, turn === "cw").map(nanodegrees), to);
  }

  #fault(what: "boundary" | "arc-start" | "arc-ends"): void {
    this.findings.push(finding(`geometry-malformed/${what}`, "footprint", {}));
  }

  #turnUnknown(turn: string): void {
    this.findings.push(finding("geometry-malformed/turn", "footprint", { turn: turn.slice(0, 20) }));
  }

  position(text: string): Position | null {
    try {
      const { position: at, notation, precision_m } = parseCoordinate(text);
      this.positions.push({ field: "footprint", text, at, notation, precision_m });
      return at;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      this.findings.push(noPosition("footprint", text, error.code));
      return null;
    }
  }

  #radius(text: string): number | null {
    const match = /^(\d{1,3}(?:\.\d{1,4})?) ?(nm|km)$/.exec(text);
    if (match !== null) return Number((Number(match[1]) * (match[2] === "nm" ? NAUTICAL_MILE_M : 1000)).toFixed(3));
    this.findings.push(finding("geometry-malformed/radius", "footprint", { text: text.slice(0, 40) }));
    return null;
  }

  /** Feet without a datum are above mean sea level, as the file's own schema has it. */
  band(lower: string, upper: string) {
    try {
      const [low, high] = [lower, upper].map((each) => (each === "" ? null : parseHeight(each)));
      const { band, opened } = bandOf(low ?? null, high ?? null, "AMSL");
      if (opened !== null) this.findings.push(finding(`height-opened/${opened}`, "height", { lower, upper }));
      return band;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      this.findings.push(heightIgnored("height", `${lower}, ${upper}`, error.code));
      return null;
    }
  }
}
