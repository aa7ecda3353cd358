import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Conflict,
  createIndex,
  findConflict,
  NO_SEPARATION,
  parseRules,
  ruleFor,
  type Separation,
  type Subject,
  uniformRules,
} from "../../src/deconflict/index.ts";
import {
  type AnyVolume,
  destination,
  type Footprint,
  type HeightBand,
  type TimeWindow,
  type Volume,
} from "../../src/geo/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { oracleDistance } from "../geo/oracle.ts";
import { between, pick, type Random, randomFootprint, randomFrom } from "../geo/shapes.ts";

const ALWAYS: TimeWindow = { start: null, end: null };
const HERE = { lat: 36.34, lon: 43.13 };
const POINT: Footprint = { type: "point", at: HERE };

function subject(id: string, volume: Partial<Volume>, category: string | null = null): Subject {
  return { id, name: null, category, volumes: [{ footprint: POINT, height: null, window: ALWAYS, ...volume }] };
}

const asked = (lateral_m: number, vertical_m = 0, time_s = 0) => ({ ...NO_SEPARATION, lateral_m, vertical_m, time_s });

test("at the separation is a conflict, a centimetre beyond is none", () => {
  const at = (metres: number) => subject("b", { footprint: { type: "point", at: destination(HERE, 77, metres) } });
  const a = subject("a", {});
  assert.equal(findConflict(a, at(1999.99), asked(2000))?.outcome, "conflict");
  assert.equal(findConflict(a, at(2000), asked(2000))?.outcome, "conflict");
  assert.equal(findConflict(a, at(2000.01), asked(2000)), null);
  assert.equal(findConflict(a, at(0), asked(0))?.outcome, "conflict");
  assert.equal(findConflict(a, at(0.01), asked(0)), null);
});

function held(start: number | null, end: number | null): Subject {
  return subject("w", { window: { start, end } });
}

function outcome(a: Subject, b: Subject, rule: Separation): string | null {
  return findConflict(a, b, rule)?.outcome ?? null;
}

test("windows are closed, and unbounded ends hold for ever", () => {
  assert.equal(outcome(held(0, 1000), held(1000, 2000), asked(0, 0, 0)), "conflict");
  assert.equal(outcome(held(0, 999), held(1000, 2000), asked(0, 0, 0)), null);
  assert.equal(outcome(held(0, 999), held(1999, 2000), asked(0, 0, 1)), "conflict");
  assert.equal(outcome(held(0, 998), held(1999, 2000), asked(0, 0, 1)), null);
  assert.equal(outcome(held(5, 5), held(5, 5), asked(0, 0, 0)), "conflict");
  assert.equal(outcome(held(null, 5), held(5, null), asked(0, 0, 0)), "conflict");
  assert.equal(outcome(held(null, 4), held(5, null), asked(0, 0, 0)), null);
  assert.equal(outcome(held(null, null), held(7, 7), asked(0, 0, 0)), "conflict");
});

function stacked(a: Subject, b: Subject, vertical_m = 0) {
  return findConflict(a, b, asked(0, vertical_m));
}

test("bands are closed, and heights above different datums are undecided", () => {
  const band = (lower_m: number | null, upper_m: number | null, datum: HeightBand["datum"] = "AMSL") =>
    subject("h", { height: { datum, lower_m, upper_m } });
  assert.equal(stacked(band(0, 100), band(100, 200))?.outcome, "conflict");
  assert.equal(stacked(band(0, 100), band(100.5, 200)), null);
  assert.equal((stacked(band(0, 100), band(150, 200), 50) as Conflict).vertical_gap_m, 50);
  assert.equal((stacked(band(0, 100), subject("all", {})) as Conflict).vertical_gap_m, null);
  assert.equal((stacked(band(0, null), band(500, 600)) as Conflict).vertical_gap_m, 0);
  const doubt = stacked(band(0, 100), band(5000, 6000, "AGL"));
  assert.ok(doubt?.outcome === "undecided" && doubt.code === "height-datum");
  assert.equal(stacked(band(0, 100), band(null, null, "AGL"))?.outcome, "conflict");
});

test("what is far away or at another time is no matter of datums", () => {
  const a = subject("a", { height: { datum: "AGL", lower_m: 0, upper_m: 1 }, window: { start: 0, end: 1 } });
  const height: HeightBand = { datum: "AMSL", lower_m: 0, upper_m: 1 };
  assert.equal(findConflict(a, subject("b", { height, window: { start: 2, end: 3 } }), asked(1000)), null);
  const far: Footprint = { type: "point", at: destination(HERE, 0, 1001) };
  assert.equal(findConflict(a, subject("b", { height, footprint: far }), asked(1000)), null);
});

const bowTie = (lat: number): Footprint => ({
  type: "polygon",
  rings: [
    [
      { lat, lon: 43 },
      { lat: lat + 0.1, lon: 43.2 },
      { lat: lat + 0.1, lon: 43 },
      { lat, lon: 43.2 },
    ],
  ],
});

