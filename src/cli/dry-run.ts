/** A file looked at without a node, piece by piece, however large it is; what was found is written as it is found. */
import { closeSync, readSync } from "node:fs";
import { createImporter, type ImportedRow, type ImportOptions, type ImportResult, LIMITS } from "../intake/index.ts";
import type { Outcome } from "./action.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { foundFile, openFile } from "./files.ts";
import { progress } from "./progress.ts";
import { pairs } from "./table.ts";
import { findingsText } from "./words.ts";

const PIECE = 1 << 20;
/** Of one code no more are kept for people; a program reads each where it stands. */
const KEPT = 5000;

export interface DryRun extends Outcome {
  readonly header_key: string | null;
}

/** @throws every code of intake, file-unreadable, file-too-large */
export async function dryRun(context: Context, path: string, options: ImportOptions, json: boolean): Promise<DryRun> {
  const size = foundFile(path).size;
  const cap = size <= LIMITS.file_bytes ? LIMITS.file_bytes : LIMITS.stream_bytes;
  const importer = createImporter(options, size <= LIMITS.file_bytes ? LIMITS.rows : LIMITS.part_rows);
  const output = json ? new JsonOutput(context) : new KeptFindings();
  const bar = progress(context, `Reading ${path.slice(path.lastIndexOf("/") + 1)}, bytes`, size);
  const file = openFile(path);
  try {
    for (let done = 0; ;) {
      const piece = new Uint8Array(PIECE);
      const read = readSync(file, piece);
      if (read === 0) break;
      done += read;
      if (done > cap) throw cliError("file-too-large", `${path} has more than ${cap} bytes.`);
      const rows = importer.push(piece.subarray(0, read));
      if (rows.length > 0) output.rows(rows, importer.head());
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
    for (const row of rows) {
      this.#context.print(`${this.#first ? "" : ","}${JSON.stringify(row)}`);
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
    return [code, `${first?.row}${more.length === 0 ? "" : ` and ${more.length} more`}: ${first?.message}`];
  });
  return lines.length === 0 ? [] : [`Noted (--json has each)\n${pairs(lines)}`];
}
