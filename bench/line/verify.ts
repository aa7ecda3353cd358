/** An export of a whole line: its tree, checkpoints and receipts alone, and with both officers' signatures on every entry. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Pin } from "../../src/line/index.ts";
import { evidenceOfPeriod } from "../../src/server/exchange/evidence.ts";
import { openNode } from "../../src/server/node.ts";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { keptLine } from "./made.ts";
import type { Verified, VerifyOrder } from "./verify-child.ts";

type Say = (text: string) => void;

export interface Exports {
  /** Every entry's hash, every checkpoint, every receipt. */
  readonly tree: Verified;
  /** Every entry open. */
  readonly whole: Verified;
}

export async function verifyExports(entries: number, say: Say): Promise<Exports> {
  const { dir, line } = await keptLine(entries, say);
  const [tree, whole] = [join(dir, "tree.evidence"), join(dir, "whole.evidence")];
  if (!existsSync(whole)) {
    say("exporting (once)");
    const node = openNode(line.party("northern").dir, { logger: { info: none, warn: none, error: none } });
    try {
      // Nothing was told before the first millisecond: of every entry only the hash goes out.
      await write(tree, () => evidenceOfPeriod(node, 0, 1));
      await write(whole, () => evidenceOfPeriod(node, null, null));
    } finally {
      await node.close();
    }
  }
  const pins = line.line.charter.parties.map(({ id, identity }): Pin => {
    return { party: id, fingerprint: keyFingerprint(suite, identity) };
  });
  return { tree: await run({ file: tree, pins }), whole: await run({ file: whole, pins }) };
}

const none = (): void => undefined;

async function write(path: string, source: () => ReadableStream<Uint8Array>): Promise<void> {
  await pipeline(Readable.fromWeb(source() as never), createWriteStream(`${path}.part`));
  renameSync(`${path}.part`, path);
}

async function run(order: VerifyOrder): Promise<Verified> {
  const child = fork(join(import.meta.dirname, "verify-child.ts"), [JSON.stringify(order)], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
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
