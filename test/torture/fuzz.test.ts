/** The parsers that strangers reach, under changed inputs; and every input that ever did harm, by its file. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fuzz, wrongWith } from "../../tools/torture/fuzz/fuzz.ts";
import { parserOf, targets } from "../../tools/torture/fuzz/targets.ts";

/** Files named `<parser>-<what>`, as a run keeps them. */
const REGRESSIONS = join(import.meta.dirname, "regressions");

test("forty thousand changed inputs are each taken or refused by name", () => {
  const all = targets();
  const { inputs, findings } = fuzz(1, 40_000, Infinity, all);
  assert.ok(inputs >= 40_000);
  assert.deepEqual(
    findings.map(({ target, what, input }) => `${target}: ${what}: ${Buffer.from(input).toString("base64")}`),
    [],
  );
});

test("a parser that throws, and one that hangs, are found", () => {
  const seeds = [new Uint8Array(8)];
  const throws = { name: "throws", seeds, parse: () => JSON.parse("{") as unknown };
  assert.match(fuzz(1, 1, Infinity, [throws]).findings[0]?.what ?? "", /SyntaxError/);
  const hangs = () => {
    // Of the processor's time, not the clock's: the machine may be busy with something else.
    for (const before = process.cpuUsage(); process.cpuUsage(before).user < 1_200_000;);
  };
  assert.match(wrongWith(hangs, new Uint8Array(0)) ?? "", /it took/);
});

test("no input that once did harm does any", () => {
  const names = existsSync(REGRESSIONS) ? readdirSync(REGRESSIONS) : [];
  for (const name of names) {
    const target = Object.keys(Object.fromEntries(targets().map((each) => [each.name, each]))).find((each) =>
      name.startsWith(`${each}-`),
    );
    const parse = target === undefined ? null : parserOf(target);
    assert.ok(parse, `${name} names no parser`);
    assert.equal(wrongWith(parse, readFileSync(join(REGRESSIONS, name))), null, name);
  }
});
