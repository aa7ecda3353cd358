/** How much memory things take, after what is not needed any more has gone. */

/** Bytes of JavaScript's objects and of array buffers that are still in use. Needs `--expose-gc`. */
export function bytesInUse(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Bytes of real memory that the whole process holds, code and all. */
export function bytesResident(): number {
  collect();
  return process.memoryUsage.rss();
}

function collect(): void {
  if (globalThis.gc === undefined) throw new Error("Start this with --expose-gc.");
  // The second finds what the first one's finalisers let go of.
  globalThis.gc();
  globalThis.gc();
}
