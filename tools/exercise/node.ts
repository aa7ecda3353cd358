/**
 * One node of the exercise, in a process of its own: `node tools/exercise/node.ts DIR`. It ends with the process that
 * started it, however that one ends: no orphan is left to hold a port.
 */
import { startNode } from "../../src/server/index.ts";

const [dir] = process.argv.slice(2);
if (dir === undefined || process.send === undefined) throw new Error("This is started by the exercise.");
const node = await startNode(dir);
process.send("ready");
const end = () => void node.stop().finally(() => process.exit(0));
process.on("disconnect", end);
process.on("SIGTERM", end);
// The terminal sends Ctrl-C to the whole group; the host says when it is our turn.
process.on("SIGINT", () => undefined);
