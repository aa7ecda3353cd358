/** A node whose stores are encrypted: what a thief of its disk finds, what he can do with it, and who else it keeps out. */
import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { openAtRest } from "../../src/server/at-rest/at-rest.ts";
import {
  changePassphrase,
  decryptNode,
  encryptNode,
  nodeAtRest,
  rekeyNode,
  silentLogger,
  startNode,
} from "../../src/server/index.ts";
import { nodePaths, readKeyring, readNodeSeeds, writeKeyring } from "../../src/server/node-dir.ts";
import { toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { type MadeLine, makeLine, PARTIES } from "../support/line.ts";
import { parleyJson } from "../cli/run.ts";
import { desk, movementRequest, startProcess, until } from "../support/nodes.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
const PASSPHRASE = "orchard lantern gravel";
const quiet = { logger: silentLogger };
const NAMES = ["line.sqlite", "private.sqlite", "node.keys", "store.key"];

/** Each stands for something that an officer wrote or was told; none is a word of ours. */
const CANARIES = {
  subject: "Quellwasser-transport",
  place: "Birkenhain-depot",
  contact: "Frau-Haselnuss",
  inbox: "Schieferdach-inquiry",
  scratch: "Mohnblume-half-written",
  draft: "Holzapfel-drafted",
  plan: "Eisvogel-flight",
  search: "nebelkappe",
};

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** In any form that our files have: as it is, in base64 at each of three places, in hexadecimal, and in two bytes a letter. */
function formsOf(word: string): Buffer[] {
  const bytes = Buffer.from(word);
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return text.slice(shift === 0 ? 0 : shift + 1, -4);
  });
  return [
    bytes,
    ...base64.map((text) => Buffer.from(text)),
    Buffer.from(bytes.toString("hex")),
    Buffer.from(word, "utf16le"),
  ];
}

function found(dir: string): string[] {
  const secrets = Object.values(CANARIES).flatMap((word) =>
    formsOf(word).flatMap((form) => [form, Buffer.from(form.toString("latin1").toLowerCase(), "latin1")]),
  );
  return filesBelow(dir).filter((path) => secrets.some((form) => readFileSync(path).includes(form)));
}

interface Movement {
  readonly body: { readonly route: [{ name: string }]; readonly contact: [{ who: string }]; remarks: string };
}

/** A message told and one heard, a draft begun, a plan, and a search: what leaves words on a node's disk. */
async function traffic(line: MadeLine): Promise<void> {
  const [ours, theirs] = [desk(line.party("northern")), desk(line.party("southern"))];
  const request = movementRequest(CANARIES.subject);
  const [item] = request.items as unknown as [Movement];
  item.body.route[0].name = CANARIES.place;
  item.body.contact[0].who = CANARIES.contact;
  item.body.remarks = CANARIES.search;
  await ours.tell(request);
  await theirs.tell({ items: [{ kind: "text", subject: CANARIES.inbox, body: { words: CANARIES.inbox } }] });
  const watch = await ours.as("watch-1");
  const planner = await ours.as("planner-1");
  const scratch = {
    id: "ab".repeat(16),
    kind: "text",
    subject: CANARIES.scratch,
    form: { words: CANARIES.scratch },
  } as const;
  await watch.keepScratch({ body: scratch });
  await watch.createDraft({
    body: { items: [{ kind: "text", subject: CANARIES.draft, body: { words: CANARIES.draft } }] },
  });
  await planner.putPlans({
    body: {
      items: [
        {
          id: "plan-1",
          name: CANARIES.plan,
          category: "other",
          volumes: [
            {
              footprint: { type: "circle", centre: { lat: 36.2, lon: 43.1 }, radius_m: 500 },
              height: null,
              window: { start: Date.now(), end: Date.now() + 3_600_000 },
            },
          ],
          remarks: CANARIES.plan,
        },
      ],
    },
  });
  await until("both messages", async () => (await watch.messages()).messages.length === 2);
  await until("the search", async () => (await watch.search({ query: { text: CANARIES.search } })).total === 1);
}

test("after real traffic no file of an encrypted node holds a word that was said, heard, begun or planned", async () => {
  const parties = PARTIES.slice(0, 2);
  const line = await makeLine({ parties, passphrase: "of the officers", storePassphrases: { northern: PASSPHRASE } });
  const [northern, southern] = [line.party("northern"), line.party("southern")];
  const nodes = await Promise.all([startProcess(northern), startProcess(southern)]);
  try {
    await traffic(line);
    const { steps } = await (await desk(northern).as("admin-1")).doctor();
    assert.deepEqual(steps.find(({ step }) => step === "at rest")?.found?.name, "sealed");
    assert.deepEqual(found(northern.dir), [], "while it runs");
    assert.notDeepEqual(found(southern.dir), [], "the same look finds it where the stores are plain");
    await nodes[0]?.kill();
    assert.deepEqual(found(northern.dir), [], "killed");
    const again = await startProcess(northern);
    nodes.push(again);
    const client = await desk(northern).as("watch-1");
    await until("what was said", async () => (await client.search({ query: { text: CANARIES.search } })).total === 1);
    await again.stop();
    assert.deepEqual(found(northern.dir), [], "stopped");
    assert.ok(filesBelow(northern.dir).every((path) => !readFileSync(path).includes("SQLite format")));
    const seed = toBase64(readNodeSeeds(northern.dir, openAtRest(suite, northern.dir, PASSPHRASE)).log);
    assert.ok(
      filesBelow(northern.dir).every((path) => !readFileSync(path).includes(seed)),
      "nor a seed of the node",
    );
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    line.remove();
  }
});

