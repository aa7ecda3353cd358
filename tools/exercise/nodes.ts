/** The three node processes: started, killed as a power cut would, started again, ended together. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { nodeDir } from "./setup.ts";
import { PARTY_IDS, type PartyName } from "./state.ts";

export interface Nodes {
  start(party: PartyName): Promise<void>;
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(party: PartyName): Promise<void>;
  isUp(party: PartyName): boolean;
  endAll(): Promise<void>;
}

const PATIENCE_MS = 4000;

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

export function nodesOf(dir: string, changed: () => void): Nodes {
  const running = new Map<PartyName, ChildProcess>();
  const ready = new Set<PartyName>();
  const start = async (party: PartyName) => {
    if (running.has(party)) return;
    const child = fork(join(import.meta.dirname, "node.ts"), [nodeDir(dir, party)], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    running.set(party, child);
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
    child.once("exit", () => {
      if (running.get(party) === child) {
        running.delete(party);
        ready.delete(party);
      }
      changed();
    });
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", () => reject(new Error(`The node of ${party} ended at once:\n${said}`)));
    });
    ready.add(party);
    changed();
  };

  return {
    start,
    kill: async (party) => {
      const child = running.get(party);
      if (child === undefined) return;
      child.kill("SIGKILL");
      await ended(child);
    },
    isUp: (party) => ready.has(party),
    endAll: async () => {
      const children = PARTY_IDS.flatMap((party) => running.get(party) ?? []);
      for (const child of children) child.kill("SIGTERM");
      const hard = setTimeout(() => children.forEach((child) => child.kill("SIGKILL")), PATIENCE_MS);
      await Promise.all(children.map(ended));
      clearTimeout(hard);
    },
  };
}
