#!/usr/bin/env node
// Runs one of our programs on a fresh machine: `node tools/bootstrap.mjs FILE [ARGUMENT ...]`, under any Node from 20 on.
// The first time it installs what is missing (the dependencies, among them the pinned Node, then the console's build);
// after that it starts FILE on the pinned Node at once. Plain JavaScript, because the machine's own Node may be older
// than type stripping.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** ML-KEM, raw key export and type stripping are all there from this one on. */
const OLDEST_NODE = [24, 15];

/**
 * Installs the dependencies, and builds the console where it is wanted, if either is missing or out of date.
 * Throws in plain words.
 */
export async function ensureInstalled({ withConsole }) {
  const ready = () => dependenciesCurrent() && (!withConsole || consoleCurrent());
  if (ready()) return;
  await underLock(() => {
    if (!dependenciesCurrent()) installDependencies();
    if (!ready()) buildConsole();
  });
}

/** The Node that runs Parley: the pinned one, or the machine's own where no package of it exists and it is new enough. */
export function nodePath() {
  const pinned = join(ROOT, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath;
  throw stopped(
    `There is no packaged Node for ${process.platform}-${process.arch}, and this one is ${process.version}.`,
    `Install Node ${OLDEST_NODE.join(".")} or later and try again.`,
  );
}

/** Every package that the lock file asks for is there in its version (the optional ones of other platforms are not). */
function dependenciesCurrent() {
  try {
    const wanted = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
    const found = JSON.parse(readFileSync(join(ROOT, "node_modules", ".package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === "" || found[path]?.version === version || (optional && !found[path]),
    );
  } catch {
    return false;
  }
}

function installDependencies() {
  say("Installing the dependencies (once; about a minute) …");
  // No package's own scripts: what is native comes ready-made in its package. npm would build it anew all the same, and
  // for that needs Python, make, a compiler and Node's headers from the network.
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith("js") ? [process.execPath, [npm]] : ["npm", []];
  run(command, [...first, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    failure: "The dependencies could not be installed",
    next: `Look at what npm says above. It needs the network, room on the disk, and leave to write in ${ROOT}.`,
  });
}

const NOT_IN_THE_CONSOLE = ["store", "server", "cli"].map((room) => join("src", room));

/** What the console's build is made from; a change in any of it makes the build out of date. */
function consoleInputs() {
  const files = ["package-lock.json", "vite.config.ts"];
  const walk = (folder) => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!NOT_IN_THE_CONSOLE.includes(path)) walk(path);
      } else files.push(path);
    }
  };
  walk("src");
  const sum = createHash("sha256");
  for (const file of files.toSorted())
    sum
      .update(relative(ROOT, join(ROOT, file)))
      .update("\0")
      .update(readFileSync(join(ROOT, file)));
  return sum.digest("hex");
}

const BUILT = join(ROOT, "dist", "console.sha256");

function consoleCurrent() {
  return existsSync(BUILT) && readFileSync(BUILT, "utf8") === consoleInputs();
}

function buildConsole() {
  say("Building the console (a few seconds) …");
  const inputs = consoleInputs();
  run(nodePath(), [join(ROOT, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"], {
    failure: "The console could not be built",
    next: `Look at what is said above. It needs memory, room on the disk, and leave to write in ${ROOT}.`,
  });
  writeFileSync(BUILT, inputs);
}

function run(command, args, { failure, next }) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (status === 0) return;
  if (error?.code === "ENOENT")
    throw stopped(`${failure}: there is no ${command} here.`, "Install Node 20 or later with npm.");
  throw stopped(`${failure}${error ? `: ${error.message}` : ""}.`, next);
}

function stopped(sentence, next, options) {
  return new Error(`${sentence}\n  next: ${next}`, options);
}

/** Two commands that are started at once on a fresh clone must not install over each other. */
async function underLock(work) {
  const lock = join(ROOT, ".parley", "install.lock");
  for (;;) {
    try {
      mkdirSync(dirname(lock), { recursive: true });
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw notWritable(error);
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 600_000)
        rmSync(lock, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A service may write nothing here: whoever installs builds everything beforehand, and after each upgrade. */
function notWritable(cause) {
  if (!["EACCES", "EPERM", "EROFS"].includes(cause.code)) return cause;
  return stopped(
    `The libraries or the console in ${ROOT} are missing or of another version, and this user may not write there (${cause.code}).`,
    `Run \`${join(ROOT, "parley")} help serve\` once as the user who owns that folder: it installs and builds everything.`,
    { cause },
  );
}

/** Starts `file` on the pinned Node and ends as it ends; signals reach it, and it is waited for. */
export function runOnPinnedNode(file, args) {
  // A long file is read in pieces that live for a moment: room for many of them at once would only fill memory.
  const room = ["import", "verify"].includes(args[0]) ? ["--max-semi-space-size=8"] : [];
  const child = spawn(nodePath(), ["--disable-warning=ExperimentalWarning", ...room, file, ...args], {
    stdio: "inherit",
    env: {
      // Stripping and compiling a few hundred files at each start is most of a short command's time.
      NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "compile"),
      ...process.env,
      GLIBC_TUNABLES: withHugePages(process.env.GLIBC_TUNABLES),
    },
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to the whole group, so the child has it already.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 3);
  });
}

/**
 * Settings of the C library that ask Linux for pages of 2 MiB where an array is that large: a check of the deconfliction
 * engine waits for memory from many places, and a fifth of that was for finding where the places are. Nobody else's
 * settings are changed; where the system has no such pages, or another C library, nothing happens.
 */
function withHugePages(given = "") {
  if (given.includes("glibc.malloc.hugetlb=")) return given;
  return given === "" ? "glibc.malloc.hugetlb=1" : `${given}:glibc.malloc.hugetlb=1`;
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    const [file, ...args] = process.argv.slice(2);
    // Of the command line, only a node that serves shows the console; a go-between serves none.
    const isNode = args.includes("serve") && !args.includes("go-between");
    await ensureInstalled({ withConsole: file !== "src/cli/main.ts" || isNode });
    if (file !== undefined) runOnPinnedNode(join(ROOT, file), args);
  } catch (error) {
    say(error.message);
    process.exitCode = 3;
  }
}
