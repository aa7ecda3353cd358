/** Features one a line (newline-delimited GeoJSON, and RFC 8142 with its record separators), cut as their text arrives. */
import { intakeError } from "../errors.ts";
import { isObject } from "../json.ts";
import { LIMITS } from "../limits.ts";

// oxlint-disable-next-line no-control-regex -- the record separator is one
const SEPARATORS = /^[\s\u001e]+/;

/** True of a text whose first line is a whole feature. */
export function isFeatureLines(head: string): boolean {
  const [first = "", ...more] = head.replace(SEPARATORS, "").split("\n", 3);
  if (more.length === 0 || !/^\{.*\}\s*$/.test(first)) return false;
  try {
    const value: unknown = JSON.parse(first);
    return isObject(value) && value["type"] === "Feature";
  } catch {
    return false;
  }
}

/** As FeatureScanner, whose root such a file does not have. */
export class LineScanner {
  #rest = "";

  /** The lines that ended in this piece. Throws geojson-malformed. */
  push(text: string): string[] {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > LIMITS.record || lines.some((line) => line.length > LIMITS.record)) {
      throw intakeError("geojson-malformed", "One line of the file is longer than any feature that is read.");
    }
    return lines.map(bare).filter((line) => line !== "");
  }

  /** The last line, where no line end follows it. */
  last(): string[] {
    const line = bare(this.#rest);
    return line === "" ? [] : [line];
  }

  /** The root that the file would have as a collection. */
  end(): string {
    return '{"type":"FeatureCollection","features":[]}';
  }
}

function bare(line: string): string {
  return line.replace(SEPARATORS, "").trimEnd();
}
