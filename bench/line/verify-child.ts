/** Verifies one export in a process of its own, and says how long it took and how much memory it ever held. */
import { readFileSync } from "node:fs";
import { nativeSuite } from "../../src/crypto/native.ts";
import { sizeOfFile, verifyFile } from "../../src/cli/verify-file.ts";
import { evidenceJudge, type Pin } from "../../src/line/index.ts";

export interface VerifyOrder {
  readonly file: string;
  readonly pins: readonly Pin[];
}

export interface Verified {
  readonly seconds: number;
  /** Processor time of all its threads, microseconds. */
  readonly cpuMicroseconds: number;
  readonly memoryMb: number;
  readonly entries: number;
  readonly opened: number;
  /** Messages that count. */
  readonly counted: number;
  readonly faults: readonly string[];
}

async function verify({ file, pins }: VerifyOrder): Promise<Verified> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  let counted = 0;
  const { logs, faults } = await verifyFile(
    nativeSuite,
    file,
    (suite) => {
      counted = 0;
      return evidenceJudge(suite, pins, { onMessage: ({ counts }) => void (counted += counts ? 1 : 0) });
    },
    { size: sizeOfFile(file), show: () => undefined },
  );
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return {
    seconds,
    cpuMicroseconds: user + system,
    memoryMb: Number(peak ?? Number.NaN) / 1000,
    entries: logs.reduce((sum, log) => sum + log.entries, 0),
    opened: logs.reduce((sum, log) => sum + log.opened, 0),
    counted,
    faults: faults.slice(0, 5).map(({ code, where }) => `${code} at ${where}`),
  };
}

process.send?.(await verify(JSON.parse(process.argv[2] ?? "{}") as VerifyOrder));
process.disconnect?.();
