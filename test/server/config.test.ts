import assert from "node:assert/strict";
import { test } from "node:test";
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
  assert.throws(
    () => parseConfig("party = "),
    (error) => isParleyError(error, "config-malformed"),
  );
});
