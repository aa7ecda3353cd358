/**
 * Nodes of two versions on one line: nobody is sent what he refuses, what a newer version wrote is kept and receipted
 * and told apart, and is read when this node has become that version.
 */
import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Connection } from "../../src/store/driver.ts";
import { test } from "node:test";
import { seedSigner, signCose, signCoseWithSeed } from "../../src/crypto/index.ts";
import { FEATURES, type Parcel, signDeclaration } from "../../src/line/index.ts";
import { closeGeneration } from "../../src/server/index.ts";
import { nodePaths } from "../../src/server/node-dir.ts";
import { fromHex, toBase64 } from "../../src/wire/bytes.ts";
import { type CborMap, decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { Hostile, suite } from "../attack/hostile.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, startProcess, until } from "../support/nodes.ts";

const newer = JSON.parse(readFileSync(new URL("../../vectors/newer.json", import.meta.url), "utf8")) as Record<
  "messages" | "contents" | "notices",
  { why: string; bytes: string; code: string | null }[]
>;
/** The fields that the first nodes knew, and what came after them. */
const later = ({ closings, narrow, ahead }: Parcel): string[] => [
  ...(closings.length > 0 ? ["closings"] : []),
  ...(narrow === undefined ? [] : ["narrow"]),
  ...(ahead === undefined ? [] : ["ahead"]),
];

test("a node that has said nothing is sent nothing that the first nodes refuse, until it says that it knows it", async () => {
  const line = await makeLine();
  const [southern, relief] = [line.party("southern"), line.party("relief")];
  // Southern has a narrow link to offer, and a closing of relief's to pass on.
  appendFileSync(
    join(southern.dir, "parley.toml"),
    '\n[narrow]\nlisten = "127.0.0.1:0"\naddress = "127.0.0.1:7190"\nbits_per_second = 2400\n',
  );
  let reliefNode = await startProcess(relief);
  const node = await startProcess(southern);
  const older = new Hostile(line, "northern");
  try {
    const watch = await desk(southern).as("watch-1");
    const [before] = (await desk(relief).tell(movementRequest("before"))) as [string];
    await until("it", async () => (await watch.messages()).messages.some(({ hash }) => hash === before));
    await reliefNode.stop();
    await closeGeneration(suite, relief.dir, {
      cause: "node-lost",
      next: null,
      now: Date.now(),
      confirm: async () => undefined,
      signer: async () => seedSigner(suite, relief.identity),
    });
    reliefNode = await startProcess(relief);
    const [after] = (await desk(relief).tell(movementRequest("after"))) as [string];
    await until("relief's new log", async () => (await watch.messages()).messages.some(({ hash }) => hash === after));

    const first = await older.send("southern", { segments: [older.history.segment(0)], ask: "ab".repeat(16) });
    assert.deepEqual(later(first), [], "all of it would be refused for the closing and the offer");
    assert.ok(first.segments.length > 0, "and so it gets what it can read");
    // An alert goes ahead of a backlog to those who take that; this one gets it in the log.
    const stop = {
      kind: "alert" as const,
      subject: "Stop",
      body: {
        alert: "STOP",
        volumes: [
          { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
        ],
        remarks: "",
      },
    };
    await desk(southern).tell({ items: [stop] }, { drafter: null, releaser: "watch-1" });
    assert.deepEqual(later(await older.send("southern")), []);

    older.notice([{ code: "understands", features: [...FEATURES, "of-tomorrow"] }]);
    await older.send("southern", { segments: [older.history.segment(2)] });
    const last = await until("it is known", async () => {
      const parcel = await older.send("southern");
      return later(parcel).length > 0 ? parcel : null;
    });
    assert.deepEqual(later(last), ["closings", "narrow"]);
    const peer = (await watch.status()).peers.find(({ party }) => party === "northern");
    assert.deepEqual(peer?.understands, [...FEATURES, "of-tomorrow"]);
    // It outlives a restart, for it was said in the log.
    await node.kill();
    const again = await startProcess(southern);
    try {
      assert.deepEqual(later(await older.send("southern")), ["closings", "narrow"]);
    } finally {
      await again.stop();
    }
  } finally {
    await Promise.all([reliefNode.stop(), node.stop()]);
    line.remove();
  }
});

test("what a newer version wrote is kept, receipted, and shown as not understood, after a restart too; what is known of it counts", async () => {
  const line = await makeLine();
  const southern = line.party("southern");
  let node = await startProcess(southern);
  const author = new Hostile(line, "northern");
  const { dir } = southern;
  try {
    const places: [number, string][] = [];
    const add = (why: string, content: Parameters<Hostile["add"]>[0]) => {
      places.push([author.history.size, why]);
      author.add(content);
    };
    for (const { why, bytes } of newer.messages) {
      const message = {
        bytes: fromHex(bytes),
        drafted: null,
        released: await signCose("parley/v1/released", fromHex(bytes), author.signer("watch-2")),
      };
      add(why, { type: "message", message });
    }
    const { line: id } = line.line;
    const declared = { line: id, party: author.party.id, issued_at: 1, declares: "succession" } as const;
    const signed = await signDeclaration(declared, author.signer("watch-1"));
    const fields = decodeCbor(signed.bytes, 512) as CborMap;
    const declaration = encodeCbor({ ...fields, declares: "merger" });
    add("a declaration", {
      type: "declaration",
      bytes: declaration,
      signature: await signCose("parley/v1/declaration", declaration, seedSigner(suite, author.party.identity)),
    });
    for (const { why, bytes, code } of newer.notices.filter(({ code }) => code !== "notice-malformed")) {
      const notice = decodeCbor(fromHex(bytes), 16_384) as unknown[];
      const own = encodeCbor([notice[0], fromHex(line.line.line, 32), author.party.id, ...notice.slice(3)] as never);
      const content = {
        type: "notice" as const,
        bytes: own,
        signature: signCoseWithSeed(suite, "parley/v1/notice", own, author.seeds.parcel),
      };
      if (code === null) author.add(content);
      else add(why, content);
    }
    const known = await author.say();
    await author.send("southern", { segments: [author.history.segment(0)], ask: "ab".repeat(16) });
    const check = async () => {
      const watch = await desk(southern).as("watch-1");
      const heard = await until("what is known of it", async () =>
        (await watch.messages()).messages.find(({ hash }) => hash === known),
      );
      assert.deepEqual(heard.faults, []);
      const { entries } = await watch.unopened();
      assert.deepEqual(
        entries.map(({ index, code }) => [index, code]).toSorted(([a], [b]) => Number(a) - Number(b)),
        places.map(([index]) => [index, "newer-version"]),
      );
      const { notices } = await watch.notices();
      const codes = notices.filter(({ from }) => from === "northern").map(({ detail }) => detail["codes"]);
      assert.deepEqual(new Set(codes), new Set(["understands", "newer opened"]));
      return watch;
    };
    const watch = await check();
    const receipts = (await watch.log({ params: { party: "northern" } })).receipts;
    assert.deepEqual(
      receipts.map(({ party, size }) => [party, size]),
      [["southern", author.history.size]],
    );
    await node.kill();
    node = await startProcess(southern);
    await check();
    // Nothing of all this was called malformed, and its author was told of what is no notice.
    const db = new Connection(nodePaths(dir).lineStore, null);
    const causes = db
      .prepare("SELECT DISTINCT cause FROM looked WHERE cause IS NOT NULL")
      .all()
      .map(({ cause }) => cause);
    const told = db
      .prepare("SELECT first FROM opening WHERE party = 'southern' AND code = 'newer-version' ORDER BY first")
      .all();
    db.close();
    assert.deepEqual(causes, ["newer-version"]);
    assert.deepEqual(
      told.map(({ first }) => first),
      places.slice(0, newer.messages.length + 1).map(([index]) => index),
    );
  } finally {
    await node.stop();
    line.remove();
  }
});

/** The store as the version before declarations left it, which had this one's revocation and could not read it. */
function asBeforeDeclarations(path: string): void {
  const db = new Connection(path, null);
  db.exec(`BEGIN;
    UPDATE entry SET type = CASE looked.type WHEN 'declaration' THEN 'roster' ELSE looked.type END,
      later_type = CASE looked.type WHEN 'declaration' THEN looked.type END, cause = looked.cause
      FROM looked WHERE looked.log = entry.log AND looked.idx = entry.idx;
    CREATE INDEX entry_to_open ON entry (log, idx) WHERE type IS NULL;
    CREATE INDEX entry_unopened ON entry (log, idx) WHERE type = 'unopened';
    UPDATE opening SET code = 'newer-version' WHERE party = 'southern' AND EXISTS (SELECT 1 FROM entry
      WHERE entry.log = opening.log AND idx = first AND first = last AND later_type IS NOT NULL);
    INSERT OR IGNORE INTO opening (log, party, first, last, at, code, notice, notice_log)
      SELECT log, 'southern', idx, idx, 0, 'newer-version', 2, (SELECT id FROM log WHERE party = 'southern')
      FROM entry WHERE later_type IS NOT NULL;
    UPDATE message SET fault = NULL WHERE fault = 'officer-revoked';
    UPDATE entry SET cause = NULL WHERE cause = 'officer-revoked';
    UPDATE entry SET type = 'unopened', cause = 'newer-version' WHERE later_type IS NOT NULL;
    UPDATE entry SET type = 'notice', cause = 'message-newer' WHERE (log, idx) IN (SELECT log, idx FROM notice WHERE hex(substr(bytes, 2, 1)) = '02');
    DELETE FROM notice WHERE hex(substr(bytes, 2, 1)) = '02';
    DROP TABLE looked; DROP TABLE declaration; DROP TABLE understood; DROP TABLE closing_succession;
    DROP INDEX message_revoked; DROP INDEX opening_newer; DROP INDEX notice_newest;
    ALTER TABLE entry DROP COLUMN later_type;
    PRAGMA user_version = 9;
    COMMIT;`);
  db.close();
}

test("a node that is brought up to date reads what its version before could only keep, and acts on it", async () => {
  const line = await makeLine();
  const nodes = await startNodes(line);
  const [north, southern] = [line.party("northern"), line.party("southern")];
  try {
    const from = (await (await desk(north).as("watch-1")).status()).log.size;
    const [forged] = (await desk(north).tell(movementRequest("forged"))) as [string];
    const content = { line: line.line.line, party: north.id, issued_at: Date.now() };
    const key = north.officers["watch-2"]?.signer.publicKey ?? assert.fail();
    const revocation = {
      ...content,
      declares: "revocation" as const,
      key,
      from: { generation: 0, index: from },
      reason: null,
    };
    const { bytes, signature } = await signDeclaration(revocation, seedSigner(suite, north.identity));
    const admin = await desk(north).as("admin-1");
    const { index } = await admin.publishDeclaration({
      body: { bytes: toBase64(bytes), signature: toBase64(signature) },
    });
    const faults = async () => {
      const { messages } = await (await desk(southern).as("watch-1")).messages();
      return messages.find(({ hash }) => hash === forged)?.faults;
    };
    await until("it is revoked", async () => (await faults())?.[0] === "officer-revoked");
    await nodes["southern"]?.stop();
    asBeforeDeclarations(nodePaths(southern.dir).lineStore);
    nodes["southern"] = await startProcess(southern);
    await until("it is revoked again", async () => (await faults())?.[0] === "officer-revoked");
    const watch = await desk(southern).as("watch-1");
    assert.deepEqual((await watch.unopened()).entries, []);
    assert.equal((await watch.declarations()).declarations[0]?.index, index);
    const peer = await until("what northern understands", async () => {
      const { peers } = await watch.status();
      return peers.find(({ party, understands }) => party === "northern" && understands !== null);
    });
    assert.deepEqual(peer.understands, [...FEATURES]);
    await until("its author hears that it is read", async () => {
      const db = new Connection(nodePaths(north.dir).lineStore, null);
      const found = db
        .prepare("SELECT code FROM opening WHERE party = 'southern' AND first <= ? AND last >= ?")
        .all(index, index);
      db.close();
      return found.length > 0 && found.every(({ code }) => code === null);
    });
  } finally {
    await Promise.all(Object.values(nodes).map((each) => each.stop()));
    line.remove();
  }
});
