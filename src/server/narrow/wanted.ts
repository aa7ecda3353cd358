/** What of this node's own log goes ahead of its backlog, whether it is there by now, and how it is said. */
import { encodeSaidEntry, encodeSaidProof } from "../../line/index.ts";
import { inclusionProof } from "../../log/index.ts";
import { contentKeyOf, decodeEntry, decodeNotice, sealingKid } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import { parseLogOrigin, type PartyId } from "../../wire/id.ts";
import type { LineState } from "../exchange/line-state.ts";
import { receiptsOver } from "../exchange/receipts.ts";

export interface OwnLog {
  readonly state: LineState;
  readonly store: LineStore;
}

/** Nothing else of the log is sent. */
export function wantedAt({ state, store }: OwnLog, index: number): "alert" | "beside" | null {
  const entry = store.entry(state.origin, index);
  if (entry?.type === "message") {
    const message = store.messageAt(state.origin, index);
    if (message?.kind === "alert") return "alert";
    const about = message === null || message.re === null ? null : store.message(message.re.message);
    return about?.kind === "alert" ? "alert" : null;
  }
  if (entry?.type !== "notice") return null;
  const notice = store.notices({ limit: 32 }).find((each) => each.origin === state.origin && each.index === index);
  const held = notice !== undefined && decodeNotice(notice.bytes).items.some(({ code }) => code === "held");
  return held ? "alert" : null;
}

export function isStored({ state, store }: OwnLog, peer: PartyId, index: number): boolean {
  return receiptsOver({ state, store }, state.origin, index).some(({ party }) => party === peer);
}

export function isThere(context: OwnLog, peer: PartyId, index: number): boolean {
  const held = context.store.heldBy(context.state.origin, index).some(({ party }) => party === peer);
  return held || isStored(context, peer, index);
}

/** @throws narrow-no-share */
export function saidOf({ state, store }: OwnLog, peer: PartyId, index: number, what: "entry" | "proof"): Bytes {
  const { suite, origin } = state;
  const { generation } = parseLogOrigin(origin);
  if (what === "entry") {
    const entry = decodeEntry((store.entry(origin, index) as NonNullable<ReturnType<LineStore["entry"]>>).bytes);
    const kids = state.history(peer).map(({ roster }) => sealingKid(suite, roster.node.sealing));
    const kid = kids.findLast((each) => entry.shares.some((share) => toHex(share.kid) === toHex(each)));
    const place = { origin, index };
    const contentKey = contentKeyOf(suite, entry, place, { archiveKey: state.keys.archive });
    return encodeSaidEntry(suite, { ...place, generation, entry, contentKey }, kid ?? new Uint8Array(8));
  }
  const { size, note } = store.checkpoint(origin) as NonNullable<ReturnType<LineStore["checkpoint"]>>;
  const proof = inclusionProof(suite, size, index, store.hashReader(origin));
  return encodeSaidProof({ generation, index, checkpoint: note, proof });
}
