/** The same coordinates in Node and in what a browser is sent: the two take different builds of the packages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { build, type Rolldown } from "vite";
import * as geo from "../../src/geo/index.ts";

const ENTRY = new URL("../../src/geo/index.ts", import.meta.url).pathname;

async function bundled(): Promise<{ readonly geo: typeof geo; readonly warnings: readonly string[] }> {
  const warnings: string[] = [];
  const built = (await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      lib: { entry: ENTRY, formats: ["es"] },
      rolldownOptions: { onwarn: ({ code, message }) => void warnings.push(`${code ?? ""} ${message}`) },
    },
  })) as Rolldown.RolldownOutput[];
  const code = built[0]?.output[0].code ?? "";
  const loaded = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as typeof geo;
  return { geo: loaded, warnings };
}

test("a grid reference is read and written alike in Node and in a browser's bundle, which builds without a warning", async () => {
  const { geo: inBrowser, warnings } = await bundled();
  assert.deepEqual(warnings, []);
  for (const text of ["38S LF 31570 22970", "38SLF3157022970", "32V LM 12345 67890"]) {
    assert.deepEqual(inBrowser.parseCoordinate(text), geo.parseCoordinate(text), text);
  }
  for (const position of [
    { lat: 36.3402, lon: 43.1301 },
    { lat: -33.9, lon: 151.2 },
  ]) {
    const text = geo.formatCoordinate(position, "mgrs");
    assert.equal(inBrowser.formatCoordinate(position, "mgrs"), text);
    assert.match(text, /^\d+[A-Z] ?[A-Z]{2}/);
  }
});
