import assert from "node:assert/strict";
import { test } from "node:test";
import type { Enrolled } from "../../src/line/index.ts";
import { releasePolicy, type ReleaseQuestion, type ReleaseTerms } from "../../src/release/index.ts";
import { CONTENT_KINDS } from "../../src/message/index.ts";
import { parseOfficerId, parsePersonId } from "../../src/wire/id.ts";
import { sample, sampleBody } from "../message/samples.ts";

const charter: ReleaseTerms = { kinds: CONTENT_KINDS, exercise: true, sole_release: false, precision_floor_m: 0 };

function officer(id: string, person: string, ...roles: Enrolled["roles"]): Enrolled {
  return { id: parseOfficerId(id), person: parsePersonId(person), roles };
}
const drafter = officer("drafter-1", "person-1", "drafter");
const releaser = officer("releaser-1", "person-2", "releaser");
const watch = officer("watch-1", "person-3", "watch");
const auditor = officer("auditor-1", "person-4", "auditor");

function verdict(changes: Partial<ReleaseQuestion> = {}): string {
  const result = releasePolicy({ charter, message: sample("movement"), target: null, drafter, releaser, ...changes });
  if (!result.ok) return result.code;
  return `${result.officers}${result.owed ? " owed" : ""}`;
}

test("two different persons release a movement, the second a releaser", () => {
  assert.equal(verdict(), "2");
  assert.equal(verdict({ drafter: watch }), "2");
  assert.equal(verdict({ drafter: auditor }), "drafter-role");
  assert.equal(verdict({ releaser: watch }), "releaser-role");
  assert.equal(verdict({ drafter: null }), "second-officer");
});

test("two keys of one person are one officer", () => {
  const twin = officer("drafter-2", "person-2", "drafter");
  assert.equal(verdict({ drafter: twin }), "same-person");
  assert.equal(verdict({ drafter: releaser }), "same-person");
});

test("whoever is on watch releases alone what one officer releases", () => {
  const alert = sample("alert");
  assert.equal(verdict({ message: alert, drafter: null, releaser: watch }), "1");
  assert.equal(verdict({ message: alert, drafter: null, releaser: auditor }), "releaser-role");
  assert.equal(verdict({ message: alert, drafter: watch, releaser: watch }), "1");
  assert.equal(verdict({ message: sample("read"), drafter: null, releaser: watch }), "1");
  const noted = { answer: "NOTED", scope: "message", reason: "", words: "", until: null, at: null } as const;
  const message = sample("answer", { body: noted });
  assert.equal(verdict({ message, target: sample("movement"), drafter: null, releaser: watch }), "1");
  assert.equal(
    verdict({ message: sample("answer"), target: sample("movement"), drafter: null, releaser: watch }),
    "releaser-role",
  );
});

test("a sole release needs a charter that allows it and a reason, and leaves a counter-signature owed", () => {
  const message = sample("movement", { sole_reason: "The releaser's post was hit." });
  const allowing = { ...charter, sole_release: true };
  assert.equal(verdict({ message, drafter: null }), "second-officer");
  assert.equal(verdict({ charter: allowing, drafter: null }), "second-officer");
  assert.equal(verdict({ message, charter: allowing, drafter: null }), "2 owed");
  assert.equal(verdict({ message, charter: allowing, drafter: null, releaser: watch }), "releaser-role");
  assert.equal(verdict({ message, charter: allowing }), "sole-reason-needless");
});

test("nobody counter-signs his own sole release", () => {
  const message = sample("countersignature");
  assert.equal(verdict({ message, drafter: null, releaser, soleReleaser: releaser }), "countersigns-own");
  assert.equal(verdict({ message, drafter: null, releaser: watch, soleReleaser: releaser }), "1");
});

test("a charter's kinds, its exercise and its precision floor hold; sites and alerts cannot be switched off", () => {
  const narrow = { ...charter, kinds: [] };
  assert.equal(verdict({ charter: narrow }), "kind-not-allowed");
  assert.equal(verdict({ charter: narrow, message: sample("site") }), "2");
  assert.equal(verdict({ charter: narrow, message: sample("read"), drafter: null }), "1");
  assert.equal(verdict({ charter: { ...charter, exercise: false } }), "not-an-exercise");
  assert.equal(verdict({ charter: { ...charter, precision_floor_m: 500 } }), "precision-too-fine");
  const coarse = sample("movement", { body: { ...sampleBody("movement"), precision_m: 500 } });
  assert.equal(verdict({ charter: { ...charter, precision_floor_m: 500 }, message: coarse }), "2");
});

test("a refusal says why in words", () => {
  const result = releasePolicy({ charter, message: sample("movement"), target: null, drafter: releaser, releaser });
  assert.equal(
    !result.ok && result.reason,
    "releaser-1 and releaser-1 are one person: another releases what one drafted.",
  );
});
