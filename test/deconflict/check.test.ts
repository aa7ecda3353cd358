import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { checkFiles, type CheckOptions, type CheckResult, DECONFLICT_ERRORS } from "../../src/deconflict/index.ts";
import { type Footprint, GEO_ERRORS, type Position } from "../../src/geo/index.ts";
import { randomFrom, randomPair } from "../geo/shapes.ts";

interface Case {
  readonly name: string;
  readonly plans: unknown;
  readonly against: unknown;
  readonly options: Omit<CheckOptions, "rules"> & { readonly rules: unknown };
  readonly output: unknown;
}

const PATH = join(import.meta.dirname, "..", "..", "vectors", "check.json");
const { cases } = JSON.parse(readFileSync(PATH, "utf8")) as { readonly cases: readonly Case[] };
const CODES = [...Object.keys(DECONFLICT_ERRORS), ...Object.keys(GEO_ERRORS)];
const TOUCH: CheckOptions = { rules: null, separation_m: null, vertical_m: null, time_s: null };

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function check(plans: unknown, against: unknown, options: Case["options"] = TOUCH) {
  const rules = options.rules === null ? null : { name: "rules", text: asText(options.rules) };
  const [plan, told] = [
    { name: "plans", text: asText(plans) },
    { name: "against", text: asText(against) },
  ];
  return checkFiles(plan, told, { ...options, rules });
}

/** Sentences are for people and no part of the vectors. */
function withoutWords(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === "because" || key === "message" ? undefined : inner)),
  );
}

for (const { name, plans, against, options, output } of cases) {
  test(`check: ${name}`, () => assert.deepEqual(withoutWords(check(plans, against, options)), output));
}

test("every fault and every finding says something to people", () => {
  for (const { plans, against, options } of cases) {
    const output = check(plans, against, options);
    const said = "faults" in output ? output.faults.map(({ message }) => message) : sentencesOf(output);
    for (const sentence of said) assert.match(sentence, /^["A-Z].*\.$/u);
    if ("faults" in output) for (const { code } of output.faults) assert.ok(CODES.includes(code), code);
  }
});

function sentencesOf(output: CheckResult): readonly string[] {
  return [...output.conflicts, ...output.undecided].map(({ because }) => because);
}

const SITE = { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [43, 36] } };

test("whatever is in a file, the answer is a result or faults with codes of the list", () => {
  const keys = ["type", "features", "geometry", "coordinates", "properties", "volume", "outline_polygon", "time_start"];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom("Feature", "FeatureCollection", "Point", "Polygon", null, 0, 91, [43, 36], {}, []),
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(value, (content) => {
      const output = check(content ?? {}, SITE);
      if ("faults" in output) for (const { code } of output.faults) assert.ok(CODES.includes(code), code);
      else assert.equal(output.conflicts.length + output.undecided.length <= output.checked, true);
    }),
    { numRuns: 3000 },
  );
  fc.assert(
    fc.property(fc.string(), (text) => "faults" in check(text, SITE) || text.trim() === "{}" || text.trim() === "[]"),
  );
});

test("every single character lost from a file is noticed or leaves a whole file", () => {
  const text = JSON.stringify({
    a: [{ volume: { outline_circle: { center: { lat: 36, lng: 43 }, radius: { value: 9, units: "M" } } } }],
  });
  for (let i = 0; i < text.length; i++) {
    const output = check(text.slice(0, i) + text.slice(i + 1), SITE);
    if ("faults" in output) assert.ok(output.faults.length > 0);
    else assert.equal(output.checked, 1);
  }
});

const at = ({ lat, lon }: Position) => [lon, lat];
const closed = (ring: readonly Position[]) => [...ring, ring[0] as Position].map(at);

