/** What was told leaves a node as files for other software: what holds, with its marks, and never what is private. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type DraftRequest, TOLD_FORMATS } from "../../src/api/index.ts";
import { importText } from "../../src/intake/index.ts";
import { fromBase64 } from "../../src/wire/bytes.ts";
import { parleyJson } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, until } from "../support/nodes.ts";

const CANARY = "MSN-canary-7";

function site(name: string, remarks = ""): DraftRequest["items"][number] {
  const footprint = { type: "circle", centre: { lat: 36.34, lon: 43.13 }, radius_m: 200 };
  const body = { category: "hospital", footprint, names: [{ lang: "ar", text: name }], remarks };
  return { kind: "site", subject: name, body };
}

test("what is in force leaves as a file in every format, what was withdrawn as a deletion, what is private not at all", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const nodes = await startNodes(line);
  const [relief, north] = [desk(line.party("relief")), desk(line.party("northern"))];
  try {
    const items = [site("مستشفى السلام", "=cmd|' /C calc'!A0"), site("مستشفى النهر")];
    const [, gone] = (await relief.tell({ items, list_name: "Hospitals" })) as [string, string];
    await relief.tell(movementRequest("Convoy to Sinjar"));
    await relief.tell({ items: [{ kind: "text", subject: "Greetings", body: { words: "Good morning." } }] });
    await relief.tell({
      items: [
        {
          kind: "withdrawal",
          subject: "gone",
          body: { scope: "message", reason: "Closed." },
          re: { relation: "withdraws", message: gone },
        },
      ],
    });
    const watch = await north.as("watch-1");
    await until("all of it", async () => (await watch.search({ query: { states: "withdrawn" } })).total === 1);
    const planner = await north.as("planner-1");
    const footprint = { type: "circle" as const, centre: { lat: 36.34, lon: 43.13 }, radius_m: 500 };
    const volumes = [{ footprint, height: null, window: { start: null, end: null } }];
    const plan = { id: CANARY, name: CANARY, category: "flight", remarks: CANARY, volumes };
    await planner.putPlans({ body: { items: [plan] } });

    for (const format of TOLD_FORMATS) {
      const file = await planner.toldFile({ query: { format } });
      const bytes = fromBase64(file.content);
      const text = Buffer.from(bytes).toString("utf8");
      assert.doesNotMatch(text, new RegExp(CANARY), format);
      assert.equal(file.written, 2, format);
      assert.equal(file.without_place, 1, `${format}: the greeting has no place`);
      if (format === "cot")
        assert.match(text, new RegExp(`type="t-x-d-d".*uid="${gone}"`), "the withdrawn one is deleted");
      else assert.doesNotMatch(text, new RegExp(`النهر|${gone}`), format);
    }
    const csv = async (query: object) =>
      Buffer.from(fromBase64((await watch.toldFile({ query: { format: "csv", ...query } })).content)).toString();
    const sites = await csv({ kinds: "site", list: "Hospitals" });
    assert.match(sites, /No answer, and no silence, alters its protection/);
    assert.doesNotMatch(sites, /(?:^|,)"?=cmd/m);
    assert.equal(importText(sites, {}).rows.length, 1);
    assert.equal(importText(await csv({ states: "withdrawn" }), {}).rows.length, 1);
    assert.equal((await csv({ list: "Nothing" })).trim().split("\n").length, 1);
    assert.equal((await csv({ from: "southern" })).trim().split("\n").length, 1);

    const out = join(line.party("northern").dir, "told.kml");
    const dir = line.party("northern").dir;
    const ran = await parleyJson<{ written: number; left: unknown[] }>([
      "told",
      "--to",
      "kml",
      "--kind",
      "site",
      "-o",
      out,
      "--dir",
      dir,
      "--as",
      "watch-1",
    ]);
    assert.deepEqual([ran.written, ran.left], [1, []]);
    assert.match(readFileSync(out, "utf8"), /مستشفى السلام/);
  } finally {
    for (const node of Object.values(nodes)) await node.stop();
    line.remove();
  }
});
