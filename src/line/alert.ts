/**
 * What has become of an alert with the party that must answer it, and who is called next. The deeds of the own side (who
 * took it, who passed, who was called) are its own record; the answer is on the line. Silence, a refusal and UNABLE
 * escalate; only a closing answer ends it.
 */
import type { AnswerCode, Standing } from "../message/index.ts";
import type { OfficerId } from "../wire/id.ts";

export const ALERT_STATES = ["unanswered", "taken", "escalating", "answered"] as const;

export type AlertDeed =
  /** An officer has it in hand. It stops the sound, and not the time to answer. */
  | { readonly deed: "taken"; readonly by: OfficerId; readonly at: number }
  /** An officer cannot take it: the next is called at once. */
  | { readonly deed: "passed"; readonly by: OfficerId; readonly at: number }
  /** The node named who is to be called; whether anybody did, it does not know. */
  | { readonly deed: "called"; readonly who: string; readonly at: number };

export interface AlertTerms {
  /** Who is called, one after the other, and then from the first again. Roles or duty telephones, never persons. */
  readonly escalation: readonly string[];
  /** Between two calls of the first round; each round doubles it, up to an hour. */
  readonly stepMs: number;
}

export interface AlertFacts {
  /** By when it is to be answered, as the kind and the charter say: milliseconds since the epoch. */
  readonly dueAt: number;
  readonly standing: Standing;
  /** When the answer that counts was stored here; null where there is none. */
  readonly answeredAt: number | null;
  /** When the other party's node refused it; null where it did not. */
  readonly refusedAt: number | null;
  /** In the order in which they were recorded. */
  readonly deeds: readonly AlertDeed[];
}

export interface AlertState {
  readonly state: (typeof ALERT_STATES)[number];
  /** By when an answer is owed, a STANDBY included; null where it is closed. */
  readonly dueAt: number | null;
  readonly taken: { readonly by: OfficerId; readonly at: number } | null;
  readonly called: { readonly who: string; readonly at: number } | null;
  /** Who is to be called next, and when; null where it is closed. */
  readonly next: { readonly who: string; readonly at: number } | null;
  readonly answer: AnswerCode | null;
}

/**
 * From when an alert's time to answer runs for one recipient, for whoever told it at `toldAt`: the earlier of its node's
 * *held* and its receipt. A time that has not come yet, or from before it was told, is no time at which anybody had it,
 * and would put the answer off; with neither it runs from when it was told, so that silence escalates.
 */
export function alertClock(
  toldAt: number,
  { heldAt, receiptAt }: { readonly heldAt: number | null; readonly receiptAt: number | null },
  now: number,
): number {
  const known = [heldAt, receiptAt].filter((at) => at !== null && at >= toldAt && at <= now);
  return known.length === 0 ? toldAt : Math.min(...(known as number[]));
}

const LONGEST_STEP_MS = 3_600_000;

/** As it stands at `now`, milliseconds since the epoch by the node's clock. */
export function alertState(facts: AlertFacts, terms: AlertTerms, now: number): AlertState {
  const { standing, deeds } = facts;
  const answer = standing.state === "unanswered" ? null : standing.answer;
  const taken = deeds.findLast((each) => each.deed === "taken") ?? null;
  const called = deeds.findLast((each) => each.deed === "called") ?? null;
  const said = {
    taken: taken === null ? null : { by: taken.by, at: taken.at },
    called: called === null ? null : { who: called.who, at: called.at },
    answer,
  };
  if (standing.state === "closed") return { state: "answered", dueAt: null, next: null, ...said };
  const dueAt = standing.state === "standby" ? standing.until : facts.dueAt;
  const next = nextCall(facts, terms, dueAt);
  const pressedAt = Math.max(called?.at ?? 0, pushedAt(facts) ?? 0);
  const inHand = taken !== null && taken.at >= pressedAt && now < next.at;
  const pressing = called !== null || pushedAt(facts) !== null || now >= dueAt;
  const held = standing.state === "standby" && now < dueAt;
  return { state: inHand || held ? "taken" : pressing ? "escalating" : "unanswered", dueAt, next, ...said };
}

/** What calls the next one at once: the newest of a pass, an UNABLE and a refusal. */
function pushedAt({ standing, answeredAt, refusedAt, deeds }: AlertFacts): number | null {
  const passed = deeds.findLast(({ deed }) => deed === "passed")?.at ?? null;
  const unable = standing.state === "open" ? answeredAt : null;
  const known = [passed, unable, refusedAt].filter((at) => at !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function nextCall(facts: AlertFacts, terms: AlertTerms, dueAt: number): { who: string; at: number } {
  const { escalation } = terms;
  const calls = facts.deeds.filter(({ deed }) => deed === "called");
  const who = escalation[calls.length % Math.max(1, escalation.length)] ?? "";
  const round = Math.floor(Math.max(0, calls.length - 1) / Math.max(1, escalation.length));
  const step = Math.min(LONGEST_STEP_MS, terms.stepMs * 2 ** Math.min(round, 16));
  const last = calls.at(-1)?.at ?? null;
  const pushed = pushedAt(facts);
  if (pushed !== null && pushed > (last ?? 0)) return { who, at: pushed };
  // Who takes it once it is late has one step's time; who takes it in time has until it is due.
  const lateTakes = facts.deeds.filter(({ deed, at }) => deed === "taken" && at >= Math.min(dueAt, last ?? dueAt));
  const from = [last, ...lateTakes.map(({ at }) => at)].filter((at) => at !== null);
  return { who, at: Math.max(dueAt, ...from.map((at) => at + step)) };
}
