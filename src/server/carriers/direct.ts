/** One node calls another: over TLS with both keys known, or in the clear to a node of this very machine. */
import { isLoopbackAddress, MAX_SEALED_BYTES } from "../../line/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import { serverError } from "../errors.ts";
import type { Carrier, ReachableNode } from "./carrier.ts";
import { ask } from "./request.ts";
import { PinnedAgent, type TlsIdentity } from "./tls.ts";

export const EXCHANGE_PATH = "/line/v1/exchange";
const TIMEOUT_MS = 30_000;
const PROBE_MS = 5000;

export interface DirectCarrier extends Carrier {
  /** Asks whether anybody answers there, with the right key. @throws as `carry` */
  probe(peer: ReachableNode): Promise<void>;
}

export function directCarrier(identity: () => TlsIdentity): DirectCarrier {
  const agents = new Map<string, { readonly pinned: string; readonly own: TlsIdentity; readonly agent: PinnedAgent }>();

  const wayTo = ({ party, address, tlsKeys }: ReachableNode): { url: string; agent: PinnedAgent | null } => {
    if (address === null) throw serverError("peer-no-address", `${party} has published no address.`);
    const url = address.replace(/\/$/, "");
    if (isLoopbackAddress(address)) return { url, agent: null };
    if (tlsKeys.length === 0) throw serverError("peer-no-address", `${party} has published no TLS key of its node.`);
    return { url, agent: agentFor(`${party} ${url}`, tlsKeys) };
  };
  const agentFor = (name: string, keys: readonly Bytes[]): PinnedAgent => {
    const known = agents.get(name);
    const [pinned, own] = [keys.map(toHex).join(" "), identity()];
    if (known !== undefined && known.pinned === pinned && known.own === own) return known.agent;
    known?.agent.destroy();
    const agent = new PinnedAgent(keys, own);
    agents.set(name, { pinned, own, agent });
    return agent;
  };
  return {
    name: "direct",
    reaches: ({ address }) => address !== null,
    carry: async (peer, body, signal) => {
      const { url, agent } = wayTo(peer);
      const to = { url: `${url}${EXCHANGE_PATH}`, agent };
      return ask({ ...to, body, maxBytes: MAX_SEALED_BYTES, timeoutMs: TIMEOUT_MS, signal });
    },
    probe: async (peer) => {
      const { url, agent } = wayTo(peer);
      const signal = new AbortController().signal;
      await ask({ url: `${url}/healthz`, agent, body: null, maxBytes: 1024, timeoutMs: PROBE_MS, signal });
    },
    close: () => agents.forEach(({ agent }) => agent.destroy()),
  };
}