function feature(footprint: Footprint): unknown {
  switch (footprint.type) {
    case "point":
      return { ...SITE, geometry: { type: "Point", coordinates: at(footprint.at) } };
    case "circle": {
      const geometry = { type: "Point", coordinates: at(footprint.centre) };
      return { ...SITE, geometry, properties: { radius_m: footprint.radius_m } };
    }
    case "corridor": {
      const geometry = { type: "LineString", coordinates: footprint.line.map(at) };
      return { ...SITE, geometry, properties: { width_m: footprint.width_m } };
    }
    case "polygon":
      return { ...SITE, geometry: { type: "Polygon", coordinates: footprint.rings.map(closed) } };
  }
}

test("A against B is B against A", () => {
  for (let i = 0; i < 300; i++) {
    const [a, b] = randomPair(randomFrom(21_000_000 + i)).map(feature);
    const options = { ...TOUCH, separation_m: 20_000 };
    const [there, back] = [check(a, b, options), check(b, a, options)] as [CheckResult, CheckResult];
    const [one, other] = [there.conflicts[0], back.conflicts[0]];
    assert.equal(one?.distance_m, other?.distance_m);
    assert.deepEqual(one?.closest, other?.closest.toReversed());
  }
});

/** A ring of so many vertices, closed as GeoJSON closes it: the first position comes once more. */
function roundRing(vertices: number): number[][] {
  const ring = Array.from({ length: vertices }, (_, i) => {
    const turn = (2 * Math.PI * i) / vertices;
    return [43 + 0.2 * Math.cos(turn), 36 + 0.2 * Math.sin(turn)];
  });
  return [...ring, ring[0] as number[]];
}

test("a GeoJSON polygon has 10,000 vertices, the position that closes it not counted", () => {
  const drawn = (vertices: number) => ({
    ...SITE,
    geometry: { type: "Polygon", coordinates: [roundRing(vertices)] },
  });
  const whole = check(drawn(10_000), SITE);
  assert.ok("conflicts" in whole && whole.conflicts.length === 1, JSON.stringify(whole));
  const more = check(drawn(10_001), SITE);
  assert.deepEqual("faults" in more && more.faults.map(({ code }) => code), ["too-many-vertices"]);
});

test("a size under another name than ours is refused, and not left out", () => {
  for (const key of ["radius_nm", "RADIUS", "radiusM", "diameter_m", "buffer_km", "Width", "width_mi"]) {
    const output = check({ ...SITE, properties: { [key]: 5 } }, SITE);
    assert.deepEqual("faults" in output && output.faults.map(({ path, code }) => [path, code]), [
      [`/properties/${key}`, "field-without-unit"],
    ]);
  }
  const sized = check({ ...SITE, properties: { radius_m: 5, widthdrawn: true } }, SITE);
  assert.ok("conflicts" in sized);
});

test("a height is told once, above something that is known", () => {
  const refused = (height: unknown) => {
    const output = check({ ...SITE, properties: { height } }, SITE);
    return "faults" in output ? output.faults.map(({ path, code }) => `${path} ${code}`) : [];
  };
  const at = "/properties/height";
  assert.deepEqual(refused({ datum: "FL", lower_fl: 100, upper_m: 9000 }), [`${at}/upper_m field-misplaced`]);
  assert.deepEqual(refused({ datum: "FL", lower_fl: 100, upper_fl: 140, lower_m: null }), []);
  assert.deepEqual(refused({ datum: "msl", lower_m: 0, upper_m: 1 }), [`${at}/datum volume-malformed`]);
  assert.deepEqual(refused({ datum: "AMSL", lower_fl: 0, upper_fl: 1 }), [`${at} volume-malformed`]);
});

test("rules: a field that is not known hides no other fault", () => {
  const rules = { another: 1, default: { lateral_m: -1 }, pairs: [{ plan: "*", against: "*", metres: 5 }, 7] };
  const output = check(SITE, SITE, { ...TOUCH, rules });
  assert.deepEqual("faults" in output && output.faults.map(({ path }) => path), [
    "",
    "/default/lateral_m",
    "/pairs/0",
    "/pairs/1",
  ]);
});
