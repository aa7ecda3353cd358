/**
 * The charter's quota: how much of one party's log this node takes a day, by its own clock and in UTC days. Over it
 * nothing more of that log is taken until the next day, and people on both sides are told. Who was away, or whose peer
 * was, has the days in between as well: a week's backlog is no flood.
 */
import type { Parcel, Segment } from "../../line/index.ts";
import type { NoticeItem } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { LogOrigin, PartyId } from "../../wire/id.ts";
import type { Logger } from "../logger.ts";
import { type LineState, partyOfOrigin } from "./line-state.ts";

export const DAY_MS = 86_400_000;
/** While a party goes on sending, its node is told again this often. */
const TELL_EVERY_MS = 3_600_000;

export interface Quota {
  /** The parcel without what would go over a quota. */
  admit(parcel: Parcel): Parcel;
  /** A notice of another party: it may say that it takes nothing more of this node's log for now. */
  heard(from: PartyId, items: readonly NoticeItem[]): void;
  /** Until when the party takes nothing more of this node's log; null where it does. */
  heldBackUntil(peer: PartyId): number | null;
  /** Of another party's log, today. */
  facts(party: PartyId): QuotaFacts;
}

export interface QuotaFacts {
  readonly taken: number;
  readonly allowed: number;
  /** Something was left: nothing more is taken until then. */
  readonly until: number | null;
}

export interface QuotaContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly logger: Logger;
  readonly now: () => number;
  readonly onNotice: (item: NoticeItem) => void;
}

/** `quota` bytes a day, and those of the whole days on which nothing was taken before today. */
export function allowance(quota: number, today: number, lastDay: number | null, firstDay: number): number {
  const before = lastDay ?? firstDay - 1;
  return quota * Math.max(1, today - before);
}

export function quota({ state, store, logger, now, onNotice }: QuotaContext): Quota {
  const { quota_bytes_per_day: perDay, founded_at } = state.charter;
  const left = new Map<LogOrigin, { readonly until: number; toldAt: number }>();
  const heldBack = new Map<PartyId, number>();
  const bounds = (origin: LogOrigin) => {
    const today = Math.floor(now() / DAY_MS);
    const { taken, lastDay } = store.takenOn(origin, today);
    const allowed = allowance(perDay, today, lastDay, Math.floor(founded_at / DAY_MS));
    return { taken, allowed, since: today * DAY_MS, until: (today + 1) * DAY_MS };
  };
  const refuse = (origin: LogOrigin, { taken, since, until }: ReturnType<typeof bounds>): void => {
    const before = left.get(origin);
    const isTold = before?.until === until && now() - before.toldAt < TELL_EVERY_MS;
    left.set(origin, { until, toldAt: isTold ? before.toldAt : now() });
    if (isTold) return;
    logger.warn("quota-exceeded", { party: partyOfOrigin(origin), bytes: taken, until });
    onNotice({ code: "quota", origin, bytes: taken, since, until });
  };
  return {
    admit: (parcel) => {
      const room = new Map<LogOrigin, number>();
      const fits = (segment: Segment): boolean => {
        const { origin, entries } = segment;
        if (partyOfOrigin(origin) === state.self || store.log(origin) === null) return true;
        const found = bounds(origin);
        const bytes = entries.reduce((sum, { length }) => sum + length, 0);
        const free = (room.get(origin) ?? found.allowed - found.taken) - bytes;
        if (free < 0) refuse(origin, found);
        else room.set(origin, free);
        return free >= 0;
      };
      const segments = parcel.segments.filter(fits);
      return segments.length === parcel.segments.length ? parcel : { ...parcel, segments };
    },
    heard: (from, items) => {
      for (const item of items) {
        if (item.code === "quota" && item.origin === state.origin) heldBack.set(from, item.until);
      }
    },
    heldBackUntil: (peer) => {
      const until = heldBack.get(peer) ?? 0;
      // A day at the most, whatever it claims: nobody silences this node for longer by a number.
      return until > now() && until <= now() + DAY_MS ? until : null;
    },
    facts: (party) => {
      const { taken, allowed, until } = bounds(state.originOf(party));
      return { taken, allowed, until: left.get(state.originOf(party))?.until === until ? until : null };
    },
  };
}
