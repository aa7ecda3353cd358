/** Each finding: a row that has it, and one near it that must not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inWgs84 } from "../../src/intake/find/datum.ts";
import { importText, type ImportOptions, type ImportResult } from "../../src/intake/index.ts";

type Finding = ImportResult["rows"][number]["findings"][number];

/** Findings that are no notes, by row of the table; rows without any are left out. */
function found(text: string, options: Partial<ImportOptions> = {}): Record<number, readonly Finding[]> {
  const { rows } = importText(text, { as: "site", ...options });
  const grave = rows.map(({ row, findings }) => [row, findings.filter(({ gravity }) => gravity !== "note")] as const);
  return Object.fromEntries(grave.filter(([, findings]) => findings.length > 0));
}

function codes(text: string, options: Partial<ImportOptions> = {}): Record<number, string[]> {
  return Object.fromEntries(
    Object.entries(found(text, options)).map(([row, findings]) => [row, findings.map(({ code }) => code)]),
  );
}

const day = (i: number) => new Date(Date.UTC(2014, 0, 20 + i)).toISOString().slice(0, 10);
/** Sites some 300 m from each other, so that positions say nothing. */
const at = (i: number) =>
  `${(36.3111 + (i % 7) * 0.0031).toFixed(4)},${(43.1111 + Math.floor(i / 7) * 0.0033).toFixed(4)}`;

test("day and month: a row that leaves the one day of a list, and one that cannot be exchanged", () => {
  const list = (odd: string) =>
    [
      "name,latitude,longitude,date",
      ...Array.from({ length: 12 }, (_, i) => `S${i},${at(i)},${i === 5 ? odd : "2014-07-02"}`),
    ].join("\n");
  const [finding] = found(list("2014-02-07"))[7] ?? [];
  assert.equal(finding?.code, "day-and-month");
  assert.deepEqual(finding.suggestion, { starts: "2014-07-02" });
  assert.deepEqual(codes(list("2014-07-03")), {}, "another day is no exchange");
  assert.deepEqual(codes(list("2014-07-13")), {});
});

test("day and month: rows out of a list's order, several side by side, and a list that has no order", () => {
  const days = Array.from({ length: 60 }, (_, i) => day(i));
  const list = (dates: readonly string[]) =>
    ["name,latitude,longitude,date", ...dates.map((date, i) => `S${i},${at(i)},${date}`)].join("\n");
  // The 3rd, 4th and 5th of February stand as 2 March, 2 April and 2 May, one beside the other.
  const wrong = days.map((each) => (/-02-0[345]$/.test(each) ? each.replace(/-02-(..)$/, "-$1-02") : each));
  assert.equal(wrong.filter((each, i) => each !== days[i]).length, 3);
  const where = wrong.flatMap((each, i) => (each === days[i] ? [] : [i + 2]));
  assert.deepEqual(codes(list(wrong)), Object.fromEntries(where.map((row) => [row, ["day-and-month"]])));
  assert.deepEqual(codes(list(days)), {});
  const shuffled = days.map((_, i) => days[(i * 37) % 60] as string);
  assert.deepEqual(codes(list(shuffled)), {}, "no order, no exception from it");
});

test("day and month: an event that would last for months, and one that does", () => {
  const event = (start: string, end: string) =>
    found(`name,latitude,longitude,start,end\nE,${at(0)},${start},${end}\n`, { as: "report" })[2]?.map(
      ({ code }) => code,
    );
  assert.deepEqual(event("2014-03-04", "2014-07-03"), ["day-and-month"]);
  assert.equal(event("2014-03-04", "2014-03-09"), undefined);
  assert.equal(event("2014-03-04", "2014-07-20"), undefined, "the twentieth is no month");
});

test("a time many years off, and one within living memory", () => {
  const now = Date.UTC(2016, 5, 1);
  const site = (date: string) => codes(`name,latitude,longitude,date\nS,${at(0)},${date}\n`, { now })[2];
  assert.deepEqual(site("2041-05-01"), ["time-far"]);
  assert.deepEqual(site("1980-05-01"), ["time-far"]);
  assert.equal(site("1991-05-01"), undefined);
  assert.equal(site("2018-05-01"), undefined);
});

