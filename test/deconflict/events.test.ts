/** The event book against comparing everything with everything anew after every event. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  askedBetween,
  type BookEvent,
  type Change,
  changeOf,
  createEventBook,
  type Entry,
  type EventBook,
  findAmong,
  graceOf,
  parseRules,
  phaseOf,
  presentOf,
  type Role,
  type RuleLayers,
  type Standing,
  type Subject,
} from "../../src/deconflict/index.ts";
import { type AnyVolume, destination, movingVolume, type Position } from "../../src/geo/index.ts";

const CENTRE: Position = { lat: 36.34, lon: 43.13 };
const MINUTE = 60_000;
/** A small world, so that much of it meets: minutes of one day, and places within some kilometres. */
const NOON = Date.UTC(2031, 10, 24, 12);

const LAYERS: RuleLayers = [
  parseRules({ default: { lateral_m: 1500 } }),
  parseRules({
    default: { lateral_m: 300, vertical_m: 50, time_s: 600 },
    pairs: [
      { plan: "firing", against: "holding:*", lateral_m: 2500, vertical_m: 1e6, time_s: 1200, grave: "critical" },
      { plan: "firing", against: "*", lateral_m: 4000, vertical_m: 1e6, time_s: 300 },
      { plan: "flight", against: "site:*", lateral_m: 600, vertical_m: 150, grave: "low" },
    ],
  }),
];

const minute = fc.integer({ min: -90, max: 400 }).map((minutes) => NOON + minutes * MINUTE);
const place = fc
  .record({ bearing: fc.integer({ min: 0, max: 359 }), metres: fc.integer({ min: 0, max: 5000 }) })
  .map(({ bearing, metres }) => destination(CENTRE, bearing, metres));
const window = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({ start: minute, last: fc.integer({ min: 0, max: 120 }) })
      .map(({ start, last }) => ({ start, end: start + last * MINUTE })),
  },
  { weight: 1, arbitrary: minute.map((start) => ({ start, end: null })) },
  { weight: 1, arbitrary: fc.constant({ start: null, end: null }) },
);
const height = fc.oneof(
  fc.constant(null),
  fc
    .record({ datum: fc.constantFrom("AGL", "AMSL", "FL"), lower_m: fc.integer({ min: 0, max: 400 }) } as const)
    .map(({ datum, lower_m }) => ({ datum, lower_m, upper_m: lower_m + 100 })),
);
const still: fc.Arbitrary<AnyVolume> = fc
  .record({ centre: place, radius_m: fc.integer({ min: 1, max: 1500 }), height, window })
  .map(({ centre, radius_m, ...rest }) => ({ footprint: { type: "circle", centre, radius_m }, ...rest }));
const recurring: fc.Arbitrary<AnyVolume> = fc
  .record({ volume: still, from: fc.integer({ min: 600, max: 900 }), lasts: fc.integer({ min: 1, max: 90 }) })
  .map(({ volume, from, lasts }) => ({
    ...volume,
    window: { start: NOON - 86_400_000, end: NOON + 3 * 86_400_000 },
    recurs: { every_days: 1, from_ms: from * MINUTE, for_ms: lasts * MINUTE },
  }));
const route: fc.Arbitrary<AnyVolume> = fc
  .record({
    places: fc.array(place, { minLength: 2, maxLength: 5 }),
    start: minute,
    every: fc.integer({ min: 1, max: 40 }),
    unsaid: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ places, start, every, unsaid }) =>
    movingVolume(
      places.map((position, i) => ({ position, at: i === unsaid ? null : start + i * every * MINUTE })),
      { tolerance_s: 120, width_m: 100, height: null },
    ),
  );
const volumes = fc.array(
  fc.oneof({ weight: 6, arbitrary: still }, { weight: 1, arbitrary: recurring }, { weight: 2, arbitrary: route }),
  { minLength: 1, maxLength: 3 },
);

const CATEGORIES = {
  plan: ["firing", "flight", "patrol"],
  holding: ["team", "hospital"],
  told: ["site:hospital", "activity:firing", "activity:flight", "movement:movement", "presence:presence"],
} as const satisfies Record<Role, readonly string[]>;

const entry: fc.Arbitrary<Entry> = fc
  .record({
    role: fc.constantFrom<Role>("plan", "holding", "told"),
    number: fc.integer({ min: 0, max: 5 }),
    sort: fc.nat(),
    volumes,
  })
  .map(({ role, number, sort, volumes: all }) => {
    const word = CATEGORIES[role][sort % CATEGORIES[role].length] as string;
    const [kind, category] = role === "told" ? word.split(":") : [role === "holding" ? "holding" : null, word];
    return {
      role,
      subject: { id: `${role} ${number}`, name: null, category: category ?? null, kind: kind ?? null, volumes: all },
    };
  });

