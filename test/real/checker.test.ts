import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { accountFor, faultsOf, type Outcome } from "../../tools/real/account.ts";
import { needlesOf, newCanary, sightingsBelow, sightingsIn } from "../../tools/real/canary.ts";
import { comparePairs, countPairs, vincenty } from "../../tools/real/pairs.ts";
import { openRelay } from "../../tools/real/relay.ts";

function around(text: string): Buffer {
  return Buffer.from(`before${text}after`, "utf8");
}

function held(north: readonly string[], south: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ["north", north],
    ["south", south],
  ]);
}

test("a planted canary is found however it is written, and nothing else is", () => {
  const canary = newCanary();
  const needles = needlesOf(canary);
  const found = (haystack: Buffer): string[] => sightingsIn("here", haystack, needles).map(({ written }) => written);
  assert.deepEqual(found(around(canary)), ["utf-8"]);
  assert.deepEqual(found(around(Buffer.from(canary).toString("hex"))), ["hex"]);
  assert.deepEqual(found(around(Buffer.from(canary).toString("hex").toUpperCase())), ["HEX"]);
  assert.deepEqual(found(Buffer.from(`x${canary}y`, "utf16le")).slice(0, 1), ["utf-16le"]);
  for (const lead of ["", "a", "ab", "abc", "abcd"]) {
    for (const trail of ["", "z", "zy"]) {
      const base64 = Buffer.from(lead + canary + trail).toString("base64");
      assert.deepEqual(found(around(base64)), [`base64 at ${lead.length % 3}`], base64);
    }
  }
  assert.deepEqual(found(around(newCanary())), []);
  assert.equal(sightingsIn("here", around(canary + canary), needles).length, 2);
});

test("files below a folder are searched, and only those that are asked for", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "parley-canary-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const canary = newCanary();
  writeFileSync(join(folder, "line.sqlite"), `\u0000${canary}`);
  writeFileSync(join(folder, "private.sqlite"), canary);
  const found = sightingsBelow(folder, needlesOf(canary), (name) => !name.startsWith("private"));
  assert.deepEqual(
    found.map(({ where }) => where),
    [join(folder, "line.sqlite")],
  );
});

test("what passes the relay is passed on and kept, in both directions", async (t) => {
  const [asked, answered] = [newCanary(), newCanary()];
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end(answered));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const relay = await openRelay("here", (server.address() as AddressInfo).port);
  t.after(async () => {
    await relay.close();
    server.closeAllConnections();
    server.close();
  });
  const reply = await fetch(relay.url, { method: "POST", body: asked });
  assert.equal(await reply.text(), answered);
  for (const canary of [asked, answered]) assert.equal(relay.sightings(needlesOf(canary)).length, 1);
  assert.equal(relay.sightings(needlesOf(newCanary())).length, 0);
});

test("a dropped message is counted as lost, a second copy as duplicated, a stranger's as strange", () => {
  assert.deepEqual(accountFor(["a", "b"], held(["a", "b"], ["b", "a"])), { lost: 0, duplicated: 0, strange: 0 });
  assert.deepEqual(accountFor(["a", "b"], held(["a"], ["a", "b"])), { lost: 1, duplicated: 0, strange: 0 });
  assert.deepEqual(accountFor(["a", "b"], held(["a", "b", "b"], ["a", "b"])), { lost: 0, duplicated: 1, strange: 0 });
  assert.deepEqual(accountFor(["a"], held(["a", "x"], [])), { lost: 1, duplicated: 0, strange: 1 });
  assert.deepEqual(accountFor(["a", "a"], held(["a"], ["a"])), { lost: 0, duplicated: 1, strange: 0 });
});

test("every way to fail is a fault, and a right run has none", () => {
  const right: Outcome = {
    rows: 3,
    refused: 1,
    warned: 0,
    released: 2,
    receipts: 4,
    opened: 4,
    lost: 0,
    duplicated: 0,
    plans: 1,
    conflicts: 1,
    verified_entries: 9,
    canaries_found: 0,
    seconds: 1,
  };
  assert.deepEqual(faultsOf(right, 2, []), []);
  const wrong = { released: 0, receipts: 3, opened: 5, lost: 1, duplicated: 1, verified_entries: 0, canaries_found: 1 };
  for (const [field, value] of Object.entries(wrong))
    assert.notDeepEqual(faultsOf({ ...right, [field]: value }, 2, []), [], field);
});

test("the independent distance agrees with a published one, and the count of pairs with a count by hand", () => {
  // Flinders Peak to Buninyong, Geoscience Australia's example on GRS80, which is WGS 84 to a tenth of a millimetre here.
  const flinders = { lat: -(37 + 57 / 60 + 3.7203 / 3600), lon: 144 + 25 / 60 + 29.5244 / 3600 };
  const buninyong = { lat: -(37 + 39 / 60 + 10.1561 / 3600), lon: 143 + 55 / 60 + 35.3839 / 3600 };
  assert.ok(Math.abs(vincenty(flinders, buninyong) - 54_972.271) < 0.001);
  const day = Date.UTC(2014, 6, 2);
  const strikes = [
    { lat: 36, lon: 43, day, type: "Airstrike" },
    { lat: 36, lon: 43, day: day - 86_400_000, type: "Airstrike" },
  ];
  const sites = [
    { id: "here", lat: 36, lon: 43 },
    { id: "near", lat: 36.018, lon: 43 },
    { id: "far", lat: 36.0181, lon: 43 },
  ];
  const pairs = countPairs(strikes, sites, 2000);
  assert.deepEqual(
    pairs.map(({ plan, site }) => [plan, site]),
    [
      ["strike-1", "here"],
      ["strike-1", "near"],
    ],
  );
  const [first, second] = pairs;
  assert.ok(first !== undefined && second !== undefined);
  const reported = [
    { ...first, distance_m: 0.002 },
    { ...second, site: "far" },
  ];
  assert.deepEqual(comparePairs(pairs, reported), { missed: [second], invented: [reported[1]], differing: [first] });
});
