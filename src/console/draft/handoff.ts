/** A footprint that was drawn on the map and waits for the form that it was drawn for. */
import type { Footprint } from "../../geo/index.ts";

let waiting: Footprint | null = null;

export function handOver(footprint: Footprint): void {
  waiting = footprint;
}

export function drawnShape(): Footprint | null {
  return waiting;
}

/** The form that it was for is closed. */
export function forgetDrawn(): void {
  waiting = null;
}
