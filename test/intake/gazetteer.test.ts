import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  Gazetteer,
  GazetteerReader,
  importText,
  type ImportOptions,
  INTAKE_ERRORS,
  type KnownPlace,
  lineOfPlace,
  Outline,
  placeOfLine,
} from "../../src/intake/index.ts";
import { alike } from "../../src/intake/gazetteer/names.ts";
import { gazetteerWith } from "../../src/store/index.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

/** A line of a country dump: the 19 columns of GeoNames' readme. */
function geoNames(
  name: string,
  more: Partial<Record<"others" | "lat" | "lon" | "class" | "code" | "admin1" | "admin2" | "people", string>>,
) {
  const {
    others = "",
    lat = "36.3",
    lon = "43.1",
    class: group = "P",
    code = "PPL",
    admin1 = "15",
    admin2 = "",
    people = "0",
  } = more;
  const cells = [
    "1",
    name,
    name,
    others,
    lat,
    lon,
    group,
    code,
    "IQ",
    "",
    admin1,
    admin2,
    "",
    "",
    people,
    "",
    "200",
    "Asia/Baghdad",
    "2024-01-01",
  ];
  return cells.join("\t");
}

function read(text: string, piece = text.length): KnownPlace[] {
  const reader = new GazetteerReader();
  const bytes = utf8(text);
  const places: KnownPlace[] = [];
  for (let at = 0; at < bytes.length; at += piece) places.push(...reader.push(bytes.subarray(at, at + piece)));
  return [...places, ...reader.end()];
}

function refusedWith(code: string, run: () => unknown): void {
  assert.throws(run, (error) => isParleyError(error, code) && error.next !== "");
}

const square = (west: number, south: number, size: number) => [
  [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ],
];
const boundary = (properties: object, coordinates: unknown, type = "Polygon") => ({
  type: "Feature",
  properties,
  geometry: { type, coordinates },
});
const boundaries = (...features: object[]) => JSON.stringify({ type: "FeatureCollection", features });

const DUMP = [
  geoNames("Mosul", { others: "Al Mawsil,الموصل,موصل,Мосул,MOS", lat: "36.335", lon: "43.11889", people: "1739800" }),
  geoNames("Ninawa", { others: "Nineveh,نينوى", class: "A", code: "ADM1", lat: "36", lon: "42" }),
  geoNames("Tall Kayf District", {
    others: "تلكيف,Tilkaif",
    class: "A",
    code: "ADM2",
    admin2: "7",
    lat: "36.6",
    lon: "43",
  }),
  geoNames("Wana", { lat: "36.5486", lon: "42.7936", admin2: "7" }),
  geoNames("Nahr Dijlah", { class: "H", code: "STM" }),
].join("\n");

test("a dump of GeoNames is read whatever its pieces, with names in every script and without rivers", () => {
  const places = read(DUMP);
  assert.deepEqual(
    places.map(({ level, names }) => [level, names[0]]),
    [
      ["place", "Mosul"],
      ["governorate", "Ninawa"],
      ["district", "Tall Kayf District"],
      ["place", "Wana"],
    ],
  );
  assert.ok(places[0]?.names.includes("الموصل"));
  for (const piece of [1, 7, 70_000]) assert.deepEqual(read(DUMP, piece), places);
});

test("a table of p-codes names its units in every language, with what they lie in", () => {
  const table = [
    "admin2Name_en,admin2Name_ar,admin2Pcode,admin1Name_en,admin1Name_ar,admin1Pcode,admin0Name_en,admin0Pcode,lat,lon",
    "#adm2+name+en,#adm2+name+ar,#adm2+code,#adm1+name+en,#adm1+name+ar,#adm1+code,#country+name,#country+code,#geo+lat,#geo+lon",
    '"Tilkaif, town",تلكيف,IQG15Q07,Ninewa,نينوى,IQG15,Iraq,IQ,36.6,43',
  ].join("\r\n");
  assert.deepEqual(read(table), [
    {
      level: "district",
      names: ["Tilkaif, town", "تلكيف"],
      code: "IQG15Q07",
      country: "IQ",
      governorate: ["Ninewa", "نينوى", "IQG15"],
      district: [],
      at: { lat: 36.6, lon: 43 },
      people: 0,
      reach_m: 30_000,
      capital: false,
      rings: null,
    },
  ]);
});

test("boundaries are read as OCHA, geoBoundaries, GADM and Natural Earth name them", () => {
  const text = boundaries(
    boundary(
      { ADM2_EN: "Telafar", ADM2_AR: "تلعفر", ADM2_PCODE: "IQG15Q06", ADM1_EN: "Ninewa", ADM0_EN: "Iraq" },
      square(42, 36, 1),
    ),
    boundary({ shapeName: "Sinjar", shapeType: "ADM2", shapeGroup: "IRQ" }, square(41, 36, 1)),
    boundary(
      { NAME_1: "Ninawa", NL_NAME_1: "نينوى", COUNTRY: "Iraq", GID_1: "IRQ.15_1" },
      [square(41, 35, 3)],
      "MultiPolygon",
    ),
    boundary({ name: "Ninawa", name_ar: "نينوى", iso_3166_2: "IQ-NI", iso_a2: "IQ" }, square(41, 35, 3)),
  );
  assert.deepEqual(
    read(text, 50).map(({ level, names, country }) => [level, names.join(" / "), country]),
    [
      ["district", "Telafar / تلعفر", "IQ"],
      ["district", "Sinjar", ""],
      ["governorate", "Ninawa / نينوى", "IQ"],
      ["governorate", "Ninawa / نينوى", "IQ"],
    ],
  );
});

