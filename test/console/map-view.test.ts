import assert from "node:assert/strict";
import { test } from "node:test";
import { changesMap } from "../../src/console/map/use-map-view.ts";
import { KINDS, volumesOf } from "../../src/message/index.ts";
import type { MessageHash, PartyId } from "../../src/wire/id.ts";
import { sample } from "../message/samples.ts";

test("whatever has a place, and what takes one back, is a reason to ask for the map again; a word is none", () => {
  const event = { type: "message", at: 0, hash: "" as MessageHash, from: "" as PartyId, subject: "" } as const;
  const changing = KINDS.filter((kind) => changesMap({ ...event, kind }));
  const placed = KINDS.filter((kind) => volumesOf(sample(kind)).length > 0);
  for (const kind of [...placed, "withdrawal"] as const) assert.ok(changing.includes(kind), kind);
  for (const kind of ["text", "stance", "answer", "read"] as const) assert.ok(!changing.includes(kind), kind);
  assert.ok(changesMap({ type: "plan", at: 0, count: 0 }));
  assert.ok(changesMap({ type: "conflict", at: 0, count: 1, began: 1, changed: 0, ended: 0, items: [] }));
  assert.ok(changesMap("again"));
  assert.ok(!changesMap({ type: "presence", at: 0 }));
});