const event: fc.Arbitrary<BookEvent> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        entries: fc.array(entry, { minLength: 1, maxLength: 3 }),
        gone: fc.array(
          fc.integer({ min: 0, max: 5 }).map((number) => `told ${number}`),
          { maxLength: 2 },
        ),
      })
      .map((replacement) => ({ event: "put" as const, ...replacement })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ role: fc.constantFrom("plan", "holding", "told"), number: fc.integer({ min: 0, max: 5 }) })
      .map(({ role, number }) => ({ event: "gone" as const, ids: [`${role} ${number}`] })),
  },
  { weight: 6, arbitrary: fc.constant({ event: "time" as const }) },
);
/** How time passes before it: not at all, by some minutes, or exactly to what falls due next, or a moment before that. */
const step = fc.record({
  event,
  passes: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 60 * MINUTE }),
    fc.constant("due" as const),
    fc.constant("just before" as const),
  ),
});

/** Everything with everything, on what is left of it. */
function fromScratch(entries: ReadonlyMap<string, Entry>, now: number): Map<string, Standing> {
  const grace = graceOf(LAYERS);
  const left = [...entries.values()].map(({ role, subject }) => ({
    role,
    subject: { ...subject, volumes: subject.volumes.flatMap((one) => presentOf(one, now, grace).volume ?? []) },
  }));
  const found = new Map<string, Standing>();
  for (const own of left) {
    for (const other of left) {
      if (own.role === "told" || other.role === "plan") continue;
      if (own.role === "holding" && other.role === "holding") continue;
      const asked = askedBetween(LAYERS, ruled(own.subject), ruled(other.subject), other.role);
      const worst = findAmong(own.subject, other.subject, asked);
      if (worst === null) continue;
      const pair = { own: own.subject.id, other: other.subject.id };
      found.set(`${pair.own}\n${pair.other}`, { ...pair, found: worst, phase: phaseOf(worst, now) });
    }
  }
  return found;
}

function ruled({ kind = null, category }: Subject) {
  return { kind, category };
}

/** Which of several places that are equally near is named is no difference. */
function facts({ own, other, found, phase }: Standing) {
  return { own, other, phase, found: found.outcome === "conflict" ? { ...found, closest: null } : found };
}

function sorted(all: Iterable<Standing>) {
  return [...all].map(facts).toSorted((a, b) => (`${a.own} ${a.other}` < `${b.own} ${b.other}` ? -1 : 1));
}

function differences(before: ReadonlyMap<string, Standing>, after: ReadonlyMap<string, Standing>): Change[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => changeOf(before.get(key) ?? null, after.get(key) ?? null) ?? []);
}

function listed(changes: readonly Change[]) {
  const text = changes.map(({ change, standing }) => JSON.stringify([change, facts(standing)]));
  return text.toSorted();
}

function take(entries: Map<string, Entry>, given: BookEvent): void {
  if (given.event === "put") {
    for (const id of given.gone ?? []) entries.delete(id);
    for (const one of given.entries) entries.set(one.subject.id, one);
  }
  if (given.event === "gone") for (const id of given.ids) entries.delete(id);
}

function nextNow(book: EventBook, now: number, passes: number | "due" | "just before"): number {
  if (typeof passes === "number") return now + passes;
  const due = book.nextMoment() ?? now;
  return passes === "due" ? due : Math.max(now, due - 1);
}

test("after every event the conflicts that stand are those found anew, and what was told is exactly the difference", () => {
  const told = { began: 0, changed: 0, ended: 0, byTime: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      let now = NOON - 120 * MINUTE;
      const book = createEventBook(LAYERS, now);
      const entries = new Map<string, Entry>();
      let before = fromScratch(entries, now);
      for (const { event: given, passes } of steps) {
        now = nextNow(book, now, passes);
        const changes = book.apply(given, now);
        take(entries, given);
        const after = fromScratch(entries, now);
        assert.deepEqual(sorted(book.standings()), sorted(after.values()));
        assert.deepEqual(listed(changes), listed(differences(before, after)));
        for (const { change } of changes) told[change] += 1;
        if (given.event === "time") told.byTime += changes.length;
        for (const id of entries.keys()) {
          const mine = [...after.values()].filter(({ own, other }) => own === id || other === id);
          assert.deepEqual(sorted(book.standingsOf(id)), sorted(mine));
        }
        before = after;
      }
      // Made anew from what there is, as after a restart, it is the same.
      const again = createEventBook(LAYERS, now);
      again.apply({ event: "put", entries: [...entries.values()] }, now);
      assert.deepEqual(sorted(again.standings()), sorted(book.standings()));
      assert.equal(again.size, book.size);
      assert.equal(again.nextMoment(), book.nextMoment());
    }),
    { numRuns: 250, seed: 20_311_124 },
  );
  assert.ok(
    Object.values(told).every((count) => count > 50),
    JSON.stringify(told),
  );
});

test("before the next moment that it names nothing changes by time, and at it something may", () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 2, maxLength: 10 }), (entries) => {
      let now = NOON - 120 * MINUTE;
      const book = createEventBook(LAYERS, now);
      book.apply({ event: "put", entries }, now);
      const held = new Map(entries.map((one) => [one.subject.id, one]));
      for (let i = 0; i < 12; i++) {
        const due = book.nextMoment();
        if (due === null) break;
        assert.ok(due > now);
        const middle = Math.floor((now + due) / 2);
        for (const at of [middle, due - 1]) {
          assert.deepEqual(book.apply({ event: "time" }, at), []);
          assert.deepEqual(sorted(book.standings()), sorted(fromScratch(held, at).values()));
        }
        now = due;
        book.apply({ event: "time" }, now);
      }
    }),
    { numRuns: 30, seed: 3 },
  );
});

