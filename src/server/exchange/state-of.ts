/** The state of the line as a node's directory has it: what was agreed at the pairing, and the node's own keys. */
import type { Suite } from "../../crypto/index.ts";
import type { PartyId } from "../../wire/id.ts";
import type { AtRest } from "../at-rest/at-rest.ts";
import { readKeyring, readLine, requireOwnParty } from "../node-dir.ts";
import { ownKeys } from "../own-keys.ts";
import { lineState, type LineState } from "./line-state.ts";

/** @throws config-other-party, node-not-paired, node-keys-malformed, store-passphrase-needed, and the codes of parseLineFile */
export function lineStateOf(suite: Suite, dir: string, party: PartyId, rest: AtRest): LineState {
  const keys = ownKeys(suite, () => readKeyring(dir, rest));
  const line = readLine(suite, dir);
  requireOwnParty(line, party, keys);
  return lineState(suite, line, party, keys);
}
