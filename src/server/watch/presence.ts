/**
 * Who is at the desk, and what he has open: in memory, by what the officers' pages say of themselves. Two officers on
 * one item see each other, and the node knows when nobody looks.
 */
import type { OfficerId } from "../../wire/id.ts";
import type { EventHub } from "../events.ts";

export interface PresenceItem {
  readonly type: "message" | "draft" | "alert";
  readonly id: string;
}

export interface Present {
  readonly officer: OfficerId;
  readonly item: PresenceItem | null;
  readonly doing: "reading" | "writing";
  /** Since when this officer has this item open. */
  readonly since: number;
}

export interface Presence {
  /** A page of this session says what it shows; `active` where a person has used it since it said so last. */
  here(session: string, officer: OfficerId, at: Pick<Present, "item" | "doing">, active: boolean): void;
  /** The session has signed out, or its page was closed. */
  gone(session: string): void;
  /** An officer did something, in whatever way. */
  acted(): void;
  present(): Present[];
  /** When an officer was last active: a sign-in, something done, a page in use. */
  lastActiveAt(): number;
}

/** A page says every 15 s that it is there. */
export const GONE_AFTER_MS = 40_000;
const MAX_SESSIONS = 1000;

interface Kept extends Present {
  readonly seenAt: number;
}

export function presence({ events, now }: { readonly events: EventHub; readonly now: () => number }): Presence {
  const kept = new Map<string, Kept>();
  let lastActiveAt = now();
  const sweep = (): void => {
    for (const [session, { seenAt }] of kept) if (seenAt < now() - GONE_AFTER_MS) kept.delete(session);
  };
  const tell = (): void => events.emit({ type: "presence", at: now() });
  return {
    here: (session, officer, { item, doing }, active) => {
      sweep();
      if (active) lastActiveAt = now();
      const before = kept.get(session);
      const same = before !== undefined && isSame(before.item, item) && before.doing === doing;
      if (before === undefined && kept.size >= MAX_SESSIONS) return;
      kept.set(session, { officer, item, doing, since: same ? before.since : now(), seenAt: now() });
      if (!same) tell();
    },
    gone: (session) => {
      if (kept.delete(session)) tell();
    },
    acted: () => {
      lastActiveAt = now();
    },
    present: () => {
      sweep();
      return [...kept.values()].map(({ officer, item, doing, since }) => ({ officer, item, doing, since }));
    },
    lastActiveAt: () => lastActiveAt,
  };
}

function isSame(a: PresenceItem | null, b: PresenceItem | null): boolean {
  return a === null || b === null ? a === b : a.type === b.type && a.id === b.id;
}
