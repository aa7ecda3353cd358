/** The cheap test that tells most edges of a ring apart: it may say nothing, and may never say wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Footprint, footprintFault, type Position } from "../../src/geo/index.ts";
import { crossing, liesBeside, type Piece, piecesBetween } from "../../src/geo/piece.ts";
import { oracleDistance } from "./oracle.ts";
import { awkwardCentre, between, go, pick, type Random, randomFrom } from "./shapes.ts";

const lineOf = ({ a, b }: Piece): Footprint => ({ type: "corridor", line: [a, b], width_m: 0 });

/** Two edges from some metres to 200 km, crossing, sharing an end, side by side within each other's bulge, or anyhow. */
function edges(random: Random): readonly [Piece, Piece] {
  const size = 10 ** between(random, 0.3, 5.25);
  const [from, azimuth] = [awkwardCentre(random), between(random, 0, 360)];
  const piece = (a: Position, b: Position) => piecesBetween(a, b)[0] as Piece;
  const p = piece(from, go(from, azimuth, size));
  const apart = size * 10 ** between(random, -9, 0);
  const near = go(go(from, azimuth, size * between(random, -0.2, 1.2)), azimuth + 90, apart * pick(random, [1, -1]));
  const start = pick(random, [near, near, near, p.b, p.a]);
  const turn = pick(random, [0, 180, 0.001, between(random, -1, 1), between(random, 0, 360)]);
  return [p, piece(start, go(start, azimuth + turn, size * 10 ** between(random, -1, 0)))];
}

test("what lies beside an edge neither crosses nor touches it, and most of what is near is told so", () => {
  const random = randomFrom(20_261_126);
  let [told, apart] = [0, 0];
  for (let i = 0; i < 6000; i++) {
    const [p, q] = edges(random);
    const beside = liesBeside(p, q) || liesBeside(q, p);
    const metres = oracleDistance(lineOf(p), lineOf(q));
    apart += Number(metres > 0.01);
    if (!beside) continue;
    told += 1;
    assert.equal(crossing(p, q), null, `${i}: they cross`);
    assert.ok(metres > 1e-6, `${i}: ${metres} m apart`);
  }
  assert.ok(told > 1000 && told > 0.4 * apart, `${told} told of ${apart} apart`);
});

/** Spikes that meet nearly at the centre, as a hostile or a careless hand draws them. */
function comb(spikes: number): Position[] {
  const centre = { lat: 36.3, lon: 43.1 };
  return Array.from({ length: 2 * spikes }, (_, i) => go(centre, (180 * i) / spikes, i % 2 === 0 ? 5000 : 10));
}

test("a comb whose spikes nearly meet is a polygon, and is none once two of them cross", () => {
  const ring = comb(500);
  assert.equal(footprintFault({ type: "polygon", rings: [ring] }), null);
  const crossed = ring.with(0, ring[2] as Position).with(2, ring[0] as Position);
  assert.equal(footprintFault({ type: "polygon", rings: [crossed] })?.code, "ring-crosses-itself");
});