test("a fault refuses the whole file, and says where", () => {
  refusedWith("gazetteer-format-unknown", () => read("just words\nand more"));
  refusedWith("gazetteer-format-unknown", () => read("id,lat,lon\n1,2,3"));
  refusedWith("gazetteer-format-unknown", () => read('[{"name": "Wana", "admin1": "15", "lat": "36.5"}]'));
  refusedWith("gazetteer-malformed", () => read(`${DUMP}\nMosul\t36`));
  refusedWith("gazetteer-malformed", () => read(`${DUMP}\n${geoNames("Far", { lat: "95" })}`));
  refusedWith("gazetteer-malformed", () => read("admin1Name_en,admin1Pcode\nNinewa"));
  refusedWith("gazetteer-malformed", () => read('admin1Name_en,admin1Pcode\n"Ninewa,IQ'));
  refusedWith("gazetteer-malformed", () => read("admin1Name_en,admin1Pcode\n,IQG15"));
  refusedWith("gazetteer-malformed", () => read(boundaries(boundary({ name: "x" }, [[[1, 2]]]))));
  refusedWith("gazetteer-malformed", () => read(boundaries(boundary({ name: "x" }, square(179.5, 0, 1)))));
  refusedWith("gazetteer-malformed", () => read(boundaries(boundary({ area: 3 }, square(1, 2, 1)))));
  refusedWith("gazetteer-empty", () => read(boundaries()));
  refusedWith("geojson-crs", () =>
    read(`{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:32638"}},"features":[]}`),
  );
});

test("arbitrary bytes give a declared error, and so does arbitrary text after a good line", () => {
  const declared = (run: () => unknown): void => {
    try {
      run();
    } catch (error) {
      assert.ok(isParleyError(error) && error.code in INTAKE_ERRORS, String(error));
    }
  };
  fc.assert(fc.property(fc.string(), (text) => declared(() => read(`${DUMP}\n${text}`))));
  fc.assert(fc.property(fc.string(), (text) => declared(() => read(`admin1Name_en,admin1Pcode\n${text}`))));
  fc.assert(fc.property(fc.json(), (text) => declared(() => read(`{"features":[${text}]}`))));
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) =>
      declared(() => {
        const reader = new GazetteerReader();
        reader.push(bytes);
        reader.end();
      }),
    ),
  );
});

test("what is known goes to a line and comes back; a line that was changed is none", () => {
  const known = [...read(DUMP), ...read(boundaries(boundary({ name: "x" }, square(1, 2, 1))))];
  for (const place of known) assert.deepEqual(placeOfLine(lineOfPlace(place)), place);
  for (const line of ["", "{}", "[]", '["place",["x"],"","",[],[],[95,0],0,0,0,null]', "[1,2,3,4,5,6,7,8,9,10,11]"]) {
    assert.equal(placeOfLine(line), null, line);
  }
});

test("names are alike across scripts and spellings, and others are not", () => {
  const same = [
    ["Mosul", "الموصل"],
    ["Al-Mawşil", "Al Mawsil"],
    ["Telafar", "تلعفر"],
    ["Ninewa", "نينوى"],
    ["Kyiv", "Київ"],
    ["Donetsk", "Донецьк"],
    ["Tikrit", "Tikrīt"],
    ["Qayyarah", "القيارة"],
    ["کرکوک", "كركوك"],
  ] as const;
  for (const [a, b] of same) assert.ok(alike(a, b), `${a} ${b}`);
  const other = [
    ["Mosul", "Masila"],
    ["Erbil", "الموصل"],
    ["Kyiv", "Львів"],
    ["", ""],
    ["Al", "ال"],
  ] as const;
  for (const [a, b] of other) assert.ok(!alike(a, b), `${a} ${b}`);
});

test("an outline holds what lies in it, not what lies in its hole or beyond", () => {
  const outline = new Outline([
    [
      [10, 10],
      [20, 10],
      [20, 20],
      [10, 20],
    ],
    [
      [14, 14],
      [16, 14],
      [16, 16],
      [14, 16],
    ],
  ]);
  assert.ok(outline.contains({ lat: 12, lon: 12 }));
  assert.ok(!outline.contains({ lat: 15, lon: 15 }));
  assert.ok(!outline.contains({ lat: 12, lon: 21 }));
  assert.ok(outline.holds({ lat: 12, lon: 20.05 }, 10_000));
  assert.ok(!outline.holds({ lat: 12, lon: 20.2 }, 10_000));
  assert.equal(Math.round(outline.metresToEdge({ lat: 9.99, lon: 12 }, 10_000)), 1112);
});

