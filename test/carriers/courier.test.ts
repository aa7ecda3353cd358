/** A courier between two nodes that no wire joins: in any order, months late, twice, cut, on paper. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { encodeQR } from "qr";
import { decodeQR } from "qr/decode.js";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { codesOf, joinCodes, parcelsIn, readerOf } from "../../src/line/index.ts";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { concat, fromBase64, fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { desk, rungAt, until } from "../support/nodes.ts";
import { parley } from "../cli/run.ts";

const quiet = { logger: silentLogger };
const text = (words: string) => ({ items: [{ kind: "text", subject: "Words", body: { words } }] }) as never;
const coded =
  (...codes: string[]) =>
  (error: unknown) =>
    isParleyError(error, ...codes) || assert.fail(String(error));

async function apart(): Promise<{ line: MadeLine; nodes: RunningNode[] }> {
  const line = await makeLine({ direct: "none" });
  const nodes = await Promise.all(["northern", "southern"].map((id) => startNode(line.party(id).dir, quiet)));
  return { line, nodes };
}

test("parcels brought last first, twice and cut give each message once, and the ladder names the courier", async () => {
  const { line, nodes } = await apart();
  try {
    const north = desk(line.party("northern"));
    const south = desk(line.party("southern"));
    const client = await north.as("watch-1");
    const other = await south.as("watch-1");
    await until("the log has begun", async () => (await client.status()).log.size >= 2);
    const parcels: Uint8Array[] = [];
    const hashes: string[] = [];
    let after = 0;
    for (const words of ["first", "second", "third"]) {
      hashes.push(...(await north.tell(text(words))));
      const out = await client.parcelOut({ body: { to: line.party("southern").id, after } });
      parcels.push(fromBase64(out.parcel));
      after = out.up_to;
    }
    const cut = (parcels[0] as Uint8Array).slice(0, 900);
    await assert.rejects(other.parcelIn({ body: cut }), coded("parcel-truncated"));
    const places: string[] = [];
    for (const parcel of parcels.toReversed()) places.push((await other.parcelIn({ body: parcel })).place);
    assert.deepEqual(places, ["waits", "waits", "taken"]);
    for (const parcel of parcels) assert.equal((await other.parcelIn({ body: parcel })).stored, 0);
    await until("all three", async () => (await other.messages()).messages.length === 3);
    const detail = await other.message({ params: { hash: hashes[2] as string } });
    assert.equal(detail.came_by, "courier");
    // That a party has no address is no end where couriers come from it; nobody came from relief.
    const { steps } = await (await south.as("admin-1")).doctor();
    const outcomes = (name: RegExp) => steps.filter(({ step }) => name.test(step)).map(({ outcome }) => outcome);
    assert.deepEqual(outcomes(/^(address|log) of northern$/), ["warning", "ok"]);
    assert.deepEqual(outcomes(/^(address|log) of relief$/), ["failed", "not-tried"]);
    // The way back, as often as it takes: what the receiver opened, and its receipts.
    await until("the ladder", async () => {
      const back = await other.parcelOut({ body: { to: line.party("northern").id } });
      await client.parcelIn({ body: fromBase64(back.parcel) });
      const told = await client.message({ params: { hash: hashes[0] as string } });
      return rungAt(told, "southern", "opened") !== null;
    });
    const { ladder } = await client.message({ params: { hash: hashes[0] as string } });
    const rungs = ladder.find(({ party }) => party === "southern")?.rungs ?? [];
    const says = rungs.filter(({ rung }) => rung === "sent" || rung === "stored").map((rung) => rung.says);
    assert.deepEqual(says, ["courier", "courier"]);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("the commands: out into a file and onto a page of codes, in from a file and from scanned lines", async () => {
  const line = await makeLine({ direct: "none", passphrase: "exercise exercise" });
  const nodes = await Promise.all(["northern", "southern"].map((id) => startNode(line.party(id).dir, quiet)));
  const cwd = mkdtempSync(join(tmpdir(), "parley-courier-"));
  const env = { PARLEY_PASSPHRASE: "exercise exercise" };
  const as = (party: string) => ["--dir", line.party(party).dir, "--as", "watch-1"];
  try {
    await desk(line.party("northern")).tell(text("By hand."));
    const out = await parley(["parcel", "out", "south.parcels", "--to", "southern", ...as("northern")], { cwd, env });
    assert.equal(out.status, 0, out.stderr);
    const taken = await parley(["parcel", "in", "south.parcels", ...as("southern"), "--json"], { cwd, env });
    assert.equal(taken.status, 0, taken.stderr);
    assert.equal((JSON.parse(taken.stdout) as { parcels: { stored: number }[] }).parcels[0]?.stored, 4);
    // Relief has no node running for it; southern cannot open what is made for it.
    await parley(["parcel", "out", "relief.parcels", "--to", "relief", ...as("northern")], { cwd, env });
    const wrong = await parley(["parcel", "in", "relief.parcels", ...as("southern")], { cwd, env });
    assert.equal(wrong.status, 1);
    assert.match(wrong.stdout, /parcel-not-for-us/);
    writeFileSync(join(cwd, "cut.parcels"), readFileSync(join(cwd, "south.parcels")).subarray(0, 100));
    const several = ["cut.parcels", "relief.parcels", "south.parcels"];
    const mixed = await parley(["parcel", "in", ...several, ...as("southern")], { cwd, env });
    assert.equal(mixed.status, 1);
    assert.match(mixed.stdout, /cut\.parcels .*refused: .*parcel-/);
    assert.match(mixed.stdout, /relief\.parcels .*parcel-not-for-us/);
    assert.match(mixed.stdout, /south\.parcels .*had come before/);
    const args = ["parcel", "out", "codes.html", "--codes", "--to", "northern", ...as("southern"), "--json"];
    const shown = await parley(args, { cwd, env });
    const { codes } = JSON.parse(shown.stdout) as { codes: string[] };
    assert.match(readFileSync(join(cwd, "codes.html"), "utf8"), /<svg/);
    writeFileSync(join(cwd, "scanned.txt"), [...codes, ...codes].toReversed().join("\r\n"));
    const read = await parley(["parcel", "in", "scanned.txt", "--codes", ...as("northern")], { cwd, env });
    assert.equal(read.status, 0, read.stderr);
    writeFileSync(join(cwd, "some.txt"), codes.slice(1).join("\n"));
    const missing = await parley(["parcel", "in", "some.txt", "--codes", ...as("northern")], { cwd, env });
    assert.deepEqual([missing.status, /missing: 1\./.test(missing.stderr)], [2, true]);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
    rmSync(cwd, { recursive: true, force: true });
  }
});

test("codes: what a QR reader gives back is the text, and any order of texts is the parcel again", () => {
  const bytes = suite.randomBytes(1500);
  const codes = codesOf(suite, bytes);
  for (const code of codes) {
    const image = encodeQR(code, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4, scale: 4 });
    const width = image.length;
    const data = new Uint8Array(width * width * 4);
    image.forEach((row, y) =>
      row.forEach((dark, x) => data.fill(dark ? 0 : 255, (y * width + x) * 4, (y * width + x + 1) * 4)),
    );
    assert.equal(decodeQR({ width, height: width, data }), code);
  }
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.infiniteStream(fc.nat()), (bytes, order) => {
      const codes = codesOf(suite, bytes);
      const mixed = [...codes, ...codes].map((code) => [order.next().value as number, code] as const);
      const joined = joinCodes(
        suite,
        mixed.toSorted((a, b) => a[0] - b[0]).map(([, code]) => code),
      );
      assert.ok("bytes" in joined && toHex(joined.bytes) === toHex(bytes));
      if (codes.length > 1) assert.deepEqual(joinCodes(suite, codes.slice(1)), { missing: [1], of: codes.length });
    }),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 80 }), { maxLength: 4 }), (texts) => {
      try {
        joinCodes(suite, texts);
      } catch (error) {
        assert.ok(isParleyError(error, "codes-malformed"));
      }
    }),
  );
  const [first, ...rest] = codes as [string, ...string[]];
  const misread = first.slice(0, -1) + (first.endsWith("0") ? "1" : "0");
  assert.throws(() => joinCodes(suite, [misread, ...rest]), coded("codes-malformed"));
  assert.throws(
    () => joinCodes(suite, [first, codesOf(suite, suite.randomBytes(1500))[1] as string]),
    coded("codes-malformed"),
  );
  assert.throws(() => codesOf(suite, new Uint8Array(100_000)), coded("codes-too-large"));
});

test("a courier's file of arbitrary bytes gives only the declared errors, and nothing without end", () => {
  const errors = ["parcel-malformed", "parcel-truncated", "parcel-too-large"];
  const magic = new TextEncoder().encode("parley-parcel/v1\n");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), (bytes, headed) => {
      try {
        for (const _ of parcelsIn(readerOf(headed ? concat(magic, bytes) : bytes)));
      } catch (error) {
        assert.ok(isParleyError(error, ...errors), String(error));
      }
    }),
  );
});

interface CourierVectors {
  series: { bytes: string; codes: string[] }[];
  missing: { codes: string[]; missing: number[]; of: number };
  refused: { why: string; codes: string[]; code: string }[];
}

test("vectors/courier.json", () => {
  const url = new URL("../../vectors/courier.json", import.meta.url);
  const { series, missing, refused } = JSON.parse(readFileSync(url, "utf8")) as CourierVectors;
  for (const { bytes, codes } of series) {
    assert.deepEqual(codesOf(suite, fromHex(bytes)), codes);
    const joined = joinCodes(suite, codes);
    assert.ok("bytes" in joined && toHex(joined.bytes) === bytes);
  }
  assert.deepEqual(joinCodes(suite, missing.codes), { missing: missing.missing, of: missing.of });
  for (const { why, codes, code } of refused) assert.throws(() => joinCodes(suite, codes), coded(code), why);
});

test("a parcel that waits is done with when another carrier has brought what was missing", async () => {
  const line = await makeLine();
  const northern = await startNode(line.party("northern").dir, quiet);
  const north = desk(line.party("northern"));
  const client = await north.as("watch-1");
  await until("the log has begun", async () => (await client.status()).log.size >= 2);
  await north.tell(text("first"));
  const { up_to: after } = await client.parcelOut({ body: { to: line.party("southern").id, after: 0 } });
  await north.tell(text("second"));
  const second = await client.parcelOut({ body: { to: line.party("southern").id, after } });
  await northern.stop();
  const southern = await startNode(line.party("southern").dir, quiet);
  let again: RunningNode | null = null;
  try {
    const other = await desk(line.party("southern")).as("watch-1");
    assert.equal((await other.parcelIn({ body: fromBase64(second.parcel) })).place, "waits");
    const folder = join(line.party("southern").dir, "waiting");
    assert.equal(readdirSync(folder).length, 1);
    again = await startNode(line.party("northern").dir, quiet);
    await until("both", async () => (await other.messages()).messages.length === 2);
    await until("nothing waits", async () => readdirSync(folder).length === 0);
  } finally {
    await Promise.all([southern.stop(), again?.stop()]);
    line.remove();
  }
});
