/** One directory, one node: two writers of one log would split it. The lock ends with its process, however that ends. */
import { exclusive } from "../store/index.ts";
import { serverError } from "./errors.ts";

export interface Lock {
  release(): void;
}

/** @throws node-running */
export function lockDirectory(path: string): Lock {
  try {
    return exclusive(path);
  } catch (cause) {
    throw serverError("node-running", `Another node runs on this directory (${path} is locked).`, { cause });
  }
}
