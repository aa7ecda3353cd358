/** `node child.ts SEED INPUTS MS`: a process of its own, so that one that hangs or runs out of memory is noticed. */
import { fuzz } from "./fuzz.ts";

// Refusals are errors, and most of the time goes into their stacks.
Error.stackTraceLimit = 0;
const [seed = 1, inputs = 0, ms = 0] = process.argv.slice(2).map(Number);
const { inputs: tried, findings } = fuzz(seed, inputs, Date.now() + ms);
const told = findings.map(({ target, what, input }) => ({
  target,
  what,
  input: Buffer.from(input).toString("base64"),
}));
process.stdout.write(JSON.stringify({ inputs: tried, findings: told }));
