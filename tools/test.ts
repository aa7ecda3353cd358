/**
 * `npm test`: every test, in real processes and a real browser. Arguments are test files; none means all of them.
 * The last lines are the runner's own count.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
/** Two hundred files import the same modules: compiled once, they are read from here by every process after the first. */
const COMPILED = join(ROOT, ".parley", "compile-cache");
/** Files at a time: on two cores two files of the browser's fill both, and a third makes each of them late. */
const AT_ONCE = 2;

/** The browser tests drive Debian's Chromium. Where we may, it is installed; where not, those tests fail and say so. */
function ensureChromium(): void {
  const present = existsSync("/usr/bin/chromium") || process.env["PARLEY_CHROMIUM"] !== undefined;
  if (present) return;
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (mayInstall) {
    process.stderr.write("Installing Chromium for the browser tests (once) …\n");
    spawnSync("apt-get", ["update", "-qq"], { stdio: ["ignore", 2, 2] });
    spawnSync("apt-get", ["install", "-y", "-qq", "chromium", "fonts-noto-core"], { stdio: ["ignore", "ignore", 2] });
  }
  if (!existsSync("/usr/bin/chromium")) {
    process.stderr.write(
      "The browser tests need Chromium and will fail: run `apt-get install chromium` as root first.\n",
    );
  }
}

const given = process.argv.slice(2);
const files = given.length > 0 ? given : globSync("test/**/*.test.ts", { cwd: ROOT }).toSorted();
ensureChromium();
const runner = spawn(
  process.execPath,
  ["--test", "--test-timeout=1800000", `--test-concurrency=${AT_ONCE}`, ...files],
  {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning", NODE_COMPILE_CACHE: COMPILED },
  },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => runner.kill(signal));
runner.on("exit", (code) => {
  process.exitCode = code ?? 3;
});
