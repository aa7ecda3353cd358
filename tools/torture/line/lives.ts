/** A node that dies so often that loading its program would be most of the work: it is loaded once, and each life is a fork. */
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import { PassThrough, type Readable, type Writable } from "node:stream";

/** A process, as far as it is used here. */
export interface Running extends EventEmitter {
  readonly pid?: number | undefined;
  readonly exitCode: number | null;
  readonly signalCode: NodeJS.Signals | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  kill(signal: NodeJS.Signals): boolean;
}

/** Threads do not come along into a fork. */
const ALONE = ["--single-threaded"];

export class Lives {
  readonly #loaded: ChildProcess;
  #life: Life | null = null;

  /** `waits`: the file at which the program waits. */
  constructor(program: string, dir: string, waits: string, env: NodeJS.ProcessEnv) {
    writeFileSync(waits, "");
    this.#loaded = spawn(process.execPath, [...ALONE, program, dir], {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      env: { ...env, PARLEY_SHIM_LIVES: waits },
    });
    const { stdout, stderr } = this.#loaded;
    stdout?.on("data", (bytes: Buffer) => this.#life?.stdout.write(bytes));
    stderr?.on("data", (bytes: Buffer) => this.#life?.stderr.write(bytes));
    let said = "";
    (this.#loaded.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      const lines = (said + text).split("\n");
      said = lines.pop() ?? "";
      for (const line of lines) this.#told(line);
    });
    this.#loaded.once("error", (error) => this.#life?.emit("error", error));
    this.#loaded.once("exit", (code, signal) => this.#life?.ended(code, signal));
  }

  begin(): Running {
    const life = new Life();
    this.#life = life;
    const { exitCode, signalCode } = this.#loaded;
    if (exitCode !== null || signalCode !== null) setImmediate(() => life.ended(exitCode, signalCode));
    else (this.#loaded.stdio[3] as Writable).write("l");
    return life;
  }

  end(): void {
    this.#life?.kill("SIGKILL");
    this.#loaded.kill("SIGKILL");
  }

  #told(line: string): void {
    const [what, first, second] = line.split(" ");
    const life = this.#life;
    if (what === "life") life?.born(Number(first));
    // What it wrote before its end is there by now, and read in this turn.
    else setImmediate(() => life?.ended(second === "0" ? Number(first) : null, signalOf(Number(second))));
  }
}

class Life extends EventEmitter implements Running {
  pid: number | undefined;
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  #dies: NodeJS.Signals | null = null;

  born(pid: number): void {
    this.pid = pid;
    if (this.#dies !== null) this.kill(this.#dies);
  }

  ended(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.exitCode !== null || this.signalCode !== null) return;
    this.exitCode = code;
    this.signalCode = signal;
    this.emit("exit", code, signal);
  }

  kill(signal: NodeJS.Signals): boolean {
    this.#dies = signal;
    if (this.pid === undefined || this.exitCode !== null || this.signalCode !== null) return false;
    try {
      return process.kill(this.pid, signal);
    } catch (error) {
      // It has just died, and its end is on its way here.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      return false;
    }
  }
}

function signalOf(number: number): NodeJS.Signals | null {
  const found = Object.entries(constants.signals).find(([, each]) => each === number);
  return (found?.[0] as NodeJS.Signals | undefined) ?? null;
}
