/** Officers' keys, out of rosters that are verified here: against the identity keys that the line was opened with. */
import type { Draft } from "../api/index.ts";
import { keyFingerprint } from "../crypto/index.ts";
import { type Charter, decodeCharter, identitiesOf, verifyRoster } from "../line/index.ts";
import { fromBase64 } from "../wire/bytes.ts";
import { parseLineId } from "../wire/id.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import type { Officer } from "./node.ts";
import { declarationsOf } from "./own-declarations.ts";
import { byOneOf } from "./own-roster.ts";
import { draftedBy, type ItemToSign } from "./signing.ts";

/**
 * Who drafted: the officer whose key, in this party's newest roster, made the drafter's signatures over these bytes.
 * Throws `draft-differs` where the signatures are not his.
 */
export async function verifiedDrafter(
  context: Context,
  { client, session }: Officer,
  draft: Draft,
  items: readonly ItemToSign[],
): Promise<string> {
  if (draft.signatures === null) return `${draft.drafted_by}, who has not signed`;
  const [{ rosters }, { bytes, line }] = await Promise.all([client.rosters(), client.charter()]);
  const newest = rosters.filter(({ party }) => party === session.party).toSorted((a, b) => b.seq - a.seq)[0];
  const founding = identityOf(decodeCharter(fromBase64(bytes)), session.party);
  if (newest === undefined || founding === undefined)
    throw cliError("draft-differs", "The node has no roster of its own.");
  const owner = { line: parseLineId(line), party: session.party, identity: founding };
  const identities = identitiesOf(founding, await declarationsOf(context.suite, owner, client));
  const owners = identities.map((identity) => ({ ...owner, identity }));
  const signed = { bytes: fromBase64(newest.bytes), signature: fromBase64(newest.signature) };
  const roster = byOneOf(owners, (each) => verifyRoster(context.suite, each, signed));
  const drafter = roster.officers.find(({ id }) => id === draft.drafted_by);
  if (drafter === undefined || !draftedBy(context, draft, items, drafter.key)) {
    throw cliError("draft-differs", `The signatures on this draft are not ${draft.drafted_by}'s.`);
  }
  return `${drafter.id} (${drafter.person}), key ${keyFingerprint(context.suite, drafter.key)}`;
}

function identityOf({ parties }: Charter, party: string) {
  return parties.find(({ id }) => id === party)?.identity;
}
