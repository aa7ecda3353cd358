import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { table } from "../../src/cli/table.ts";
import { parley } from "./run.ts";

interface ErrorOut {
  readonly error: { readonly code: string; readonly message: string; readonly next: string };
}

const CASES: readonly (readonly [args: readonly string[], code: string])[] = [
  [["frobnicate"], "usage"],
  [["inbox", "--frobnicate"], "usage"],
  [["read"], "usage"],
  [["answer", "4f2a91c0", "PERHAPS"], "usage"],
  [["inbox"], "no-node-directory"],
  [["inbox", "--dir", "nowhere"], "no-node-directory"],
  [["init", "--party", "Northern Command", "--name", "x"], "usage"],
  [["init", "--party", "northern", "--name", "x", "--listen", "everywhere"], "usage"],
  [["import", "nothing.csv", "--dry-run"], "file-unreadable"],
  [["import", "broken.csv", "--as", "stance", "--dry-run"], "kind-not-importable"],
  [["export"], "usage"],
  [["export", "--message", "4f2a91c0", "--from", "2026-11-23T00:00Z"], "usage"],
  [["verify", "nothing.evidence"], "fingerprint-not-compared"],
  [["verify", "nothing.evidence", "--fingerprint", `northern=${"ab".repeat(20)}`], "file-unreadable"],
  [["verify", "nothing.evidence", "--fingerprint", "northern=abc"], "usage"],
  [["verify", ".", "--fingerprint", `northern=${"ab".repeat(20)}`], "file-unreadable"],
  [["verify", "broken.csv", ...["ab", "cd"].flatMap((d) => ["--fingerprint", `northern=${d.repeat(20)}`])], "usage"],
  [["check", "--plans", "a.json", "--against", "b.json", "--separation", "2 km"], "usage"],
  [["pair", "show", "broken.csv"], "file-not-understood"],
  [["plan", "add", "P1", "--circle", "36.3 43.1"], "usage"],
  [["plan", "add", "P1", "--circle", "36.3 43.1 / 2"], "usage"],
  [["plan", "add", "P1", "--circle", "36.3 43.1 / 2 miles"], "usage"],
  [["help", "frobnicate"], "usage"],
  [["help", "plan", "frobnicate"], "usage"],
  [["help", "plan", "add", "frobnicate"], "usage"],
  [["plan", "add", "broken.csv", "--from", "2031-11-24T05:00Z"], "usage"],
  [["plan", "add", "broken.csv", "--height", "AGL 0 300"], "usage"],
  [["plan", "add", "none.json"], "file-not-understood"],
  [["draft", "text"], "usage"],
  [["restore", "broken.csv", "--dir", "new"], "backup-malformed"],
  [["restore", "nothing.backup", "--dir", "new"], "file-unreadable"],
  [["drill", "broken.csv"], "backup-malformed"],
];

test("bad input and usage end with status 2, one code and what to do next, in JSON and in words", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-usage-"));
  writeFileSync(join(cwd, "broken.csv"), "lat,lon\n91,abc\n");
  writeFileSync(join(cwd, "none.json"), "[]");
  const ends = async ([args, code]: (typeof CASES)[number]): Promise<void> => {
    const { status, stdout, stderr } = await parley([...args, "--json"], { cwd });
    const said = `parley ${args.join(" ")}\n${stdout}\n${stderr}`;
    assert.equal(status, 2, said);
    const { error } = JSON.parse(stdout) as ErrorOut;
    assert.equal(error.code, code, said);
    assert.ok(error.next.length > 10, said);
    assert.match(stderr, new RegExp(`next: .*\n {2}code: ${code}\n`), said);
  };
  for (let at = 0; at < CASES.length; at += 4) await Promise.all(CASES.slice(at, at + 4).map(ends));
});

test("without --json, standard output stays empty when something is wrong", async () => {
  const { status, stdout, stderr } = await parley(["inbox", "--dir", "nowhere"]);
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /nowhere is not a node's directory/);
});

