/** The nodes of one line as processes of their own, each behind a door of the wire, each with its shim. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type LineOptions, type MadeLine, type MadeParty, makeLine, PARTIES } from "../../../test/support/line.ts";
import { afterLived, livedMs } from "../lived.ts";
import { cutPower } from "../shim/power-cut.ts";
import { type Shim, ShimControl } from "../shim/shim.ts";
import { Lives, type Running } from "./lives.ts";
import type { Random } from "../random.ts";
import type { Tally } from "../tally.ts";
import { type Door, FAIR, openDoor, type Weather } from "./link.ts";

export interface Program {
  readonly file: string;
  readonly shim: Shim;
  /** Keeps compiled code from one start to the next. */
  readonly cache: string;
  /** Keeps what passphrases were stretched to; see `remembered-scrypt.ts`. */
  readonly stretched: string;
  /** Each line's directory is made below it. */
  readonly runDir: string;
}

export interface StartOptions {
  /** More of node's own options, before the program. */
  readonly nodeOptions?: readonly string[];
  /** Put before the whole command: `prlimit` and its like. */
  readonly before?: readonly string[];
}

/** Whatever ends this process takes its nodes along. */
const running = new Set<{ kill(signal: NodeJS.Signals): unknown }>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

const TAIL = 20_000;
const START_MS = 60_000;

export class FleetNode {
  readonly party: MadeParty;
  readonly control: ShimControl | null;
  /** 127.0.1.n: by which the wire knows it. */
  readonly source: string;
  /** What it wrote last. */
  tail = "";
  /** When it was up, or went down, last. */
  changedAt = 0;
  /** An end for which somebody here is the cause. */
  expected: "none" | "kill" | "stop" | "any" = "none";
  /** Errors that the node's log names as its own fault are counted, but where faults are put in from outside. */
  tolerant = false;
  readonly #name: string;
  readonly #program: Program;
  readonly #tally: Tally;
  #child: Running | null = null;
  #lives: Lives | null = null;

  /** `name`: of its own files here, where two nodes are of one party. */
  constructor(party: MadeParty, index: number, program: Program, tally: Tally, name: string = party.id) {
    this.party = party;
    this.#name = name;
    this.source = `127.0.1.${index + 2}`;
    this.#program = program;
    this.#tally = tally;
    const { shim, runDir } = program;
    mkdirSync(join(runDir, "shim"), { recursive: true });
    this.control = shim.library === null ? null : new ShimControl(this.#path("control"));
  }

  get id(): string {
    return this.party.id;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get isUp(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it serves; false where it was killed before, at a write that it was to die at. */
  async start({ nodeOptions = [], before = [] }: StartOptions = {}): Promise<boolean> {
    if (this.isUp) throw new Error(`${this.id} runs already`);
    const child = this.#lives?.begin() ?? this.#spawned([...before, process.execPath, ...nodeOptions]);
    this.#child = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.tail = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => this.#said(text));
    child.once("exit", (code: number | null, signal: NodeJS.Signals | null) => this.#ended(code, signal));
    const { signal: late, end } = afterLived(START_MS);
    // What keeps the machine from starting anything at all is no fault of the node.
    const failed = once(child, "error").then(([error]) => {
      throw error as Error;
    });
    const first = await Promise.race([
      failed,
      once(child.stdout, "data", { signal: late }).then(() => true),
      once(child, "exit").then(() => false),
    ]).catch((error: unknown) => {
      if (late.aborted) return null;
      throw error;
    });
    end();
    this.changedAt = livedMs();
    if (first === null) {
      this.#tally.fault("crashes", `${this.id} did not serve within ${START_MS / 1000} s\n${this.tail}`);
      throw new Error(`${this.id} cannot be started`);
    }
    return first;
  }

  /** From here on each start is a fork of a program that is loaded once, where there is a shim to do it. */
  loadOnce(): void {
    if (this.control === null || this.#lives !== null) return;
    this.#lives = new Lives(this.#program.file, this.party.dir, this.#path("lives"), this.#environment());
  }

  /** For good. */
  async close(): Promise<void> {
    await this.kill();
    this.#lives?.end();
    this.#lives = null;
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL", "kill");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM", "stop");
  }

  /** Resolves when the process has ended, by whatever cause. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child !== null && child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  /** After a kill: what was not synced is lost, or torn. */
  cutPower(random: Random): number {
    if (this.isUp) throw new Error("the power is cut after the kill");
    return this.control === null ? 0 : cutPower(this.#path("journal"), random);
  }

  /** Another program at the node's files, while the node is down and under the same shim. Its status; null where it was killed. */
  async beside(args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
    if (this.isUp) throw new Error(`${this.id} runs`);
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"], env: this.#environment() });
    running.add(child);
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-TAIL)));
    const [code] = (await once(child, "exit")) as [number | null];
    running.delete(child);
    return { code, said };
  }

  #spawned(before: readonly string[]): Running {
    const command = [...before, this.#program.file, this.party.dir];
    const [file, ...args] = command as [string, ...string[]];
    return spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], env: this.#environment() });
  }

  async #end(signal: "SIGKILL" | "SIGTERM", expected: "kill" | "stop"): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isUp) return;
    if (this.expected !== "any") this.expected = expected;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  #path(name: string): string {
    return join(this.#program.runDir, "shim", `${this.#name}.${name}`);
  }

  #environment(): NodeJS.ProcessEnv {
    const { shim, cache, stretched } = this.#program;
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_COMPILE_CACHE: cache,
      NODE_NO_WARNINGS: "1",
      PARLEY_TORTURE_STRETCHED: stretched,
    };
    if (this.party.storePassphrase !== null) env["PARLEY_STORE_PASSPHRASE"] = this.party.storePassphrase;
    if (shim.library === null) return env;
    return {
      ...env,
      LD_PRELOAD: shim.library,
      PARLEY_SHIM_DIR: this.party.dir,
      PARLEY_SHIM_JOURNAL: this.#path("journal"),
      PARLEY_SHIM_CONTROL: this.#path("control"),
      PARLEY_SHIM_SOURCE: this.source,
    };
  }

  #said(text: string): void {
    this.tail = (this.tail + text).slice(-TAIL);
    if (this.tolerant) return;
    for (const line of text.split("\n")) {
      // That a split is said is right where it is true; whom it names is looked at when the line is checked.
      if (line.includes('"level":"error"') && !line.includes('"event":"split"'))
        this.#tally.fault("internal_errors", `${this.id} said ${line.slice(0, 600)}`);
    }
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.changedAt = livedMs();
    const { expected } = this;
    this.expected = "none";
    if (expected === "any" || (expected === "kill" && signal === "SIGKILL") || (expected === "stop" && code === 0))
      return;
    this.#tally.fault("crashes", `${this.id} ended with ${code ?? signal}\n${this.tail.slice(-3000)}`);
  }
}

