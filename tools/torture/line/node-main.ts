/** A node as `src/server/main.ts` starts it; where lives are asked for, each begins when the program is loaded. */
import Database from "better-sqlite3-multiple-ciphers";
import { openSync } from "node:fs";
import { readNodeConfig } from "../../../src/server/node-dir.ts";
import "../../../src/server/start.ts";

const [lives, dir] = [process.env["PARLEY_SHIM_LIVES"], process.argv[2]];
if (lives !== undefined && dir !== undefined) {
  // What is loaded only when it is used, is loaded too; nothing of it is kept.
  new Database(":memory:", { timeout: 0 }).close();
  readNodeConfig(dir);
  // The shim returns from this once for each life: see `lives.ts`.
  openSync(lives, "r");
}
await import("../../../src/server/main.ts");
