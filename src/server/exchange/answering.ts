/**
 * Whose parcel is being answered now. What this node then says of what they sent goes with the answer: an exchange of its
 * own for it would cost both sides as much as the message did.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { NoticeItem } from "../../message/index.ts";
import type { PartyId } from "../../wire/id.ts";
import { concernedBy } from "../messages/notices.ts";
import type { Ahead } from "../narrow/ahead.ts";
import type { Peers } from "./peers.ts";

export interface Answering {
  /** Waits for `opened`, and not for long: a receipt must not wait for somebody's backlog. */
  awaits(party: PartyId, opened: Promise<void>): Promise<void>;
  /** A notice was appended: whom it concerns is called for it, but for those who get it by their answer. */
  noticed(links: { readonly peers: Peers; readonly ahead: Ahead }, items: readonly NoticeItem[]): void;
}

/** What few entries take to be opened, by a node that has not done so for a while. */
const OPENED_MS = 25;

export function answering(): Answering {
  const now = new Map<PartyId, number>();
  const count = (party: PartyId, change: 1 | -1): void => {
    const left = (now.get(party) ?? 0) + change;
    if (left > 0) now.set(party, left);
    else now.delete(party);
  };
  return {
    awaits: async (party, opened) => {
      count(party, 1);
      const late = new AbortController();
      try {
        await Promise.race([opened, sleep(OPENED_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
      } finally {
        late.abort();
        count(party, -1);
      }
    },
    noticed: ({ peers, ahead }, items) => {
      const concerned = concernedBy(items);
      peers.kick(concerned && new Set([...concerned].filter((party) => !now.has(party))));
      ahead.noticed();
    },
  };
}
