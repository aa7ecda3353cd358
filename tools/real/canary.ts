/** Canaries: words that are in every plan and must be in nothing that leaves the node, however it is written down. */
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Letters only, so that no escaping of JSON, URLs or CSV changes it; long enough never to occur by chance. */
export function newCanary(): string {
  return Array.from({ length: 24 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}

export interface Needle {
  readonly written: string;
  readonly bytes: Buffer;
}

/** The canary as software would write it: as text, in UTF-16, in hex, in base64 at each of the three alignments. */
export function needlesOf(canary: string): Needle[] {
  const bytes = Buffer.from(canary, "utf8");
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((offset) => ({
    written: `base64 at ${offset}`,
    bytes: Buffer.from(innerBase64(bytes, offset), "latin1"),
  }));
  return [
    { written: "utf-8", bytes },
    { written: "utf-16le", bytes: Buffer.from(canary, "utf16le") },
    { written: "utf-16be", bytes: Buffer.from(canary, "utf16le").swap16() },
    { written: "hex", bytes: Buffer.from(hex, "latin1") },
    { written: "HEX", bytes: Buffer.from(hex.toUpperCase(), "latin1") },
    ...base64,
  ];
}

/** Those characters of the base64 of `offset` unknown bytes and `bytes` that no neighbour can change. */
function innerBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replaceAll("=", "");
  const before = Math.ceil((offset * 8) / 6);
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(before, whole);
}

export interface Sighting {
  readonly where: string;
  readonly written: string;
  readonly at: number;
}

/** Every occurrence, of every way of writing it. */
export function sightingsIn(where: string, haystack: Buffer, needles: readonly Needle[]): Sighting[] {
  return needles.flatMap(({ written, bytes }) => {
    const found: Sighting[] = [];
    for (let at = haystack.indexOf(bytes); at >= 0; at = haystack.indexOf(bytes, at + 1))
      found.push({ where, written, at });
    return found;
  });
}

/** Occurrences in every file below `path` that `wanted` takes (its path relative to `path`). */
export function sightingsBelow(
  path: string,
  needles: readonly Needle[],
  wanted: (name: string) => boolean,
): Sighting[] {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => wanted(name) && statSync(join(path, name)).isFile());
  return files.flatMap((name) => sightingsIn(join(path, name), readFileSync(join(path, name)), needles));
}
