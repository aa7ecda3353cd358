/**
 * How this page makes the node say something: the node composes the bytes, the page reads them again and signs only
 * what it was asked to sign. A node that slips in other words gets no signature.
 */
import type { Draft, DraftItemRequest, ReKeyed } from "../../api/index.ts";
import { nobleSuite } from "../../crypto/noble.ts";
import { signCose } from "../../crypto/index.ts";
import { decodeMessage, type Message, messageHash, parseBody } from "../../message/index.ts";
import { type Bytes, fromBase64, toBase64 } from "../../wire/bytes.ts";
import { sortedJson } from "../../wire/json.ts";
import { ParleyError } from "../../wire/error.ts";
import type { Desk } from "../session/desk.ts";

export interface ReadItem {
  readonly bytes: Bytes;
  readonly message: Message;
  /** Computed here, from the bytes. */
  readonly hash: string;
}

/** What the bytes say, read in this page. Throws what decodeMessage throws, and `console-bytes-differ`. */
export function readItem(item: { readonly bytes: string; readonly hash: string }): ReadItem {
  const bytes = fromBase64(item.bytes);
  const hash = messageHash(nobleSuite, bytes);
  if (hash !== item.hash) throw bytesDiffer("The node names these bytes by another hash than their own.");
  return { bytes, message: decodeMessage(bytes), hash };
}

/** Signs every item of a draft as its drafter or as its releaser. */
export function signatures(desk: Desk, draft: Draft, as: "drafted" | "released"): Promise<string[]> {
  return Promise.all(
    draft.items.map(async (item) => {
      const { bytes, message } = readItem(item);
      if (message.from !== desk.node.party || String(message.line) !== desk.node.line) {
        throw bytesDiffer("These bytes speak for another party or on another line.");
      }
      return toBase64(await signCose(`parley/v1/${as}`, bytes, desk.signer));
    }),
  );
}

/** Drafts something and signs it as drafter; it then waits for the releasing officer. */
export async function draftAndSign(desk: Desk, item: DraftItemRequest): Promise<Draft> {
  const draft = await desk.client.createDraft({ body: { items: [item] } });
  refuseOtherWords(draft, [item]);
  if (draft.needs === 1) return draft;
  const signed = await signatures(desk, draft, "drafted");
  return desk.client.signDraft({ params: { id: draft.id }, body: { signatures: signed } });
}

/** Says at once what one officer may say alone: read, read-back, NOTED, STANDBY, an alert. */
export async function sayAlone(desk: Desk, item: DraftItemRequest): Promise<void> {
  const draft = await desk.client.createDraft({ body: { items: [item] } });
  refuseOtherWords(draft, [item]);
  if (draft.needs !== 1) throw bytesDiffer("This takes two officers; it waits among the drafts.");
  await release(desk, draft, false);
}

export async function release(
  desk: Desk,
  draft: Draft,
  confirmed: boolean,
  reKeyed: readonly ReKeyed[] = [],
): Promise<readonly { readonly hash: string }[]> {
  const signed = await signatures(desk, draft, "released");
  const reply = await desk.client.releaseDraft({
    params: { id: draft.id },
    body: { signatures: signed, confirmed_findings: confirmed, re_keyed: [...reKeyed] },
  });
  return reply.released;
}

/** @throws console-bytes-differ where the node drafted anything else than what was asked for, in that order */
export function refuseOtherWords(draft: Draft, asked: readonly DraftItemRequest[]): void {
  if (draft.items.length !== asked.length) throw bytesDiffer("The node drafted another number of messages.");
  for (const [i, item] of draft.items.entries()) refuseOther(item, asked[i] as DraftItemRequest);
}

function refuseOther(item: Draft["items"][number], asked: DraftItemRequest): void {
  const { message } = readItem(item);
  const same =
    message.kind === asked.kind &&
    message.subject === asked.subject &&
    (message.re?.message ?? null) === (asked.re?.message ?? null) &&
    (message.re?.relation ?? null) === (asked.re?.relation ?? null) &&
    sortedJson(message.body) === sortedJson(parseBody(asked.kind, asked.body));
  if (!same) throw bytesDiffer("The node drafted something else than this page asked for.");
}

function bytesDiffer(message: string): ParleyError {
  const next = "Do not sign. Use the command line on another machine, and have the node looked at.";
  return new ParleyError("console-bytes-differ", message, { exit: 3, http: 500, next });
}
