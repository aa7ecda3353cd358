/**
 * The README's first real line, command by command as it is written there: two machines are two folders, and the files
 * of pairing are carried between them. What a command would ask on a terminal is given to it as options.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { freePort } from "./support/line.ts";

const ROOT = join(import.meta.dirname, "..");
const WORLD = mkdtempSync(join(tmpdir(), "parley-readme-"));
const MACHINES = ["north", "south"] as const;
type Machine = (typeof MACHINES)[number];
const PARTY = { north: "northern", south: "southern" } as const;
const other = (machine: Machine): Machine => (machine === "north" ? "south" : "north");

interface Block {
  readonly machine: Machine;
  readonly commands: readonly string[];
}

const blocks: Block[] = [
  ...readFileSync(join(ROOT, "README.md"), "utf8").matchAll(/```sh (north|south)\n(.*?)```/gs),
].map((found) => ({ machine: found[1] as Machine, commands: (found[2] as string).trim().split("\n") }));
const env = { ...process.env, PARLEY_PASSPHRASE: "correct horse battery" };
const fingerprints = new Map<Machine, string>();
const serving: ChildProcess[] = [];
let message = "";

for (const machine of MACHINES) {
  mkdirSync(join(WORLD, machine));
  const launcher = join(WORLD, machine, "parley");
  writeFileSync(launcher, `#!/bin/sh\nexec "${ROOT}/parley" "$@"\n`);
  chmodSync(launcher, 0o755);
}

after(() => {
  for (const child of serving) child.kill("SIGTERM");
});

/** What two people would have typed at the prompts. */
function answered(command: string, machine: Machine): string {
  const theirs = `--fingerprint "${PARTY[other(machine)]}=${fingerprints.get(other(machine))}"`;
  if (/ pair (propose|sign) /.test(command)) return `${command} ${theirs} --compared-by person-1,person-2 -y`;
  return / (draft movement|release|read|answer) /.test(command) ? `${command} -y` : command;
}

type Ports = Readonly<Record<Machine, { readonly line: number; readonly officers: number }>>;

function placed(command: string, ports: Ports): string {
  const doors = (machine: Machine): string =>
    `127.0.0.1:${ports[machine].line} --listen 127.0.0.1:${ports[machine].officers}`;
  return command
    .replace("192.0.2.1:7102", doors("north"))
    .replace("192.0.2.2:7102", doors("south"))
    .replaceAll("MESSAGE", message)
    .replace("northern=FINGERPRINT", `"northern=${fingerprints.get("north")}"`)
    .replace("southern=FINGERPRINT", `"southern=${fingerprints.get("south")}"`);
}

function carryFiles(): void {
  for (const machine of MACHINES) {
    for (const file of readdirSync(join(WORLD, machine)).filter((name) => name.endsWith(".json"))) {
      copyFileSync(join(WORLD, machine, file), join(WORLD, other(machine), file));
    }
  }
}

async function serve(command: string, machine: Machine): Promise<void> {
  const child = spawn("sh", ["-c", `exec ${command}`], {
    cwd: join(WORLD, machine),
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  serving.push(child);
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += String(chunk);
      if (/http:\/\/127\.0\.0\.1:\d+/.test(said)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => reject(new Error(`serve ended with ${code}:\n${said}`)));
  });
}

/** Runs one line of the README; asks again for a while where the other side's answer is still on its way. */
async function run(command: string, machine: Machine): Promise<string> {
  for (let tries = 40; ; tries--) {
    const ran = spawnSync("sh", ["-c", command], { cwd: join(WORLD, machine), env, encoding: "utf8" });
    const empty = / inbox /.test(command) && !/[0-9a-f]{8}/.test(ran.stdout);
    // A plan in conflict is a valid "no".
    const fine = ran.status === 0 || (ran.status === 1 && / plan add /.test(command));
    if (fine && !empty) return ran.stdout + ran.stderr;
    const waits = empty || / (doctor|show|export) /.test(command);
    assert.ok(waits && tries > 0, `${command}\nended with ${ran.status}\n${ran.stdout}${ran.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test("the README tells of both machines", () => {
  assert.ok(blocks.length >= 10);
});

test("every command of the README's first real line does what it says, in its order", async () => {
  const pair = async () => ({ line: await freePort(), officers: await freePort() });
  const ports = { north: await pair(), south: await pair() };
  for (const { machine, commands } of blocks) {
    for (const written of commands) {
      const command = answered(placed(written, ports), machine);
      if (/ serve /.test(command)) {
        await serve(command, machine);
        continue;
      }
      const said = await run(command, machine);
      if (/ (init|pair invite|pair join) /.test(command)) {
        const found = /(?:[0-9a-f]{4} ){9}[0-9a-f]{4}/.exec(said)?.[0];
        if (found !== undefined) fingerprints.set(machine, found);
      }
      if (/ inbox /.test(command)) {
        const items = JSON.parse(
          spawnSync("sh", ["-c", `${command} --json`], { cwd: join(WORLD, machine), env, encoding: "utf8" }).stdout,
        ) as {
          items: { message: { hash: string } }[];
        };
        message = (items.items[0] as { message: { hash: string } }).message.hash;
      }
      if (/ verify /.test(command)) assert.match(said, /^OK/m);
    }
    carryFiles();
  }
  assert.notEqual(message, "");
});
