/** Three parties in three directories, paired and served with nothing but the command line. */
import { type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parleyJson, start } from "./run.ts";

export const PARTIES = {
  north: { party: "northern", name: "Northern Command" },
  south: { party: "southern", name: "Southern Command" },
  relief: { party: "relief", name: "Relief Coordination" },
} as const;
export type Side = keyof typeof PARTIES;
export const SIDES = ["north", "south", "relief"] as const;

const OFFICERS: readonly (readonly [officer: string, person: string, roles: string])[] = [
  ["watch-1", "person-1", "watch,drafter"],
  ["releaser-1", "person-2", "releaser"],
  ["planner-1", "person-3", "planner"],
  ["admin-1", "person-4", "administrator,auditor"],
];

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "parley-cli-"));
}

/** `init` and `officer new`, for one side. */
export async function initialise(cwd: string, side: Side, port: number): Promise<void> {
  const { party, name } = PARTIES[side];
  await parleyJson(["init", "--dir", side, "--party", party, "--name", name, "--listen", `127.0.0.1:${port}`], { cwd });
  for (const [officer, person, roles] of OFFICERS) {
    await parleyJson(["officer", "new", officer, "--person", person, "--roles", roles, "--dir", side], { cwd });
  }
}

export interface Paired {
  /** `PARTY=FINGERPRINT`, by side: what the parties read to each other. */
  readonly fingerprints: Readonly<Record<Side, string>>;
}

function fingerprint(party: string, ran: { fingerprint: string }): string {
  return `${party}=${ran.fingerprint}`;
}

function compared(...others: string[]): string[] {
  return [...others.flatMap((other) => ["--fingerprint", other]), "--compared-by", "person-1,person-2", "-y"];
}

function sign(side: Side): string[] {
  return ["pair", "sign", "proposal.json", "-o", `${side}.signature.json`, "--dir", side];
}

/** The five steps of pairing; the fingerprints go from mouth to mouth, which here is the test. */
export async function pair(cwd: string): Promise<Paired> {
  const invite = ["pair", "invite", "--title", "Northern line", "--exercise", "--area", "41 34.5 46 37.5"];
  const terms = ["--separation", "2 km", "--interval", "1 s", "-o", "invitation.json", "--dir", "north"];
  const north = fingerprint("northern", await parleyJson([...invite, ...terms], { cwd }));
  const join = async (side: Side): Promise<string> => {
    const args = ["pair", "join", "invitation.json", "-o", `${side}.join.json`, "--dir", side];
    return fingerprint(PARTIES[side].party, await parleyJson(args, { cwd }));
  };
  const [south, relief] = await Promise.all([join("south"), join("relief")]);
  const propose = ["pair", "propose", "south.join.json", "relief.join.json", "-o", "proposal.json", "--dir", "north"];
  await parleyJson([...propose, ...compared(south, relief)], { cwd });
  await Promise.all([
    parleyJson([...sign("south"), ...compared(north, relief)], { cwd }),
    parleyJson([...sign("relief"), ...compared(north, south)], { cwd }),
  ]);
  const signatures = ["proposal.json", "south.signature.json", "relief.signature.json"];
  await parleyJson(["pair", "open", ...signatures, "-o", "line.json", "--dir", "north"], { cwd });
  for (const side of ["south", "relief"]) await parleyJson(["pair", "open", "line.json", "--dir", side], { cwd });
  return { fingerprints: { north, south, relief } };
}

/** Starts a node and waits until it answers. */
export async function serve(cwd: string, side: Side): Promise<ChildProcess> {
  const child = start(["serve", "--dir", side], { cwd });
  let said = "";
  child.stderr?.on("data", (chunk) => (said += String(chunk)));
  child.stdout?.on("data", (chunk) => (said += String(chunk)));
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stderr?.on("data", look);
    child.stdout?.on("data", look);
    child.on("exit", (status) => reject(new Error(`serve --dir ${side} ended with ${status}:\n${said}`)));
  });
  for (;;) {
    const up = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill(signal);
  return ended;
}

/** Asks again until it holds, for at most two minutes. */
export async function eventually<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  const until = Date.now() + 120_000;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > until) throw new Error(`It did not come about: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
