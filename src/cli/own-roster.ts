/** This party's own rosters, verified against the identity key that the line was opened with. */
import type { Command } from "commander";
import { keyFingerprint, type Signer, type Suite } from "../crypto/index.ts";
import {
  extendHistory,
  FOUNDING_ROSTER_INDEX,
  identitiesOf,
  identityNow,
  type Roster,
  type RosterHistory,
  type RosterOwner,
  signRoster,
  startHistory,
  verifyRoster,
} from "../line/index.ts";
import { allows, apiError } from "../api/index.ts";
import { readLine, readNodeConfig } from "../server/index.ts";
import { equalBytes, fromBase64, toBase64 } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import type { Context } from "./context.ts";
import { confirmOrStop } from "./confirm.ts";
import { directoryOf, identityKeyFile } from "./directory.ts";
import { cliError } from "./errors.ts";
import type { NodeOptions } from "./help.ts";
import { type Officer, openKey } from "./node.ts";
import { declarationsOf, revokedBy } from "./own-declarations.ts";

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

/** With every roster that the node has published since. */
export async function publishedHistory({ suite }: Context, dir: string, { client }: Officer): Promise<RosterHistory> {
  const { owner: founding, history } = ownHistory(suite, dir);
  const declared = await declarationsOf(suite, founding, client);
  const { rosters } = await client.rosters();
  const published = rosters.filter(({ party }) => party === founding.party).toSorted((a, b) => a.seq - b.seq);
  const ownersOf = identitiesOf(founding.identity, declared).map((identity) => ({ ...founding, identity }));
  const [first, ...later] = published.map(({ seq, index, bytes, signature }) => {
    if (index === null && seq > 0)
      throw cliError("draft-differs", "The node gives a later roster no place in the log.");
    const signed = { bytes: fromBase64(bytes), signature: fromBase64(signature) };
    return { seq, index: index ?? FOUNDING_ROSTER_INDEX, signed };
  });
  // After this party has closed a log, the next begins with a later roster.
  const begun =
    first === undefined || first.seq === 0
      ? history
      : byOneOf(ownersOf, (owner) => startHistory(suite, verifyRoster(suite, owner, first.signed), first.signed.bytes));
  return later.reduce(
    (known, { index, signed }) => byOneOf(ownersOf, (owner) => extendHistory(suite, known, owner, index, signed)),
    begun,
  );
}

/** The keys of officers that the node has revoked for its party. */
export async function publishedRevocations({ suite }: Context, dir: string, { client }: Officer) {
  return revokedBy(await declarationsOf(suite, ownHistory(suite, dir).owner, client));
}

/** By the newest identity key that the party has had; where that did not sign it, by the one before. */
export function byOneOf<T>(owners: readonly RosterOwner[], verify: (owner: RosterOwner) => T): T {
  for (const owner of owners.slice(1).toReversed()) {
    try {
      return verify(owner);
    } catch (error) {
      if (!isParleyError(error, "roster-signature")) throw error;
    }
  }
  return verify(owners[0] as RosterOwner);
}

export interface IdentityOptions extends NodeOptions {
  readonly identity?: string;
  readonly identityPassphraseFile?: string;
  readonly yes?: boolean;
}

export function identityKeyOptions(command: Command): Command {
  return command
    .option("--identity <file>", "the identity key (default: DIR/identity.key)")
    .option("--identity-passphrase-file <file>", "its passphrase, where it differs from the officer's")
    .option("-y, --yes", "do not ask again before it is signed");
}

/** Signs the roster with the identity key, and has the node publish it. @throws role-missing, identity-key-wrong */
export async function publishSigned(context: Context, options: IdentityOptions, who: Officer, roster: Roster) {
  return publishBy(who, await rosterSigner(context, options, who), roster);
}

export async function publishBy({ client }: Officer, signer: Signer, roster: Roster) {
  const { bytes, signature } = await signRoster(roster, signer);
  return client.publishRoster({ body: { bytes: toBase64(bytes), signature: toBase64(signature) } });
}

/**
 * The identity key, once it is known that a roster under it would be taken: what has to be on the disk before a roster is
 * published is not made in vain.
 * @throws role-missing, identity-key-wrong
 */
export async function rosterSigner(context: Context, options: IdentityOptions, who: Officer): Promise<Signer> {
  requireMayPublish(who);
  const { owner } = ownHistory(context.suite, directoryOf(context, options));
  const { identity } = identityNow(owner.identity, await declarationsOf(context.suite, owner, who.client));
  const signer = await identitySigner(context, options);
  if (equalBytes(identity, signer.publicKey)) return signer;
  const [given, wanted] = [signer.publicKey, identity].map((key) => keyFingerprint(context.suite, key));
  throw cliError(
    "identity-key-wrong",
    `The identity key that was given (${given ?? ""}) is not the one in force (${wanted ?? ""}).`,
  );
}

/** The node says the same, but only when it is given what was signed. @throws role-missing */
export function requireMayPublish({ session: { officer, roles } }: Officer): void {
  if (allows("publish rosters", roles)) return;
  throw apiError("role-missing", `${officer} (${roles.join(", ")}) may not publish rosters.`);
}

/** Out of the identity key's file, once its passphrase is known. */
export function identitySigner(context: Context, options: IdentityOptions): Promise<Signer> {
  const { identityPassphraseFile, passphraseFile } = options;
  return openKey(context, identityKeyFile(context, options), identityPassphraseFile ?? passphraseFile);
}

/** Asked before the identity key signs. It is looked for first: nobody shall weigh a question for nothing. */
export async function confirmIdentity(
  context: Context,
  options: Pick<IdentityOptions, "dir" | "identity" | "yes">,
  question: string,
): Promise<void> {
  identityKeyFile(context, options);
  await confirmOrStop(context, options.yes, question);
}
