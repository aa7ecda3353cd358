/** What a format could not hold, for people: each thing that it cannot hold is said once, with the names that have it. */

import { type Left, leftWords } from "../intake/index.ts";

/** So many names are said of each; `--json` names all. */
const NAMED = 10;

/** `left` as files are written with: once for every volume. */
export function leftLines(left: readonly Left[]): string[] {
  return [...Map.groupBy(left, leftWords)].map(([what, all]) => {
    const names = [...new Set(all.map(({ name }) => name))];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more (--json names them)` : "";
    return `${capital(what)}. Left out: ${all.length.toLocaleString("en")}, of ${names.slice(0, NAMED).join(", ")}${more}.`;
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
