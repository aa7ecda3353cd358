/**
 * All that may conflict, live: every plan and holding, everything that was told and is in force, and the conflicts
 * between them as they stand. Whatever comes, changes, goes or begins and ends by time alone yields exactly the
 * conflicts that began, changed or ended. What is over leaves; nothing is ever cut. The clock is an argument.
 */
import type { Subject } from "../conflict.ts";
import { graceOf, type Role, type RuleLayers } from "../layers.ts";
import { createDue, type Due } from "./due.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import { presentOf } from "./present.ts";
import { createPresence, type Presence } from "./presence.ts";
import { type Change, phaseOf, phaseTimes, type Standing } from "./standing.ts";
import { createStandings, type Standings } from "./standings.ts";

export interface Entry {
  readonly role: Role;
  /** Its id is its own among all roles. What was told has the kind of its message. */
  readonly subject: Subject;
}

export type BookEvent =
  /** `gone` goes with it: what a replacement ends, so that nobody is told that it was clear in between. */
  | { readonly event: "put"; readonly entries: readonly Entry[]; readonly gone?: readonly string[] }
  | { readonly event: "gone"; readonly ids: readonly string[] }
  /** Nothing but time has passed. */
  | { readonly event: "time" };

export interface EventBook {
  /** What the event and the time since the last one make of the conflicts. `now` in milliseconds since the epoch. */
  apply(event: BookEvent, now: number): readonly Change[];
  /** The first moment at which time alone may change something; null: never. One timer suffices. */
  nextMoment(): number | null;
  /** True where the clock was set back behind something that is over: then the book must be made anew. */
  isStale(now: number): boolean;
  standings(): Iterable<Standing>;
  /** Those of a plan or a holding, or of what was told. */
  standingsOf(id: string): readonly Standing[];
  /** What an entry would stand against, if it were put. Nothing is kept. */
  ask(entry: Entry): readonly Standing[];
  /** All that is there of the entry; undefined where it is unknown or over. */
  get(id: string): Subject | undefined;
  /** What was told, and what is ours, within reach of the plan at any time and height. */
  around(plan: Subject, lateral_m: number): readonly Entry[];
  /** Entries that are not over. */
  readonly size: number;
  /** How many conflicts stand. */
  readonly conflicts: number;
}

export function createEventBook(layers: RuleLayers, startsAt: number): EventBook {
  const held: Held = {
    presence: createPresence(layers),
    standings: createStandings(),
    due: createDue(),
    grace_ms: graceOf(layers),
    clock: startsAt,
    settled: Number.NEGATIVE_INFINITY,
  };
  const { presence, standings, due } = held;
  return {
    apply: (event, now) => {
      standings.watch();
      pass(held, now);
      if (event.event === "put") {
        for (const id of event.gone ?? []) take(held, id);
        for (const entry of event.entries) put(held, entry);
      } else if (event.event === "gone") for (const id of event.ids) take(held, id);
      return standings.changes();
    },
    nextMoment: () => {
      const moment = due.next();
      return moment === Number.POSITIVE_INFINITY ? null : moment;
    },
    isStale: (now) => now < held.settled,
    standings: () => standings.all(),
    standingsOf: (id) => standings.of(id),
    ask: (entry) => pairsOf(presence, leftOf(held, entry)).map((pair) => stand(held, pair)),
    get: (id) => presence.get(id),
    around: (plan, lateral_m) => presence.around(plan, lateral_m),
    get size() {
      return presence.size;
    },
    get conflicts() {
      return standings.size;
    },
  };
}

interface Held {
  readonly presence: Presence;
  readonly standings: Standings;
  /** When an entry has less left of it, and when a conflict has another phase. */
  readonly due: Due;
  readonly grace_ms: number;
  clock: number;
  /** The latest moment that has shaped what is here. */
  settled: number;
}

function put(held: Held, { role, subject }: Entry): void {
  const { presence, due, clock, grace_ms } = held;
  drop(held, subject.id);
  const { since, until } = presence.put(role, subject, clock, grace_ms);
  settle(held, since);
  due.set(entryKey(subject.id), until);
  const left = presence.get(subject.id);
  if (left === undefined) return;
  for (const pair of pairsOf(presence, { role, subject: left })) keep(held, stand(held, pair));
}

function take(held: Held, id: string): void {
  drop(held, id);
  held.presence.remove(id);
  held.due.set(entryKey(id), Number.POSITIVE_INFINITY);
}

function drop({ standings, due }: Held, id: string): void {
  for (const key of standings.dropOf(id)) due.set(key, Number.POSITIVE_INFINITY);
}

function leftOf({ clock, grace_ms }: Held, { role, subject }: Entry): Entry {
  const volumes = subject.volumes.flatMap((volume) => presentOf(volume, clock, grace_ms).volume ?? []);
  return { role, subject: { ...subject, volumes } };
}

function stand({ clock }: Held, pair: Pair): Standing {
  return { ...pair, phase: phaseOf(pair.found, clock) };
}

function keep(held: Held, standing: Standing): void {
  const { since, until } = phaseTimes(standing.found, held.clock);
  settle(held, since);
  held.due.set(held.standings.keep(standing), until);
}

function settle(held: Held, moment: number): void {
  held.settled = Math.max(held.settled, moment);
}

/** All that time alone begins and ends, in its order. */
function pass(held: Held, now: number): void {
  const { presence, standings, due } = held;
  held.clock = now;
  for (let moment = due.next(); moment <= now; moment = due.next()) {
    settle(held, moment);
    const key = due.take(now) as string;
    const id = entryOf(key);
    const entry = id === null ? undefined : presence.entry(id);
    if (entry !== undefined) put(held, entry);
    else if (id === null) keep(held, stand(held, standings.get(key) as Standing));
  }
}

/** Moments of entries and of standings lie in one heap. */
const ENTRY = "entry ";

function entryKey(id: string): string {
  return ENTRY + id;
}

function entryOf(key: string): string | null {
  return key.startsWith(ENTRY) ? key.slice(ENTRY.length) : null;
}
