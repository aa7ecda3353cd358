/** The nearest changes that would clear a plan, and where along it the trouble lies. */
import {
  askedBetween,
  type Entry,
  type EventBook,
  type RuleLayers,
  type Subject,
  type Suggestion,
  suggestions,
  type Trouble,
  troubles,
  widestOf,
} from "../../deconflict/index.ts";

export interface Advice {
  readonly suggestions: readonly Suggestion[];
  /** In order of time. */
  readonly troubles: readonly Trouble[];
}

const LATEST_MS = 7 * 86_400_000;
/** How far a plan is moved at most, in metres: less where so much was told that looking would hold up the node. */
const FARTHEST_M = [20_000, 5000, 1000] as const;
const MANY = 300;

export function adviceFor(plan: Subject, book: EventBook, layers: RuleLayers): Advice {
  const left = book.get(plan.id);
  if (left === undefined) return { suggestions: [], troubles: [] };
  const inTrouble = book.standingsOf(plan.id).flatMap(({ other }) => entryOf(book, other));
  if (inTrouble.length === 0) return { suggestions: [], troubles: [] };
  const found = troubles(left, inTrouble.map(subjectOf), asksOf(layers, inTrouble));
  for (const farthest_m of FARTHEST_M) {
    const others = book.around(left, widestOf(layers) + farthest_m);
    if (others.length > MANY && farthest_m !== FARTHEST_M.at(-1)) continue;
    const limits = { latest_ms: LATEST_MS, farthest_m };
    const ways = suggestions(left, others.map(subjectOf), asksOf(layers, others), limits);
    return { suggestions: ways, troubles: found };
  }
  return { suggestions: [], troubles: found };
}

function entryOf(book: EventBook, id: string): Entry[] {
  const subject = book.get(id);
  return subject === undefined ? [] : [{ role: id.startsWith("holding:") ? "holding" : "told", subject }];
}

function subjectOf({ subject }: Entry): Subject {
  return subject;
}

function asksOf(layers: RuleLayers, others: readonly Entry[]) {
  const holdings = new Set(others.filter(({ role }) => role === "holding").map(({ subject }) => subject.id));
  return (plan: Subject, other: Subject) =>
    askedBetween(layers, ruled(plan), ruled(other), holdings.has(other.id) ? "holding" : "told");
}

function ruled({ kind = null, category }: Subject) {
  return { kind, category };
}
