/** The layout of a row of numbers that stands for a footprint (see compact.ts), and what a test on two of them says. */

/**
 * Where each number stands in a row: its length, the reach round the core in metres, a ball (centre and radius) that
 * holds the core, how far its geodesics stray at most from their chords, what it is, how many runs follow. A run is the
 * number of its vertices and then their x, y and z; a closed one ends with its first vertex.
 */
export const ROW = { length: 0, reach: 1, x: 2, y: 3, z: 4, radius: 5, sag: 6, kind: 7, runs: 8, first: 9 } as const;

/** What a row holds: points and lines, the inside of one polygon, of several, or a ball alone because it is too large. */
export const HOLDS = { line: 0, polygon: 1, polygons: 2, ball: 3 } as const;

/** Surely farther apart than asked. */
export const APART = 0;
/** Surely at or below the distance asked. */
export const NEAR = 1;
/** Chords alone cannot tell. */
export const UNSURE = 2;
export type Verdict = typeof APART | typeof NEAR | typeof UNSURE;
