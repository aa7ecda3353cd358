/** Good inputs: whatever the vectors hold, in whichever form, that a parser takes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const VECTORS = join(import.meta.dirname, "../../../vectors");
/** Small ones are changed where it matters more often. */
const MOST = 12;
const LONGEST = 60_000;

/** Every string of the vectors as the bytes that it may stand for. */
export function candidates(): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array): void => {
    if (bytes.length > 3 && bytes.length <= LONGEST) found.set(Buffer.from(bytes).toString("base64"), bytes);
  };
  const walk = (value: unknown): void => {
    if (typeof value === "string") {
      add(Buffer.from(value, "utf8"));
      if (/^(?:[0-9a-f]{2})+$/.test(value)) add(Buffer.from(value, "hex"));
      else if (/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) add(Buffer.from(value, "base64"));
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  for (const name of readdirSync(VECTORS).filter((each) => each.endsWith(".json"))) {
    walk(JSON.parse(readFileSync(join(VECTORS, name), "utf8")));
  }
  return [...found.values()].toSorted((a, b) => a.length - b.length);
}

/** The shortest candidates that `parse` takes, and some that it does not, so that no parser goes without. */
export function seedsFor(all: readonly Uint8Array[], parse: (bytes: Uint8Array) => unknown): Uint8Array[] {
  const taken: Uint8Array[] = [];
  for (const bytes of all) {
    if (taken.length >= MOST) break;
    try {
      parse(bytes);
      taken.push(bytes);
    } catch {
      // Refused: as a seed it would only be refused again.
    }
  }
  return taken.length > 0 ? taken : all.filter((_, i) => i % Math.ceil(all.length / MOST) === 0);
}
