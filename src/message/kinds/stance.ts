import { nullable, record } from "../compose.ts";
import { code, line, words } from "../field.ts";

/** Where a party stands on a subject. */
export const STANCE = record(
  {
    /** What it is about, in the same words each time, so that its history hangs together. */
    topic: line(120),
    stands: code("stance"),
    words: words(8000),
    said: code("said"),
    /** Where and when it was said in public. */
    source: nullable(line(300)),
  },
  { check: ({ words: said }) => (said === "" ? "a stance needs its words" : null) },
);
