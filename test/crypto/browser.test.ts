import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** Every module that `entry` loads from this repository, and the names of the packages that it loads. */
function closure(entry: URL, files = new Map<string, string[]>()): Map<string, string[]> {
  if (files.has(entry.pathname)) return files;
  const text = readFileSync(entry, "utf8");
  const imports = [...text.matchAll(/from "([^"]+)"/g)].map((match) => match[1] as string);
  files.set(entry.pathname, imports);
  for (const name of imports) if (name.startsWith(".")) closure(new URL(name, entry), files);
  return files;
}

test("what a browser loads of crypto and log needs nothing of Node", () => {
  for (const entry of ["crypto/noble.ts", "crypto/index.ts", "log/index.ts"]) {
    const files = closure(new URL(`../../src/${entry}`, import.meta.url));
    assert(files.size > 3);
    for (const [file, imports] of files) {
      assert(!file.endsWith("/native.ts"), `${entry} loads ${file}`);
      assert(!imports.some((name) => name.startsWith("node:")), `${entry} loads ${file}`);
      assert(!/\bBuffer\b|\bprocess\./.test(readFileSync(file, "utf8")), file);
    }
  }
});