test("reports of long ago are said once, and a few years that may be mistyped each by itself", () => {
  const now = Date.UTC(2026, 5, 1);
  const listed = (kind: "report" | "site", past: number) => {
    const rows = Array.from({ length: 8 }, (_, i) => `S${i},${at(i)},${i < past ? 1981 : 2020}-05-01`);
    const text = ["name,latitude,longitude,date", ...rows, `T,${at(9)},2041-05-01`].join("\n");
    return importText(text, { as: kind, now }).rows.flatMap(({ row, findings }) =>
      findings.filter(({ code }) => /time-far|list-of-past/.test(code)).map(({ code }) => `${row} ${code}`),
    );
  };
  assert.deepEqual(listed("report", 5), ["2 list-of-past", "10 time-far"]);
  assert.deepEqual(listed("report", 2), ["2 time-far", "3 time-far", "10 time-far"]);
  assert.equal(listed("site", 5).length, 6);
});

test("a weekday that is not that day's, and one that is", () => {
  const site = (date: string) => codes(`name;latitude;longitude;date\nS;${at(0).replace(",", ";")};${date}\n`)[2];
  assert.deepEqual(site("Thu 2 July 2014"), ["weekday-differs"]);
  assert.deepEqual(site("Thursday 02 July 2014 10:00Z"), ["weekday-differs"]);
  assert.equal(site("Wednesday, 2 July 2014"), undefined);
  assert.equal(site("2 July 2014"), undefined);
});

test("a zone that one time lacks and the others name; days have none", () => {
  const list = (odd: string, rest: (i: number) => string) =>
    [
      "name;latitude;longitude;start",
      ...Array.from({ length: 12 }, (_, i) => `E${i};${at(i).replace(",", ";")};${i === 4 ? odd : rest(i)}`),
    ].join("\n");
  const options = { as: "report", zone: "Asia/Baghdad", now: Date.UTC(2014, 6, 1) } as const;
  const zoned = (i: number) => `2014-07-02T10:${10 + i}:00Z`;
  assert.deepEqual(codes(list("2014-07-02T10:14:00", zoned), options), { 6: ["zone-forgotten"] });
  assert.deepEqual(codes(list("2014-07-02T10:14:00+03:00", zoned), options), {});
  assert.deepEqual(codes(list("2014-07-02", zoned), options), {}, "a day");
  const bare = (i: number) => `2014-07-02T10:${10 + i}:00`;
  assert.deepEqual(codes(list("2014-07-02T10:14:00", bare), options), {}, "nobody names one");
});

test("a height in another unit than the list's, and one that nothing flies at", () => {
  const list = (odd: string) =>
    [
      "name;latitude;longitude;lower;upper;start",
      ...Array.from(
        { length: 12 },
        (_, i) =>
          `A${i};${at(i).replace(",", ";")};0 ft AMSL;${i === 4 ? odd : `${2000 + i * 100} ft AMSL`};2014-07-02`,
      ),
    ].join("\n");
  const options = { as: "activity" } as const;
  const [finding] = found(list("2400 m AMSL"), options)[6] ?? [];
  assert.equal(finding?.code, "unit-differs");
  assert.deepEqual(finding.suggestion, { height: "2400 ft" });
  assert.deepEqual(codes(list("2400 ft AMSL"), options), {});
  assert.deepEqual(codes(list("FL240"), options), {}, "flight levels are feet");
  assert.deepEqual(codes(list("240000 ft AMSL"), options)[6], ["height-unlikely"]);
  assert.deepEqual(codes(list("90000 ft AMSL"), options), {});
});

/** A track of ten fixes northwards, one a minute, 600 m apart; `change` alters one. */
function track(change: (fix: { lat: number; lon: number; minute: number }, i: number) => object): string {
  const fixes = Array.from({ length: 10 }, (_, i) => {
    const fix = { lat: 36.3111 + i * 0.0054, lon: 43.1111, minute: i };
    return { ...fix, ...change(fix, i) };
  });
  return JSON.stringify({
    type: "Feature",
    properties: {
      name: "Convoy",
      coordTimes: fixes.map(({ minute }) => new Date(Date.UTC(2014, 6, 2, 8, 0, minute * 60)).toISOString()),
    },
    geometry: { type: "LineString", coordinates: fixes.map(({ lat, lon }) => [lon, Number(lat.toFixed(4))]) },
  });
}

