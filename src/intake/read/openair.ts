/** OpenAir, airspaces as glider pilots exchange them: one record an airspace. */
import {
  bandOf,
  destination,
  type Footprint,
  nanodegrees,
  parseCoordinate,
  parseHeight,
  type Position,
} from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { type Finding, finding } from "../codes.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord, WrittenPosition } from "../record.ts";
import { decimalNumber } from "../value.ts";
import { arcBetween, isArcAround } from "./arc.ts";
import { heightIgnored, noPosition } from "../unreadable.ts";
import { NO_COLUMNS, type WholeFile } from "./reader.ts";
import { valuesOf, volumeRecord } from "./volume-record.ts";

const NAUTICAL_MILE_M = 1852;
/** What the readers of this format know and this one has no field for. */
const WORDS = new Set(["AY", "AF", "AG", "AX", "AI", "AA"]);
const DRAWN = new Set(["SP", "SB", "AT", "TO", "TC"]);

/** @throws file-empty, import-too-large */
export function readOpenAir(text: string): WholeFile {
  const records: IntakeRecord[] = [];
  let current: Airspace | null = null;
  const finish = (): void => {
    if (current !== null) records.push(current.record(records.length + 1));
    if (records.length > LIMITS.rows)
      throw intakeError("import-too-large", `The file has more than ${LIMITS.rows} airspaces.`);
  };
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const [line = ""] = raw.split("*", 1).map((part) => part.trim());
    const command = line.slice(0, 2).toUpperCase().trim();
    if (line === "") continue;
    if (command === "AC") {
      finish();
      current = new Airspace(line.slice(2).trim());
    } else current?.take(command, line.slice(command.length).trim());
  }
  finish();
  if (records.length === 0) throw intakeError("file-empty", "The file has no airspace: no line begins with AC.");
  return { mapping: NO_COLUMNS, records };
}

class Airspace {
  readonly #class: string;
  readonly #words: string[] = [];
  readonly #findings: Finding[] = [];
  readonly #positions: WrittenPosition[] = [];
  #name = "";
  #heights: { low: string; high: string } = { low: "", high: "" };
  #ring: Position[] = [];
  #circle: Footprint | null = null;
  #centre: Position | null = null;
  #clockwise = true;

  constructor(name: string) {
    this.#class = name;
  }

  take(command: string, rest: string): void {
    switch (command) {
      case "AN":
        this.#name = rest;
        return;
      case "AL":
        this.#heights = { ...this.#heights, low: rest };
        return;
      case "AH":
        this.#heights = { ...this.#heights, high: rest };
        return;
      case "V":
        this.#variable(rest);
        return;
      case "DP":
        this.#push(this.#position(rest));
        return;
      case "DC":
        this.#drawCircle(rest);
        return;
      case "DA":
        this.#arcByAngles(rest);
        return;
      case "DB":
        this.#arcByPoints(rest);
        return;
      default:
        if (DRAWN.has(command)) return;
        if (WORDS.has(command)) this.#words.push(rest);
        else this.#findings.push(lineUnknown(`${command} ${rest}`));
    }
  }

