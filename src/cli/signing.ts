/**
 * What an officer signs is read here, on his own machine, out of the bytes that he signs. What the node says about
 * them is not believed: where the two differ, nothing is signed.
 */
import { isDeepStrictEqual } from "node:util";
import type { Draft, DraftRequest, ReKeyed } from "../api/index.ts";
import { signCose, verifyCose } from "../crypto/index.ts";
import { decodeMessage, type Message, messageHash, parseBody } from "../message/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import { fromBase64, toBase64 } from "../wire/bytes.ts";
import type { MessageHash } from "../wire/id.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import type { Officer } from "./node.ts";
import { progress } from "./progress.ts";

export interface ItemToSign {
  readonly bytes: Bytes;
  readonly message: Message;
  readonly hash: MessageHash;
}

/** The items of a draft, out of their bytes; throws `draft-differs` where the node says otherwise about any of them. */
export async function itemsToSign(context: Context, { client, session }: Officer, draft: Draft): Promise<ItemToSign[]> {
  const node = await client.node();
  return draft.items.map((item) => {
    const bytes = fromBase64(item.bytes);
    const message = decodeMessage(bytes);
    const hash = messageHash(context.suite, bytes);
    const says = [
      [hash, item.hash, "its hash"],
      [message.kind, item.kind, "its kind"],
      [message.subject, item.subject, "its subject"],
      [message.from, session.party, "its author"],
      [message.line, node.line, "the line"],
      [message.exercise, node.exercise, "whether it is an exercise"],
    ] as const;
    const other = says.find(([found, said]) => found !== said);
    if (other !== undefined)
      throw cliError("draft-differs", `The node and the bytes to be signed differ in ${other[2]}.`);
    return { bytes, message, hash };
  });
}

export type SignAs = "parley/v1/drafted" | "parley/v1/released";

/** Signs every item, in order. */
export async function signItems(
  context: Context,
  { signer }: Officer,
  label: SignAs,
  items: readonly ItemToSign[],
): Promise<string[]> {
  const show = progress(context, "Signing", items.length);
  const signatures: string[] = [];
  for (const { bytes } of items) {
    signatures.push(toBase64(await signCose(label, bytes, signer)));
    show(signatures.length);
  }
  show.end();
  return signatures;
}

/** True where the drafter's signatures are there and are over these very bytes by `publicKey`. */
export function draftedBy(context: Context, draft: Draft, items: readonly ItemToSign[], publicKey: Bytes): boolean {
  const { signatures } = draft;
  if (signatures === null || signatures.length !== items.length) return false;
  return items.every(({ bytes }, i) => {
    const cose = fromBase64(signatures[i] as string);
    return verifyCose(context.suite, "parley/v1/drafted", bytes, cose, publicKey);
  });
}

/** Has the node make the bytes, and reads them again; throws `draft-differs` where they say something else. */
export async function compose(
  context: Context,
  who: Officer,
  request: DraftRequest,
): Promise<{ readonly draft: Draft; readonly items: readonly ItemToSign[]; readonly changed: readonly number[] }> {
  const draft = await who.client.createDraft({ body: request });
  const items = await itemsToSign(context, who, draft);
  if (items.length !== request.items.length) throw differs("how many messages it has");
  const changed: number[] = [];
  request.items.forEach((asked, i) => {
    const { message } = items[i] as ItemToSign;
    if (message.kind !== asked.kind || message.subject !== asked.subject) throw differs("kind or subject");
    if ((message.re?.message ?? null) !== (asked.re?.message ?? null)) throw differs("what it answers or replaces");
    if (!isDeepStrictEqual(message.body, rounded(parseBody(message.kind, asked.body)))) changed.push(i);
  });
  return { draft, items, changed };
}

/** Numbers as they come back from the bytes: nanodegrees at the finest. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? value : Math.round(value * 1e9) / 1e9;
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rounded(inner)]));
}

function differs(what: string) {
  return cliError("draft-differs", `The bytes that the node made differ from what was asked for, in ${what}.`);
}

/** Signs as the drafter and, where one officer suffices, releases at once. Says what the node then has. */
export async function signDraft(
  context: Context,
  who: Officer,
  draft: Draft,
  items: readonly ItemToSign[],
): Promise<{ readonly state: "signed" | "released"; readonly id: string; readonly released: readonly string[] }> {
  const { client } = who;
  const params = { id: draft.id };
  if (draft.needs === 2) {
    const signatures = await signItems(context, who, "parley/v1/drafted", items);
    await client.signDraft({ params, body: { signatures } });
    return { state: "signed", id: draft.id, released: [] };
  }
  return {
    state: "released",
    id: draft.id,
    released: await releaseItems(context, who, draft.id, items, { confirmedFindings: false, reKeyed: [] }),
  };
}

/** Signs as the releaser and releases; the hashes that the log then has. */
export async function releaseItems(
  context: Context,
  who: Officer,
  id: string,
  items: readonly ItemToSign[],
  { confirmedFindings, reKeyed }: { readonly confirmedFindings: boolean; readonly reKeyed: readonly ReKeyed[] },
): Promise<string[]> {
  const signatures = await signItems(context, who, "parley/v1/released", items);
  const body = { signatures, confirmed_findings: confirmedFindings, re_keyed: [...reKeyed] };
  const { released } = await who.client.releaseDraft({ params: { id }, body });
  return released.map(({ hash }) => hash);
}
