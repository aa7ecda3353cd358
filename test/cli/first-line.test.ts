/**
 * The first real line in ten minutes, as the README has it: three parties, three directories, the command line alone.
 * A convoy is told, released by a second officer, read, read back, answered, exported and verified by a stranger.
 */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, initialise, newFolder, pair, type Paired, serve, type Side, SIDES, stop } from "./line.ts";
import { freePort } from "../support/line.ts";
import { parley, parleyJson } from "./run.ts";

const cwd = newFolder();
const nodes = new Map<Side, ChildProcess>();
let paired: Paired;
let hash = "";
let draft = "";

const as = (side: Side, officer: string): string[] => ["--dir", side, "--as", officer];

const CONVOY = [
  "draft",
  "movement",
  "--subject",
  "Convoy of 6 trucks, Dahuk to Mosul",
  "--leg",
  "2031-11-24T06:00Z | 36.8669 42.9503 | Dahuk",
  "--leg",
  "2031-11-24T09:00Z | 36.3402 43.1301 | Mosul",
  "--vehicle",
  "6 truck | white, blue flag | lit panel on the roof",
  "--people",
  "14",
  "--contact",
  "satellite-phone | +88 16 1234 5678 | Ms Haddad",
];

interface InboxOut {
  readonly items: {
    readonly message: { readonly hash: string; readonly kind: string };
    readonly needs: string[];
    readonly conflicts: number;
  }[];
}

before(async () => {
  await Promise.all(SIDES.map(async (side) => initialise(cwd, side, await freePort())));
  paired = await pair(cwd);
  await Promise.all(SIDES.map(async (side) => nodes.set(side, await serve(cwd, side))));
});

after(async () => {
  for (const node of nodes.values()) await stop(node);
});

test("a fingerprint that was not compared, or differs, opens no line", async () => {
  const sign = ["pair", "sign", "proposal.json", "-o", "again.json", "--dir", "south", "-y"];
  await parley(["init", "--dir", "other", "--party", "southern", "--name", "Southern Command"], { cwd });
  await parley(["officer", "new", "watch-1", "--person", "person-1", "--roles", "watch", "--dir", "other"], { cwd });
  const stranger = sign.map((word) => (word === "south" ? "other" : word));
  const unasked = await parley([...stranger, "--compared-by", "person-1,person-2"], { cwd });
  assert.equal(unasked.status, 2, unasked.stderr);
  assert.match(unasked.stderr, /code: fingerprint-not-compared/);
  const wrong = `northern=${"00".repeat(20)}`;
  const differs = await parley([...stranger, "--fingerprint", wrong, "--compared-by", "person-1,person-2"], { cwd });
  assert.equal(differs.status, 1, differs.stderr);
  assert.match(differs.stderr, /code: fingerprint-differs/);
  const { north, relief } = paired.fingerprints;
  const both = ["--fingerprint", north, "--fingerprint", relief];
  const alone = await parley([...stranger, ...both, "--compared-by", "person-1,person-1"], { cwd });
  assert.equal(alone.status, 2);
  assert.match(alone.stderr, /code: two-persons-needed/);
  const imposter = await parley([...stranger, ...both, "--compared-by", "person-1,person-2"], { cwd });
  assert.equal(imposter.status, 1);
  assert.match(imposter.stderr, /code: pairing-not-ours/);
});

test("every node is well, and sees the others", async () => {
  for (const side of SIDES) {
    await eventually(`${side} sees both others`, async () => {
      const { stdout } = await parley(["doctor", ...as(side, "watch-1"), "--json"], { cwd });
      return (JSON.parse(stdout) as { ok: boolean }).ok;
    });
  }
});

