/** What is wrong with footprints that came from elsewhere, kept beside them. */
import { ParleyError } from "../wire/error.ts";
import { validAnyFootprint } from "./any-volume.ts";
import type { AnyFootprint } from "./types.ts";

const faults = new WeakMap<AnyFootprint, ParleyError | null>();

/** What is wrong with a footprint that came from elsewhere, or null; worked out once for each object. */
export function footprintFault(footprint: AnyFootprint): ParleyError | null {
  const known = faults.get(footprint);
  if (known !== undefined) return known;
  let fault: ParleyError | null = null;
  try {
    validAnyFootprint(footprint);
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    fault = error;
  }
  faults.set(footprint, fault);
  return fault;
}

/** Notes that a footprint was found to be valid before, by whoever read it into the store it now comes from. */
export function trustFootprint(footprint: AnyFootprint): void {
  faults.set(footprint, null);
}