test("a fix that jumps away and back, a clock that does, and a track that does neither", () => {
  const look = (change: Parameters<typeof track>[0], options: Partial<ImportOptions> = { as: "movement" }) => {
    const { rows } = importText(track(change), { as: "movement", ...options });
    return rows[0]?.findings.filter(({ gravity }) => gravity !== "note").map(({ code }) => code);
  };
  assert.deepEqual(
    look(() => ({})),
    [],
  );
  assert.deepEqual(
    look(({ lat }, i) => (i === 4 ? { lat: lat + 0.3 } : {})),
    ["fix-jumps"],
  );
  assert.deepEqual(
    look(({ lat }, i) => (i === 4 ? { lat: lat + 0.002 } : {})),
    [],
    "two hundred metres are a bend",
  );
  const backwards: Parameters<typeof track>[0] = ({ minute }, i) => (i === 4 ? { minute: minute - 3 } : {});
  assert.deepEqual(look(backwards), ["end-before-start"], "no movement can be told so");
  assert.deepEqual(look(backwards, { as: "site", width_m: 50 }), ["clock-jumps"]);
  assert.deepEqual(
    look(({ lat }, i) => (i > 4 ? { lat: lat + 0.6 } : {})),
    ["speed-impossible"],
  );
  assert.deepEqual(
    look(({ minute }, i) => (i > 4 ? { minute: minute + 90 } : {})),
    [],
    "a halt",
  );
});

test("a route without times that turns back on itself, and one that bends", () => {
  const route = (lons: readonly number[]) => {
    const coordinates = lons.map((lon, i) => [lon, Number((36.3111 + i * 0.0054).toFixed(4))]);
    const text = JSON.stringify({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } });
    const { rows } = importText(text, { as: "movement" });
    return rows[0]?.findings.filter(({ gravity }) => gravity !== "note").map(({ code }) => code);
  };
  const straight = Array.from({ length: 10 }, () => 43.1111);
  assert.deepEqual(route(straight), []);
  assert.deepEqual(route(straight.with(4, 43.2111)), ["route-backtracks"]);
  assert.deepEqual(route(straight.map((lon, i) => (i < 5 ? lon : lon + 0.02))), []);
});

test("kin: a rare word in common far apart with a slip between, and without", () => {
  const list = (odd: string) =>
    [
      "name,governorate,district,latitude,longitude",
      ...Array.from({ length: 9 }, (_, i) => `Village ${i},Ninewa,Mosul,${(36.3111 + i * 0.05).toFixed(4)},43.1111`),
      "Al-Noor school,Ninewa,Mosul,36.3234,43.1234",
      odd,
    ].join("\n");
  const [finding] = found(list("Hay Al-Noor,Ninewa,Mosul,36.3237,43.2239"))[12] ?? [];
  assert.equal(finding?.code, "far-from-name");
  assert.deepEqual(finding.suggestion, { latitude: 36.3237, longitude: 43.1239 });
  assert.deepEqual(codes(list("Hay Al-Salam,Ninewa,Mosul,36.3237,43.2239")), {}, "no kin");
  assert.deepEqual(codes(list("Hay Al-Noor,Ninewa,Mosul,36.3237,43.1739")), {}, "five kilometres may be one quarter");
  assert.deepEqual(codes(list("Hay Al-Noor,Ninewa,Mosul,36.3967,43.1967")), {}, "no slip leads to it");
});

test("names: letters of two scripts in one word, and a name that is another row's", () => {
  const list = (rows: readonly string[]) =>
    ["name,name_ar,latitude,longitude", ...rows.map((row, i) => `${row},${at(i)}`)].join("\n");
  const mixed = found(list(["Al-Nооr school,", "Al-Noor school,", "مدرسة Noor,", "Київ school,"]));
  assert.deepEqual(Object.keys(mixed), ["2"]);
  assert.equal(mixed[2]?.[0]?.code, "name-disguised");
  assert.deepEqual(mixed[2]?.[0]?.suggestion, { names: [{ lang: "en", text: "Al-Noor school" }] });
  assert.deepEqual(codes(list(["Baghdad сосо,", "Донецьк,"])), { 2: ["name-disguised"] }, "a word wholly of twins");
  const names = [
    ["Kirkuk", "كركوك"],
    ["Makhmur", "مخمور"],
    ["Telafar", "تلعفر"],
    ["Sinjar", "سنجار"],
  ] as const;
  assert.deepEqual(codes(list(names.map((each) => each.join(",")))), {});
  const shifted = names.map(([one], i) => `${one},${names[(i + 1) % 4]?.[1]}`);
  assert.deepEqual(Object.values(codes(list(shifted))).flat(), [
    "names-differ",
    "names-differ",
    "names-differ",
    "names-differ",
  ]);
  assert.deepEqual(
    codes(list(["Peace quarter,حي السلام", "Camp,مخيم", "Salam,السلام"])),
    {},
    "a translation is no mistake",
  );
});

