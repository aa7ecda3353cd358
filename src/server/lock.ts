/** One directory, one node: two writers of one log would split it. The lock ends with its process, however that ends. */
import { DatabaseSync } from "node:sqlite";
import { serverError } from "./errors.ts";

export interface Lock {
  release(): void;
}

/** @throws node-running */
export function lockDirectory(path: string): Lock {
  const db = new DatabaseSync(path, { timeout: 200 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    db.close();
    throw serverError("node-running", `Another node runs on this directory (${path} is locked).`, { cause });
  }
  return {
    release: () => {
      if (db.isOpen) db.close();
    },
  };
}