test("a movement is drafted by one officer and released by another", async () => {
  const drafted = await parleyJson<{ draft: string; state: string }>([...CONVOY, "-y", ...as("relief", "watch-1")], {
    cwd,
  });
  assert.equal(drafted.state, "signed");
  draft = drafted.draft;
  const alone = await parley(["release", draft, "-y", ...as("relief", "watch-1")], { cwd });
  assert.notEqual(alone.status, 0, "who drafted does not release");
  const unasked = await parley(["release", draft, ...as("relief", "releaser-1")], { cwd });
  assert.equal(unasked.status, 1);
  assert.match(unasked.stderr, /code: not-confirmed/);
  assert.match(unasked.stderr, /EXERCISE/);
  assert.match(unasked.stderr, /36\.8669/, "it shows what would be told");
  const released = await parleyJson<{ released: string[] }>(["release", draft, "-y", ...as("relief", "releaser-1")], {
    cwd,
  });
  assert.equal(released.released.length, 1);
  hash = released.released[0] as string;
});

test("it arrives, and is found to come too near a plan that only the receiver knows", async () => {
  const plan = ["plan", "add", "MSN-0412", "--circle", "36.3402 43.1301 / 2 km"];
  const when = ["--from", "2031-11-24T05:00Z", "--until", "2031-11-24T10:00Z"];
  await eventually("the movement is in the inbox of both", async () => {
    const boxes = await Promise.all(
      (["north", "south"] as const).map((side) => parleyJson<InboxOut>(["inbox", ...as(side, "watch-1")], { cwd })),
    );
    return boxes.every(({ items }) => items.some(({ message }) => message.hash === hash));
  });
  const added = await parley([...plan, ...when, ...as("south", "planner-1")], { cwd });
  assert.equal(added.status, 1, added.stderr);
  assert.match(added.stdout, /MSN-0412/);
  const { items } = await parleyJson<InboxOut>(["inbox", ...as("south", "watch-1")], { cwd });
  const item = items.find(({ message }) => message.hash === hash);
  assert.ok(item !== undefined && item.conflicts > 0);
  assert.ok(item.needs.includes("read") && item.needs.includes("readback") && item.needs.includes("answer"));
});

test("it is read, read back and answered, and its author sees each rung with its evidence", async () => {
  const south = as("south", "watch-1");
  await parleyJson(["read", hash.slice(0, 10), ...south], { cwd });
  const { fields } = await parleyJson<{ fields: { field: string; type: string }[] }>(
    ["readback", hash, "--fields", ...south],
    { cwd },
  );
  const values: Record<string, string> = {
    "route.0.position": "36.8669 42.9503",
    "route.0.at": "2031-11-24T06:00Z",
    "route.1.position": "36.3402 43.1301",
    "route.1.at": "2031-11-24T09:00Z",
  };
  const entries = (of: Record<string, string>) =>
    fields.flatMap(({ field }) => ["--entry", `${field}=${of[field] ?? ""}`]);
  const same = await parleyJson<{ result: string }>(["readback", hash, ...entries(values), "-y", ...south], { cwd });
  assert.equal(same.result, "same");
  const heardWrong = { ...values, "route.1.position": "36.4402 43.1301" };
  const north = ["readback", hash, ...entries(heardWrong), "-y", ...as("north", "watch-1")];
  const other = await parleyJson<{ result: string; differences: { distance_m: number }[] }>(north, { cwd, status: 1 });
  assert.equal(other.result, "different");
  assert.ok((other.differences[0]?.distance_m ?? 0) > 10_000);
  await parleyJson(["answer", hash, "NOTED", "-y", ...south], { cwd });
  const concern = ["answer", hash, "CONCERN", "--reason", "Use the northern bridge", "-y", ...as("north", "watch-1")];
  const signed = await parleyJson<{ draft: string; state: string }>(concern, { cwd });
  assert.equal(signed.state, "signed", "a concern takes a second officer");
  await parleyJson(["release", signed.draft, "-y", ...as("north", "releaser-1")], { cwd });
  interface Shown {
    readonly ladder: {
      readonly party: string;
      readonly rungs: { readonly rung: string; readonly at: number | null }[];
    }[];
  }
  await eventually("the ladder is climbed", async () => {
    const { ladder } = await parleyJson<Shown>(["show", hash, ...as("relief", "watch-1")], { cwd });
    const reached = (party: string, rung: string) =>
      ladder.find((each) => each.party === party)?.rungs.some((each) => each.rung === rung && each.at !== null) ===
      true;
    return ["southern", "northern"].every((party) =>
      ["released", "stored", "opened", "readback", "answered"].every((rung) => reached(party, rung)),
    );
  });
});

