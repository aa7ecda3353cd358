/**
 * Which TLS key the node shows. A new one is shown when every other party holds the roster that names it: who does not
 * would cut the line to a node that it cannot recognise. Until then the one before is shown, which those who know the
 * newer roster still take.
 */
import type { Suite } from "../../crypto/index.ts";
import type { LineStore } from "../../store/index.ts";
import { equalBytes, toHex } from "../../wire/bytes.ts";
import { sizeHeldBy } from "../exchange/exchange.ts";
import type { LineState } from "../exchange/line-state.ts";
import { type TlsIdentity, tlsIdentity } from "./tls.ts";

/** The same object for as long as the key is the same. @throws keys-not-in-roster */
export function shownTls(suite: Suite, state: LineState, store: LineStore): () => TlsIdentity {
  let [shown, identity]: [string, TlsIdentity | null] = ["", null];
  return () => {
    const history = state.history(state.self);
    const held = Math.min(...state.present().map(({ id }) => sizeHeldBy(store, state.origin, id)));
    const { roster } = history.findLast(({ index }) => index < held) ?? history[0];
    const taken = state.tlsKeys(state.self);
    // One that is older than the two that others take would be of use to nobody.
    const key = taken.find((each) => roster.carriers !== null && equalBytes(each, roster.carriers.tls)) ?? taken.at(-1);
    const name = key === undefined ? "none" : toHex(key);
    const lacks = key !== undefined && !state.keys.has("tls", key);
    if (identity === null || (name !== shown && !lacks)) {
      // A node that is reached on its own machine alone names no key; whatever it shows, nobody looks at it.
      identity = tlsIdentity(suite, key === undefined ? suite.randomBytes(32) : state.keys.seed("tls", key));
      shown = name;
    }
    return identity;
  };
}
