/**
 * The command line of Parley: one file a command in `./commands/`. What was compiled is kept beside the program, so that
 * the next command starts in half the time; never in a folder that others can write.
 */
import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(join(import.meta.dirname, "..", "..", ".parley", "compile-cache"));
const { run } = await import("./run.ts");
await run(process.argv.slice(2));