test("a footprint that is drawn wrongly is undecided where any reading of it is near, and apart where none is", () => {
  const a = subject("a", {});
  const near = findConflict(a, subject("b", { footprint: bowTie(36.3) }), asked(100));
  assert.ok(near?.outcome === "undecided" && near.code === "footprint-invalid");
  assert.equal(findConflict(a, subject("b", { footprint: bowTie(40) }), asked(100)), null);
  const belt = [0, 90, 180, -90].map((lon) => ({ lat: 0, lon }));
  const anywhere = subject("b", { footprint: { type: "polygon", rings: [belt] } });
  assert.equal(findConflict(a, anywhere, asked(100))?.outcome, "undecided");
  const index = createIndex();
  index.add(anywhere);
  assert.equal(index.query(a, "plan", uniformRules({})).undecided.length, 1);
});

const away = (metres: number): Volume => ({
  footprint: { type: "point", at: destination(HERE, 10, metres) },
  height: null,
  window: ALWAYS,
});

test("the worst volumes of two subjects speak for them, a conflict before a doubt", () => {
  const many: Subject = { id: "many", name: null, category: null, volumes: [away(900), away(300), away(700)] };
  const found = findConflict(subject("a", {}), many, asked(1000)) as Conflict;
  assert.equal(found.distance_m, 300);
  assert.equal(found.grave, "high");
});

test("a conflict explains itself in one sentence", () => {
  const plan: Subject = {
    ...subject("p-1", { window: { start: 1_795_447_800_000, end: null } }),
    name: "Strike\u202e 7",
  };
  const site = subject("s-1", { footprint: { type: "point", at: destination(HERE, 0, 1234.4) } });
  const found = findConflict(plan, { ...site, name: "Camp Bajed" }, asked(2000)) as Conflict;
  assert.equal(
    found.because,
    '"Strike 7" comes within 1,234 m of "Camp Bajed" from 2026-11-23 15:30Z on, and more than 2,000 m is asked for.',
  );
  const touching = findConflict(plan, subject("s-2", {}), asked(0)) as Conflict;
  assert.equal(touching.because, '"Strike 7" overlaps "s-2" from 2026-11-23 15:30Z on.');
  assert.equal(touching.grave, "critical");
  assert.equal(touching.closest[0], touching.closest[1]);
});

test("lengths and times are said so that two of them can be compared", () => {
  const apart = (metres: number, lateral_m: number, vertical_m: number, upper_m: number) =>
    (
      findConflict(
        subject("a", { height: { datum: "AMSL", lower_m: 0, upper_m } }),
        subject("b", {
          footprint: { type: "point", at: destination(HERE, 90, metres) },
          height: { datum: "AMSL", lower_m: 10, upper_m: 20 },
        }),
        asked(lateral_m, vertical_m),
      ) as Conflict
    ).because;
  assert.match(
    apart(0.3, 0.4, 0.3, 9.75),
    /within 0\.3 m of .* more than 0\.4 m is .* are 0\.25 m apart, and more than 0\.3 m/,
  );
  assert.match(
    apart(1.4, 1.5, 0.004, 9.998),
    /within 1\.4 m of .* more than 1\.5 m is .* are 0\.002 m apart, and more than 0\.004 m/,
  );
  assert.match(
    apart(1999.4, 2000, 304.8, 0),
    /within 1,999 m of .* more than 2,000 m is .* are 10 m apart, and more than 305 m/,
  );
  const later = (ms: number, time_s: number) =>
    (
      findConflict(
        subject("a", { window: { start: 0, end: 0 } }),
        subject("b", { window: { start: ms, end: ms } }),
        asked(50, 0, time_s),
      ) as Conflict
    ).because;
  assert.match(
    later(5_400_000, 90_061),
    /with 1 h 30 min between the two .* more than 50 m and 1 d 1 h 1 min 1 s is asked/,
  );
  assert.match(later(400, 1), /with less than 1 s between the two .* more than 50 m and 1 s is asked/);
});

test("of what recurs the sentence says that there may be more", () => {
  const daily = (start: number | null) => {
    const day: AnyVolume = { footprint: POINT, height: null, window: { start, end: null }, recurs: DAILY };
    return (findConflict({ ...subject("a", {}), volumes: [day] }, subject("b", {}), asked(0)) as Conflict).because;
  };
  assert.match(daily(0), / from 1970-01-01 06:00Z to 1970-01-01 10:00Z, the first of perhaps several times\./);
  assert.match(daily(null), /, one of many times\./);
});

const DAILY = { every_days: 1, from_ms: 6 * 3_600_000, for_ms: 4 * 3_600_000 };

