import { list, record } from "../compose.ts";
import { code, metres, words } from "../field.ts";
import { volume } from "../place.ts";

/** What a party is about to do, does, or did. */
export const ACTIVITY = record({
  category: code("activity_category"),
  phase: code("activity_phase"),
  volumes: list(volume(), 1, 1000),
  /** How precise the volumes are: the author vouches for no more than this. */
  precision_m: metres(0, 1_000_000),
  remarks: words(2000),
});
