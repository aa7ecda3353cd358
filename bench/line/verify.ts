/** An export of a whole line: its tree, checkpoints and receipts alone, and with both officers' signatures on every entry. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import type { Pin } from "../../src/line/index.ts";
import { madeExport } from "./made-export.ts";
import type { Verified, VerifyOrder } from "./verify-child.ts";

/** As the command is started (tools/bootstrap.mjs). */
const ROOM = "--max-semi-space-size=8";

type Say = (text: string) => void;

export interface Exports {
  /** Every entry's hash, every checkpoint, every receipt. */
  readonly tree: Verified;
  /** Every entry open. */
  readonly whole: Verified;
}

export async function verifyExports(messages: number, say: Say): Promise<Exports> {
  const { line, whole, tree } = await madeExport(messages, say);
  const pins = line.line.charter.parties.map(({ id, identity }): Pin => {
    return { party: id, fingerprint: keyFingerprint(suite, identity) };
  });
  return { tree: await run({ file: tree, pins }), whole: await run({ file: whole, pins }) };
}

const none = (): void => undefined;

async function run(order: VerifyOrder): Promise<Verified> {
  const child = fork(join(import.meta.dirname, "verify-child.ts"), [JSON.stringify(order)], {
    execArgv: ["--disable-warning=ExperimentalWarning", ROOM],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the verifier ended with ${String(code)}`);
  });
  const [result] = (await Promise.race([once(child, "message"), ended])) as [Verified];
  ended.catch(none);
  if (result.faults.length > 0) throw new Error(`the export does not verify: ${result.faults.join(", ")}`);
  return result;
}
