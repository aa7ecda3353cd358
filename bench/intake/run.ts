/** How fast every format is read, checked and mapped, and how much memory a large file takes in a process of its own. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importText, writeFile, WRITTEN_FORMATS } from "../../src/intake/index.ts";
import { alone, besideBound, type Measure, missed, type Report } from "../report.ts";
import { type Streamed, toldSites, writeLarge } from "./made.ts";

const ROWS = 10_000;
const NOW = Date.UTC(2031, 10, 24);
/** As tools/bootstrap.mjs starts it. */
const ROOM = ["--max-semi-space-size=8"];
const MAIN = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

export async function runIntake({ quick }: { readonly quick: boolean }, say: (text: string) => void): Promise<Report> {
  const measures = [...speeds(quick ? 1000 : ROWS, say)];
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-intake-"));
  try {
    for (const format of ["csv", "geojson"] as const) {
      measures.push(...(await streamed(folder, format, quick ? 40 : 500, say)));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { bench: "intake", measures, broken: null };
}

function* speeds(count: number, say: (text: string) => void): Generator<Measure> {
  const told = toldSites(count);
  for (const format of WRITTEN_FORMATS) {
    say(`${format}, ${count} rows`);
    const { content } = writeFile(format, told, NOW);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const began = performance.now();
    const { summary } = importText(bytes, { now: NOW });
    const seconds = (performance.now() - began) / 1000;
    if (summary.rows !== count) throw new Error(`${format}: ${summary.rows} rows were read and not ${count}`);
    yield alone({ measure: `${format}-rows-per-second`, unit: "rows/s", value: count / seconds });
    if (format !== "xlsx") continue;
    const why = count === ROWS ? "read, checked and mapped" : `measured with ${count} rows and multiplied`;
    yield besideBound({ measure: "xlsx-10000-rows", unit: "s", value: (seconds * ROWS) / count, atMost: 5, why });
  }
}

async function streamed(folder: string, format: Streamed, mb: number, say: (text: string) => void): Promise<Measure[]> {
  const file = join(folder, `large.${format}`);
  say(`${format}, a file of ${mb} MB`);
  const rows = writeLarge(file, format, mb * 1e6);
  const began = performance.now();
  const { status, peak_mb } = await watched([...ROOM, MAIN, "import", file, "--dry-run", "--json"]);
  const seconds = (performance.now() - began) / 1000;
  rmSync(file);
  const why = `${mb} MB, ${rows} rows`;
  if (status !== 0 && status !== 1) throw new Error(`import ended with ${status}`);
  const speed = alone({ measure: `${format}-large-rows-per-second`, unit: "rows/s", value: rows / seconds, why });
  const name = `${format}-large-peak-memory`;
  if (peak_mb === null) return [speed, missed(name, "MB", "at most 300 MB", "this system does not tell it")];
  return [speed, besideBound({ measure: name, unit: "MB", value: peak_mb, atMost: 300, why })];
}

/** Runs it to its end; its peak of real memory as the system counts it, null where it does not say. */
function watched(
  args: readonly string[],
): Promise<{ readonly status: number | null; readonly peak_mb: number | null }> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "ignore"] });
  let peak: number | null = null;
  const look = setInterval(() => {
    peak = peakOf(child.pid ?? 0) ?? peak;
  }, 50);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      clearInterval(look);
      resolve({ status, peak_mb: peak });
    });
  });
}

function peakOf(pid: number): number | null {
  try {
    const match = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match === null ? null : Number(match[1]) / 1024;
  } catch {
    return null;
  }
}