test("direction controls never reach a draft, and the row says so", () => {
  const { rows } = importText(`name,latitude,longitude\nsafe\u202Eloohcs,${at(0)}\nsafe,${at(1)}\n`, { as: "site" });
  assert.deepEqual(
    rows.map(({ findings }) => findings.map(({ code }) => code)),
    [["text-refused"], []],
  );
  assert.deepEqual(rows[0]?.draft?.body["names"], []);
});

const sites = (shift: readonly [number, number], keep = 12, id = "") =>
  [
    "id,name,latitude,longitude",
    ...Array.from({ length: keep }, (_, i) => {
      const [lat, lon] = at(i).split(",").map(Number) as [number, number];
      return `${id}${i},S${i},${(lat + shift[0]).toFixed(5)},${(lon + shift[1]).toFixed(5)}`;
    }),
  ].join("\n");

test("a list beside the last: one row moved, most moved alike, many gone, and nothing", () => {
  const since = sites([0, 0]);
  assert.deepEqual(codes(sites([0, 0]), { since }), {});
  assert.deepEqual(codes(sites([0.0001, 0]), { since }), {}, "11 m are how two people write one place");
  const one = sites([0, 0]).replace(/\n3,S3,36\.3/, "\n3,S3,36.4");
  assert.deepEqual(codes(one, { since }), { 5: ["moved-since"] });
  const all = found(sites([0.01, 0]), { since });
  assert.deepEqual(
    all[2]?.map(({ code }) => code),
    ["moved-since", "list-moved"],
  );
  assert.deepEqual(codes(sites([0, 0], 6), { since }), { 2: ["list-shrunk"] });
  assert.deepEqual(codes(sites([0, 0], 11), { since }), {}, "one of twelve may be gone");
});

test("a datum: the whole list shifted, one row, and a shift that no datum makes", () => {
  const nahrwan = { a: 6_378_249.145, rf: 293.465, to: [-243, -192, 477] as const };
  const list = (move: (position: { lat: number; lon: number }, i: number) => { lat: number; lon: number }) =>
    [
      "id,name,latitude,longitude",
      ...Array.from({ length: 12 }, (_, i) => {
        const { lat, lon } = move({ lat: 33.1111 + i * 0.0131, lon: 44.1111 + i * 0.0117 }, i);
        return `${i},S${i},${lat.toFixed(6)},${lon.toFixed(6)}`;
      }),
    ].join("\n");
  const written = list((each) => each);
  const right = list((each) => inWgs84(each, nahrwan));
  const whole = found(written, { since: right });
  const [first] = whole[2]?.filter(({ code }) => code === "datum-shifted") ?? [];
  assert.match(first?.because ?? "", /positions in Nahrwan stand as WGS 84/);
  const then = found(right, { since: written })[2]?.find(({ code }) => code === "datum-shifted");
  assert.match(then?.because ?? "", /list before were in Nahrwan/);
  const one = list((each, i) => (i === 4 ? each : inWgs84(each, nahrwan)));
  const [row] = found(one, { since: right })[6] ?? [];
  assert.match(row?.because ?? "", /a position in Nahrwan/);
  const north = found(
    list(({ lat, lon }) => ({ lat: lat + 0.003, lon })),
    { since: written },
  );
  assert.match(north[2]?.find(({ code }) => code === "datum-shifted")?.because ?? "", /one of the two lists/);
  const apart = list(({ lat, lon }, i) => ({ lat: lat + (i % 2 === 0 ? 0.003 : -0.003), lon }));
  assert.ok(
    !Object.values(codes(apart, { since: written }))
      .flat()
      .includes("datum-shifted"),
  );
  assert.deepEqual(
    codes(
      list(({ lat, lon }) => ({ lat: lat + 0.0001, lon })),
      { since: written },
    ),
    {},
    "11 m",
  );
});

test("the shift of a datum is the published one", () => {
  // ED50 in Iraq: some 120 m to the south-west; Karbala 1979: some 300 m.
  const at = { lat: 33, lon: 44 };
  const ed50 = inWgs84(at, { a: 6_378_388, rf: 297, to: [-103, -106, -141] });
  assert.ok(ed50.lat < at.lat && Math.abs((ed50.lat - at.lat) * 111_000) < 150, JSON.stringify(ed50));
  const same = inWgs84(at, { a: 6_378_137, rf: 298.257223563, to: [0, 0, 0] });
  assert.ok(Math.abs(same.lat - at.lat) < 1e-9 && Math.abs(same.lon - at.lon) < 1e-9);
});