test("the live index tells a conflict in the same words, whatever the two are called", () => {
  const names = [null, "Strike 7", "", "Ünïcode – Nr. 7", "a\u202Eb\u0000c\n", "x".repeat(81), "~ !\u007F"];
  const [near, rules] = [{ type: "point", at: destination(HERE, 77, 1234.4) } as const, uniformRules(asked(12_345))];
  for (const ours of names) {
    for (const theirs of names) {
      const a = { ...subject("a\u0001", {}), name: ours };
      const b = { ...subject("b\u00AD", { footprint: near }), name: theirs };
      const index = createIndex();
      index.add(b);
      const [told] = index.query(a, "plan", rules).conflicts;
      const [turned] = index.query(a, "against", rules).conflicts;
      const [plainly, plainlyTurned] = [
        findConflict(a, b, asked(12_345)),
        findConflict(b, a, asked(12_345)),
      ] as Conflict[];
      assert.equal(told?.because, plainly?.because);
      assert.equal(turned?.because, plainlyTurned?.because);
      assert.doesNotMatch(told?.because ?? "\n", /\p{C}/u);
      assert.match(told?.because ?? "", /within 1,234 m of .* and more than 12,345 m is asked for/);
    }
  }
});

test("the rule that names more goes before, and the default fills in", () => {
  const rules = parseRules({
    default: { lateral_m: 500 },
    pairs: [
      { plan: "*", against: "hospital", lateral_m: 3000, grave: "critical" },
      { plan: "strike", against: "*", lateral_m: 2000, time_s: 60 },
      { plan: "strike", against: "hospital", lateral_m: 5000, vertical_m: 100 },
    ],
  });
  assert.equal(ruleFor(rules, "strike", "hospital").lateral_m, 5000);
  assert.equal(ruleFor(rules, "strike", "school").lateral_m, 2000);
  assert.equal(ruleFor(rules, "convoy", "hospital").lateral_m, 3000);
  assert.equal(ruleFor(rules, "convoy", null).lateral_m, 500);
  for (const wrong of [
    null,
    {
      pairs: [
        { plan: "a", against: "b" },
        { plan: "a", against: "b" },
      ],
    },
    { default: { lateral_m: -1 } },
    { default: { lateral_m: "2" } },
    { default: { metres: 2 } },
    { default: { grave: "bad" } },
    { pairs: [{ plan: "", against: "b" }] },
  ]) {
    assert.throws(
      () => parseRules(wrong),
      (error) => isParleyError(error, "rules-malformed"),
    );
  }
});

test("arbitrary rules are read or refused with the declared error", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        parseRules(value);
      } catch (error) {
        assert.ok(isParleyError(error, "rules-malformed"));
      }
    }),
  );
});

function randomSubject(random: Random, id: string, around: { lat: number; lon: number }): Subject {
  const volumes = Array.from({ length: 1 + Math.floor(random() * random() * 4) }, (): Volume => {
    const size = 10 ** between(random, 1, random() < 0.1 ? 5.5 : 3.7);
    const centre = destination(around, between(random, 0, 360), 30_000 * Math.sqrt(-Math.log(1 - random())));
    const start = Math.floor(between(random, 0, 4 * 3_600_000));
    const lower_m = between(random, 0, 500);
    return {
      footprint: randomFootprint(random, centre, size),
      height: random() < 0.3 ? null : { datum: pick(random, ["AGL", "AMSL"]), lower_m, upper_m: lower_m + 100 },
      window: random() < 0.2 ? ALWAYS : { start, end: start + Math.floor(between(random, 0, 3_600_000)) },
    };
  });
  return { id, name: null, category: pick(random, ["strike", "convoy", "camp", null]), volumes };
}

test("no conflict is missed against brute force in place, height and time", () => {
  const random = randomFrom(99);
  const rule = asked(15_000, 200, 3600);
  let conflicts = 0;
  for (let i = 0; i < 80; i++) {
    const centre = { lat: between(random, -89, 89), lon: between(random, -180, 180) };
    const [a, b] = [randomSubject(random, "a", centre), randomSubject(random, "b", centre)];
    const found = findConflict(a, b, rule);
    const hits = a.volumes.flatMap((p) => b.volumes.map((q) => bruteForce(p, q)));
    const expected = hits.includes("conflict") ? "conflict" : hits.includes("undecided") ? "undecided" : undefined;
    assert.equal(found?.outcome, expected, `pair ${i}`);
    if (expected !== undefined) conflicts += 1;
  }
  assert.ok(conflicts > 10, String(conflicts));

  function bruteForce(p: AnyVolume, q: AnyVolume): "conflict" | "undecided" | "apart" {
    const starts = Math.max(p.window.start ?? -Infinity, q.window.start ?? -Infinity);
    const ends = Math.min(p.window.end ?? Infinity, q.window.end ?? Infinity);
    if (starts - ends > rule.time_s * 1000) return "apart";
    const lateral = () => oracleDistance(p.footprint as Footprint, q.footprint as Footprint) <= rule.lateral_m;
    if (p.height === null || q.height === null) return lateral() ? "conflict" : "apart";
    if (p.height.datum !== q.height.datum) return lateral() ? "undecided" : "apart";
    const floor = Math.max(p.height.lower_m ?? -Infinity, q.height.lower_m ?? -Infinity);
    const ceiling = Math.min(p.height.upper_m ?? Infinity, q.height.upper_m ?? Infinity);
    return floor - ceiling > rule.vertical_m || !lateral() ? "apart" : "conflict";
  }
});
