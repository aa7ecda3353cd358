/** The node that a command speaks to, and the officer who signs. */
import { type Client, createClient, type Session, signIn } from "../api/index.ts";
import { openKeyFile, parseKeyFile, seedSigner, type Signer } from "../crypto/index.ts";
import { isParleyError, ParleyError } from "../wire/error.ts";
import type { Context } from "./context.ts";
import { directoryOf, localUrl, officerKeyFile } from "./directory.ts";
import { cliError } from "./errors.ts";
import { readText } from "./files.ts";
import type { NodeOptions } from "./help.ts";
import { askPassphrase } from "./passphrase.ts";

export interface Officer {
  readonly client: Client;
  readonly session: Session;
  readonly signer: Signer;
}

export function addressOf(context: Context, options: NodeOptions): string {
  return options.url ?? localUrl(directoryOf(context, options));
}

/** Speaks to the node before anyone has signed in. */
export function stranger(context: Context, options: NodeOptions): Client {
  return createClient({ baseUrl: addressOf(context, options), fetch: context.fetch, token: () => null });
}

/** Opens the officer's key and signs in with it. */
export async function officer(context: Context, options: NodeOptions): Promise<Officer> {
  const path = officerKeyFile(context, options);
  const header = parseKeyFile(readText(path));
  if (header.purpose !== "officer") throw cliError("no-officer-key", `${path} is not an officer's key.`);
  let token: string | null = null;
  const client = createClient({ baseUrl: addressOf(context, options), fetch: context.fetch, token: () => token });
  const node = await client.node();
  if (node.party !== header.party) {
    throw cliError("no-officer-key", `${path} belongs to ${header.party}, and this node is ${node.party}'s.`);
  }
  const signer = await openKey(context, path, options.passphraseFile);
  const session = await signIn(client, header.name, signer);
  token = session.token;
  return { client, session, signer };
}

/** @throws party-unknown */
export async function requireParty(client: Client, wanted: string): Promise<void> {
  const { party, peers } = await client.status();
  if (party === wanted || peers.some((peer) => peer.party === wanted)) return;
  throw cliError("party-unknown", `The line has no party ${wanted}.`);
}

/** A signer out of a key file, once its passphrase is known. */
export async function openKey(context: Context, path: string, passphraseFile: string | undefined): Promise<Signer> {
  const text = readText(path);
  const { name } = parseKeyFile(text);
  const passphrase = await askPassphrase(context, passphraseFile, `${name} (${path})`);
  return seedSigner(context.suite, opened(context, path, text, passphrase).seed);
}

/** Of the several keys that a command may open, it says which. */
function opened({ suite }: Context, path: string, text: string, passphrase: string): ReturnType<typeof openKeyFile> {
  try {
    return openKeyFile(suite, text, passphrase);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    throw new ParleyError(error.code, `${path}: ${error.message}`, error, error.detail, error);
  }
}

/**
 * The node said no, in so many words. A fault of its own is none: it may have done what was asked before it met that. Even
 * a no is asked after before anything is undone that others may know of.
 */
export function isRefusal(error: unknown): boolean {
  return (
    isParleyError(error) &&
    error.http < 500 &&
    !isParleyError(error, "node-unreachable") &&
    !isParleyError(error, "reply-not-understood")
  );
}
