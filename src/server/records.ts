import type { EntryPlace, Message, SignedMessage } from "../message/index.ts";
import type { MessageRecord } from "../store/index.ts";
import { type MessageHash, type OfficerId, parseLogOrigin } from "../wire/id.ts";

/** The facts of a message that the store is asked by. */
export function messageRecord(
  { origin, index }: EntryPlace,
  storedAt: number,
  told: { readonly message: Message; readonly hash: MessageHash; readonly signed: SignedMessage },
  officers: { readonly drafter: OfficerId | null; readonly releaser: OfficerId | null },
  fault: string | null,
): MessageRecord {
  const { message, hash, signed } = told;
  return {
    origin,
    index,
    hash,
    // Whose log it stands in: what a message says of itself is only its signers' word.
    from: parseLogOrigin(origin).party,
    id: message.id,
    kind: message.kind,
    re: message.re,
    list: message.list?.id ?? null,
    at: message.at,
    expires: message.expires,
    storedAt,
    bytes: signed.bytes,
    drafted: signed.drafted,
    released: signed.released,
    drafter: officers.drafter,
    releaser: officers.releaser,
    fault,
  };
}
