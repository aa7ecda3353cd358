/** The node's program in one file: it starts in a fraction of the time, so that a run has room for many kills. */
import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "vite";

const ROOT = join(import.meta.dirname, "../..");

/** Builds into `dir`, and returns the file to start. */
export async function bundleNode(dir: string): Promise<string> {
  // The program looks for the package's own files two folders above itself.
  const outDir = join(dir, "program/src/server");
  mkdirSync(outDir, { recursive: true });
  copyFileSync(join(ROOT, "package.json"), join(dir, "program/package.json"));
  // What is not of JavaScript is found where it was installed.
  symlinkSync(join(ROOT, "node_modules"), join(dir, "program/node_modules"));
  await bundled("tools/torture/line/node-main.ts", outDir, "main.js");
  // A thread's file is looked for beside the program, by the name that it has in the sources.
  await bundled("src/server/messages/open-worker.ts", outDir, "open-worker.ts");
  return join(outDir, "main.js");
}

/** A shorter file is read sooner; names stay, for whoever reads a stack. */
const SHORT = { compress: true, mangle: false, codegen: true };
const SUITE = join(ROOT, "src/crypto/native.ts");
const REMEMBERED = join(import.meta.dirname, "remembered-scrypt.ts");

const rememberedScrypt: Plugin = {
  name: "remembered-scrypt",
  enforce: "pre",
  resolveId: (source, importer) => (source === "node:crypto" && importer === SUITE ? REMEMBERED : null),
};

async function bundled(entry: string, outDir: string, name: string): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: "error",
    plugins: [rememberedScrypt],
    ssr: { noExternal: true, external: ["better-sqlite3-multiple-ciphers"] },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: "node24",
      rolldownOptions: { output: { codeSplitting: false, entryFileNames: name, minify: SHORT } },
    },
  });
}
