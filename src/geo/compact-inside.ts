/**
 * Whether a vertex of one row lies inside the polygon of another, seen in the gnomonic picture from the centre of the
 * Earth: there the plane through an edge and the centre is a straight line. A geodesic strays from that plane by less
 * than a hundredth of what it strays from its chord, so near an edge the answer is "unsure".
 */
import { APART, HOLDS, NEAR, ROW, UNSURE, type Verdict } from "./compact-row.ts";

/** Beyond this radius a picture from the centre of the Earth is too bent to be trusted. */
const WIDEST_M = 2_000_000;

/**
 * NEAR where a vertex of the row at `j` surely lies inside the polygon at `i`; else what `edges` said of the two, made
 * UNSURE where the inside cannot be told. Where the edges are apart, one vertex of each run tells it.
 */
export function insideOf(a: Float64Array, i: number, b: Float64Array, j: number, edges: Verdict): Verdict {
  let run = j + ROW.first;
  for (let left = b[j + ROW.runs] as number; left > 0; left--) {
    const count = b[run] as number;
    const looked = edges === APART ? 1 : count;
    for (let k = 0; k < looked; k++) {
      const at = vertexIn(a, i, b, run + 1 + 3 * k);
      if (at === NEAR || (at === UNSURE && edges === APART)) return at;
    }
    run += 1 + 3 * count;
  }
  return edges;
}

/** A plane that touches the Earth below the middle of the polygon: its normal and two directions in it. */
interface Picture {
  readonly n: readonly [number, number, number];
  readonly e: readonly [number, number, number];
  readonly f: readonly [number, number, number];
}

function pictureOf(a: Float64Array, i: number): Picture {
  const [x, y, z] = [a[i + ROW.x] as number, a[i + ROW.y] as number, a[i + ROW.z] as number];
  const size = Math.sqrt(x * x + y * y + z * z);
  const n = [x / size, y / size, z / size] as const;
  const across = Math.abs(n[2]) < 0.9 ? ([-n[1], n[0], 0] as const) : ([0, -n[2], n[1]] as const);
  const width = Math.sqrt(across[0] ** 2 + across[1] ** 2 + across[2] ** 2);
  const e = [across[0] / width, across[1] / width, across[2] / width] as const;
  const f = [n[1] * e[2] - n[2] * e[1], n[2] * e[0] - n[0] * e[2], n[0] * e[1] - n[1] * e[0]] as const;
  return { n, e, f };
}

/** Whether vector `p` of `b` lies inside the polygon at `i`. */
function vertexIn(a: Float64Array, i: number, b: Float64Array, p: number): Verdict {
  const [x, y, z] = [b[p] as number, b[p + 1] as number, b[p + 2] as number];
  const radius = a[i + ROW.radius] as number;
  const off =
    (x - (a[i + ROW.x] as number)) ** 2 + (y - (a[i + ROW.y] as number)) ** 2 + (z - (a[i + ROW.z] as number)) ** 2;
  if (off > radius * radius) return APART;
  if (a[i + ROW.kind] !== HOLDS.polygon || radius > WIDEST_M) return UNSURE;
  const { n, e, f } = pictureOf(a, i);
  const depth = x * n[0] + y * n[1] + z * n[2];
  const [u, v] = [(x * e[0] + y * e[1] + z * e[2]) / depth, (x * f[0] + y * f[1] + z * f[2]) / depth];
  // In units of the Earth's radius; pictures of this width stretch lengths by less than a fifth.
  const margin = ((a[i + ROW.sag] as number) * 0.02 + 0.001) / 6_000_000;
  let inside = false;
  let run = i + ROW.first;
  for (let left = a[i + ROW.runs] as number; left > 0; left--) {
    const count = a[run] as number;
    let [ru, rv] = [0, 0];
    for (let k = 0; k < count; k++) {
      const q = run + 1 + 3 * k;
      const [qx, qy, qz] = [a[q] as number, a[q + 1] as number, a[q + 2] as number];
      const down = qx * n[0] + qy * n[1] + qz * n[2];
      const [qu, qv] = [(qx * e[0] + qy * e[1] + qz * e[2]) / down - u, (qx * f[0] + qy * f[1] + qz * f[2]) / down - v];
      if (k > 0) {
        if (isNearOrigin(ru, rv, qu, qv, margin)) return UNSURE;
        if (rv > 0 !== qv > 0 && (qu - ru) * (-rv / (qv - rv)) + ru > 0) inside = !inside;
      }
      [ru, rv] = [qu, qv];
    }
    run += 1 + 3 * count;
  }
  return inside ? NEAR : APART;
}

/** True where the line from `(au, av)` to `(bu, bv)` passes the origin within `margin`. */
function isNearOrigin(au: number, av: number, bu: number, bv: number, margin: number): boolean {
  const [du, dv] = [bu - au, bv - av];
  const size = du * du + dv * dv;
  const along = size === 0 ? 0 : Math.min(1, Math.max(0, -(au * du + av * dv) / size));
  const [u, v] = [au + along * du, av + along * dv];
  return u * u + v * v < margin * margin;
}
