/** What this party has declared, verified here against the identity key that the line was opened with. */
import type { Client } from "../api/index.ts";
import {
  type Declared,
  type Declarations,
  declare,
  identityNow,
  type RosterOwner,
  signDeclaration,
} from "../line/index.ts";
import { keyFingerprint, type Signer, type Suite } from "../crypto/index.ts";
import { type Bytes, equalBytes, fromBase64, toBase64 } from "../wire/bytes.ts";
import { parseLogOrigin } from "../wire/id.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import type { Officer } from "./node.ts";

/** @throws declaration-… where the node shows what its party did not declare */
export async function declarationsOf(suite: Suite, owner: RosterOwner, client: Client): Promise<Declarations> {
  const { declarations } = await client.declarations();
  const own = declarations.filter(({ party }) => party === owner.party);
  return own.reduce<Declarations>((known, { origin, index, bytes, signature }) => {
    const place = { generation: parseLogOrigin(origin).generation, index };
    return declare(suite, owner, known, {
      place,
      signed: { bytes: fromBase64(bytes), signature: fromBase64(signature) },
    });
  }, []);
}

/** A key is revoked from a place that the log had by then: now and for ever. */
export function revokedBy(declarations: Declarations): readonly Bytes[] {
  return declarations.flatMap(({ declaration }) => (declaration.declares === "revocation" ? [declaration.key] : []));
}

/** Signs it with the key that must, and has the node publish it. @throws identity-key-wrong */
export async function publishDeclared(
  { suite, now, say }: Context,
  { client }: Officer,
  owner: RosterOwner,
  declared: Declared,
  signer: Signer,
) {
  const { identity, successor } = identityNow(owner.identity, await declarationsOf(suite, owner, client));
  const wanted = declared.declares === "succession" ? successor : identity;
  if (wanted === null) throw cliError("no-successor", "No successor of the identity key was named on this line.");
  if (!equalBytes(wanted, signer.publicKey)) {
    const whose = declared.declares === "succession" ? "of the successor that was named" : "that is in force";
    throw cliError("identity-key-wrong", `This is not the identity key ${whose}: ${keyFingerprint(suite, wanted)}.`);
  }
  const { peers } = await client.status();
  const older = peers.filter(({ understands }) => understands?.includes("declarations") !== true);
  if (older.length > 0) {
    const names = older.map(({ name }) => name).join(" and ");
    say(`The node of ${names} has not said that it understands declarations: tell its officers by voice as well.\n`);
  }
  const declaration = { line: owner.line, party: owner.party, issued_at: now(), ...declared };
  const { bytes, signature } = await signDeclaration(declaration, signer);
  return client.publishDeclaration({ body: { bytes: toBase64(bytes), signature: toBase64(signature) } });
}
