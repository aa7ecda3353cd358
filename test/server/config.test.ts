import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { configSchema } from "../../src/server/config.ts";
import { formatConfig, parseConfig } from "../../src/server/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

test("a configuration comes back as it was written", () => {
  const text =
    'party = "northern"\nlisten = "[::1]:7101"\npublic_address = "https://north.example.org"\nhosts = ["north"]\n';
  const config = parseConfig(text);
  assert.deepEqual(config.listen, { host: "::1", port: 7101 });
  assert.deepEqual(parseConfig(formatConfig(config)), config);
});

test("every fault of a configuration is named at once", () => {
  const text = 'party = "North"\nlisten = "here"\npublic_address = "ftp://x"\nmore = 1\nframe_ancestors = ["*"]\n';
  assert.throws(
    () => parseConfig(text),
    (error) => {
      assert.ok(isParleyError(error, "config-malformed"));
      for (const name of ["party", "listen", "public_address", "more", "frame_ancestors"]) {
        assert.ok(error.message.includes(name), `${name} is not in: ${error.message}`);
      }
      return true;
    },
  );
  const faults = (given: string): string => {
    try {
      parseConfig(given);
    } catch (error) {
      return (error as Error).message;
    }
    return "none";
  };
  assert.equal(faults('listen = "127.0.0.1:99999"\n'), "parley.toml: party is missing; listen has a port above 65535.");
  assert.equal(faults('party = "northern"\nmore = 1\n'), 'parley.toml: There is no setting "more".');
  assert.equal(
    faults('party = "northern"\nlisten = "here"\n[watch]\nstep_minutes = 0\n'),
    'parley.toml: listen is not an address and a port, such as "127.0.0.1:7101"; watch step_minutes is below 1.',
  );
  assert.equal(
    faults('party = "northern"\n[siren]\ncommand = ["/bin/true"]\nwebhook = "https://x.example/"\n'),
    "parley.toml: siren names a command and a webhook: keep one of them.",
  );
  assert.throws(
    () => parseConfig("party = "),
    (error) => isParleyError(error, "config-malformed"),
  );
});

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

/** Such as `siren.command`; a table alone is none. */
function settingsIn(shape: Shape, above: readonly string[] = []): string[] {
  const properties = shape.properties ?? shape.items?.properties;
  if (properties === undefined) return [above.join(".")];
  return Object.entries(properties).flatMap(([name, inner]) => settingsIn(inner, [...above, name]));
}

test("docs/settings.md has a row of every setting, and of no other", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "settings.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z_.]+)` \|/gm)].map(([, name]) => name as string);
  const settings = settingsIn(z.toJSONSchema(configSchema, { io: "input" }) as Shape);
  assert.deepEqual(rows.toSorted(), settings.toSorted());
});