export interface Fleet {
  readonly line: MadeLine;
  readonly nodes: readonly FleetNode[];
  node(id: string): FleetNode;
  /** Sets what is between two parties, in the one direction of who calls whom. Null: every caller. */
  weather(caller: string | null, called: string, weather: Partial<Weather>): void;
  /** Fair weather everywhere. */
  clear(): void;
  /** When the way between the two last became as it is now. */
  pathSince(one: string, other: string): number;
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly parties?: readonly string[];
  /** Parties of the line without a node here. */
  readonly absent?: readonly string[];
  readonly line?: LineOptions;
  /** For nodes that start very often: their program is loaded once. */
  readonly loadOnce?: boolean;
}

export async function makeFleet(program: Program, tally: Tally, options: FleetOptions = {}): Promise<Fleet> {
  const ids = options.parties ?? ["northern", "southern"];
  const dir = mkdtempSync(join(program.runDir, "line-"));
  const weather = new Map<string, Weather>();
  const changed = new Map<string, number>();
  const doors = new Map<string, Door>();
  const callers = new Map(ids.map((id, i) => [`127.0.1.${i + 2}`, id]));
  const line = await makeLine({
    direct: "tls",
    ...options.line,
    dir,
    parties: (options.line?.parties ?? PARTIES)
      .filter(({ id }) => ids.includes(id))
      .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
    // Every second node keeps its stores under a key, so that whatever is played, is played on both sorts of disk.
    storePassphrases: Object.fromEntries(ids.filter((_, i) => i % 2 === 1).map((id) => [id, `the stores of ${id}`])),
    front: async (id, port) => {
      const door = await openDoor(
        port,
        (address) => weather.get(`${callers.get(address)} ${id}`) ?? weather.get(`* ${id}`) ?? FAIR,
      );
      doors.set(id, door);
      return door.port;
    },
  });
  const nodes = ids
    .map((id, i) => new FleetNode(line.party(id), i, program, tally))
    .filter(({ id }) => options.absent?.includes(id) !== true);
  if (options.loadOnce === true) for (const node of nodes) node.loadOnce();
  const find = (id: string): FleetNode => {
    const found = nodes.find((node) => node.id === id);
    if (found === undefined) throw new Error(`no node of ${id}`);
    return found;
  };
  return {
    line,
    nodes,
    node: find,
    weather: (caller, called, change) => {
      const key = `${caller ?? "*"} ${called}`;
      weather.set(key, { ...FAIR, ...change });
      changed.set(called, livedMs());
      if (caller !== null) changed.set(caller, livedMs());
      doors.get(called)?.changed();
    },
    clear: () => {
      weather.clear();
      for (const id of ids) changed.set(id, livedMs());
      for (const door of doors.values()) door.changed();
    },
    pathSince: (one, other) => Math.max(...[one, other].flatMap((id) => [changed.get(id) ?? 0, find(id).changedAt])),
    close: async () => {
      await Promise.all(nodes.map((node) => node.close()));
      await Promise.all([...doors.values()].map((door) => door.close()));
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
