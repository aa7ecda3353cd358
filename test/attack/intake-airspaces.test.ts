/** Airspaces with a line that is mistyped: another outline, a circle elsewhere or a spiral is drawn by nobody. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { importText } from "../../src/intake/index.ts";

function codesOf(text: string): readonly string[] {
  const [row, ...more] = importText(text, {}).rows;
  assert.ok(row);
  assert.deepEqual(more, []);
  const codes = row.findings.filter(({ gravity }) => gravity === "refuse").map(({ code }) => code);
  assert.equal(row.draft === null, codes.length > 0);
  return codes;
}

const openAir = (...lines: readonly string[]) => ["AC R", "AN X", "AL GND", "AH 5000ft AMSL", ...lines].join("\n");
const CENTRE = "V X=36:20:00 N 043:10:00 E";
const AWAY = ["DP 37:20:00 N 043:10:00 E", "DP 37:20:00 N 043:20:00 E", "DP 37:10:00 N 043:20:00 E"];

test("OpenAir: a variable that is not understood, a second circle, and an arc that is none refuse the airspace", () => {
  for (const lines of [
    [CENTRE, "V X 35:20:00 N 042:10:00 E", "DC 5"],
    [CENTRE, "V D=left", "DA 5,0,90", ...AWAY],
    [CENTRE, "DC 5", "V X=37:20:00 N 043:10:00 E", "DC 5"],
    [CENTRE, "DC 5", ...AWAY],
    [CENTRE, "DC 0x5"],
    [CENTRE, "DA 5,,90", ...AWAY],
    [CENTRE, "DA -5,0,90", ...AWAY],
    [CENTRE, "DA 5,0,900", ...AWAY],
    [CENTRE, "DA 5,0,90,180", ...AWAY],
    [CENTRE, "DB 36:25:00 N 043:10:00 E, 36:20:00 N 045:10:00 E", ...AWAY],
  ]) {
    assert.ok(codesOf(openAir(...lines)).includes("geometry-malformed"), lines.join(" | "));
  }
  assert.deepEqual(codesOf(openAir(CENTRE, "V Z=100", "DC 5 * not 50")), []);
  assert.deepEqual(codesOf(openAir(CENTRE, "V D=-", "DA 5,90,0", "DP 36:10:00 N 043:00:00 E")), []);
});

function yaixm(...boundary: readonly string[]): string {
  const head =
    "airspace:\n- id: a\n  name: A\n  type: D\n  geometry:\n  - seqno: 1\n    lower: SFC\n    upper: 5000 ft\n";
  return `${head}    boundary:\n${boundary.map((piece) => `    - ${piece}\n`).join("")}`;
}

test("YAIXM: a piece of a boundary that cannot be drawn refuses the airspace, and is not passed over", () => {
  const line = "line: [502257N 0034000W, 501800N 0034000W, 501800N 0033000W]";
  const arc = (dir: string, radius = "5 nm", to = "501757N 0033739W") =>
    `arc: {dir: ${dir}, radius: ${radius}, centre: 502257N 0033739W, to: ${to}}`;
  const begin = "line: [502757N 0033739W]";
  assert.deepEqual(codesOf(yaixm(line)), []);
  assert.deepEqual(codesOf(yaixm(begin, arc("cw"))), []);
  for (const boundary of [
    [arc("cw"), line],
    [begin, arc("CCW")],
    [begin, arc("cw", "50 nm")],
    [begin, arc("cw", "5 nm", "500757N 0033739W")],
    [line, "501900N 0034100W"],
    [line, "circle: {centre: 502257N 0033739W, radius: 5 nm}"],
    [`{${line}, ${arc("cw")}}`],
    ["{}"],
  ]) {
    assert.ok(codesOf(yaixm(...boundary)).includes("geometry-malformed"), boundary.join(" | "));
  }
});
