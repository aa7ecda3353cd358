/** What an operator can look up: every event of a log and every metric stands in docs/operations.md, and no other. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");

/** The cells of each row of the table below a heading; a name in code is what a row is about. */
function rowsBelow(heading: string): { readonly names: readonly string[]; readonly cells: readonly string[] }[] {
  const page = readFileSync(join(ROOT, "docs", "operations.md"), "utf8");
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`));
  assert(section !== undefined, heading);
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) => {
    const cells = row.slice(2, -2).split(" | ");
    return { names: [...(cells[0] as string).matchAll(/`([a-z_-]+)[^`]*`/g)].map(([, name]) => name as string), cells };
  });
}

/** The levels at which the source logs each event. */
function loggedEvents(): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const file of globSync("src/**/*.ts", { cwd: ROOT })) {
    const source = readFileSync(join(ROOT, file), "utf8");
    for (const [call, level, event] of source.matchAll(/\blogger\s*\.(info|warn|error)\(\s*(?:"([a-z-]+)")?/g)) {
      assert(event !== undefined, `${file}: an event's name stands in the call itself: ${call}`);
      found.set(event, (found.get(event) ?? new Set()).add(level as string));
    }
  }
  return new Map([...found].map(([event, levels]) => [event, [...levels].toSorted().join(", ")]));
}

test("every event that a log may hold stands in the table of docs/operations.md with its level, and no other", () => {
  const logged = loggedEvents();
  assert.ok(logged.size > 30, "the source logs");
  const told = new Map<string, string>();
  for (const { names, cells } of rowsBelow("Log events")) {
    assert.equal(cells.length, 5, `${cells[0]}: event, level, alarm when, what it means, what to do`);
    for (const name of names) {
      assert.ok(!told.has(name), `${name} stands there twice`);
      told.set(name, cells[1] as string);
    }
  }
  assert.deepEqual(told, logged);
});

test("every metric stands in the table of docs/operations.md under its whole name, and no other", () => {
  const source = readFileSync(join(ROOT, "src", "server", "metrics.ts"), "utf8");
  const measured = [...source.matchAll(/^ {2}(?: {2}name: ")?(parley_[a-z_]+)/gm)].map(([, name]) => name as string);
  const told = rowsBelow("Metrics and health").flatMap(({ names }) => names);
  // Of the process itself; prom-client's own.
  const own = told.filter((name) => !name.startsWith("parley_nodejs_"));
  assert.deepEqual(own.toSorted(), measured.toSorted());
});
