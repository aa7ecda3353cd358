/** What a party declares under its identity key: a revoked officer, its way back after a lost key, its leaving. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keyFingerprint, seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  type LineFile,
  newest,
  nextRoster,
  type RosterHistory,
  signDeclaration,
  signRoster,
  verifyEvidence,
} from "../../src/line/index.ts";
import { successorOf } from "../../src/console/line/identity.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { fromHex, toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import type { MessageHash } from "../../src/wire/id.ts";
import { parley, parleyJson } from "../cli/run.ts";
import { type MadeParty, makeLine, type OfficerPlan, OFFICERS, PARTIES } from "../support/line.ts";
import { type Desk, desk, movementRequest, startNodes, startProcess, until } from "../support/nodes.ts";
import { sayRegardless } from "../support/regardless.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
const pinsOf = ({ charter }: LineFile) =>
  charter.parties.map(({ id, identity }) => ({ party: id, fingerprint: keyFingerprint(suite, identity) }));
const parties = PARTIES.map((party) => ({
  ...party,
  officers: [...OFFICERS, { id: "watch-3", person: "person-5", roles: ["watch", "releaser"] as const }],
}));
const site = {
  kind: "site" as const,
  subject: "School",
  body: { category: "school", footprint: { type: "point", at: { lat: 36.2, lon: 43.5 } } },
};
/** On the movement's way, and at its time. */
const plan = (at: number) => ({
  id: "MSN-1",
  name: "MSN-1",
  category: "strike",
  volumes: [
    {
      footprint: { type: "circle" as const, centre: { lat: 36.19, lon: 44.01 }, radius_m: 2000 },
      height: null,
      window: { start: at - 3_600_000, end: at + 3_600_000 },
    },
  ],
  remarks: "",
});

const found = async (of: Desk, hash: string) => {
  const { messages } = await (await of.as("watch-1")).messages();
  return messages.find((each) => each.hash === hash);
};
const faultsAt = (of: Desk, hash: string) => until("it", async () => (await found(of, hash))?.faults);

/** So that the next roster lists them all. */
async function appointAll({ dir }: MadeParty, officers: readonly OfficerPlan[]): Promise<void> {
  for (const { id, roles } of officers) {
    const key = join(dir, "officers", `${id}.key`);
    await parleyJson(["officer", "add", key, "--roles", roles.join(","), "--dir", dir]);
  }
}

