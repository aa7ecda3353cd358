/** One directory, one node: two writers of one log would split it. The lock ends with its process, however that ends. */
import { exclusive } from "../store/index.ts";
import { isParleyError } from "../wire/error.ts";
import { serverError } from "./errors.ts";

export interface Lock {
  release(): void;
}

/** @throws node-running; store-…, disk-full where the lock's file cannot be used at all */
export function lockDirectory(path: string): Lock {
  try {
    return exclusive(path);
  } catch (cause) {
    // Whoever looks for another node because the disk is full looks in vain.
    if (!isParleyError(cause, "store-busy")) throw cause;
    throw serverError("node-running", `Another node runs on this directory (${path} is locked).`, { cause });
  }
}
