import assert from "node:assert/strict";
import { test } from "node:test";
import { type Beside, beside } from "../../src/console/view/beside.ts";

const NOTHING: Beside = { calendar: "none", localTime: false, language: "en" };

test("nothing stands beside Zulu time that nobody chose", () => {
  assert.deepEqual(beside(Date.UTC(2026, 10, 25, 3, 12), NOTHING), []);
});

test("local time stands with its zone, in Latin digits in every language, also across midnight", () => {
  for (const language of ["en", "ar", "fa", "ckb"] as const) {
    const [text] = beside(Date.UTC(2026, 10, 25, 22, 12), { ...NOTHING, localTime: true, language }, "Asia/Baghdad");
    assert.match(text ?? "", /01:12/, language);
    assert.match(text ?? "", /3/, "its zone");
  }
});

test("the first day of a Persian and of an Islamic year is the one that their almanacs give", () => {
  const persian = beside(Date.UTC(2026, 2, 21), { ...NOTHING, calendar: "persian" });
  assert.deepEqual(persian, ["Farvardin 1, 1405 AP"]);
  const islamic = beside(Date.UTC(2026, 5, 16), { ...NOTHING, calendar: "islamic" });
  assert.deepEqual(islamic, ["Muharram 1, 1448 AH"]);
  assert.match(beside(Date.UTC(2026, 2, 21), { ...NOTHING, calendar: "persian", language: "fa" })[0] ?? "", /فروردین/);
});
