import { list, nullable, record } from "../compose.ts";
import { code, instant, line, metres, seconds } from "../field.ts";
import { position } from "../place.ts";

/** One field that was entered again without seeing it: exactly one of the three is said. */
const entry = record(
  {
    field: line(80),
    position: nullable(position()),
    at: nullable(instant()),
    height_m: nullable(metres(-20_000, 1_000_000)),
  },
  {
    check: ({ position: where, at, height_m }) =>
      [where, at, height_m].filter((value) => value !== null).length === 1 ? null : "one value is entered, no more",
  },
);

/** How far the entry lies from what was told; all null where the field was not entered at all. */
const difference = record({
  field: line(80),
  distance_m: nullable(metres(0, 20_100_000)),
  seconds: nullable(seconds(260_000_000_000)),
  height_m: nullable(metres(0, 2_000_000)),
});

/** What the receiving officer entered, and the comparison that his node made, which every node makes again. */
export const READBACK = record(
  { entries: list(entry, 0, 64), result: code("readback_result"), differences: list(difference, 0, 64) },
  {
    check: ({ result, differences }) =>
      (result === "same") === (differences.length === 0) ? null : "the result and the differences disagree",
  },
);
