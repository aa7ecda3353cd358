import assert from "node:assert/strict";
import { test } from "node:test";
import { agedNotice, CODES, KINDS, labelOf, phraseOf, render } from "../../src/message/index.ts";
import { isolated } from "../../src/message/text.ts";
import { sample, sampleBody } from "./samples.ts";

const value = (label: string, of: ReturnType<typeof render>): string | undefined =>
  of.lines.find((line) => line.label === label)?.value;

test("every site and movement carries the sentence, and no other kind does", () => {
  const sentence = "For information. No answer, and no silence, alters its protection.";
  for (const kind of KINDS) {
    assert.equal(render(sample(kind)).notice === sentence, kind === "site" || kind === "movement", kind);
  }
});

test("an exercise says so first; what is none does not", () => {
  assert.equal(render(sample("site")).title, "EXERCISE Site: A sample site");
  assert.equal(render(sample("site", { exercise: false })).title, "Site: A sample site");
});

test("who says it is named where his name is known, and by his id elsewhere", () => {
  const said = sample("site");
  assert.equal(value("From", render(said)), said.from);
  assert.equal(
    value(
      "From",
      render(said, undefined, (party) => `The side of ${party}`),
    ),
    `The side of ${said.from}`,
  );
});

test("times have their zone, positions two notations, numbers their unit", () => {
  const movement = render(sample("movement"));
  assert.equal(value("Written at", movement), "2026-11-23 03:00Z");
  assert.equal(
    value("Waypoint 3", movement),
    "2026-11-23 07:00Z, Crossing, 36.340000° N, 43.130000° E (38S LF 32178 23283)",
  );
  assert.equal(value("Whole width of the corridor", movement), "200 m");
  assert.equal(value("Ahead or behind by up to", movement), "1800 s");
  assert.match(value("Volume 1", render(sample("activity"))) ?? "", /1200\.5 m AMSL/);
});

test("every code has a phrase and every field a name", () => {
  for (const [list, codes] of Object.entries(CODES)) {
    for (const code of codes) assert.ok(phraseOf(list as "alert", code as "STOP").length > 0, `${list} ${code}`);
  }
  for (const kind of KINDS) {
    for (const name of Object.keys(sampleBody(kind))) assert.notEqual(labelOf(name), name, `${kind}.${name}`);
    for (const { label, value: shown } of render(sample(kind)).lines) {
      assert.ok(!/undefined|\[object|NaN/.test(label + shown), `${kind}: ${label}: ${shown}`);
    }
  }
});

test("words that run from right to left are set apart, so that they end where they end", () => {
  const names = render(sample("site"));
  assert.equal(value("Name 2", names), "\u2068مخيم سميل\u2069 (ar)");
  assert.equal(value("Name 1", names), "Sumel camp (en)");
});

test("a right-to-left mark without a letter of such a script is set apart as well", () => {
  const words = "Convoy\u200f";
  assert.equal(isolated(words), `\u2068${words}\u2069`);
});

test("a polar position is shown without a grid reference", () => {
  const body = { ...sampleBody("site"), footprint: { type: "point", at: { lat: 89.9, lon: 10 } } } as const;
  assert.match(value("Where", render(sample("site", { body }))) ?? "", /^89\.9.*°.*\(.*"?\)$/);
});

test("a lapsed site stays protected, other messages grow stale", () => {
  const site = sample("site");
  assert.equal(agedNotice(site, site.at), null);
  assert.equal(agedNotice(site, 4e12), "Unconfirmed, still treat as protected.");
  assert.match(agedNotice(sample("text"), 4e12) ?? "", /no longer/);
});