test("its evidence verifies on a machine with nothing but the export and the fingerprints", async () => {
  await parleyJson(["export", "--message", hash, "-o", "convoy.evidence", ...as("relief", "watch-1")], { cwd });
  const stranger = join(cwd, "stranger");
  mkdirSync(stranger);
  copyFileSync(join(cwd, "convoy.evidence"), join(stranger, "convoy.evidence"));
  writeFileSync(join(stranger, "pins.txt"), `${Object.values(paired.fingerprints).join("\n")}\n`);
  const verify = ["verify", "convoy.evidence", "--fingerprints", "pins.txt"];
  const good = await parley(verify, { cwd: stranger });
  assert.equal(good.status, 0, good.stdout + good.stderr);
  assert.match(good.stdout, /^OK/m);
  assert.match(good.stdout, /Convoy of 6 trucks/);
  const bytes = readFileSync(join(stranger, "convoy.evidence"));
  for (const at of [0, 40, bytes.length >> 1, bytes.length - 1]) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] as number) ^ 1;
    writeFileSync(join(stranger, "changed.evidence"), changed);
    const bad = await parley(["verify", "changed.evidence", "--fingerprints", "pins.txt"], { cwd: stranger });
    assert.equal(bad.status, 1, `byte ${at}: ${bad.stdout}${bad.stderr}`);
  }
  const others = `northern=${"ab".repeat(20)}`;
  const unpinned = await parley(["verify", "convoy.evidence", "--fingerprint", others], { cwd: stranger });
  assert.equal(unpinned.status, 1, unpinned.stdout);
});

const SITES = `name,latitude,longitude,individuals
Camp A,36.20,43.10,1200
Camp B,36.25,43.20,800
Camp C,16.25,43.20,90
Camp D,96.25,43.20,90
`;

test("a list is read strictly, drafted, its warnings confirmed, released, and answered as one", async () => {
  writeFileSync(join(cwd, "camps.csv"), SITES);
  interface DryRun {
    readonly summary: {
      readonly rows: number;
      readonly drafts: number;
      readonly refused: number;
      readonly warned: number;
    };
  }
  const dry = await parleyJson<DryRun>(["import", "camps.csv", "--area", "41 34.5 46 37.5", "--dry-run"], {
    cwd,
    status: 1,
  });
  assert.deepEqual([dry.summary.rows, dry.summary.drafts, dry.summary.refused, dry.summary.warned], [4, 3, 1, 1]);
  const brought = ["import", "camps.csv", "--list", "Camps", "-y", "--dir", "relief", "--officer", "watch-1"];
  const { draft: list } = await parleyJson<{ draft: string }>(brought, { cwd });
  const release = ["release", list, "-y", ...as("relief", "releaser-1")];
  const unconfirmed = await parley(release, { cwd });
  assert.equal(unconfirmed.status, 1);
  assert.match(unconfirmed.stderr, /outside-area/);
  assert.match(unconfirmed.stderr, /code: findings-not-confirmed/);
  const { released } = await parleyJson<{ released: string[] }>([...release, "--confirm-findings"], { cwd });
  assert.equal(released.length, 3);
  const first = released[0] as string;
  await eventually("the list is with the others", async () => {
    const { messages } = await parleyJson<{ messages: unknown[] }>(
      ["show", "--kind", "site", ...as("north", "watch-1")],
      { cwd },
    );
    return messages.length === 3;
  });
  await parleyJson(["read", first, "--list", ...as("north", "watch-1")], { cwd });
  const listed = await parleyJson<{ draft: string }>(
    ["answer", first, "listed", "--list", "-y", ...as("north", "watch-1")],
    { cwd },
  );
  await parleyJson(["release", listed.draft, "-y", ...as("north", "releaser-1")], { cwd });
  const { items } = await parleyJson<InboxOut>(["inbox", ...as("north", "watch-1")], { cwd });
  const sites = items.filter(({ message }) => message.kind === "site");
  assert.ok(!sites.some(({ needs }) => needs.includes("answer")), JSON.stringify(items));
});

