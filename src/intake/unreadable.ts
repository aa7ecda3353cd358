/** A cell that could not be read, as a finding: what stood in it, and which fault it has. */
import { type Finding, finding } from "./codes.ts";
import type { ReadNumber } from "./value.ts";
import { reason, type Sentence } from "./words/sentence.ts";

/** No more of a cell is said. */
const SAID = 60;

/** `fault`: the code of the geo room's error, here and below. */
export function noPosition(
  field: string,
  text: string,
  fault: string,
  meant: { readonly suggestion?: Finding["suggestion"]; readonly reason?: Sentence } = {},
): Finding {
  return finding("position-not-a-number", field, { text: text.slice(0, SAID) }, { ...meant, fault });
}

export function timeRefused(field: string, text: string, fault: string): Finding {
  return finding("time-refused", field, { text: text.slice(0, SAID) }, { fault });
}

export function heightIgnored(field: string, text: string, fault: string): Finding {
  return finding("height-ignored/fault", field, { text: text.slice(0, SAID) }, { fault });
}

export function numberRefused(
  way: "number-refused" | "number-refused/metres",
  field: string,
  text: string,
  { most, meant }: Extract<ReadNumber, { ok: false }>,
): Finding {
  const more = meant === null ? {} : { suggestion: { [field]: meant }, reason: reason("thousands", {}) };
  return finding(way, field, { text: text.slice(0, SAID), most }, more);
}