test("without the passphrase, with another, with another's store.key or a cut one, nothing starts and nothing is changed", async () => {
  const storePassphrases = { northern: PASSPHRASE, southern: "another one of theirs" };
  const line = await makeLine({ parties: PARTIES.slice(0, 2), storePassphrases });
  const [{ dir }, theirs] = [line.party("northern"), line.party("southern")];
  const key = nodePaths(dir).storeKey;
  const own = readFileSync(key);
  const start = (passphrase: string | null) => startNode(dir, { ...quiet, passphrase });
  try {
    await (await start(PASSPHRASE)).stop();
    const before = NAMES.map((name) => readFileSync(join(dir, name)));
    await assert.rejects(start(null), coded("store-passphrase-needed"));
    await assert.rejects(start(""), coded("store-passphrase-wrong"));
    await assert.rejects(start("orchard lantern"), coded("store-passphrase-wrong"));
    await assert.rejects(start("another one of theirs"), coded("store-passphrase-wrong"));
    cpSync(nodePaths(theirs.dir).storeKey, key);
    await assert.rejects(start(PASSPHRASE), coded("store-passphrase-wrong"));
    await assert.rejects(start("another one of theirs"), coded("node-keys-malformed"));
    for (const bytes of [
      own.subarray(0, own.length - 1),
      own.subarray(0, 40),
      Buffer.alloc(0),
      Buffer.alloc(own.length),
    ]) {
      writeFileSync(key, bytes);
      await assert.rejects(start(PASSPHRASE), coded("store-key-malformed"));
    }
    const altered = own.toString().replace(/"box": "(.)/, (_, letter) => `"box": "${letter === "A" ? "B" : "A"}`);
    writeFileSync(key, altered);
    await assert.rejects(start(PASSPHRASE), coded("store-passphrase-wrong"));
    rmSync(key);
    await assert.rejects(start(PASSPHRASE), coded("store-key-missing"), "node.keys is sealed all the same");
    assert.throws(
      () =>
        writeKeyring(
          dir,
          readKeyring(theirs.dir, openAtRest(suite, theirs.dir, "another one of theirs")),
          openAtRest(suite, theirs.dir, "another one of theirs"),
        ),
      coded("store-passphrase-needed"),
    );
    writeFileSync(key, own);
    assert.deepEqual(
      NAMES.map((name) => readFileSync(join(dir, name))),
      before,
    );
    await (await start(PASSPHRASE)).stop();
  } finally {
    line.remove();
  }
});

test("a plain store or plain keys put among encrypted ones are refused, and so is a store in another's place", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2), storePassphrases: { northern: PASSPHRASE } });
  const [{ dir }, plain] = [line.party("northern"), line.party("southern")];
  const start = () => startNode(dir, { ...quiet, passphrase: PASSPHRASE });
  try {
    await (await start()).stop();
    await (await startNode(plain.dir, quiet)).stop();
    const swapped = async (name: string, from: string, code: string) => {
      const kept = readFileSync(join(dir, name));
      cpSync(from, join(dir, name));
      await assert.rejects(start(), coded(code));
      writeFileSync(join(dir, name), kept);
    };
    await swapped("private.sqlite", join(plain.dir, "private.sqlite"), "store-plain");
    await swapped("private.sqlite", join(dir, "line.sqlite"), "store-other-key");
    await swapped("node.keys", join(plain.dir, "node.keys"), "node-keys-malformed");
    await (await start()).stop();
  } finally {
    line.remove();
  }
});

test("a plain node is encrypted, put under another passphrase and another key, and made plain again, and loses nothing", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [northern, southern] = [line.party("northern"), line.party("southern")];
  const { dir } = northern;
  const south = await startNode(southern.dir, quiet);
  let passphrase: string | null = null;
  const said = async (): Promise<unknown> => {
    const node = await startNode(dir, { ...quiet, passphrase });
    try {
      const client = await desk(northern).as("watch-1");
      const { messages } = await client.messages();
      const { total } = await client.search({ query: { text: CANARIES.search } });
      return {
        told: messages.map(({ hash }) => hash),
        total,
        seeds: readNodeSeeds(dir, nodeAtRest(suite, dir, passphrase)),
      };
    } finally {
      await node.stop();
    }
  };
  try {
    const node = await startNode(dir, quiet);
    try {
      await traffic(line);
      assert.throws(() => encryptNode(suite, dir, PASSPHRASE), coded("node-running"));
    } finally {
      await node.stop();
    }
    const before = await said();
    mkdirSync(join(dir, ".backup-cut-off"));
    cpSync(join(dir, "line.sqlite"), join(dir, ".backup-cut-off", "line.sqlite"));
    assert.notDeepEqual(found(dir), []);

    encryptNode(suite, dir, PASSPHRASE);
    assert.deepEqual(found(dir), [], "no plain word is left, in what a killed backup left behind neither");
    assert.ok(!existsSync(join(dir, ".backup-cut-off")));
    assert.deepEqual(
      readdirSync(dir).filter((name) => name.includes(".switch")),
      [],
    );
    assert.throws(() => encryptNode(suite, dir, PASSPHRASE), coded("store-encrypted"));
    passphrase = PASSPHRASE;
    assert.deepEqual(await said(), before);

    const pages = readFileSync(join(dir, "line.sqlite"));
    assert.throws(
      () => changePassphrase(suite, dir, "not this one", "a new one of ours"),
      coded("store-passphrase-wrong"),
    );
    changePassphrase(suite, dir, PASSPHRASE, "a new one of ours");
    assert.deepEqual(readFileSync(join(dir, "line.sqlite")), pages, "another passphrase writes one small file");
    await assert.rejects(said(), coded("store-passphrase-wrong"));
    passphrase = "a new one of ours";
    assert.deepEqual(await said(), before);

    const stolen = readFileSync(nodePaths(dir).storeKey);
    rekeyNode(suite, dir, passphrase, "a third of ours");
    passphrase = "a third of ours";
    assert.deepEqual(await said(), before);
    const kept = readFileSync(nodePaths(dir).storeKey);
    writeFileSync(nodePaths(dir).storeKey, stolen);
    await assert.rejects(startNode(dir, { ...quiet, passphrase: "a new one of ours" }), coded("node-keys-malformed"));
    writeFileSync(nodePaths(dir).storeKey, kept);

    assert.throws(() => decryptNode(suite, dir, "a new one of ours"), coded("store-passphrase-wrong"));
    decryptNode(suite, dir, passphrase);
    passphrase = null;
    assert.deepEqual(await said(), before);
    assert.ok(!existsSync(nodePaths(dir).storeKey));
    assert.throws(() => decryptNode(suite, dir, PASSPHRASE), coded("stores-plain"));
    assert.throws(() => rekeyNode(suite, dir, PASSPHRASE, PASSPHRASE), coded("stores-plain"));
  } finally {
    await south.stop();
    line.remove();
  }
});

test("the copies that a backup makes of encrypted stores lie beside its file, on whose disk there is room", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2), storePassphrases: { northern: PASSPHRASE } });
  const { dir } = line.party("northern");
  const elsewhere = mkdtempSync(join(tmpdir(), "parley-elsewhere-"));
  const made: string[] = [];
  try {
    await (await startNode(dir, { ...quiet, passphrase: PASSPHRASE })).stop();
    const seen = [dir, elsewhere].map((folder) => watch(folder, (_, name) => made.push(join(folder, String(name)))));
    const env = { PARLEY_STORE_PASSPHRASE: PASSPHRASE };
    await parleyJson(["backup", join(elsewhere, "north.backup"), "--dir", dir], { env });
    await until("it was seen", async () => made.some((path) => path.startsWith(join(elsewhere, ".backup-"))));
    seen.forEach((each) => each.close());
    assert.ok(!made.some((path) => path.startsWith(join(dir, ".backup-"))));
    assert.deepEqual(readdirSync(elsewhere), ["north.backup"]);
  } finally {
    line.remove();
    rmSync(elsewhere, { recursive: true });
  }
});

test("where one store cannot be read to its end, nothing is encrypted, and the plain node is as it was", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const { dir } = line.party("northern");
  try {
    await (await startNode(dir, quiet)).stop();
    const whole = readFileSync(join(dir, "private.sqlite"));
    const files = () => ["line.sqlite", "private.sqlite", "node.keys"].map((name) => readFileSync(join(dir, name)));
    writeFileSync(join(dir, "private.sqlite"), Buffer.from(whole).fill(0xa5, 4096));
    const before = files();
    // The line's store has been written anew by then.
    assert.throws(() => encryptNode(suite, dir, PASSPHRASE), coded("store-corrupt"));
    assert.deepEqual(
      readdirSync(dir).filter((name) => name.includes(".switch")),
      [],
    );
    assert.deepEqual(files(), before);
    writeFileSync(join(dir, "private.sqlite"), whole);
    await (await startNode(dir, quiet)).stop();
  } finally {
    line.remove();
  }
});
