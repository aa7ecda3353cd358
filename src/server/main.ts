/** `node src/server/main.ts DIR`: a node in a process of its own, until it is told to end; PARLEY_STORE_PASSPHRASE opens its stores. */
import { isParleyError } from "../wire/error.ts";
import { startNode } from "./start.ts";

const [dir] = process.argv.slice(2);
try {
  if (dir === undefined) throw new Error("The node's directory is missing.");
  const node = await startNode(dir, { passphrase: process.env["PARLEY_STORE_PASSPHRASE"] ?? null });
  const end = (): void => void node.stop().then(() => process.exit(0));
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // Whoever reads this may end it at once.
  process.stdout.write(`${JSON.stringify({ url: node.url })}\n`);
} catch (error) {
  const told = isParleyError(error)
    ? { code: error.code, message: error.message, next: error.next }
    : { message: String(error) };
  process.stderr.write(`${JSON.stringify({ error: told })}\n`);
  process.exit(isParleyError(error) ? error.exit : 3);
}
