/** What the page of the line says that a roster changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rosterChanges } from "../../src/console/line/roster-changes.ts";
import type { Officer, Roster } from "../../src/line/index.ts";
import { parseLineId, parseOfficerId, parsePartyId, parsePersonId } from "../../src/wire/id.ts";

const key = (fill: number) => new Uint8Array(32).fill(fill);

const officer = (id: string, fill: number, roles: Officer["roles"] = ["watch"]): Officer => {
  return { id: parseOfficerId(id), person: parsePersonId("person-1"), roles, key: key(fill) };
};

const ROSTER: Roster = {
  line: parseLineId("0".repeat(64)),
  party: parsePartyId("northern"),
  seq: 0,
  prev: null,
  officers: [officer("watch-1", 1), officer("watch-2", 2)],
  units: [],
  node: { log: key(1), receipt: key(2), parcel: key(3), sealing: key(4), transport: key(5) },
  address: "https://192.0.2.1:7102",
  carriers: { tls: key(6), mailboxes: [] },
  standing: { state: "active" },
  issued_at: 1,
};

test("a roster that changes nothing says so", () => {
  assert.deepEqual(rosterChanges(ROSTER, { ...ROSTER, seq: 1, issued_at: 2 }), []);
});

test("who came, who went, whose key and roles are new", () => {
  const officers = [officer("watch-1", 9, ["watch", "releaser"]), officer("watch-3", 2)];
  assert.deepEqual(rosterChanges(ROSTER, { ...ROSTER, officers }), [
    { change: "officer-key", officer: "watch-1" },
    { change: "roles", officer: "watch-1" },
    { change: "joined", officer: "watch-3" },
    { change: "left", officer: "watch-2" },
  ]);
});

test("a rotation names the keys, and what else moved", () => {
  const rotated: Roster = {
    ...ROSTER,
    node: { ...ROSTER.node, sealing: key(7) },
    carriers: { tls: key(8), mailboxes: [{ address: "https://192.0.2.9", tls: key(1), id: key(2), deposit: key(3) }] },
    address: null,
    standing: { state: "suspended", since: 2, reason: null },
  };
  const mailboxes = { change: "mailboxes" };
  assert.deepEqual(rosterChanges(ROSTER, rotated), [
    { change: "node-keys", keys: ["sealing", "tls"] },
    { change: "address", address: null },
    mailboxes,
    { change: "suspended" },
  ]);
  assert.deepEqual(rosterChanges(rotated, ROSTER).at(-1), { change: "resumed" });
});
