/** Notices that are mistyped, cut or made to be misread: what they mean is told, or they are refused, and nothing between. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImportedRow, importText } from "../../src/intake/index.ts";

const now = Date.UTC(2026, 10, 26, 8);

interface Told {
  readonly footprint: {
    readonly type: string;
    readonly at: { lat: number; lon: number };
    readonly rings: unknown[][];
    readonly radius_m: number;
  };
  readonly window: { readonly start: number | null; readonly end: number | null };
}

function rowOf(text: string): ImportedRow {
  const [row, ...more] = importText(text, { now }).rows;
  assert.ok(row);
  assert.deepEqual(more, []);
  return row;
}

function volumesOf(text: string): readonly Told[] {
  const { draft, findings } = rowOf(text);
  assert.ok(draft, JSON.stringify(findings));
  return draft.body["volumes"] as Told[];
}

function codesOf(text: string): readonly string[] {
  return rowOf(text).findings.map(({ code }) => code);
}

function refused(text: string, code: string): void {
  const { draft, findings } = rowOf(text);
  assert.equal(draft, null, JSON.stringify(draft?.body));
  assert.deepEqual(
    findings.map((each) => each.code),
    [code],
  );
}

function warning(text: string, head = "201827Z AUG 26"): string {
  return `${head}\nNAVAREA XII 569/26.\nNORTH PACIFIC.\n1. HAZARDOUS OPERATIONS ${text}.\n2. CANCEL THIS MSG 280200Z AUG 28.`;
}

const CORNERS = ["33-44.70N 119-30.17W", "33-41.10N 119-49.38W", "33-55.38N 119-52.50W", "33-58.55N 119-34.13W"];

function bounded(corners: readonly string[]): string {
  return `IN AREA BOUND BY ${corners.join(", ")}`;
}

test("an area with one corner that cannot be read is refused, wherever that corner stands", () => {
  const times = "252100Z TO 260100Z AUG";
  assert.equal(volumesOf(warning(`${times} ${bounded(CORNERS)}`))[0]?.footprint.rings[0]?.length, 4);
  for (const [i, corner] of CORNERS.entries()) {
    for (const wrong of [
      corner.replace(/-\d\d/, "-61"),
      corner.replace(/(\d)N/, "ON"),
      corner.replace("-119", "-1119"),
    ]) {
      if (wrong === corner) continue;
      refused(warning(`${times} ${bounded(CORNERS.with(i, wrong))}`), "position-not-a-number");
    }
  }
  const apart = `${CORNERS[0]} BUOY, ${CORNERS[1]} WRECK, ${CORNERS[2]} LIGHT, ${CORNERS[3]}`;
  refused(warning(`${times} IN AREA BOUND BY ${apart}`), "geometry-malformed");
});

test("a number before a position is not its degrees", () => {
  const at = (text: string) => {
    const rows = importText(text, { now }).rows.flatMap(({ draft }) => (draft === null ? [] : [draft.body]));
    return rows.flatMap((body) => (body["volumes"] as Told[] | undefined) ?? [body as unknown as Told]);
  };
  const nineteen = { lat: 19.383333333, lon: -92.051666667 };
  for (const text of [
    "AGOSTO 12 19-23.0N 092-03.1W",
    "RIG 201 19-23.0N 092-03.1W",
    "BUOY 2 19-23-00N 092-03-06W",
    "BUOY 2 19 23.0N 092 03.1W",
    "BUOY 7 19°23.0'N 092°03.1'W",
    "Q4000 1923.0N 09203.1W",
  ]) {
    const told = at(warning(text).replace("IN AREA", ""));
    assert.deepEqual(
      told.map(({ footprint }) => footprint.at),
      [nineteen],
      text,
    );
    assert.deepEqual(
      at(`Seen: ${text}`).map(({ footprint }) => footprint.at),
      [nineteen],
      text,
    );
  }
  const mixed = importText("Seen at 36.1234N 43.1234E and at 36-20-24N 043-07.8E", { now }).rows;
  assert.deepEqual(
    mixed.map(({ draft, findings }) => draft?.kind ?? findings[0]?.code),
    ["site", "position-not-a-number"],
  );
});

const utc = (text: string) => Date.parse(`${text}:00Z`);

function windowsOf(times: string, head?: string): readonly (readonly [number | null, number | null])[] {
  const volumes = volumesOf(warning(`${times} ${bounded(CORNERS)}`, head));
  return volumes.map(({ window }) => [window.start, window.end]);
}

test("spans across the ends of months and years are what they say", () => {
  const one = (from: string, to: string) => [[utc(from), utc(to)]];
  assert.deepEqual(windowsOf("311800Z TO 010600Z FEB 27"), one("2027-01-31T18:00", "2027-02-01T06:00"));
  assert.deepEqual(windowsOf("282100Z TO 010100Z SEP"), one("2026-08-28T21:00", "2026-09-01T01:00"));
  assert.deepEqual(
    windowsOf("311800Z DEC TO 010600Z JAN", "201827Z DEC 26"),
    one("2026-12-31T18:00", "2027-01-01T06:00"),
  );
  assert.deepEqual(windowsOf("010001Z TO 020600Z", "301200Z AUG 26"), one("2026-09-01T00:01", "2026-09-02T06:00"));
  const spring = windowsOf("25 MAY THRU 31 DEC", "220924Z MAY 26");
  assert.deepEqual(spring, [[utc("2026-05-25T00:00"), utc("2027-01-01T00:00") - 1]]);
  const autumn = windowsOf("16 SEP THRU 31 DEC", "031741Z FEB 26");
  assert.deepEqual(autumn, [[utc("2026-09-16T00:00"), utc("2027-01-01T00:00") - 1]]);
  const years = windowsOf("05 JAN 25 THRU 31 DEC 26", "301238Z DEC 24");
  assert.deepEqual(years, [[utc("2025-01-05T00:00"), utc("2027-01-01T00:00") - 1]]);
  const until = windowsOf("UNTIL 31 DEC", "151549Z JUN 26");
  assert.deepEqual(until, [[utc("2026-06-15T15:49"), utc("2027-01-01T00:00") - 1]]);
  const daily = windowsOf("2100Z TO 2359Z DAILY 21 THRU 23", "200038Z AUG 26");
  assert.deepEqual(
    daily.map(([start]) => start),
    [21, 22, 23].map((day) => utc(`2026-08-${day}T21:00`)),
  );
});

test("a time that does not exist leaves nobody unwarned: it is said, and the whole time of the notice is told", () => {
  for (const times of [
    "311800Z TO 020600Z JUL 27",
    "260100Z AUG TO 252100Z AUG 26",
    "252500Z TO 260100Z AUG 26",
    "252100Z TO 256100Z AUG 26",
    "2500Z TO 0100Z DAILY 26 AND 27 AUG",
    "0100Z TO 0200Z DAILY 26 AND 32 AUG",
    "30 FEB THRU 31 FEB 27",
  ]) {
    const text = warning(`${times} ${bounded(CORNERS)}`);
    assert.ok(codesOf(text).includes("time-refused"), times);
    assert.deepEqual(windowsOf(times), [[utc("2026-08-20T18:27"), utc("2028-08-28T02:00")]], times);
  }
});

function notam(parts: { from?: string; to?: string; text?: string; daily?: string }): string {
  const { from = "2611260600", to = "2612010600", daily = "" } = parts;
  const { text = "GUN FIRING WI 5NM RADIUS OF 362300N 0432500E" } = parts;
  return `(A1234/26 NOTAMN Q) ORBB/QWMLW/IV/BO/W/000/120/3623N04325E010 A) ORBB B) ${from} C) ${to} ${daily}E) ${text} F) SFC G) 5000FT AMSL)`;
}

test("a NOTAM whose end is estimated or permanent has no end, and one whose times are none says so", () => {
  const end = (to: string) => volumesOf(notam({ to }))[0]?.window.end;
  assert.equal(end("2612010600"), utc("2026-12-01T06:00"));
  assert.equal(end("2611272400"), utc("2026-11-28T00:00"));
  assert.equal(end("PERM"), null);
  assert.equal(end("2612010600 EST"), null);
  assert.equal(end("2612010600EST"), null);
  assert.match(rowOf(notam({ to: "2612010600 EST" })).findings[0]?.message ?? "", /2612010600 EST/);
  for (const wrong of [{ to: "2611310600" }, { to: "SOON" }, { from: "2613260600" }, { from: "WIE" }]) {
    assert.ok(codesOf(notam(wrong)).includes("time-refused"), JSON.stringify(wrong));
  }
  const reversed = notam({ from: "2612010600", to: "2611260600" });
  assert.equal(rowOf(reversed).draft, null);
  assert.ok(codesOf(reversed).includes("end-before-start"));
});

test("a NOTAM whose item E lies outside the circle of its item Q is refused", () => {
  refused(notam({ text: "GUN FIRING WI 5NM RADIUS OF 332300N 0432500E" }), "positions-differ");
  const corners = "362300N 0432500E 363000N 0432500E 366100N 0433000E 362300N 0433000E";
  refused(notam({ text: `AREA BOUNDED BY ${corners}` }), "position-not-a-number");
});
