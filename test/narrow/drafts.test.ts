/** Whoever drafts an alert hears that it comes later over a narrow link while it can still be said in fewer words. */
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DraftItemRequest } from "../../src/api/index.ts";
import { checkItem } from "../../src/server/drafts/desk.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { makeLine } from "../support/line.ts";

const footprint = { type: "circle", centre: { lat: 36.34117, lon: 43.13005 }, radius_m: 1500 };
const place = { footprint, height: null, window: { start: null, end: null } };

function alert(remarks: string, places = 1): DraftItemRequest {
  const volumes = Array.from({ length: places }, () => place);
  return { kind: "alert", subject: "STOP", body: { alert: "STOP", volumes, remarks } };
}

test("an alert of too many words or places is noted on a node with a narrow link, and nothing is to be confirmed", async () => {
  const line = await makeLine();
  const found = async (dir: string, item: DraftItemRequest) => {
    const node = openNode(dir, { logger: silentLogger });
    const { findings } = checkItem(node, item);
    await node.close();
    return findings.filter(({ code }) => code === "narrow-too-long");
  };
  try {
    const { dir } = line.party("northern");
    const long = alert("x".repeat(1000));
    assert.deepEqual(await found(dir, long), [], "without a narrow link it does not matter");
    const at = "127.0.0.1:7190";
    appendFileSync(join(dir, "parley.toml"), `\n[narrow]\nlisten = "${at}"\naddress = "${at}"\n`);
    assert.deepEqual(await found(dir, alert("x".repeat(200))), []);
    const [note, ...more] = await found(dir, long);
    assert.deepEqual([note?.gravity, note?.field, more], ["note", "remarks", []]);
    const many = Number(note?.says?.[0]?.given["bytes"]);
    assert.ok(many > 500 && many < 900, note?.message);
    assert.deepEqual(await found(dir, alert("x".repeat(1000 - many))), [], "so many fewer, and it fits");
    // Twice the bytes for a letter: half the letters.
    assert.equal((await found(dir, alert("ж".repeat(400)))).length, 1);
    assert.equal((await found(dir, alert("", 16))).length, 1);
    assert.deepEqual(await found(dir, { kind: "text", subject: "Long", body: { words: "x".repeat(3000) } }), []);
  } finally {
    line.remove();
  }
});