test("check names every file that cannot be read, as it names what is wrong in one", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-check-"));
  writeFileSync(join(cwd, "bytes.json"), Uint8Array.of(0xff, 0xfe));
  writeFileSync(join(cwd, "nan.json"), '[{"volume": NaN}]');
  const faultsOf = async (...args: readonly string[]) => {
    const { status, stdout } = await parley(["check", ...args, "--json"], { cwd });
    assert.equal(status, 2);
    const { faults } = JSON.parse(stdout) as { faults: { file: string; path: string; code: string }[] };
    return faults.map(({ file, path, code }) => `${file} ${path} ${code}`);
  };
  assert.deepEqual(await faultsOf("--plans", "no.json", "--against", ".", "--rules", "bytes.json"), [
    "no.json  file-unreadable",
    ".  file-unreadable",
    "bytes.json  text-not-utf8",
  ]);
  // One that cannot be read hides nothing that is wrong in those that can.
  writeFileSync(join(cwd, "rules.json"), '{"metres": 5}');
  assert.deepEqual(await faultsOf("--plans", "no.json", "--against", "nan.json", "--rules", "rules.json"), [
    "no.json  file-unreadable",
    "nan.json  json-malformed",
    "rules.json  rules-malformed",
  ]);
  assert.deepEqual(await faultsOf("--plans", "nan.json", "--against", "nan.json"), [
    "nan.json  json-malformed",
    "nan.json  json-malformed",
  ]);
});

test('doctor names every fault of the settings, and a node without "listen" in them is found where it listens', async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-usage-"));
  const doctor = async (settings: string) => {
    writeFileSync(join(cwd, "parley.toml"), settings);
    const { stdout } = await parley(["doctor", "--dir", ".", "--json"], { cwd });
    return (JSON.parse(stdout) as { steps: { code: string | null; message: string }[] }).steps[0];
  };
  const malformed = await doctor('party = "North"\nre_key = "never"\n');
  assert.equal(malformed?.code, "config-malformed");
  assert.match(malformed?.message ?? "", /party .*re_key is not "required" or "offered"/);
  assert.equal((await doctor("party = \n"))?.code, "config-malformed");
  assert.equal((await doctor('party = "northern"\n'))?.message, "http://127.0.0.1:7101");
  const { stderr } = await parley(["inbox", "--dir", ".", "--as", "watch-1"], { cwd });
  assert.match(stderr, /no-officer-key/);
});

test("init says that no other machine reaches the node, and that one passphrase opens key and stores", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-usage-"));
  const init = (dir: string, ...more: string[]) =>
    parley(["init", "--dir", dir, "--party", "northern", "--name", "Northern Command", ...more], { cwd });
  const alone = await init("north");
  assert.match(alone.stdout, /No other machine reaches this node/);
  assert.match(alone.stderr, /Give the stores another one/);
  writeFileSync(join(cwd, "words"), "another horse\n");
  const told = await init("door", "--line", "192.0.2.1:7102", "--store-passphrase-file", "words");
  assert.equal(told.status, 0, told.stderr);
  assert.doesNotMatch(told.stdout + told.stderr, /No other machine|Give the stores/);
});

test("where any shape will do, each is named", async () => {
  const { status, stderr } = await parley(["draft", "alert", "--alert", "STOP", "--url", "http://127.0.0.1:9"]);
  assert.equal(status, 2);
  assert.match(stderr, /needs --circle: .*; or --point, --polygon, --corridor\./);
});

test("a passphrase is never taken as an argument", async () => {
  const { status } = await parley(["inbox", "--passphrase", "x"]);
  assert.equal(status, 2);
});

