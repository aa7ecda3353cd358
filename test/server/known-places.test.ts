import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DraftItemRequest } from "../../src/api/index.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { parleyJson } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

const site = (name: string, lat: number, lon: number, more: object = {}): DraftItemRequest => ({
  kind: "site",
  subject: name,
  body: {
    category: "school",
    names: [{ lang: "en", text: name }],
    place: { country: "Iraq", governorate: "Ninewa", district: "Telafar", locality: null },
    footprint: { type: "point", at: { lat, lon } },
    ...more,
  },
});

test("a draft is looked at beside what the node knows, and what was listed on its line joins that", async () => {
  const line = await makeLine();
  const [north, south] = [line.party("northern"), line.party("southern")];
  const square = [
    [42, 36],
    [43, 36],
    [43, 37],
    [42, 37],
    [42, 36],
  ];
  const district = {
    type: "Feature",
    properties: { ADM2_EN: "Telafar", ADM1_EN: "Ninewa", ADM0_EN: "Iraq" },
    geometry: { type: "Polygon", coordinates: [square] },
  };
  const file = join(line.dir, "districts.geojson");
  writeFileSync(file, JSON.stringify({ type: "FeatureCollection", features: [district] }));
  await parleyJson(["gazetteer", "add", file, "--dir", north.dir]);
  const northern = await startNode(north.dir, quiet);
  const southern = await startNode(south.dir, quiet);
  try {
    const drafter = await desk(north).as("watch-1");
    const codes = async (item: DraftItemRequest) =>
      (await drafter.checkDraft({ body: item })).findings.map(({ code }) => code);
    assert.deepEqual(await codes(site("Al-Noor school", 36.4123, 42.4123)), []);
    assert.deepEqual(await codes(site("Al-Noor school", 36.4123, 43.4123)), ["outside-named"], "by the boundary given");
    assert.deepEqual(
      await codes(site("Clinic", 33.9012, 35.2912, { place: null })),
      ["outside-area", "in-sea"],
      "by the world's coasts",
    );
    assert.deepEqual(
      await codes(site("Аl-Noor", 36.4123, 42.4123)),
      ["name-disguised"],
      "its first letter is Cyrillic",
    );

    const [hash] = (await desk(north).tell({ items: [site("Al-Noor school", 36.4123, 42.4123)] })) as [string];
    const elsewhere = site("Al Noor School", 36.4723, 42.4123);
    assert.deepEqual(await codes(elsewhere), [], "told is not yet confirmed");
    const receiver = await desk(south).as("watch-1");
    await until("it", async () => (await receiver.messages()).messages.some((each) => each.hash === hash));
    const re = { relation: "answers" as const, message: hash };
    await desk(south).tell({ items: [{ kind: "answer", subject: "listed", body: { answer: "LISTED" }, re }] });
    await until("the answer", async () => (await codes(elsewhere)).includes("far-from-name"));
    assert.deepEqual(await codes(site("Al-Noor school", 36.4133, 42.4123)), [], "a hundred metres are the same school");

    // What a file's reading has found already is not said again by the node.
    const said = { gravity: "warn" as const, message: "Row 2: outside.", suggestion: null, because: null };
    const findings = [{ code: "outside-named", field: "position", ...said }];
    const draft = await drafter.createDraft({ body: { items: [{ ...site("Clinic", 36.4123, 43.4123), findings }] } });
    assert.deepEqual(
      draft.items[0]?.findings.map(({ message }) => message),
      ["Row 2: outside."],
    );
  } finally {
    await Promise.all([northern.stop(), southern.stop()]);
    line.remove();
  }
});
