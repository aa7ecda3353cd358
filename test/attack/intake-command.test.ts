/** The command on files that are none, and where nobody takes what it says. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parley, ROOT } from "../cli/run.ts";

const HEADER = "name,latitude,longitude\n";

test("a pipe, a link to one, a folder and a device are no files, wherever one is asked for", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-attack-"));
  try {
    const [pipe, link, list] = ["pipe", "link", "list.csv"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    execFileSync("mkfifo", [pipe]);
    symlinkSync(pipe, link);
    writeFileSync(list, `${HEADER}A,36.3412,43.1312\n`);
    for (const args of [
      ["import", pipe, "--dry-run"],
      ["import", link, "--dry-run"],
      ["import", folder, "--dry-run"],
      ["import", list, "--dry-run", "--since", pipe],
      ["import", list, "--dry-run", "--gazetteer", pipe],
      ["import", list, "--dry-run", "--area", pipe],
    ]) {
      const ran = await parley(args);
      assert.match(ran.stderr, /file-unreadable/, args.join(" "));
      assert.equal(ran.status, 2);
    }
    const device = await parley(["import", "/dev/zero", "--dry-run", "--json"]);
    assert.equal(device.status, 2);
    assert.match(device.stdout, /file-not-text/);
    for (const width of ["abc", "1e999", "0x10", "-5", "0"]) {
      const ran = await parley(["import", list, "--dry-run", `--width=${width}`]);
      assert.equal(ran.status, 2, width);
      assert.match(ran.stderr, /code: usage/);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const FULL = "/dev/full";

test(
  "a full disk at standard output is a fault with its code, not a clean file",
  { skip: !existsSync(FULL) },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-attack-"));
    try {
      const list = join(folder, "list.csv");
      writeFileSync(list, `${HEADER}A,36.3412,43.1312\n`);
      for (const more of [["--json"], []]) {
        const full = openSync(FULL, "w");
        const child = spawn(process.execPath, [join(ROOT, "src/cli/main.ts"), "import", list, "--dry-run", ...more], {
          stdio: ["ignore", full, "pipe"],
        });
        let said = "";
        child.stderr?.on("data", (text) => (said += String(text)));
        const status = await new Promise((resolve) => child.on("close", resolve));
        closeSync(full);
        assert.match(said, /code: file-unwritable/);
        assert.doesNotMatch(said, /\n {4}at /);
        assert.equal(status, 3);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
