import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openPrivateStore, type PrivateItem, type PrivateStore } from "../../src/store/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import {
  parseHandoverId,
  parseMessageHash,
  parseOfficerId,
  parsePartyId,
  parsePlanId,
  parseStatementId,
} from "../../src/wire/id.ts";
import { madeKey } from "./made-key.ts";

const by = parseOfficerId("planner-1");
const item = (id: string, lat: number): PrivateItem => ({
  id: parsePlanId(id),
  name: `Plan ${id}`,
  category: "airstrike",
  remarks: "",
  volumes: [
    {
      footprint: { type: "point", at: { lat, lon: 43.123456789 } },
      height: { datum: "AGL", lower_m: null, upper_m: 120.5 },
      window: { start: 1, end: null },
    },
  ],
});

const put = (id: string) => ({ write: "put", kind: "plan", items: [item(id, 36)], by, at: 1 }) as const;

/** The one suite that every implementation of PrivateStore passes. */
function privateStoreSuite(name: string, place: () => { open: () => PrivateStore; end: () => void }): void {
  const message = parseMessageHash("ab".repeat(32));
  const conflict = (id: string) =>
    ({ write: "conflict", kind: "plan", id: parsePlanId(id), against: message, conflict: "{}", since: 7 }) as const;

  test(`${name}: items come back exactly, also after a new start; a plan and a holding may share an id`, () => {
    const { open, end } = place();
    const store = open();
    store.commit([{ write: "put", kind: "plan", items: [item("a", 36.1), item("b", 36.2)], by, at: 1 }]);
    store.commit([{ write: "put", kind: "holding", items: [item("a", 35)], by, at: 2 }]);
    store.commit([{ write: "put", kind: "plan", items: [item("b", 37)], by, at: 3 }]);
    store.close();
    const again = open();
    assert.deepEqual(again.items("plan"), [item("a", 36.1), item("b", 37)]);
    assert.deepEqual(again.item("holding", parsePlanId("a")), item("a", 35));
    assert.equal(again.count("plan"), 2);
    again.close();
    end();
  });

  test(`${name}: conflicts end with their item, and by themselves; since when one stands stays`, () => {
    const { open, end } = place();
    const store = open();
    const ids = () => store.conflicts().map(({ id, against }) => `${id} ${against.slice(0, 9)}`);
    const own = { ...conflict("c"), against: "holding:h" };
    store.commit([put("a"), put("b"), put("c"), conflict("a"), conflict("b"), conflict("c"), own]);
    store.commit([{ write: "remove", kind: "plan", id: parsePlanId("a") }]);
    assert.deepEqual(ids(), [`b ${message.slice(0, 9)}`, `c ${message.slice(0, 9)}`, "c holding:h"]);
    store.commit([put("b"), { ...conflict("b"), conflict: "[]", since: 9 }]);
    assert.deepEqual(store.conflicts()[0], { kind: "plan", id: "b", against: message, conflict: "[]", since: 7 });
    store.commit([{ write: "conflict-ended", kind: "plan", id: parsePlanId("c"), against: message }]);
    assert.deepEqual(ids(), [`b ${message.slice(0, 9)}`, "c holding:h"]);
    store.close();
    end();
  });

  test(`${name}: a certificate ends with its plan; decisions and overrides stay, and say when they ended`, () => {
    const { open, end } = place();
    const store = open();
    const plan = parsePlanId("a");
    const signed = { salt: new Uint8Array(32), bytes: Uint8Array.of(1), signature: Uint8Array.of(2) };
    const certificate = { ...signed, plan, lapsed: null };
    const go = { plan, decision: "GO", by, at: 2, reason: "", certificate: signed } as const;
    const override = { plan, against: message, grave: "high", by, at: 3, reason: "agreed by voice" } as const;
    store.commit([put("a"), conflict("a"), { write: "certificate", ...certificate }]);
    store.commit([
      { write: "override", ...override },
      { write: "decision", ...go },
    ]);
    assert.deepEqual(store.conflicts().length, 1);
    assert.deepEqual(store.certificate(plan), certificate);
    assert.deepEqual(store.decision(plan), { ...go, lapsedAt: null });
    assert.deepEqual(store.overrides(plan), [{ ...override, endedAt: null }]);
    const lapsed = { at: 4, outcome: "{}" };
    store.commit([
      { write: "go-lapsed", plan, at: 4 },
      { write: "certificate", ...certificate, lapsed },
      { write: "overrides-ended", plan, at: 4 },
    ]);
    assert.deepEqual(store.certificate(plan)?.lapsed, lapsed);
    assert.equal(store.decision(plan)?.lapsedAt, 4);
    assert.deepEqual(store.lapsedGo(), [plan]);
    assert.deepEqual(store.overrides(plan), []);
    store.commit([{ write: "decision", plan, decision: "NO GO", by, at: 5, reason: "called off", certificate: null }]);
    store.commit([{ write: "remove", kind: "plan", id: plan }]);
    assert.equal(store.certificate(plan), null);
    assert.equal(store.decision(plan)?.decision, "NO GO");
    assert.deepEqual(store.lapsedGo(), [], "whoever says NO GO has seen it");
    store.close();
    end();
  });

  test(`${name}: deeds come in their order; a handover is taken once; a statement that is removed stays`, () => {
    const { open, end } = place();
    const store = open();
    const [south, north] = [parsePartyId("southern"), parsePartyId("northern")];
    const deeds = [
      { deed: "called", who: "watch", at: 5 },
      { deed: "taken", by, at: 5 },
      { deed: "passed", by, at: 6 },
    ] as const;
    store.commit(deeds.map((deed) => ({ write: "alert-deed", message, party: south, deed })));
    assert.deepEqual(store.alertDeeds(message, south), deeds);
    assert.deepEqual(store.alertDeeds(message, north), []);

    const id = parseHandoverId("cd".repeat(32));
    const signed = { id, bytes: Uint8Array.of(1), given: Uint8Array.of(2) };
    const taken = { id, taken: Uint8Array.of(3), by, at: 9 };
    store.commit([{ write: "handover", ...signed }]);
    assert.equal(store.handover(id)?.taken, null);
    store.commit([{ write: "handover-taken", ...taken }]);
    assert.throws(
      () => store.commit([{ write: "handover-taken", ...taken, at: 10 }]),
      (error) => isParleyError(error, "handover-moved"),
    );
    const [found] = store.handovers({ limit: 5 });
    assert.deepEqual(found, { seq: 1, ...signed, taken: { signature: taken.taken, by, at: 9 } });
    assert.deepEqual(store.handovers({ limit: 5, before: 1 }), []);

    const statement = parseStatementId("ef".repeat(16));
    const said = {
      id: statement,
      party: north,
      saidAt: 1,
      source: "a speech",
      subject: "s",
      kind: "stance",
      body: "{}",
    };
    store.commit([{ write: "statement", ...said, kind: "stance", by, at: 2 }]);
    store.commit([{ write: "statement-removed", id: statement, by, at: 3 }]);
    store.commit([{ write: "statement-removed", id: statement, by, at: 4 }]);
    assert.deepEqual(
      store.statements().map(({ removed, source }) => [source, removed]),
      [["a speech", { by, at: 3 }]],
    );
    store.close();
    end();
  });

  test(`${name}: a commit is all or nothing`, () => {
    const { open, end } = place();
    const store = open();
    assert.throws(() =>
      store.commit([{ write: "put", kind: "plan", items: [item("a", 1)], by, at: 1 }, conflict("nobody")]),
    );
    assert.equal(store.count("plan"), 0);
    store.close();
    end();
  });
}

for (const [name, key] of [
  ["sqlite", null],
  ["sqlite, encrypted", madeKey(1)],
] as const) {
  privateStoreSuite(name, () => {
    const dir = mkdtempSync(join(tmpdir(), "parley-private-"));
    const path = join(dir, "private.sqlite");
    return { open: () => openPrivateStore(path, key), end: () => rmSync(dir, { recursive: true }) };
  });
}
