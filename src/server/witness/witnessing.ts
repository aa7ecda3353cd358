/** All that a node has to do with witnesses: those that it asks, what they cosigned, and what it remembers as one. */
import { existsSync } from "node:fs";
import { formatVkey } from "../../log/index.ts";
import type { Node } from "../node.ts";
import { nodePaths } from "../node-dir.ts";
import { type Asking, asking as openAsking } from "./asking.ts";
import { type Cosignatures, openCosignatures } from "./cosignatures.ts";
import { openWitnessMemory, type WitnessMemoryFile } from "./memory.ts";

export interface Witnessing {
  readonly asking: Asking;
  /** Null where no witness was ever asked. */
  readonly cosignatures: Cosignatures | null;
  /** Null where this node is no witness. */
  readonly own: { readonly memory: WitnessMemoryFile; readonly vkey: string } | null;
}

type Needs = Pick<Node, "suite" | "dir" | "rest" | "config" | "state" | "store" | "logger" | "now">;

const NOBODY: Asking = { kick: () => undefined, facts: () => [], stop: () => Promise.resolve() };

/** What is opened is closed by `closing`. */
export function openWitnessing(needs: Needs, closing: (() => void)[]): Witnessing {
  const { suite, config, state, rest } = needs;
  const paths = nodePaths(needs.dir);
  const asked = config.witnesses.length > 0;
  const cosignatures =
    asked || existsSync(paths.cosignatures)
      ? openCosignatures(paths.cosignatures, rest.pageKey("cosignatures.sqlite"))
      : null;
  if (cosignatures !== null) closing.push(() => cosignatures.close());
  const memory =
    config.witness === null ? null : openWitnessMemory(suite, paths.witness, rest.pageKey("witness.sqlite"));
  if (memory !== null) closing.push(() => memory.close());
  const asking =
    cosignatures === null
      ? NOBODY
      : openAsking({ ...needs, cosignatures, origin: () => state.origin }, config.witnesses);
  if (memory === null || config.witness === null) return { asking, cosignatures, own: null };
  const key = { name: config.witness.name, publicKey: suite.ed25519PublicKey(memory.seed) };
  return { asking, cosignatures, own: { memory, vkey: formatVkey(suite, "cosignature", key) } };
}
