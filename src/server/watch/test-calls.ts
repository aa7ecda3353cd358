/**
 * Test calls (spec/test-call.md): as often as the charter says, this node writes a random number into its log, and each
 * other node that opens it writes the same number into its own. An echo shows that everything between works, in both
 * directions; one that does not come is told to people, before they need the line.
 */
import { decodeNotice, type NoticeItem } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import { toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import type { Notices } from "../messages/notices.ts";

export interface TestCalls {
  /** A notice of another party was opened. */
  heard(from: PartyId, items: readonly NoticeItem[]): void;
  start(): void;
  stop(): void;
}

export interface TestCallsContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly notices: Notices;
  readonly logger: Logger;
  readonly now: () => number;
  readonly ready: () => Promise<void>;
}

/** `at` by this node's clock. */
interface Call {
  readonly id: string;
  readonly at: number;
}

export interface TestCallFacts {
  /** missed: the last call has not been echoed in time. none: nothing was called yet, or nothing but a courier goes there. */
  readonly state: "none" | "waiting" | "answered" | "missed";
  /** Of the call that the state is about. */
  readonly calledAt: number | null;
  /** When an echo was last stored here. */
  readonly lastEchoAt: number | null;
}

/** Notices that are looked through: a call that is further back was long ago. */
const LOOKED_AT = 500;
const LOOK_MS = 2000;
const FIRST_AFTER_MS = 60_000;
/** Whoever calls all the time is echoed this often. */
const ECHO_EVERY_MS = 10_000;

/** By when an echo must be here: the other side opens, writes and sends within an interval or two. */
export function patienceMs(exchangeIntervalS: number, testCallIntervalS: number): number {
  return Math.min(testCallIntervalS * 1000, Math.max(120_000, 10_000 * exchangeIntervalS));
}

export function testCalls(context: TestCallsContext): TestCalls {
  const { state, notices, logger, now } = context;
  const echoedAt = new Map<PartyId, number>();
  let timer: NodeJS.Timeout | null = null;
  let last: number | null = null;
  let stopped = false;
  const look = (): void => {
    try {
      const interval = state.charter.test_call_interval_s * 1000;
      // The first one of a new line waits until the others are there too.
      last ??= ownCalls(context.store, state.self).at(0)?.at ?? now() - interval + FIRST_AFTER_MS;
      if (now() - last < interval) return;
      last = now();
      notices.add([{ code: "test-call", id: toHex(state.suite.randomBytes(16)), echo: false, at: last }]);
      notices.tell();
    } catch (error) {
      logger.error("test-call-failed", { code: isParleyError(error) ? error.code : "internal", reason: String(error) });
    }
  };
  const begin = async (): Promise<void> => {
    await context.ready();
    if (stopped) return;
    timer = setInterval(look, LOOK_MS);
    look();
  };
  return {
    heard: (from, items) => {
      const call = items.findLast((item) => item.code === "test-call" && !item.echo);
      if (call?.code !== "test-call" || now() - (echoedAt.get(from) ?? -Infinity) < ECHO_EVERY_MS) return;
      echoedAt.set(from, now());
      notices.add([{ code: "test-call", id: call.id, echo: true, at: now() }]);
    },
    start: () => void begin(),
    stop: () => {
      stopped = true;
      if (timer !== null) clearInterval(timer);
    },
  };
}

/** Newest first. */
function ownCalls(store: LineStore, self: PartyId): Call[] {
  return store
    .notices({ limit: LOOKED_AT })
    .filter(({ from }) => from === self)
    .flatMap(({ bytes, storedAt }) =>
      decodeNotice(bytes).items.flatMap((item) => {
        return item.code === "test-call" && !item.echo ? [{ id: item.id, at: storedAt }] : [];
      }),
    );
}

export interface TestCallsHeard {
  readonly calls: readonly Call[];
  /** By party: its newest echo of one of our calls. */
  readonly echoes: ReadonlyMap<PartyId, { readonly call: Call; readonly at: number }>;
}

/** An echo counts only of a number that this node wrote: nobody could know it before. */
export function readTestCalls(store: LineStore, self: PartyId): TestCallsHeard {
  const calls = ownCalls(store, self);
  const byId = new Map(calls.map((call) => [call.id, call]));
  const echoes = new Map<PartyId, { readonly call: Call; readonly at: number }>();
  for (const { from, bytes, storedAt } of store.notices({ limit: LOOKED_AT })) {
    if (from === self || echoes.has(from)) continue;
    for (const item of decodeNotice(bytes).items) {
      const call = item.code === "test-call" && item.echo ? byId.get(item.id) : undefined;
      if (call !== undefined) echoes.set(from, { call, at: storedAt });
    }
  }
  return { calls, echoes };
}

/** `reached`: some carrier goes there by itself. */
export function testCallFacts(
  { calls, echoes }: TestCallsHeard,
  party: PartyId,
  { now, patience, reached }: { readonly now: number; readonly patience: number; readonly reached: boolean },
): TestCallFacts {
  const echo = echoes.get(party);
  const lastEchoAt = echo?.at ?? null;
  const [newest] = calls;
  if (newest === undefined || !reached) return { state: "none", calledAt: null, lastEchoAt };
  if (echo !== undefined && echo.call.at >= newest.at) return { state: "answered", calledAt: newest.at, lastEchoAt };
  const unanswered = calls.filter(({ at }) => at > (echo?.call.at ?? -Infinity) && now - at > patience);
  const missed = unanswered.at(-1);
  if (missed !== undefined) return { state: "missed", calledAt: missed.at, lastEchoAt };
  return { state: "waiting", calledAt: newest.at, lastEchoAt };
}
