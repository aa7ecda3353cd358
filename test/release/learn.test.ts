import assert from "node:assert/strict";
import { test } from "node:test";
import { type PublicStatement, stanceContradiction, whatTheyWouldLearn } from "../../src/release/index.ts";
import type { Message } from "../../src/message/index.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { AT, sample, sampleBody } from "../message/samples.ts";

const states = (told: readonly Message[], statements: readonly PublicStatement[], draft: Message) =>
  Object.fromEntries(
    whatTheyWouldLearn(
      told.map((message, i) => ({ hash: `h${i}`, message })),
      statements,
      draft,
    ).map(({ field, state }) => [field, state]),
  );

const site = sample("site");

test("the first time everything is new", () => {
  assert.deepEqual(new Set(Object.values(states([], [], site))), new Set(["new"]));
});

test("told again with another number of people, only that is new", () => {
  const again = sample("site", { body: { ...sampleBody("site"), people: 90 } });
  const learned = states([site], [], again);
  assert.equal(learned["people"], "new");
  assert.deepEqual(
    Object.keys(learned).filter((field) => learned[field] === "new"),
    ["people"],
  );
});

test("the same number of people somewhere else tells nothing about this place", () => {
  const body = {
    ...sampleBody("site"),
    source_id: "other",
    footprint: { type: "point", at: { lat: 1, lon: 2 } },
  } as const;
  assert.equal(states([sample("site", { body })], [], site)["people"], "new");
});

test("a place that any message named is told", () => {
  const report = sample("report");
  assert.equal(states([sample("alert")], [], report)["volumes"], "told");
});

test("what the register of public statements holds is public", () => {
  const said = { kind: "site", body: { source_id: "1103007", people: 1240 } } as const;
  const statement: PublicStatement = {
    id: "p1",
    party: site.from,
    said_at: AT,
    where: "Situation report 12",
    subject: "Sumel",
    said,
  };
  const learned = states([], [statement], site);
  assert.equal(learned["people"], "public");
  assert.equal(learned["footprint"], "new");
});

const said = (said_at: number, stands: "decided" | "off-the-table" | "under-consideration"): PublicStatement => ({
  id: `p${said_at}`,
  party: site.from,
  said_at,
  where: "Press briefing",
  subject: "The bridge",
  said: { kind: "stance", body: { topic: "Crossing at the bridge ", stands } },
});

test("a stance that differs from what was last said in public is pointed out", () => {
  const stance = sample("stance");
  assert.equal(stanceContradiction([], stance), null);
  const found = stanceContradiction([said(1, "under-consideration"), said(2, "off-the-table")], stance);
  assert.equal(found?.in_public, "off-the-table");
  assert.equal(found?.here, "under-consideration");
  assert.equal(stanceContradiction([said(1, "off-the-table"), said(2, "under-consideration")], stance), null);
  assert.equal(stanceContradiction([said(2, "decided")], site), null);
  const others = { ...said(3, "off-the-table"), party: parsePartyId("somebody-else") };
  assert.equal(stanceContradiction([others], stance), null, "what another party says in public binds nobody else");
});
