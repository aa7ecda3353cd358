/** Processor time of a process: what other work on the machine takes away from the clock, it does not take away from this. */
import { readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

/** User and system time of a process so far, all its threads together (proc(5), fields 14 and 15). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
