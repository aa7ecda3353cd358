/**
 * Whatever can be found is shown alike on the console and the command line: one catalogue, with the figures, in every
 * language. No officer reads another's language at night, and no two officers read two different sentences.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingText } from "../../src/cli/words.ts";
import { findingWords } from "../../src/console/words/finding.ts";
import { LANGUAGE_LIST } from "../../src/console/words/languages.ts";
import { loadTongue } from "../../src/console/words/load.ts";
import { GEO_ERRORS } from "../../src/geo/errors.ts";
import { FINDINGS, spoken } from "../../src/intake/index.ts";
import { FAULT_WORDS, FINDING_WORDS, REASON_WORDS } from "../../src/intake/words/english.ts";
import type { Charter } from "../../src/line/index.ts";
import type { Message } from "../../src/message/index.ts";
import type { PublicStatement } from "../../src/release/index.ts";
import { narrowFindings, ownFindings, restated } from "../../src/server/drafts/findings.ts";
import { everyFinding } from "../intake/every-finding.ts";

const CONTROLS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const bare = (text: string) => text.replace(CONTROLS, "");

const found = [...everyFinding(), ...ofTheNode()];

/** What the node itself finds, in messages that have no more than it looks at. */
function ofTheNode() {
  const area = { west: 41, south: 34, east: 46, north: 38 };
  const charter = { precision_floor_m: 500, area, parties: [{}, {}] } as unknown as Charter;
  const footprint = { type: "point", at: { lat: 43.1301, lon: 36.3402 } };
  const report = { kind: "report", body: { volumes: [{ footprint }], precision_m: 0 } } as unknown as Message;
  const stance = { kind: "stance", from: "north", body: { topic: "Bridge", stands: "on-the-table" } };
  const said = { kind: "stance", body: { topic: "Bridge", stands: "off-the-table" } };
  const statements = [{ party: "north", said, said_at: Date.UTC(2026, 6, 1), where: "Briefing" }];
  const alert = { message: { kind: "alert" } as Message, bytes: new Uint8Array(5000) } as never;
  return [
    ...ownFindings(charter, report, []),
    ...ownFindings(charter, stance as unknown as Message, statements as unknown as PublicStatement[]),
    ...narrowFindings(charter, alert, 1),
  ];
}

test("every code, every way in which it is met and every reason is really found", () => {
  const met = new Set(found.flatMap(({ says = [], reason }) => [...says, reason ?? []].flat().map(({ key }) => key)));
  const ways = Object.keys(FINDING_WORDS).map((key) => `finding.${key}`);
  // What was meant is said of whatever has a suggestion.
  const reasons = Object.keys(REASON_WORDS).flatMap((key) => (key === "meant" ? [] : [`reason.${key}`]));
  assert.deepEqual(
    [...ways, ...reasons].filter((key) => !met.has(key)),
    [],
  );
  const codes = new Set(found.map(({ code }) => code));
  assert.deepEqual(
    Object.keys(FINDINGS).filter((code) => !codes.has(code)),
    [],
  );
  for (const { message } of found) assert.doesNotMatch(message, /\{|\$|undefined|NaN|Infinity/);
});

test("every fault of a place, a time, a height or a shape that somebody wrote has words", () => {
  const plans = ["volume-malformed", "window-upside-down", "recurrence-malformed", "motion-malformed"];
  assert.deepEqual(
    Object.keys(FAULT_WORDS).toSorted(),
    Object.keys(GEO_ERRORS)
      .filter((code) => !plans.includes(code))
      .toSorted(),
  );
});

test("the console in English says what the command line says, word for word", async () => {
  const tongue = await loadTongue("en");
  for (const finding of found) {
    const [console, line] = [bare(findingWords(tongue, finding) ?? ""), findingText(finding)];
    assert.equal(console, bare(line), finding.code);
    // `--json` has the same sentence, and what speaks for it.
    assert.ok(line.startsWith(finding.message), line);
    assert.ok(line.endsWith(finding.because ?? ""), line);
  }
});

test("a row is named as a spreadsheet names it, a number of things with its thousands apart", async () => {
  const tongue = await loadTongue("en");
  for (const given of [
    { key: "finding.site-repeated/same", given: { row: 4506 } },
    { key: "finding.field-too-long", given: { length: 12_345, most: 8000 } },
  ]) {
    const words = findingWords(tongue, { says: [given], suggestion: null, reason: null });
    assert.equal(words, spoken([given], null).message);
    assert.match(words ?? "", /row 4506\.|12,345\. At most 8,000/);
  }
});

test("in every language each finding has its words, and its figures and names in them", async () => {
  for (const language of LANGUAGE_LIST) {
    const tongue = await loadTongue(language);
    for (const finding of found) {
      const words = bare(findingWords(tongue, finding) ?? "");
      assert.doesNotMatch(words, /\{\$|undefined|\[object/, `${language} ${finding.code}`);
      const { says = [], reason } = finding;
      for (const { key, given } of [...says, reason ?? []].flat()) {
        assert.ok(tongue.has(key), `${language} ${key}`);
        for (const value of Object.values(given)) {
          for (const part of written(value)) assert.ok(words.includes(part), `${language} ${key}: ${part} in ${words}`);
        }
      }
    }
  }
});

/** What must stand in any language as it is. */
function written(value: unknown): readonly string[] {
  if (typeof value === "string") return [bare(value)];
  if (typeof value === "number") return value < 1000 ? [String(value)] : [];
  if (typeof value !== "object" || value === null) return [];
  const { at, names } = value as { at?: { lat: number; lon: number }; names?: readonly string[] };
  return at === undefined ? (names ?? []) : [`${at.lat}, ${at.lon}`];
}

test("a drafter's machine cannot show the releaser one thing here and another there", () => {
  const [, honest] = found;
  assert.ok(honest?.says);
  const forged = { ...honest, message: "All is well.", because: "Trust me." };
  const kept = restated(forged);
  assert.equal(kept.message, honest.message);
  assert.equal(kept.because, honest.because);
  // Without words that anybody has, its own text is all that there is, for both.
  const strange = { ...honest, says: [{ key: "finding.constructor", given: {} }], message: "All is well." };
  assert.equal(restated(strange).message, "All is well.");
  assert.equal(spoken(strange.says, null).message, "");
});