const HEADER = "name,name_ar,country,governorate,district,latitude,longitude";

function codes(rows: readonly string[], options: Partial<ImportOptions>): string[][] {
  const result = importText([HEADER, ...rows].join("\n"), { as: "site", ...options });
  return result.rows.map(({ findings }) =>
    findings.filter(({ gravity }) => gravity !== "note").map(({ code }) => code),
  );
}

const given = new Gazetteer([
  read(DUMP),
  read(
    boundaries(
      boundary({ ADM2_EN: "Telafar", ADM2_AR: "تلعفر", ADM1_EN: "Ninewa", ADM0_EN: "Iraq" }, square(42, 36, 1)),
    ),
  ),
]);

test("outside the district that is named, by its boundary; within its slack it is not doubted", () => {
  const rows = [
    "School,,Iraq,Ninewa,Tel Afar,36.51,42.51",
    "School,,Iraq,نينوى,تلعفر,36.51,43.02",
    "School,,Iraq,Ninewa,Telafar,36.51,44.51",
  ];
  assert.deepEqual(codes(rows, { gazetteer: given }), [[], [], ["outside-named"]]);
  const result = importText([HEADER, rows[2] as string].join("\n"), { as: "site", gazetteer: given });
  const found = result.rows[0]?.findings.find(({ code }) => code === "outside-named");
  assert.match(found?.message ?? "", /outside Telafar/);
});

test("away from the place that is named, where the gazetteer has one of that name in what the row names", () => {
  const rows = [
    "Mosul,الموصل,Iraq,Ninewa,,36.3412,43.1312",
    "Mosul,الموصل,Iraq,Ninewa,,36.3412,44.1312",
    // A namesake in the country, with nothing that ties it to the row: 200 km away it may well be another.
    "Wana,,Iraq,Basrah,,36.9186,44.1936",
    // One digit away from it, the tie is there.
    "Wana,,Iraq,,,36.5486,43.7936",
  ];
  const result = importText([HEADER, ...rows].join("\n"), { as: "site", gazetteer: given });
  const grave = result.rows.map(({ findings }) => findings.filter(({ gravity }) => gravity !== "note"));
  assert.deepEqual(
    grave.map((found) => found.map(({ code }) => code)),
    [[], ["far-from-name"], [], ["far-from-name"]],
  );
  assert.deepEqual(grave[1]?.[0]?.suggestion, { latitude: 36.3412, longitude: 43.1312 });
  assert.deepEqual(grave[3]?.[0]?.suggestion, { latitude: 36.5486, longitude: 42.7936 });
});

test("what the world knows: countries, coasts, capitals", () => {
  const gazetteer = gazetteerWith();
  const rows = [
    "Clinic,,Iraq,,,36.3412,43.1312",
    "Clinic,,العراق,,,35.9212,39.0012",
    "Clinic,,Lebanon,,,33.9012,35.4912",
    "Clinic,,,,,33.9012,35.2912",
    "Clinic,,Iraq,Basra,,33.34058,44.40088",
    "Clinic,,Iraq,Baghdad,,33.34058,44.40088",
    "Clinic,,Iraq,Basra,,33.34358,44.40088",
  ];
  const expected = [[], ["outside-named"], [], ["in-sea"], ["position-of-capital"], [], []];
  assert.deepEqual(
    rows.map((row) => codes([row], { gazetteer })[0]),
    expected,
  );
  assert.equal(
    importText([HEADER, rows[3] as string].join("\n"), { as: "activity", gazetteer }).rows[0]?.findings.some(
      ({ code }) => code === "in-sea",
    ),
    false,
  );
});

test("a position told by a name is found; one that several places have is refused and never chosen", () => {
  const two = [
    geoNames("Tall Afar", { lat: "36.37", lon: "42.44" }),
    geoNames("Tall Afar", { lat: "33.1", lon: "44.9" }),
  ].join("\n");
  const gazetteer = new Gazetteer([read(`${DUMP}\n${two}`)]);
  const place = (position: string, options: Partial<ImportOptions> = {}) => {
    const { rows } = importText(`name;position\nClinic;${position}`, {
      as: "site",
      country: "Iraq",
      gazetteer,
      ...options,
    });
    return rows[0]?.draft?.body["footprint"] ?? rows[0]?.findings[0]?.code;
  };
  const found = place("12 km NW of الموصل") as { readonly at: { readonly lat: number; readonly lon: number } };
  assert.ok(
    Math.abs(found.at.lat - 36.4114) < 0.001 && Math.abs(found.at.lon - 43.0243) < 0.001,
    JSON.stringify(found),
  );
  assert.equal(place("5 km S of Tall Afar"), "position-not-a-number");
  assert.equal(place("5 km S of Nowhere"), "position-not-a-number");
});
