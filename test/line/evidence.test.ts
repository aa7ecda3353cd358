import assert from "node:assert/strict";
import { test } from "node:test";
import { exportEvidence, messageEvidence, periodEvidence, verifyEvidence } from "../../src/line/index.ts";
import { suite } from "./world.ts";
import { sourceOf, tell } from "./telling.ts";

test("the evidence of a movement says who said what, who held it, who opened, read and answered it", async () => {
  const told = await tell();
  const file = exportEvidence(
    suite,
    messageEvidence(suite, sourceOf(told.nodes[1]), { ...told.place, hash: told.movement }, told.replies),
  );
  const report = verifyEvidence(suite, file, told.file.fingerprints);
  assert.deepEqual(report.faults, []);
  assert.equal(report.ok, true);
  const movement = report.messages.find(({ hash }) => hash === told.movement);
  assert.ok(movement);
  assert.deepEqual(
    movement.signers.map(({ as, officer, person }) => [as, officer, person]),
    [
      ["drafted", "drafter-1", "person-2"],
      ["released", "releaser-1", "person-3"],
    ],
  );
  assert.deepEqual(movement.receipts.map(({ party }) => party).toSorted(), ["northern", "southern"]);
  assert.deepEqual(
    movement.opened.map(({ party }) => party),
    ["southern"],
  );
  assert.deepEqual(
    movement.replies.map(({ kind, says }) => [kind, says]),
    [
      ["read", null],
      ["answer", "NOTED"],
    ],
  );
  assert.ok(movement.rendered.title.startsWith("EXERCISE"));
  console.log(file.length);
});
