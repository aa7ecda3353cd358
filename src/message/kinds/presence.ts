import { list, nullable, record } from "../compose.ts";
import { code, metres, words } from "../field.ts";
import { volume } from "../place.ts";

/** None of ours here, some of ours here, or: we cannot stop fire here. */
export const PRESENCE = record({
  claim: code("presence_claim"),
  volumes: list(volume(), 1, 100),
  precision_m: nullable(metres(0, 1_000_000)),
  remarks: words(2000),
});
