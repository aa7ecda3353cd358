/** One list with a few of its rows changed, read whole; what is said of the changed rows is what counts. */
import { type ImportOptions, importText } from "../../src/intake/index.ts";
import { gazetteerWith } from "../../src/store/index.ts";
import { type Random, randomAt } from "../deconflict/random.ts";
import { csvOf, type List } from "./lists.ts";
import { hashOf, type Part } from "./split.ts";

type Rows = ReturnType<typeof importText>["rows"];
export type Findings = Rows[number]["findings"];

/** A change to a row's cells, or null where it cannot be made there. */
export type Change = (cells: readonly string[], random: Random) => readonly string[] | null;

export interface Outcome {
  readonly list: string;
  /** Counted as importing counts them: the header is 1. */
  readonly row: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What is said of the row now and was not said of it before. */
  readonly findings: Findings;
}

/** One row in fifty is changed at a time, so that the rest of the list can vouch. */
const SHARE = 0.02;

/** As the command reads it, beside what comes with Parley and nothing more. */
export function read(list: List, rows: readonly (readonly string[])[], options: Partial<ImportOptions>): Rows {
  return importText(csvOf(list.headers, rows), { as: list.kind, gazetteer: gazetteerWith(), ...options }).rows;
}

export function gravely(findings: Findings): Findings {
  return findings.filter(({ gravity }) => gravity !== "note");
}

/** `wanted` changed rows of one part of a list, each read in the midst of its list. */
export function trial(
  list: List,
  change: Change,
  { name, wanted, part, options = {} }: { name: string; wanted: number; part: Part; options?: Partial<ImportOptions> },
): Outcome[] {
  const plain = list.rows.map(({ cells }) => cells);
  const before = read(list, plain, options);
  const said = new Map(before.map(({ row, findings }) => [row, new Set(findings.map(({ message }) => message))]));
  const random = randomAt(hashOf(`${list.name} ${name}`), 0);
  const mine = list.rows.flatMap((row, i) => (row.part === part ? [i] : []));
  const size = Math.max(1, Math.floor(SHARE * list.rows.length));
  const outcomes: Outcome[] = [];
  for (let round = 0; outcomes.length < wanted && round < (4 * wanted) / size + 4; round++) {
    const changed = new Map<number, readonly string[]>();
    for (let tries = 0; changed.size < Math.min(size, wanted - outcomes.length) && tries < 20 * size; tries++) {
      const index = mine[Math.floor(random() * mine.length)];
      if (index === undefined || changed.has(index)) continue;
      const after = change(plain[index] as readonly string[], random);
      if (after !== null) changed.set(index, after);
    }
    if (changed.size === 0) break;
    const rows = read(
      list,
      plain.map((cells, i) => changed.get(i) ?? cells),
      options,
    );
    for (const [index, after] of changed) {
      const { row, findings } = rows[index] as Rows[number];
      const fresh = findings.filter(({ message }) => !(said.get(row)?.has(message) ?? false));
      outcomes.push({ list: list.name, row, before: plain[index] as readonly string[], after, findings: fresh });
    }
  }
  return outcomes;
}