test("a draft that is refused goes back to its drafter with the reason", async () => {
  const text = [
    "draft",
    "text",
    "--subject",
    "Bridge at Zumar",
    "--words",
    "It is open again.",
    "-y",
    ...as("north", "watch-1"),
  ];
  const drafted = await parleyJson<{ draft: string }>(text, { cwd });
  await parleyJson(["release", drafted.draft, "--refuse", "Which bridge?", ...as("north", "releaser-1")], { cwd });
  interface Drafts {
    readonly drafts: {
      readonly id: string;
      readonly state: string;
      readonly refused: { readonly reason: string } | null;
    }[];
  }
  const { drafts } = await parleyJson<Drafts>(["draft", "list", ...as("north", "watch-1")], { cwd });
  assert.equal(drafts.find(({ id }) => id === drafted.draft)?.refused?.reason, "Which bridge?");
});

test("an alert goes out in one step, by the one officer on watch", async () => {
  const alert = ["draft", "alert", "--subject", "STOP: you are hitting our convoy", "--alert", "STOP"];
  const where = ["--circle", "36.3402 43.1301 / 2 km", "-y", ...as("relief", "watch-1")];
  const { state, released } = await parleyJson<{ state: string; released: string[] }>([...alert, ...where], { cwd });
  assert.equal(state, "released");
  await eventually("it is in their inbox, first", async () => {
    const { items } = await parleyJson<InboxOut>(["inbox", ...as("south", "watch-1")], { cwd });
    return items[0]?.message.hash === released[0];
  });
});

test("status, log, draft list and show answer in JSON alone", async () => {
  const watch = as("relief", "watch-1");
  const { log } = await parleyJson<{ log: { size: number } }>(["status", ...watch], { cwd });
  const own = await parleyJson<{ size: number; entries: unknown[] }>(["log", ...watch], { cwd });
  assert.equal(own.size, log.size);
  const { policy } = await parleyJson<{ policy: string }>(["log", "--policy", ...watch], { cwd });
  assert.match(policy, /^log [^ ]+\/relief\/0\+[0-9a-f]{8}\+\S+$/m, "what a witness's operator is given");
  const theirs = await parleyJson<{ party: string }>(["log", "southern", "--start", "0", ...watch], { cwd });
  assert.equal(theirs.party, "southern");
  const { drafts } = await parleyJson<{ drafts: { id: string; state: string }[] }>(["draft", "list", ...watch], {
    cwd,
  });
  assert.equal(drafts.find(({ id }) => id === draft)?.state, "released");
  const { messages } = await parleyJson<{ messages: { hash: string }[] }>(["show", "--kind", "movement", ...watch], {
    cwd,
  });
  assert.deepEqual(
    messages.map((message) => message.hash),
    [hash],
  );
});

test("the log says who signed each message, where that is asked for", async () => {
  const { stdout } = await parley(["log", "--signers", ...as("north", "watch-1")], { cwd });
  assert.match(stdout, /answer +[0-9a-f]{8} +drafted watch-1, released releaser-1 /);
});

test("an officer who joins later is enrolled by the identity key, and can sign in", async () => {
  await parleyJson(["officer", "new", "watch-2", "--person", "person-5", "--roles", "watch", "--dir", "relief"], {
    cwd,
  });
  const early = await parley(["inbox", ...as("relief", "watch-2")], { cwd });
  assert.notEqual(early.status, 0);
  interface Listed {
    readonly officers: readonly { id: string; in_roster: boolean; since_entry: number | null }[];
  }
  const listed = async () => {
    const { officers } = await parleyJson<Listed>(["officer", "list", ...as("relief", "admin-1")], { cwd });
    return officers.find(({ id }) => id === "watch-2");
  };
  assert.equal((await listed())?.in_roster, false);
  const { index } = await parleyJson<{ index: number }>(["officer", "enrol", "-y", ...as("relief", "admin-1")], {
    cwd,
  });
  assert.equal((await listed())?.since_entry, index);
  const again = await parley(["officer", "enrol", "-y", ...as("relief", "admin-1")], { cwd });
  assert.match(again.stderr, /code: roster-unchanged/);
  const { stdout } = await parley(["officer", "list", "--dir", "relief"], { cwd });
  assert.match(stdout, /at the pairing/);
  assert.match(stdout, /watch-2 .* no /);
  await parleyJson(["inbox", ...as("relief", "watch-2")], { cwd });
});

