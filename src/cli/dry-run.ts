/** A file looked at without a node, piece by piece, however large it is; what was found is written as it is found. */
import { closeSync, readSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createImporter, type ImportedRow, type ImportOptions, type ImportResult, LIMITS } from "../intake/index.ts";
import type { Outcome } from "./action.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { foundFile, openFile } from "./files.ts";
import { progress } from "./progress.ts";
import { pairs } from "./table.ts";
import { findingsText, findingText } from "./words.ts";

const PIECE = 1 << 18;
/** Of one code no more are kept for people; a program reads each where it stands. */
const KEPT = 5000;

export interface DryRun extends Outcome {
  readonly header_key: string | null;
}

/** @throws every code of intake, file-unreadable, file-too-large */
export async function dryRun(context: Context, path: string, options: ImportOptions, json: boolean): Promise<DryRun> {
  const size = foundFile(path).size;
  const cap = size <= LIMITS.file_bytes ? LIMITS.file_bytes : LIMITS.stream_bytes;
  const isWhole = size <= LIMITS.file_bytes;
  const importer = isWhole
    ? createImporter(options, LIMITS.rows)
    : createImporter(options, LIMITS.part_rows, LIMITS.part_bytes);
  const output = json ? new JsonOutput(context) : new KeptFindings();
  const bar = progress(context, `Reading ${path.slice(path.lastIndexOf("/") + 1)}, bytes`, size);
  const file = openFile(path);
  try {
    for (let [done, collected] = [0, 0]; ;) {
      const piece = new Uint8Array(PIECE);
      const read = readSync(file, piece);
      if (read === 0) break;
      done += read;
      if (done > cap) throw cliError("file-too-large", `${path} has more than ${cap} bytes.`);
      const rows = importer.push(piece.subarray(0, read));
      if (rows.length > 0) {
        output.rows(rows, importer.head());
        await context.printed();
      }
      if (!isWhole && done - collected >= COLLECTED) {
        collectGarbage();
        collected = done;
      }
      bar(done);
    }
    output.rows(importer.end(), importer.head());
  } finally {
    closeSync(file);
    bar.end();
  }
  const summary = importer.summary();
  const { refused, warned } = summary;
  const text = output.end(importer.head(), summary);
  const { header_key } = importer.head().mapping;
  return { status: refused + warned > 0 ? 1 : 0, ...(text === null ? {} : { text }), header_key };
}

/** Bytes of a large file between two collections of what reading them left behind. */
const COLLECTED = 1 << 20;
/** Rows that are printed at once. */
const PRINTED = 200;

/**
 * What reading leaves behind is let go before more is read: left to itself the engine lets several
 * hundred megabytes gather first, on machines that do not have them.
 */
const collectGarbage: () => void = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
})();

type Head = Pick<ImportResult, "format" | "mapping">;

/** One JSON value, a row a line: nothing of it is held. */
class JsonOutput {
  readonly #context: Context;
  #begun = false;
  #first = true;

  constructor(context: Context) {
    this.#context = context;
  }

  rows(rows: readonly ImportedRow[], { format, mapping }: Head): void {
    if (!this.#begun) {
      const head = JSON.stringify({ format, mapping }).slice(0, -1);
      this.#context.print(`${head},"rows":[`);
      this.#begun = true;
    }
    for (let i = 0; i < rows.length; i += PRINTED) {
      const lines = rows.slice(i, i + PRINTED).map((row) => JSON.stringify(row));
      this.#context.print(`${this.#first ? "" : ","}${lines.join("\n,")}`);
      this.#first = false;
    }
  }

  end(_head: Head, summary: ImportResult["summary"]): null {
    this.#context.print(`],"summary":${JSON.stringify(summary)}}`);
    return null;
  }
}

class KeptFindings {
  readonly #rows: Pick<ImportedRow, "row" | "findings">[] = [];
  readonly #counts = new Map<string, number>();

  rows(rows: readonly ImportedRow[]): void {
    for (const { row, findings } of rows) {
      const kept = findings.filter(({ code }) => {
        const count = (this.#counts.get(code) ?? 0) + 1;
        this.#counts.set(code, count);
        return count <= KEPT;
      });
      if (kept.length > 0) this.#rows.push({ row, findings: kept });
    }
  }

  end(head: Head, summary: ImportResult["summary"]): string {
    return resultText({ ...head, rows: this.#rows, summary });
  }
}

export function resultText({
  format,
  mapping,
  rows,
  summary,
}: Pick<ImportResult, "format" | "mapping" | "summary"> & {
  readonly rows: readonly Pick<ImportedRow, "row" | "findings">[];
}): string {
  const facts = pairs([
    ["format", format],
    ...mapping.columns.map(({ field, header }) => ["column", `${header} is read as ${field}`] as const),
    ...mapping.assumed.map(({ field, value, because }) => ["assumed", `${field} ${value}. ${because}`] as const),
    ...(mapping.unused.length > 0 ? [["not used", mapping.unused.join(", ")] as const] : []),
    ["rows", String(summary.rows)],
    ["drafts", String(summary.drafts)],
    ["refused", String(summary.refused)],
    ["warned", String(summary.warned)],
    ["noted", String(summary.noted)],
  ]);
  const findings = rows.flatMap((row) => row.findings.map((each) => ({ ...each, row: `row ${row.row}` })));
  const worse = findings.filter(({ gravity }) => gravity !== "note");
  const notes = findings.filter(({ gravity }) => gravity === "note");
  return [facts, ...(worse.length === 0 ? [] : [findingsText(worse)]), ...notesText(notes)].join("\n\n");
}

/** A note each would bury what is refused and warned of: one line for all that are alike. */
function notesText(notes: readonly (ImportedRow["findings"][number] & { readonly row: string })[]): string[] {
  const codes = [...new Set(notes.map(({ code }) => code))];
  const lines = codes.map((code): [string, string] => {
    const [first, ...more] = notes.filter((note) => note.code === code);
    return [
      code,
      `${first?.row}${more.length === 0 ? "" : ` and ${more.length} more`}: ${first === undefined ? "" : findingText(first)}`,
    ];
  });
  return lines.length === 0 ? [] : [`Noted (--json has each)\n${pairs(lines)}`];
}
