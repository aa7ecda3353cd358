/**
 * Writes `docs/errors.md` from the rooms' own tables, so that the list of codes is closed and true.
 * `--check` only compares. Exit status 1 where the page is out of date.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorEntry } from "../src/wire/error.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGE = join(ROOT, "docs", "errors.md");

const HEAD = `# Errors

Every fault carries one of these codes, says what is wrong, and says what to do next. The list is closed: it is made
from the tables in the rooms by \`npm run errors\`, and the checks fail where this page differs from them.

*Exit* is the exit status of a command that ends with the fault (1 a valid "no", 2 bad input or usage, 3 could not
run); *HTTP* is the status of a route that does.
`;

async function sections(): Promise<string[]> {
  const seen = new Map<string, string>();
  const pages: string[] = [];
  for (const file of globSync("src/*/errors.ts", { cwd: ROOT }).toSorted()) {
    const exported: Record<string, unknown> = await import(join(ROOT, file));
    const room = file.split("/")[1] as string;
    const rows: string[] = [];
    for (const table of Object.values(exported).filter((value) => typeof value === "object" && value !== null)) {
      for (const [code, entry] of Object.entries(table as Record<string, ErrorEntry>)) {
        const owner = seen.get(code);
        if (owner !== undefined) throw new Error(`The code "${code}" stands in ${owner} and in ${room}.`);
        seen.set(code, room);
        rows.push(`| \`${code}\` | ${entry.exit} | ${entry.http} | ${entry.next} |`);
      }
    }
    pages.push(
      [
        `## ${room}`,
        "",
        "| code | exit | HTTP | what to do next |",
        "| --- | --- | --- | --- |",
        ...rows.toSorted(),
        "",
      ].join("\n"),
    );
  }
  return pages;
}

const page = [HEAD, ...(await sections())].join("\n");
if (!process.argv.includes("--check")) writeFileSync(PAGE, page);
else if (!existsSync(PAGE) || readFileSync(PAGE, "utf8") !== page) {
  process.stderr.write("docs/errors.md is out of date: run `npm run errors`.\n");
  process.exitCode = 1;
}
