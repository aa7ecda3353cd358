import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  destination,
  distanceM,
  type Footprint,
  footprintFault,
  formatCoordinate,
  formatDtg,
  formatRfc3339,
  formatTime,
  NOTATIONS,
  parseCoordinate,
  parseRfc3339,
  parseTime,
  pointDistanceM,
  type Position,
  validFootprint,
  validVolume,
  type Volume,
} from "../../src/geo/index.ts";
import { volume as volumeField } from "../../src/message/place.ts";
import { toHex } from "../../src/wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { isParleyError, type ParleyError } from "../../src/wire/error.ts";
import { oracleDistance } from "./oracle.ts";
import { awkwardCentre, between, go, randomFrom, randomPair, star } from "./shapes.ts";

interface Vectors {
  readonly volumes: readonly { readonly name: string; readonly volume: Volume; readonly cbor: string }[];
  readonly refused: readonly {
    readonly name: string;
    readonly volume: unknown;
    readonly code: string;
    readonly path: string;
  }[];
  readonly tolerance_m: number;
  readonly distances: readonly {
    readonly name: string;
    readonly a: Footprint;
    readonly b: Footprint;
    readonly distance_m: number;
  }[];
  readonly coordinates: readonly {
    readonly text: string;
    readonly code?: string;
    readonly lat?: number;
    readonly lon?: number;
  }[];
  readonly now: number;
  readonly times: readonly { readonly text: string; readonly code?: string }[];
}

const PATH = join(import.meta.dirname, "..", "..", "vectors", "volume.json");
const vectors = JSON.parse(readFileSync(PATH, "utf8")) as Vectors;

for (const { name, volume, cbor } of vectors.volumes) {
  test(`taken: ${name}`, () => {
    assert.deepEqual(validVolume(volume), volume);
    const bytes = encodeCbor(volumeField().encode(volume));
    assert.equal(toHex(bytes), cbor);
    assert.deepEqual(volumeField().decode(decodeCbor(bytes, 65_536), "volume"), volume);
  });
}

for (const { name, volume, code, path } of vectors.refused) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => validVolume(volume),
      (error) => isParleyError(error, code) && error.detail["path"] === path,
    );
  });
}

for (const { name, a, b, distance_m } of vectors.distances) {
  test(`distance: ${name}`, () => {
    for (const found of [distanceM(a, b), distanceM(b, a)]) {
      assert.ok(Math.abs(found.distance_m - distance_m) <= vectors.tolerance_m, String(found.distance_m));
    }
  });
}

for (const { text, code, ...read } of vectors.coordinates) {
  test(`position "${text}"`, () => {
    if (code !== undefined) {
      assert.throws(
        () => parseCoordinate(text),
        (error) => isParleyError(error, code),
      );
      return;
    }
    const { position, notation, precision_m } = parseCoordinate(text);
    assert.deepEqual({ ...position, notation, precision_m }, read);
  });
}

for (const { text, code, ...read } of vectors.times) {
  test(`time "${text}"`, () => {
    if (code === undefined) assert.deepEqual(parseTime(text, vectors.now), read);
    else
      assert.throws(
        () => parseTime(text, vectors.now),
        (error) => isParleyError(error, code),
      );
  });
}

test("RFC 3339 in files and from peers is exact", () => {
  assert.equal(parseRfc3339("2026-11-23T15:30:00Z"), 1_795_447_800_000);
  for (const text of ["2026-11-23 15:30:00Z", "2026-11-23T15:30Z", "231530ZNOV26", "2026-11-23T15:30:00"]) {
    assert.throws(
      () => parseRfc3339(text),
      (error) => isParleyError(error, "time-malformed", "time-zone-missing"),
    );
  }
});

test("times that are shown are read back", () => {
  const random = randomFrom(1);
  for (let i = 0; i < 500; i++) {
    const at = Math.floor(random() * 4_102_444_800_000);
    assert.equal(parseTime(formatTime(at), 0).at, at);
    assert.equal(parseTime(formatRfc3339(at), 0).at, at);
    assert.equal(parseRfc3339(formatRfc3339(at)), at);
    const minute = Math.floor(at / 60_000) * 60_000;
    if (at >= 946_684_800_000) assert.equal(parseTime(formatDtg(at), 0).at, minute);
  }
  assert.equal(formatTime(1_795_447_800_000), "2026-11-23 15:30Z");
  assert.equal(formatDtg(1_795_447_800_000), "231530ZNOV26");
});

const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

test("a time is shown as the platform's own ISO text has it, over all years", () => {
  const random = randomFrom(2);
  const fixed = [FIRST_MS, LAST_MS, -1, 0, 1, 59_999, 60_000, 86_399_999, 86_400_000, -86_400_000];
  const some = Array.from({ length: 2000 }, (_, i) => {
    const step = [1, 1000, 60_000][i % 3] as number;
    const at = FIRST_MS + Math.floor(random() * (LAST_MS - FIRST_MS));
    return Math.floor(at / step) * step;
  });
  for (const at of [...fixed, ...some.filter((time) => time >= FIRST_MS)]) {
    const iso = new Date(at).toISOString().replace("T", " ");
    // Told twice: the second comes from the day that is remembered.
    for (let i = 0; i < 2; i++) assert.equal(formatTime(at), iso.replace(/(?::00)?\.000Z$/, "Z"));
  }
  assert.throws(() => formatTime(Number.NaN), RangeError);
});

