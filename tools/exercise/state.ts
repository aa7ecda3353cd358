/** What the exercise remembers between starts: its ports. Everything else the nodes remember themselves. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

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

export function forget(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}

export function perParty<T>(make: (party: PartyName) => T): PerParty<T> {
  return Object.fromEntries(PARTY_IDS.map((party) => [party, make(party)])) as Record<PartyName, T>;
}

/** Free ports from 7100 on, each once. */
export async function choosePorts(): Promise<ExerciseState> {
  const free: number[] = [];
  for (let port = FIRST_PORT; free.length < 7; port++) {
    if (port > LAST_PORT)
      throw new Error(`There are no seven free ports from ${FIRST_PORT} to ${LAST_PORT}. Stop what uses them.`);
    if (await isFree(port)) free.push(port);
  }
  const [page = 0, ...rest] = free;
  const port = (i: number): number => rest[i] as number;
  return {
    page,
    nodes: { northern: port(0), southern: port(1), relief: port(2) },
    relays: { northern: port(3), southern: port(4), relief: port(5) },
  };
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
