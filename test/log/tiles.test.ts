import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  entryBundle,
  frontierFrom,
  hasTile,
  type HashReader,
  leafHash,
  nodeHash,
  parseEntryBundle,
  parseTilePath,
  rootFromLeaves,
  rootOf,
  type Tile,
  TILE_WIDTH,
  tileBytes,
  tilePath,
} from "../../src/log/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

/** The width of the widest tile there in a tree of 70,000 leaves. */
function widest(level: number, index: number): number {
  for (let width = TILE_WIDTH; width > 0; width--) if (hasTile(70_000, { level, index, width })) return width;
  return 0;
}

const PLAIN = { noNullPrototype: true };

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert(isParleyError(error), String(error));
    return error.code;
  }
  return "none";
}

/** A reader as a stranger has it: from tiles fetched by their paths, hashing up within each. */
function readerOfTiles(size: number, fetch: (path: string) => Uint8Array): HashReader {
  const read: HashReader = (level, index) => {
    const within = level % 8;
    if (within > 0) return nodeHash(suite, read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
    const tileLevel = level / 8;
    const tileIndex = Math.floor(index / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** tileLevel) - tileIndex * TILE_WIDTH);
    const at = 32 * (index % TILE_WIDTH);
    return fetch(tilePath({ level: tileLevel, index: tileIndex, width })).slice(at, at + 32);
  };
  return read;
}

test("a stranger computes the root from tiles alone", () => {
  const size = 600;
  const hashes = Array.from({ length: size }, (_, i) => leafHash(suite, Uint8Array.of(i >> 8, i & 255)));
  const stored: HashReader = (level, index) =>
    level === 0
      ? (hashes[index] as Uint8Array)
      : nodeHash(suite, stored(level - 1, 2 * index), stored(level - 1, 2 * index + 1));
  const fetched = new Set<string>();
  const fetch = (path: string) => {
    fetched.add(path);
    const { level, index, width } = parseTilePath(path);
    assert(level !== "entries" && hasTile(size, { level, index, width }), path);
    return tileBytes(stored, level, index, width);
  };
  const root = rootOf(suite, frontierFrom(size, readerOfTiles(size, fetch)));
  assert.deepEqual(root, rootFromLeaves(suite, hashes));
  assert.deepEqual([...fetched].toSorted(), ["tile/0/002.p/88", "tile/1/000.p/2"]);
});

test("paths are those of the specification's examples", () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), "tile/0/x001/x234/067");
  assert.equal(tilePath({ level: "entries", index: 0, width: 1 }), "tile/entries/000.p/1");
  // "A tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level 0 tile of width 112, ..."
  assert.deepEqual([widest(0, 272), widest(0, 273), widest(0, 274)], [256, 112, 0]);
  assert.deepEqual([widest(1, 0), widest(1, 1), widest(2, 0), widest(3, 0)], [256, 17, 1, 0]);
  assert(hasTile(256, { level: 0, index: 0, width: 256 }) && hasTile(256, { level: 1, index: 0, width: 1 }));
});

test("a tile has one path, and any other is refused", () => {
  const level = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant("entries" as const));
  const tiles = fc.record({ level, index: fc.nat({ max: 2 ** 40 }), width: fc.integer({ min: 1, max: 256 }) }, PLAIN);
  fc.assert(fc.property(tiles, (tile: Tile) => assert.deepEqual(parseTilePath(tilePath(tile)), tile)));
  for (const path of [
    "tile/0/1",
    "tile/0/000/",
    "tile/00/000",
    "tile/7/000",
    "tile/0/x000/000",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/0/../000",
    "tile/-1/000",
    "/tile/0/000",
    "tile/0/x1000/000",
    "tile/0/000\n",
    "",
  ]) {
    assert.equal(
      code(() => parseTilePath(path)),
      "tile-malformed",
      path,
    );
  }
  fc.assert(
    fc.property(fc.string(), (path) =>
      assert.equal(
        code(() => parseTilePath(path)),
        "tile-malformed",
      ),
    ),
  );
});

test("a bundle gives back its entries, and bytes that are none give the declared error", () => {
  const leaves = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(leaves, (entries) => {
      const bundle = entryBundle(entries);
      assert.deepEqual(parseEntryBundle(bundle), entries);
      assert.equal(code(() => parseEntryBundle(bundle.subarray(0, -1))) === "none", false);
    }),
    { numRuns: 50 },
  );
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const fault = code(() => assert.deepEqual(entryBundle(parseEntryBundle(bytes)), bytes));
      assert(["none", "tile-malformed"].includes(fault));
    }),
  );
  assert.equal(
    code(() => parseEntryBundle(new Uint8Array(2 * 257))),
    "tile-malformed",
  );
  assert.equal(parseEntryBundle(entryBundle([new Uint8Array(65_535)]))[0]?.length, 65_535);
  assert.throws(() => entryBundle([new Uint8Array(65_536)]), RangeError);
});
