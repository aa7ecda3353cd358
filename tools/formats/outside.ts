/** Programs that other people made, from Debian's packages; where one is not here it is said and nothing is made up. */
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PROGRAMS = {
  ogr2ogr: { package: "gdal-bin", version: ["--version"] },
  gpsbabel: { package: "gpsbabel", version: ["-V"] },
  soffice: { package: "libreoffice-calc", version: ["--version"] },
  xmllint: { package: "libxml2-utils", version: ["--version"] },
} as const;
export type Program = keyof typeof PROGRAMS;

/** What it calls itself, in one line; null where it is not installed. */
export function versionOf(program: Program): string | null {
  const { error, stdout, stderr } = spawnSync(program, PROGRAMS[program].version, { encoding: "utf8" });
  if (error !== undefined) return null;
  return (stdout + stderr).trim().split("\n", 1)[0]?.trim() ?? "";
}

/** Of LibreOffice, lest it meet the settings of whoever runs this. */
const PROFILE = `-env:UserInstallation=file://${join(tmpdir(), "parley-formats-libreoffice")}`;

/** Runs it in `folder` and hands back its standard output. Throws what it said where it fails. */
export function run(folder: string, program: Program, args: readonly string[]): string {
  const all = program === "soffice" ? ["--headless", PROFILE, ...args] : args;
  const { error, status, stdout, stderr } = spawnSync(program, all, {
    cwd: folder,
    encoding: "utf8",
    timeout: 180_000,
    maxBuffer: 64 << 20,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.trim().slice(0, 400)}`);
  return stdout;
}
