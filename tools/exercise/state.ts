/** What the exercise remembers between starts: its ports. Everything else the nodes remember themselves. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { type Lock, lockDirectory } from "../../src/server/index.ts";

export const PARTY_IDS = ["northern", "southern", "relief"] as const;
export type PartyName = (typeof PARTY_IDS)[number];
export type PerParty<T> = Readonly<Record<PartyName, T>>;

export interface ExerciseState {
  readonly page: number;
  /** Where each node listens. */
  readonly nodes: PerParty<number>;
  /** Where each node is reached by the others: the relays, whose addresses stand in the signed rosters. */
  readonly relays: PerParty<number>;
}

const FIRST_PORT = 7100;
const LAST_PORT = 7999;

export function statePath(dir: string): string {
  return join(dir, "exercise.json");
}

export function readState(dir: string): ExerciseState | null {
  if (!existsSync(statePath(dir))) return null;
  return JSON.parse(readFileSync(statePath(dir), "utf8")) as ExerciseState;
}

export function writeState(dir: string, state: ExerciseState): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(`${statePath(dir)}.new`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${statePath(dir)}.new`, statePath(dir));
}

const LOCK = "exercise.lock";

/** One exercise a folder. Without this, `--fresh` would delete the stores from under one that runs. */
export function takeFolder(dir: string): Lock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  try {
    return lockDirectory(join(dir, LOCK));
  } catch {
    const page = readState(dir)?.page;
    const where = page === undefined ? "" : `: open http://127.0.0.1:${page}/`;
    throw new Error(`The exercise runs already${where}. To begin again, end it there with Ctrl-C first.`);
  }
}

/** Everything but the lock that is held on it. */
export function forget(dir: string): void {
  for (const name of readdirSync(dir))
    if (!name.startsWith(LOCK)) rmSync(join(dir, name), { recursive: true, force: true, maxRetries: 5 });
}

export function perParty<T>(make: (party: PartyName) => T): PerParty<T> {
  return Object.fromEntries(PARTY_IDS.map((party) => [party, make(party)])) as Record<PartyName, T>;
}

/** Ports that are held until they are used: two exercises that start at once do not choose the same ones. */
export interface Held {
  readonly state: ExerciseState;
  readonly letGo: () => Promise<void>;
}

/** Free ports from 7100 on, each once. */
export async function choosePorts(): Promise<Held> {
  const held: { readonly port: number; readonly server: Server }[] = [];
  for (let port = FIRST_PORT; held.length < 7; port++) {
    if (port > LAST_PORT) {
      throw new Error(`There are no seven free ports from ${FIRST_PORT} to ${LAST_PORT}. Stop what uses them.`);
    }
    const server = await hold(port);
    if (server !== null) held.push({ port, server });
  }
  const port = (i: number): number => (held[i] as { port: number }).port;
  const state = {
    page: port(0),
    nodes: { northern: port(1), southern: port(2), relief: port(3) },
    relays: { northern: port(4), southern: port(5), relief: port(6) },
  };
  return { state, letGo: async () => void (await Promise.all(held.map(({ server }) => closed(server)))) };
}

function hold(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

const PATIENCE_MS = 5000;
const AGAIN_MS = 100;

/** Whether it is free, or soon: the nodes of an exercise that was killed take a moment to end by themselves. */
export async function isFree(port: number): Promise<boolean> {
  for (let waited = 0; waited <= PATIENCE_MS; waited += AGAIN_MS) {
    const server = await hold(port);
    if (server !== null) {
      await closed(server);
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return false;
}
