/** Runs the command line as people do: a process of its own, with nothing at its standard input. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");
const MAIN = join(ROOT, "src", "cli", "main.ts");
const COMPILED = process.env["NODE_COMPILE_CACHE"];

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function start(args: readonly string[], options: RunOptions = {}): ChildProcess {
  const env = {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    ...(COMPILED === undefined ? {} : { NODE_COMPILE_CACHE: COMPILED }),
    PARLEY_PASSPHRASE: "correct horse",
    ...options.env,
  };
  return spawn(process.execPath, [MAIN, ...args], { cwd: options.cwd ?? ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
}

export async function parley(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(args, options);
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, stdout: await stdout, stderr: await stderr };
}

/** Runs with `--json`, insists on `status` and on nothing but JSON at standard output, and hands it back. */
export async function parleyJson<T = Record<string, unknown>>(
  args: readonly string[],
  { status = 0, ...options }: RunOptions & { readonly status?: number } = {},
): Promise<T> {
  const ran = await parley([...args, "--json"], options);
  if (ran.status !== status) {
    throw new Error(`parley ${args.join(" ")} ended with ${ran.status}, not ${status}:\n${ran.stdout}\n${ran.stderr}`);
  }
  return JSON.parse(ran.stdout) as T;
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}