test("roles, passphrases and ids are refused with what to do", async () => {
  const cases: readonly (readonly [string[], number, string])[] = [
    [["plan", "list", ...as("south", "admin-1")], 2, "role-missing"],
    [["show", "ffff0000", ...as("south", "watch-1")], 2, "id-unknown"],
    [["show", "xyz", ...as("south", "watch-1")], 2, "usage"],
    [["log", "eastern", ...as("south", "watch-1")], 2, "party-unknown"],
    [["parcel", "out", "for-east.parcels", "--to", "eastern", ...as("south", "watch-1")], 2, "party-unknown"],
    [["officer", "remove", "watch-7", "--dir", "south"], 2, "officer-not-appointed"],
    [["inbox", "--dir", "south"], 2, "no-officer-key"],
  ];
  for (const [args, status, code] of cases) {
    const ran = await parley([...args, "--json"], { cwd });
    assert.equal(ran.status, status, `${args.join(" ")}\n${ran.stdout}${ran.stderr}`);
    assert.equal((JSON.parse(ran.stdout) as { error: { code: string } }).error.code, code);
  }
  const wrong = await parley(["inbox", ...as("south", "watch-1")], { cwd, env: { PARLEY_PASSPHRASE: "wrong horse" } });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /code: key-file-passphrase/);
  writeFileSync(join(cwd, "pass.txt"), "correct horse\n");
  const given = ["inbox", "--passphrase-file", "pass.txt", ...as("south", "watch-1")];
  await parleyJson(given, { cwd, env: { PARLEY_PASSPHRASE: "wrong horse" } });
});

test("a backup taken while the node runs is restored beside it, and the node goes on from there", async () => {
  await parleyJson(["backup", "south.backup", "--dir", "south"], { cwd });
  const bytes = readFileSync(join(cwd, "south.backup"));
  assert.ok(!bytes.includes("MSN-0412"), "no plan stands in it in the clear");
  await stop(nodes.get("south") as ChildProcess, "SIGKILL");
  const wrong = ["restore", "south.backup", "--dir", "south-2"];
  const refused = await parley(wrong, { cwd, env: { PARLEY_PASSPHRASE: "wrong horse" } });
  assert.equal(refused.status, 2);
  assert.ok(!existsSync(join(cwd, "south-2")));
  await parleyJson(wrong, { cwd });
  nodes.set("south", await serve(cwd, "south-2" as Side));
  const keys = ["--key", join("south", "officers", "planner-1.key"), "--dir", "south-2"];
  const plans = await parleyJson<{ items: { id: string }[] }>(["plan", "list", ...keys], { cwd, status: 1 });
  assert.deepEqual(
    plans.items.map(({ id }) => id),
    ["MSN-0412"],
  );
});

test("a second node on one directory, and a port in use, are refused", async () => {
  const again = await parley(["serve", "--dir", "north"], { cwd });
  assert.equal(again.status, 3, again.stderr);
  assert.match(again.stderr, /code: (node-running|port-in-use)/);
});

test("a node ends with status 0 when it is asked to", async () => {
  const north = nodes.get("north") as ChildProcess;
  assert.equal(await stop(north, "SIGINT"), 0);
  const gone = await parley(["inbox", ...as("north", "watch-1")], { cwd });
  assert.equal(gone.status, 3, gone.stderr);
  assert.match(gone.stderr, /code: node-unreachable/);
});
