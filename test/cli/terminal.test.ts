/** What a command asks a person at a terminal, and what it makes of the answer; script(1) of util-linux lends it one. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { parley, ROOT } from "./run.ts";

/** Of util-linux; where it is not there, the test says so. */
const SCRIPT = "/usr/bin/script";
const skip = existsSync(SCRIPT) ? false : `there is no ${SCRIPT} here to lend a terminal`;

/** Runs it at a terminal and types `answer` once `question` is shown. */
async function atTerminal(args: readonly string[], question: string, answer: string): Promise<string> {
  const words = [process.execPath, join(ROOT, "src", "cli", "main.ts"), ...args].map((word) => `'${word}'`);
  // One that is lent has no width, and every letter a line of its own.
  const command = `stty cols 400 rows 50 && ${words.join(" ")}`;
  const env = { ...process.env, PARLEY_PASSPHRASE: "correct horse", TERM: "xterm" };
  const child = spawn(SCRIPT, ["-qec", command, "/dev/null"], { env, stdio: ["pipe", "pipe", "inherit"] });
  let [shown, isAnswered] = ["", false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    if (isAnswered || !shown.includes(question)) return;
    isAnswered = true;
    child.stdin.write(answer);
  });
  await new Promise((resolve) => child.on("close", resolve));
  return shown;
}

test(
  "an identity key that is kept elsewhere is asked for before anything else, and a no is a no",
  { skip },
  async () => {
    const line = await makeLine({ parties: PARTIES.slice(0, 2), passphrase: "correct horse" });
    const { dir } = line.party("northern");
    const args = ["generation", "close", "--dir", dir];
    const question = "Sign it?";
    try {
      await (await startNode(dir, { logger: silentLogger })).stop();
      const no = await atTerminal(args, question, "n");
      assert.match(no, /The answer was no\.\s+next: Nothing more was done\. Run it again when you are ready\./);
      assert.ok(!no.includes("--yes"), "a person is there");
      const nobody = await parley(args);
      assert.match(nobody.stderr, /next: .*--yes where nobody is at a terminal/);
      // As `init` told: off this machine once the line is open.
      renameSync(join(dir, "identity.key"), join(line.dir, "safe.key"));
      const missing = await atTerminal(args, question, "y");
      assert.match(missing, /The identity key is not at .*identity\.key\.\s+next: Bring it .* --identity FILE\./);
      assert.ok(!missing.includes(question), "nothing is asked for nothing");
    } finally {
      line.remove();
    }
  },
);
