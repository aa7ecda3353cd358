/** Footprints as PostGIS reads them in binary: EWKB, little-endian, SRID 4326. */
import type { Footprint, Position } from "../../src/geo/index.ts";

const TYPES = { point: 1, line: 2, polygon: 3 } as const;
const WITH_SRID = 0x20000000;

/** What PostGIS stores of a footprint: an exact core, and how far the footprint reaches beyond it. */
export interface StoredFootprint {
  readonly core: Buffer;
  readonly reach_m: number;
}

/** A circle is its centre with its radius, a corridor its line with half its width: nothing is drawn. */
export function storedOf(footprint: Footprint): StoredFootprint {
  switch (footprint.type) {
    case "point":
      return { core: geometry(TYPES.point, [], [[footprint.at]]), reach_m: 0 };
    case "circle":
      return { core: geometry(TYPES.point, [], [[footprint.centre]]), reach_m: footprint.radius_m };
    case "corridor":
      return {
        core: geometry(TYPES.line, [footprint.line.length], [footprint.line]),
        reach_m: footprint.width_m / 2,
      };
    case "polygon": {
      const rings = footprint.rings.map((ring) => [...ring, ring[0] as Position]);
      return { core: polygon(rings), reach_m: 0 };
    }
  }
}

function polygon(rings: readonly (readonly Position[])[]): Buffer {
  const parts = rings.map((ring) => Buffer.concat([uint32(ring.length), coordinates(ring)]));
  return Buffer.concat([header(TYPES.polygon), uint32(rings.length), ...parts]);
}

function geometry(type: number, counts: readonly number[], parts: readonly (readonly Position[])[]): Buffer {
  return Buffer.concat([header(type), ...counts.map(uint32), ...parts.map(coordinates)]);
}

function header(type: number): Buffer {
  return Buffer.concat([Buffer.of(1), uint32(type | WITH_SRID), uint32(4326)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function coordinates(positions: readonly Position[]): Buffer {
  const bytes = Buffer.alloc(16 * positions.length);
  positions.forEach(({ lat, lon }, i) => {
    bytes.writeDoubleLE(lon, 16 * i);
    bytes.writeDoubleLE(lat, 16 * i + 8);
  });
  return bytes;
}
