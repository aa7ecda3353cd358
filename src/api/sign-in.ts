import { type Signer, signCose } from "../crypto/index.ts";
import { fromBase64, toBase64 } from "../wire/bytes.ts";
import type { Client } from "./client.ts";
import type { Session } from "./session.ts";

/**
 * Signs in as `officer`: asks the node for a challenge and signs it with the officer's key, which stays where it is.
 * The label `parley/v1/session` keeps the signature from meaning anything else.
 */
export async function signIn(client: Client, officer: string, signer: Signer): Promise<Session> {
  const { challenge } = await client.challenge({ body: { officer } });
  const signature = await signCose("parley/v1/session", fromBase64(challenge), signer);
  return client.openSession({ body: { officer, challenge, signature: toBase64(signature) } });
}