test("an empty variable gives no passphrase, and one that is too short is told of in a sentence", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-passphrase-"));
  const init = async (env: Readonly<Record<string, string>>, ...more: readonly string[]) => {
    const args = ["init", "--dir", "node", "--party", "northern", "--name", "Northern Command", ...more];
    const { stderr } = await parley(args, { cwd, env });
    return stderr;
  };
  assert.match(await init({ PARLEY_PASSPHRASE: "" }), /is needed\.\s+next: .*\s+code: no-passphrase/);
  const short = { PARLEY_PASSPHRASE: "long enough", PARLEY_STORE_PASSPHRASE: "short" };
  assert.match(
    await init(short),
    /The passphrase chosen for the node's stores has 5 characters, and needs at least 8\./,
  );
  // It falls to the one of the officers' keys, as if it were not set.
  assert.doesNotMatch(await init({ ...short, PARLEY_STORE_PASSPHRASE: "" }), /code:/);
  const rekey = ["store", "passphrase", "--dir", "node", "--new-passphrase-file", "short.pass"];
  writeFileSync(join(cwd, "short.pass"), "short\n");
  writeFileSync(join(cwd, "empty.pass"), "\n");
  const changed = await parley(rekey, { cwd, env: { PARLEY_PASSPHRASE: "long enough" } });
  assert.match(changed.stderr, /The passphrase chosen for the node's stores has 5 characters, and needs at least 8\./);
  const opened = await parley(["backup", "b", "--dir", "node", "--store-passphrase-file", "empty.pass"], { cwd });
  assert.match(opened.stderr, /The first line of .*empty\.pass is empty: .*\s+next: .*\s+code: no-passphrase/);
});

test("a key file that is not there is named before the node is asked", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-usage-"));
  const { status, stderr } = await parley(["inbox", "--url", "http://127.0.0.1:9", "--key", "no.key"], { cwd });
  assert.equal(status, 2, "its key is looked at first");
  assert.match(stderr, /no\.key/);
});

test("what an import only notes is told in words, once for all that are alike", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-notes-"));
  const rows = ["lat,lon,name,category", "36.3402,43.1301,One,palace", "36.3502,43.1401,Two,palace"];
  writeFileSync(join(cwd, "sites.csv"), `${rows.join("\n")}\n`);
  const { status, stdout } = await parley(["import", "sites.csv", "--dry-run"], { cwd });
  assert.equal(status, 0);
  assert.match(stdout, /category-unknown +row 2 and 1 more: "palace" is no category/);
});

test("a file that is not there is named in words, never by the system's code", async () => {
  for (const args of [
    ["restore", "nothing.backup", "--dir", "new"],
    ["verify", "nothing.evidence", "--fingerprint", `northern=${"ab".repeat(20)}`],
  ]) {
    const { status, stderr } = await parley(args);
    assert.equal(status, 2);
    assert.match(stderr, /There is no file .*nothing\./);
  }
});

test("a folder that is not there is named in words, and so is a file that is no backup", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-usage-"));
  writeFileSync(join(cwd, "short.txt"), "none");
  writeFileSync(join(cwd, "parley.toml"), 'party = "northern"\n');
  for (const args of [
    ["drill", "short.txt", "--in", "nowhere"],
    ["backup", "nowhere/north.backup", "--dir", "."],
  ]) {
    const { status, stderr } = await parley(args, { cwd });
    assert.match(stderr, /^There is no folder .*nowhere\.\n.*\n {2}code: file-unwritable/);
    assert.equal(status, 3);
  }
  assert.match((await parley(["drill", "short.txt"], { cwd })).stderr, /it does not begin as one/);
});

test("check: a file without anything in it is a fault; one that holds no volume is told of, and compared with nothing", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "parley-empty-"));
  const site = { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [43, 36] } };
  const files = {
    nothing: "",
    blank: " \n\t\n",
    list: "[]",
    object: "{}",
    collection: '{"type":"FeatureCollection","features":[]}',
    site: JSON.stringify(site),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const check = (plans: string, against: string) =>
    parley(["check", "--plans", plans, "--against", against, "--json"], { cwd });
  for (const name of ["nothing", "blank"]) {
    const { status, stdout } = await check(name, "site");
    const { faults } = JSON.parse(stdout) as { faults: { file: string; code: string }[] };
    assert.deepEqual([status, faults.map(({ file, code }) => [file, code])], [2, [[name, "json-malformed"]]]);
  }
  for (const name of ["list", "object", "collection"]) {
    const { status, stdout, stderr } = await check("site", name);
    assert.deepEqual([status, JSON.parse(stdout)], [0, { conflicts: [], undecided: [], checked: 0 }]);
    assert.equal(stderr, `Nothing was compared: ${name} holds no volume.\n`);
  }
});

test("a table has as many rows as there are, and a stack holds", () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => [String(i), "x"]);
  const lines = table(["number", "what"], rows).split("\n");
  assert.deepEqual([lines.length, lines.at(-1)], [300_001, "299999  x"]);
});
