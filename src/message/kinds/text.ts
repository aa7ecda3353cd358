import { record } from "../compose.ts";
import { words } from "../field.ts";

/** Words, in the language that the message names. */
export const TEXT = record(
  { words: words(16_000) },
  { check: ({ words: said }) => (said === "" ? "a text needs words" : null) },
);
