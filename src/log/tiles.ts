/** C2SP tlog-tiles: a log as files, each of them final once it is full, from which anybody computes any proof. */
import { type Bytes, concat } from "../wire/bytes.ts";
import { logError } from "./errors.ts";
import type { HashReader } from "./merkle.ts";

export interface Tile {
  /** Of hashes, 0 (the leaves') and up by eight levels of the tree each; or the entries themselves. */
  readonly level: number | "entries";
  readonly index: number;
  /** Hashes or entries in it, 1 to 256. */
  readonly width: number;
}

export const TILE_WIDTH = 256;
/** An entry in a bundle has its length before it, in 16 bits. */
const MAX_BUNDLED_BYTES = 65_535;
/** 2^48 leaves need no higher level. */
const MAX_LEVEL = 6;

/** `tile/<level>/x001/x234/067`, and `.p/<width>` where it is partial. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0");
  const groups = digits.match(/.{3}/g) as string[];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${path}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Strict: the one path of a tile. Throws `tile-malformed`. */
export function parseTilePath(path: string): Tile {
  const match = /^tile\/(entries|[0-9])\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  if (match === null) throw logError("tile-malformed", "This is not the path of a tile.");
  const tile: Tile = {
    level: match[1] === "entries" ? "entries" : Number(match[1]),
    index: Number((match[2] as string).replaceAll(/[x/]/g, "")),
    width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
  };
  const isTall = tile.level !== "entries" && tile.level > MAX_LEVEL;
  if (isTall || tilePath(tile) !== path) throw logError("tile-malformed", "This is not the path of a tile.");
  return tile;
}

/** True where a log of `size` leaves has this tile, or had it on its way there. */
export function hasTile(size: number, { level, index, width }: Tile): boolean {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === "entries" ? 0 : level));
  return width >= 1 && width <= TILE_WIDTH && index * TILE_WIDTH + width <= hashes;
}

/** A tile of hashes, 32 bytes each. The log has it (`hasTile`). */
export function tileBytes(read: HashReader, level: number, index: number, width: number): Bytes {
  return concat(...Array.from({ length: width }, (_, i) => read(level * 8, index * TILE_WIDTH + i)));
}

/** An entry bundle: each leaf with its length before it, 16 bits, the larger byte first. */
export function entryBundle(leaves: readonly Bytes[]): Bytes {
  return concat(
    ...leaves.flatMap((leaf) => {
      if (leaf.length > MAX_BUNDLED_BYTES) throw new RangeError(`A leaf of ${leaf.length} bytes fits no bundle.`);
      return [Uint8Array.of(leaf.length >> 8, leaf.length & 255), leaf];
    }),
  );
}

/** Takes a bundle apart: 1 to 256 leaves, and nothing after them. Throws `tile-malformed`. */
export function parseEntryBundle(bytes: Bytes): Bytes[] {
  const leaves: Bytes[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 + (bytes[at] as number) * 256 + (bytes[at + 1] ?? 0);
    if (end > bytes.length || leaves.length === TILE_WIDTH) {
      throw logError("tile-malformed", "The entry bundle is cut short or too long.");
    }
    leaves.push(bytes.slice(at + 2, end));
    at = end;
  }
  if (leaves.length === 0) throw logError("tile-malformed", "The entry bundle is empty.");
  return leaves;
}