test("a stolen officer's key is revoked from its first false word on: what it said counts for nothing everywhere, and what came before stays", async () => {
  const line = await makeLine({ passphrase: "correct horse", parties });
  const nodes = await startNodes(line);
  const north = line.party("northern");
  const desks = ["northern", "southern", "relief"].map((id) => desk(line.party(id))) as [Desk, Desk, Desk];
  const [northern, southern] = desks;
  const admin = ["--dir", north.dir, "--as", "admin-1"];
  const thief = { drafter: "watch-1", releaser: "watch-2" };
  try {
    const at = Date.now() + 7_200_000;
    await (await southern.as("planner-1")).putPlans({ body: { items: [plan(at)] } });
    const [before] = (await northern.tell(movementRequest("before, far off", at + 864_000_000), thief)) as [string];
    const [school] = (await northern.tell({ items: [site] }, { drafter: "watch-1", releaser: "watch-3" })) as [string];
    const from = (await (await northern.as("watch-1")).status()).log.size;
    const [forged] = (await northern.tell(movementRequest("forged", at), thief)) as [string];
    const withdrawal = {
      kind: "withdrawal" as const,
      subject: "withdrawn",
      body: { reason: "forged" },
      re: { relation: "withdraws" as const, message: school },
    };
    const [taken] = (await northern.tell({ items: [withdrawal] }, thief)) as [string];
    await until("southern believes it", async () => (await found(southern, school))?.state === "withdrawn");
    const watch = await southern.as("watch-1");
    assert.equal((await watch.status()).counts.conflicts, 1, "the forged convoy crosses the plan");
    const noted = {
      kind: "answer" as const,
      subject: "noted",
      body: { answer: "NOTED", scope: "message" },
      re: { relation: "answers" as const, message: forged },
    };
    const [answer] = (await southern.tell({ items: [noted] }, { drafter: null, releaser: "watch-1" })) as [string];

    await appointAll(north, parties[0]?.officers ?? []);
    const revoke = [
      "officer",
      "revoke",
      "watch-2",
      "--from",
      String(from),
      "--reason",
      "key-compromised",
      "-y",
      ...admin,
    ];
    const published = await parleyJson<{ revoked: string[]; from: { index: number } }>(revoke);
    assert.deepEqual([published.revoked.toSorted(), published.from.index], [[forged, taken].toSorted(), from]);

    for (const of of desks) {
      await until("the revocation", async () => (await found(of, forged))?.faults.includes("officer-revoked"));
      assert.deepEqual(await faultsAt(of, taken), ["officer-revoked"]);
      assert.deepEqual(await faultsAt(of, before), [], "what was said before stays");
      assert.equal((await found(of, school))?.state, "in-force", "what it had withdrawn is back");
    }
    assert.deepEqual(await faultsAt(northern, answer), [], "what others answered to it, they said");
    assert.equal((await watch.status()).counts.conflicts, 0);
    const shown = (await watch.declarations()).declarations.find(({ party }) => party === "northern");
    assert.deepEqual(
      [shown?.declares, shown?.officers, shown?.reason, shown?.from?.index],
      ["revocation", ["watch-2"], "key-compromised", from],
    );

    // The roster still lists him: neither his session nor his signature is worth anything.
    await assert.rejects((await northern.as("watch-2")).status(), coded("session-expired"));
    await nodes["northern"]?.kill();
    const backdated = await sayRegardless(north, { at: at - 864_000_000 });
    nodes["northern"] = await startProcess(north);
    for (const of of desks.slice(1)) assert.deepEqual(await faultsAt(of, backdated), ["officer-revoked"]);

    // A restart finds the same, out of the store.
    await nodes["southern"]?.kill();
    nodes["southern"] = await startProcess(line.party("southern"));
    const again = desk(line.party("southern"));
    assert.deepEqual(await faultsAt(again, forged), ["officer-revoked"]);
    assert.equal((await found(again, school))?.state, "in-force");
    assert.equal((await (await again.as("watch-1")).status()).counts.conflicts, 0);

    await parleyJson(["officer", "enrol", "-y", ...admin]);
    const rosters = await until("the roster without him", async () => {
      const { rosters: all } = await (await again.as("watch-1")).rosters();
      return all.find(({ party, seq }) => party === "northern" && seq === 1);
    });
    assert.equal(
      rosters.officers.some(({ id }) => id === "watch-2"),
      false,
    );
    for (const id of ["southern", "relief"]) {
      const report = verifyEvidence(
        suite,
        await (await desk(line.party(id)).as("watch-1")).export(),
        pinsOf(line.line),
      );
      assert.deepEqual(report.faults, []);
      const without = report.messages.filter(({ why }) => why === "officer-revoked").map(({ hash }) => hash as string);
      assert.deepEqual(without.toSorted(), [forged, taken, backdated].toSorted());
      assert.deepEqual(
        report.declarations.map(({ declares }) => declares),
        ["revocation"],
      );
    }
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});

test("a party leaves: it says nothing more, nothing is owed to it, the others go on, and its log stays evidence", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const nodes = await startNodes(line);
  const relief = line.party("relief");
  const [northern, southern, leaver] = ["northern", "southern", "relief"].map((id) => desk(line.party(id))) as [
    Desk,
    Desk,
    Desk,
  ];
  const admin = ["--dir", relief.dir, "--as", "admin-1"];
  try {
    const [said] = (await leaver.tell(movementRequest("ours"))) as [string];
    await faultsAt(northern, said);
    await parleyJson(["pair", "leave", "--reason", "under-review", "-y", ...admin]);
    const twice = await parley(["pair", "leave", "-y", ...admin]);
    assert.match(twice.stderr, /code: line-left/);
    await assert.rejects(leaver.tell({ items: [site] }), coded("line-left"));
    assert.equal((await (await leaver.as("watch-1")).status()).state, "left");
    const watch = await northern.as("watch-1");
    const status = await until("northern knows", async () => {
      const now = await watch.status();
      return now.left.length > 0 ? now : null;
    });
    assert.deepEqual(
      [status.state, status.left.map(({ party, reason }) => [party, reason])],
      ["open", [["relief", "under-review"]]],
    );
    const shown = await parley(["status", "--dir", line.party("northern").dir, "--as", "watch-1"]);
    assert.match(shown.stdout, /LEFT\s+Relief Coordination at .*under review/);
    await until("all have receipted its leaving", async () => {
      const { log, peers } = await (await leaver.as("watch-1")).status();
      return peers.every(({ they_hold }) => they_hold === log.size);
    });
    assert.deepEqual(await faultsAt(northern, said), [], "what it said before stays");

    // What is said now is sealed to those who are there, and closed when they have answered.
    const draft = await watch.createDraft({ body: movementRequest("without them") });
    assert.deepEqual(
      draft.recipients.map(({ party }) => party),
      ["southern"],
    );
    const [later] = (await northern.tell(movementRequest("after"))) as [string];
    await faultsAt(southern, later);
    const noted = {
      kind: "answer" as const,
      subject: "noted",
      body: { answer: "NOTED", scope: "message" },
      re: { relation: "answers" as const, message: later },
    };
    await southern.tell({ items: [noted] }, { drafter: null, releaser: "watch-1" });
    await until("it is closed", async () => (await found(northern, later))?.closed);

    // Its node keeps no rule: it calls on, and logs what it likes.
    await nodes["relief"]?.stop();
    const regardless = await sayRegardless(relief, {}, (node) => Object.assign(node.state, { left: () => null }));
    nodes["relief"] = await startProcess(relief);
    const heard = await (await desk(relief).as("watch-1")).status();
    assert.equal(heard.state, "left");
    await until(
      "it is stored",
      async () => (await watch.status()).peers.find(({ party }) => party === "relief")?.size === heard.log.size,
    );
    assert.deepEqual(await faultsAt(northern, regardless), ["party-left"]);
    const health = (await watch.lineHealth()).lines.find(({ party }) => party === "relief");
    assert.deepEqual(
      [health?.state, health?.receipts_owed_to_us, health?.test_call.state, health?.fault],
      ["left", 0, "none", null],
    );
    await nodes["relief"]?.stop();
    assert.equal(await knows(relief.dir, later), false, "it cannot read what is said since");

    const report = verifyEvidence(suite, await watch.export(), pinsOf(line.line));
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      report.messages.filter(({ from }) => from === "relief").map(({ hash, counts, why }) => [hash, counts, why]),
      [
        [said, true, null],
        [regardless, false, "party-left"],
      ],
    );
    assert.deepEqual(
      report.declarations.map(({ party, declares, reason }) => [party, declares, reason]),
      [["relief", "leaving", "under-review"]],
    );
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});