test("a clock that is set back behind something that is over makes the book stale, and made anew it has it again", () => {
  const volume: AnyVolume = {
    footprint: { type: "circle", centre: CENTRE, radius_m: 100 },
    height: null,
    window: { start: NOON, end: NOON + 60 * MINUTE },
  };
  const subject = (id: string, kind: string | null, category: string) => ({
    id,
    name: null,
    category,
    kind,
    volumes: [volume],
  });
  const entries: Entry[] = [
    { role: "plan", subject: subject("plan 1", null, "patrol") },
    { role: "told", subject: subject("told 1", "site", "hospital") },
  ];
  const book = createEventBook(LAYERS, NOON);
  assert.equal(book.apply({ event: "put", entries }, NOON - MINUTE)[0]?.change, "began");
  assert.deepEqual(
    book.apply({ event: "time" }, NOON).map(({ change, standing }) => [change, standing.phase]),
    [["changed", "now"]],
  );
  const past = book.apply({ event: "time" }, NOON + 60 * MINUTE + 1);
  assert.deepEqual(
    past.map(({ change, standing }) => [change, standing.phase]),
    [["changed", "past"]],
  );
  const grace = graceOf(LAYERS);
  assert.equal(grace, 1_200_000);
  assert.deepEqual(book.apply({ event: "time" }, NOON + 60 * MINUTE + grace), []);
  assert.equal(book.isStale(NOON + 61 * MINUTE), false);
  const over = book.apply({ event: "time" }, NOON + 60 * MINUTE + grace + 1);
  assert.deepEqual(
    over.map(({ change }) => change),
    ["ended"],
  );
  assert.deepEqual([book.size, book.nextMoment()], [0, null]);
  assert.equal(book.isStale(NOON + 61 * MINUTE), true);
  const again = createEventBook(LAYERS, NOON);
  again.apply({ event: "put", entries }, NOON + 61 * MINUTE);
  assert.equal([...again.standings()].length, 1);
  // What was over already when it came makes it stale, too.
  const late = createEventBook(LAYERS, NOON);
  late.apply({ event: "put", entries }, NOON + 86_400_000);
  assert.deepEqual([late.size, late.isStale(NOON + MINUTE)], [0, true]);
});

test("what was over stays nowhere: three thousand that come and go leave nothing behind", () => {
  const book = createEventBook(LAYERS, NOON);
  for (let i = 0; i < 3000; i++) {
    const start = NOON + i * MINUTE;
    const volume: AnyVolume = {
      footprint: { type: "circle", centre: CENTRE, radius_m: 100 },
      height: null,
      window: { start, end: start + MINUTE },
    };
    const role = i % 2 === 0 ? "plan" : "told";
    const subject = { id: `${role} ${i}`, name: null, category: "patrol", kind: null, volumes: [volume] };
    book.apply({ event: "put", entries: [{ role, subject }] }, start);
    assert.ok(book.size < 30, String(book.size));
  }
  book.apply({ event: "time" }, NOON + 10_000 * MINUTE);
  assert.deepEqual([book.size, [...book.standings()].length, book.nextMoment()], [0, 0, null]);
});

test("what recurs is now again at each of its times, however long the rules let the one before be late", () => {
  const day = 1440 * MINUTE;
  const layers = [parseRules({ default: { lateral_m: 100, time_s: 259_200 } })];
  const footprint = { type: "circle", centre: CENTRE, radius_m: 100 } as const;
  const recurs = { every_days: 1, from_ms: 6 * 60 * MINUTE, for_ms: 4 * 60 * MINUTE };
  const morning = Date.UTC(2031, 10, 24, 6);
  const entryOf = (role: Role, volume: AnyVolume): Entry => {
    return { role, subject: { id: `${role} 1`, name: null, category: null, kind: null, volumes: [volume] } };
  };
  const window = { start: morning, end: morning + 3 * day };
  const entries = [
    entryOf("plan", { footprint, height: null, window, recurs }),
    entryOf("told", { footprint, height: null, window: { start: null, end: null } }),
  ];
  const book = createEventBook(layers, morning - day);
  book.apply({ event: "put", entries }, morning - day);
  const phases: (readonly [number, string | null])[] = [];
  for (let moment = book.nextMoment(); moment !== null && phases.length < 20; moment = book.nextMoment()) {
    const changes = book.apply({ event: "time" }, moment);
    for (const { change, standing } of changes) {
      phases.push([(moment - morning) / MINUTE, change === "ended" ? "ended" : standing.phase]);
    }
  }
  const over = 1 / MINUTE;
  assert.deepEqual(phases, [
    ...[0, 1, 2].flatMap((days) => [
      [days * 1440, "now"],
      [days * 1440 + 240 + over, "past"],
    ]),
    [3 * 1440, "now"],
    [3 * 1440 + over, "past"],
    [6 * 1440 + over, "ended"],
  ]);
});
