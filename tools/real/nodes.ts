/** Three parties and their nodes as processes of their own, with a recording relay in front of every line door. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient, type Session, signIn } from "../../src/api/index.ts";
import { formatConfig, parseConfig } from "../../src/server/config.ts";
import type { Signer } from "../../src/crypto/index.ts";
import { freePort, type LineOptions, type MadeLine, makeLine, PARTIES } from "../../test/support/line.ts";
import { openRelay, type Relay } from "./relay.ts";

const ROOT = join(import.meta.dirname, "../..");

export interface Officer {
  readonly client: Client;
  readonly session: Session;
  readonly signer: Signer;
}

export interface Node {
  readonly party: string;
  readonly dir: string;
  /** Where its own officers reach it; other nodes reach it through the relay. */
  readonly url: string;
  readonly relay: Relay;
  /** Everything that the process has written to its standard output and error. */
  readonly log: string;
  process: ChildProcess | null;
}

export interface Nodes {
  readonly line: MadeLine;
  readonly all: readonly Node[];
  node(party: string): Node;
  officer(party: string, name: string): Promise<Officer>;
  start(): Promise<void>;
  /** SIGKILL, all at once. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Makes everything below `dir`, which must be empty. Nothing is started yet. */
export async function makeNodes(dir: string, options: LineOptions): Promise<Nodes> {
  const doors = await Promise.all(
    PARTIES.map(async ({ id }) => {
      const port = await freePort();
      return { id, port, relay: await openRelay(id, port) };
    }),
  );
  const ports = Object.fromEntries(doors.map(({ id, relay }) => [id, Number(new URL(relay.url).port)]));
  const line = await makeLine({ ...options, dir, ports });
  mkdirSync(join(dir, "logs"));
  const all = doors.map(({ id, port, relay }): Node => {
    const node = line.party(id);
    listenBehind(node.dir, port);
    const log = join(dir, "logs", `${id}.log`);
    return { party: id, dir: node.dir, url: `http://127.0.0.1:${port}`, relay, log, process: null };
  });
  const node = (party: string): Node => {
    const found = all.find((each) => each.party === party);
    if (found === undefined) throw new Error(`There is no node of ${party}.`);
    return found;
  };
  return {
    line,
    all,
    node,
    officer: (party, name) => signedIn(line, node(party), name),
    start: async () => {
      await Promise.all(all.map(startNode));
    },
    kill: async () => {
      await Promise.all(all.map(killNode));
    },
    close: async () => {
      await Promise.all(all.map(killNode));
      await Promise.all(all.map(({ relay }) => relay.close()));
    },
  };
}

/** The roster names the relay's address; the node itself listens on another port, behind it. */
function listenBehind(dir: string, port: number): void {
  const path = join(dir, "parley.toml");
  const config = parseConfig(readFileSync(path, "utf8"));
  writeFileSync(path, formatConfig({ ...config, listen: { ...config.listen, port } }));
}

/** Three of them start at once, and on a machine that is busy with something else that takes as long as it takes. */
const START_MS = 120_000;

async function startNode(node: Node): Promise<void> {
  const log = openSync(node.log, "a");
  const args = ["--disable-warning=ExperimentalWarning", join(ROOT, "src/cli/main.ts"), "serve", "--dir", node.dir];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", log, log] });
  closeSync(log);
  node.process = child;
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`The node of ${node.party} ended: ${readFileSync(node.log, "utf8").slice(-2000)}`);
    const answer = await fetch(`${node.url}/healthz`).catch(() => null);
    if (answer?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`The node of ${node.party} does not answer.`);
}

async function killNode(node: Node): Promise<void> {
  const child = node.process;
  node.process = null;
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

async function signedIn(line: MadeLine, node: Node, name: string): Promise<Officer> {
  const officer = line.party(node.party).officers[name];
  if (officer === undefined) throw new Error(`${node.party} has no officer ${name}.`);
  let token: string | null = null;
  const client = createClient({ baseUrl: node.url, fetch, token: () => token });
  const session = await signIn(client, name, officer.signer);
  token = session.token;
  return { client, session, signer: officer.signer };
}