async function knows(dir: string, hash: string): Promise<boolean> {
  const node = openNode(dir, { logger: silentLogger });
  const known = node.store.message(hash as MessageHash) !== null;
  await node.close();
  return known;
}

test("the identity key is lost: its named successor takes over on the open line, and the lost key appoints nobody", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const nodes = await startNodes(line);
  const north = line.party("northern");
  const admin = ["--dir", north.dir, "--as", "admin-1"];
  const key = join(line.dir, "successor.key");
  try {
    const early = await parley(["key", "succeed", join(north.dir, "identity.key"), "-y", ...admin]);
    assert.match(early.stderr, /code: no-successor/);
    await parleyJson(["key", "successor", "-o", key, "-y", ...admin]);
    const wrong = await parley(["key", "succeed", join(north.dir, "identity.key"), "-y", ...admin]);
    assert.match(wrong.stderr, /code: identity-key-wrong/);
    const second = await parley(["key", "successor", "-o", `${key}-2`, "-y", ...admin]);
    assert.match(second.stderr, /A successor was named already.*\n {2}next: The one that was named first stands/);
    const other = { env: { PARLEY_PASSPHRASE: "another one" } };
    writeFileSync(join(line.dir, "words"), "correct horse\n");
    writeFileSync(join(line.dir, "wrong"), "wrong horse\n");
    const pass = (option: string, file = "words") => [option, join(line.dir, file)];
    const mistaken = [...pass("--passphrase-file"), ...pass("--successor-passphrase-file", "wrong")];
    const told = await parley(["key", "succeed", key, "-y", ...admin, ...mistaken], other);
    assert.match(told.stderr, /successor\.key: .*\n.*\n {2}code: key-file-passphrase/, "it says which key's");
    const succeed = ["key", "succeed", key, "-y", ...admin, ...pass("--passphrase-file")];
    await parleyJson([...succeed, ...pass("--successor-passphrase-file")], other);
    const { identity } = await parleyJson<{
      identity: { fingerprint: string; at_pairing: string; successor: string | null };
    }>(["key", "list", ...admin]);
    const founding = keyFingerprint(suite, seedSigner(suite, north.identity).publicKey);
    assert.deepEqual([identity.at_pairing, identity.successor], [founding, null]);
    assert.notEqual(identity.fingerprint, founding);
    const enrol = ["officer", "enrol", "-y", ...admin];
    await appointAll(north, OFFICERS);
    const lost = await parley([
      "officer",
      "new",
      "watch-9",
      "--person",
      "person-9",
      "--roles",
      "watch",
      "--dir",
      north.dir,
    ]);
    assert.equal(lost.status, 0, lost.stderr);
    const refused = await parley(enrol);
    assert.match(refused.stderr, /is not the one in force .*\n.*\n {2}code: identity-key-wrong/);
    // The thief goes round the command line.
    const old = seedSigner(suite, north.identity);
    const stolen = { line: line.line.line, party: north.id, issued_at: Date.now() };
    const leaving = await signDeclaration({ ...stolen, declares: "leaving", reason: null }, old);
    const client = await desk(north).as("admin-1");
    const body = { bytes: toBase64(leaving.bytes), signature: toBase64(leaving.signature) };
    await assert.rejects(client.publishDeclaration({ body }), coded("declaration-signature"));
    const history = line.line.histories.get(north.id) as RosterHistory;
    const roster = await signRoster(nextRoster(history, { ...newest(history).roster, issued_at: Date.now() }), old);
    const appointing = { bytes: toBase64(roster.bytes), signature: toBase64(roster.signature) };
    await assert.rejects(client.publishRoster({ body: appointing }), coded("roster-signature"));

    await parleyJson([...enrol, "--identity", key]);
    for (const id of ["southern", "relief"]) {
      await nodes[id]?.kill();
      nodes[id] = await startProcess(line.party(id));
      const watch = await desk(line.party(id)).as("watch-1");
      await until("the roster by the successor", async () => {
        const { rosters } = await watch.rosters();
        return rosters.some(
          ({ party, officers }) => party === "northern" && officers.some(({ id: of }) => of === "watch-9"),
        );
      });
    }
    await nodes["northern"]?.kill();
    nodes["northern"] = await startProcess(north);
    const [said] = (await desk(north).tell(movementRequest("after"))) as [string];
    assert.deepEqual(await faultsAt(desk(line.party("southern")), said), []);
    const report = verifyEvidence(
      suite,
      await (await desk(line.party("relief")).as("watch-1")).export(),
      pinsOf(line.line),
    );
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      report.declarations.map(({ declares }) => declares),
      ["successor", "succession"],
    );
    const { declarations } = await (await desk(line.party("southern")).as("watch-1")).declarations();
    const { public_key: current } = JSON.parse(readFileSync(key, "utf8")) as { readonly public_key: string };
    assert.equal(
      successorOf("northern", declarations),
      keyFingerprint(suite, fromHex(current, 32)),
      "the console shows the key that counts",
    );
    assert.equal(successorOf("southern", declarations), null);
    // A log is closed by the successor's key too, and by the lost one no more.
    await nodes["northern"]?.stop();
    const close = ["generation", "close", "-y", "--dir", north.dir];
    assert.match((await parley(close)).stderr, /code: roster-signature|code: closing-signature/);
    await parleyJson([...close, "--identity", key]);
    nodes["northern"] = await startProcess(north);
    const [anew] = (await desk(north).tell(movementRequest("in the next log"))) as [string];
    assert.deepEqual(await faultsAt(desk(line.party("southern")), anew), []);
    const whole = verifyEvidence(
      suite,
      await (await desk(line.party("relief")).as("watch-1")).export(),
      pinsOf(line.line),
    );
    assert.deepEqual(whole.faults, []);
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
