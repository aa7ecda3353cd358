/** This party's own rosters, verified against the identity key that the line was opened with. */
import type { Suite } from "../crypto/index.ts";
import {
  type Appointments,
  extendHistory,
  nextRoster,
  type Roster,
  type RosterHistory,
  type RosterOwner,
} from "../line/index.ts";
import { readLine, readNodeConfig } from "../server/index.ts";
import { fromBase64 } from "../wire/bytes.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import type { Officer } from "./node.ts";

/** The history as the pairing left it. */
export function ownHistory(
  suite: Suite,
  dir: string,
): { readonly owner: RosterOwner; readonly history: RosterHistory } {
  const { party } = readNodeConfig(dir);
  const { line, charter, histories } = readLine(suite, dir);
  const identity = charter.parties.find(({ id }) => id === party)?.identity;
  const history = histories.get(party);
  if (identity === undefined || history === undefined)
    throw cliError("no-node-directory", `The line in ${dir} has no party ${party}.`);
  return { owner: { line, party, identity }, history };
}

/** The roster that follows the newest one which the node has published. */
export async function nextOwnRoster(
  { suite }: Context,
  dir: string,
  { client }: Officer,
  appointments: Appointments,
): Promise<Roster> {
  const { owner, history } = ownHistory(suite, dir);
  const { rosters } = await client.rosters();
  const later = rosters.filter(({ party, seq }) => party === owner.party && seq > 0).toSorted((a, b) => a.seq - b.seq);
  const whole = later.reduce((known, { index, bytes, signature }) => {
    if (index === null) throw cliError("draft-differs", "The node gives a later roster no place in the log.");
    return extendHistory(suite, known, owner, index, { bytes: fromBase64(bytes), signature: fromBase64(signature) });
  }, history);
  return nextRoster(whole, appointments);
}