  record(row: number): IntakeRecord {
    const height = this.#band();
    const [first, last] = [this.#ring[0], this.#ring.at(-1)];
    const closes = this.#ring.length > 1 && first?.lat === last?.lat && first?.lon === last?.lon;
    if (this.#circle !== null && this.#ring.length > 0) {
      this.#twoShapes();
    }
    const polygon: Footprint = { type: "polygon", rings: [closes ? this.#ring.slice(0, -1) : this.#ring] };
    const footprint = this.#circle ?? (this.#ring.length === 0 ? null : polygon);
    const window = { start: null, end: null };
    return volumeRecord({
      row,
      values: valuesOf({ "names.en": this.#name, remarks: [`class ${this.#class}`, ...this.#words].join(", ") }),
      volumes: footprint === null ? [] : [{ footprint, height, window, recurs: null }],
      positions: this.#positions,
      findings: this.#findings,
      suggests: "activity",
    });
  }

  #fault(what: "circle" | "arc" | "arc-ends"): void {
    this.#findings.push(finding(`geometry-malformed/${what}`, "footprint", {}));
  }

  #twoShapes(): void {
    this.#findings.push(finding("geometry-malformed/several", "footprint", { parts: 2 }));
  }

  #push(at: Position | null): void {
    if (at !== null) this.#ring.push(nanodegrees(at));
  }

  #variable(rest: string): void {
    const cut = rest.indexOf("=");
    const [name, value] = [rest.slice(0, Math.max(0, cut)).trim().toUpperCase(), rest.slice(cut + 1).trim()];
    if (name === "X") this.#centre = this.#position(value);
    else if (name === "D" && (value === "+" || value === "-")) this.#clockwise = value === "+";
    // Zoom and width of a drawing say nothing of the airspace.
    else if (!/^[ZWT]$/.test(name)) this.#findings.push(lineUnknown(`V ${rest}`));
  }

  #drawCircle(rest: string): void {
    const radius_m = miles(rest);
    if (this.#centre === null || radius_m === null) return this.#fault("circle");
    if (this.#circle !== null) return this.#twoShapes();
    this.#circle = { type: "circle", centre: this.#centre, radius_m };
  }

  #arcByAngles(rest: string): void {
    const [radius = "", ...angles] = rest.split(",", 4).map((part) => part.trim());
    const radius_m = miles(radius);
    const [start, end, ...more] = angles.map(decimalNumber);
    const isArc = start !== undefined && end !== undefined && more.length === 0 && angles.every(isAngle);
    if (this.#centre === null || radius_m === null || !isArc) {
      return this.#fault("arc");
    }
    const at = (angle: number): Position => destination(this.#centre as Position, angle, radius_m);
    this.#arc(this.#centre, at(start), at(end));
  }

  #arcByPoints(rest: string): void {
    const [from, to, ...more] = rest.split(",", 3).map((part) => this.#position(part));
    if (this.#centre === null || !from || !to || more.length > 0) {
      return this.#fault("arc");
    }
    if (!isArcAround(this.#centre, from, to)) {
      return this.#fault("arc-ends");
    }
    this.#arc(this.#centre, from, to);
  }

  #arc(centre: Position, from: Position, to: Position): void {
    if (this.#ring.length > LIMITS.positions) return;
    for (const at of [from, ...arcBetween(centre, from, to, this.#clockwise), to]) this.#push(at);
  }

  #position(text: string): Position | null {
    try {
      const { position: at, notation, precision_m } = parseCoordinate(text);
      this.#positions.push({ field: "footprint", text: text.trim(), at, notation, precision_m });
      return at;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      this.#findings.push(noPosition("footprint", text.trim(), error.code));
      return null;
    }
  }

  #band() {
    const { low, high } = this.#heights;
    try {
      const [lower, upper] = [low, high].map((each) => (each === "" ? null : parseHeight(each)));
      const { band, opened } = bandOf(lower ?? null, upper ?? null, "AMSL");
      if (opened !== null) {
        this.#findings.push(finding(`height-opened/${opened}`, "height", { lower: low, upper: high }));
      }
      return band;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      this.#findings.push(heightIgnored("height", `${low}, ${high}`, error.code));
      return null;
    }
  }
}

/** From north, degrees. */
function isAngle(text: string): boolean {
  return Math.abs(decimalNumber(text)) <= 360;
}

function lineUnknown(line: string): Finding {
  return finding("geometry-malformed/line", "footprint", { line: line.slice(0, 60) });
}

function miles(text: string): number | null {
  const value = /^\d{1,4}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  return value > 0 ? Number((value * NAUTICAL_MILE_M).toFixed(3)) : null;
}
