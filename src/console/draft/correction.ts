/**
 * A correction restates the whole: what the officer changed in the form, and everything else as it was told, also what the
 * form does not show.
 */
import { sortedJson } from "../../wire/json.ts";

type Json = unknown;
type Members = Readonly<Record<string, Json>>;

/**
 * `told` with what was changed from `shown` to `typed`: those are what the form makes of the message as it was told, and of
 * what stands in the form now. Lists are taken element by element; elements that the form never showed stay behind them.
 */
export function corrected(told: Json, shown: Json, typed: Json): Json {
  if (sortedJson(shown) === sortedJson(typed)) return told;
  if (Array.isArray(told) && Array.isArray(shown) && Array.isArray(typed)) {
    const kept = typed.map((value, i) => (i < shown.length ? corrected(told[i], shown[i], value) : value));
    return [...kept, ...told.slice(shown.length)];
  }
  if (isMembers(told) && isMembers(shown) && isMembers(typed)) {
    const unseen = Object.entries(told).filter(([name]) => !Object.hasOwn(shown, name) && !Object.hasOwn(typed, name));
    const seen = Object.entries(typed).map(([name, value]): [string, Json] => [
      name,
      Object.hasOwn(shown, name) && Object.hasOwn(told, name) ? corrected(told[name], shown[name], value) : value,
    ]);
    return Object.fromEntries([...unseen, ...seen]);
  }
  return typed;
}

function isMembers(value: Json): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