test("positions that are shown are read back to what the notation can hold", () => {
  const random = randomFrom(2);
  for (let i = 0; i < 1000; i++) {
    const position = { lat: (random() - 0.5) * 180, lon: (random() - 0.5) * 360 };
    for (const notation of NOTATIONS) {
      const back = parseCoordinate(formatCoordinate(position, notation)).position;
      assert.ok(
        pointDistanceM(position, back) < 1,
        `${formatCoordinate(position, notation)} for ${JSON.stringify(position)}`,
      );
    }
  }
});

test("GeographicLib's GeoConvert names the same grid square", () => {
  assert.equal(formatCoordinate({ lat: 33.3, lon: 44.4 }, "mgrs"), "38S MB 44140 84706");
});

test("no text makes the readers throw anything but their own errors", () => {
  const random = randomFrom(3);
  const letters = "0123456789 NSEW°'\".,;/:-+ZAJ TFL";
  for (let i = 0; i < 20_000; i++) {
    const length = Math.floor(random() * 24);
    const text = Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join("");
    for (const read of [() => parseCoordinate(text), () => parseTime(text, 0)]) {
      try {
        read();
      } catch (error) {
        assert.ok(isParleyError(error), text);
      }
    }
  }
});

test("random shapes are taken, and stay as they were", () => {
  for (let i = 0; i < 300; i++) {
    for (const footprint of randomPair(randomFrom(17_000_000 + i)))
      assert.deepEqual(validFootprint(footprint), footprint);
  }
});

test("two vertices changed places: a ring that crosses itself is refused wherever it lies", () => {
  for (const centre of [
    { lat: 36, lon: 43 },
    { lat: 89.999, lon: 10 },
    { lat: -5, lon: 179.999 },
    { lat: -90, lon: 0 },
  ]) {
    for (const size of [10, 5000, 1_000_000]) {
      const ring = star(randomFrom(size), centre, size, 8);
      const crossed = [ring[0], ring[4], ring[2], ring[3], ring[1], ...ring.slice(5)];
      const code = codeOf(() => validFootprint({ type: "polygon", rings: [crossed] }));
      assert.equal(code, "ring-crosses-itself", `${JSON.stringify(centre)} ${size}`);
    }
  }
});

test("a ring of random vertices is refused exactly where brute force finds two of its edges meeting", () => {
  let refused = 0;
  for (let i = 0; i < 120; i++) {
    const random = randomFrom(22_000_000 + i);
    const [centre, size] = [awkwardCentre(random), 10 ** between(random, 1, 6)];
    const vertex = () => go(centre, between(random, 0, 360), size * Math.sqrt(random()));
    const ring = Array.from({ length: 4 + Math.floor(random() * 3) }, vertex);
    const code = codeOf(() => validFootprint({ type: "polygon", rings: [ring] }));
    const least = leastBetweenEdges(ring);
    if (least > 1e-4) assert.equal(code, null, `ring ${i}: ${JSON.stringify(ring)}`);
    else if (least < 1e-7) assert.equal(code, "ring-crosses-itself", `ring ${i}: ${JSON.stringify(ring)}`);
    if (code !== null) refused += 1;
  }
  assert.ok(refused > 30 && refused < 110, String(refused));
});

/** Metres between the nearest two edges of a ring that do not follow each other. */
function leastBetweenEdges(ring: readonly Position[]): number {
  const edge = (i: number): Footprint => {
    const line = [ring[i], ring[(i + 1) % ring.length]] as Position[];
    return { type: "corridor", line, width_m: 0 };
  };
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ring.length; i++) {
    for (let j = i + 2; j < ring.length - (i === 0 ? 1 : 0); j++)
      least = Math.min(least, oracleDistance(edge(i), edge(j)));
  }
  return least;
}

function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return (error as ParleyError).code;
  }
}

test("a closed ring is refused although its last vertex has another name for the place", () => {
  const ring = [
    { lat: 0, lon: 180 },
    go({ lat: 0, lon: 180 }, 45, 1000),
    go({ lat: 0, lon: 180 }, 90, 1000),
    { lat: 0, lon: -180 },
  ];
  assert.equal(
    codeOf(() => validFootprint({ type: "polygon", rings: [ring] })),
    "ring-closed",
  );
});

test("a ring that is less than 0.1 mm wide is flat from whichever vertex it begins", () => {
  const places = [
    { lat: 90, lon: 0 },
    { lat: -89.9999, lon: 45 },
    { lat: 36.34, lon: 43.13 },
    { lat: 0, lon: 180 },
  ];
  for (const from of places) {
    for (const [along, beyond] of [
      [3, 4],
      [400, 900],
      [70_000, 50_000],
    ] as const) {
      const to = destination(from, 30, along + beyond);
      const aside = (wide_m: number) => destination(from, 30 + (wide_m / along) * (180 / Math.PI), along);
      const ringOf = (wide_m: number) => [from, aside(wide_m), to];
      for (const [wide_m, code] of [
        [0.00006, "ring-flat"],
        [0.0003, null],
      ] as const) {
        for (const ring of [ringOf(wide_m), ringOf(wide_m).toReversed()]) {
          for (let first = 0; first < ring.length; first++) {
            const told = [...ring.slice(first), ...ring.slice(0, first)];
            const fault = footprintFault({ type: "polygon", rings: [told] });
            assert.equal(fault?.code ?? null, code, JSON.stringify(told));
          }
        }
      }
    }
  }
});
