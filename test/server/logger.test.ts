/** What a node's own log says, and how often. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonLogger, silentLogger } from "../../src/server/logger.ts";
import { notices, type NoticesContext } from "../../src/server/messages/notices.ts";
import { storeError } from "../../src/store/index.ts";

test("every line names the node's own party, and beside it whom the event is about", () => {
  const lines: Record<string, unknown>[] = [];
  const logger = jsonLogger(
    "northern",
    (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
    () => 0,
  );
  logger.warn("declared", { party: "southern", revoked: 2 });
  logger.warn("declared", { party: "northern" });
  logger.info("stopped");
  assert.deepEqual(
    lines.map(({ party, peer }) => [party, peer]),
    [
      ["northern", "southern"],
      ["northern", undefined],
      ["northern", undefined],
    ],
  );
});

test("a notice that finds no room is tried again ever later, said with its code and seldom, and told at last", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const said: unknown[] = [];
  let [attempts, full] = [0, true];
  const log = () => {
    attempts += 1;
    if (full) throw storeError("disk-full", "The disk is full.");
    return null;
  };
  const logger = { ...silentLogger, warn: (event: string, fields: unknown) => void said.push([event, fields]) };
  const context = { state: {}, store: { log }, outbound: {}, logger, now: Date.now, onTold: () => assert.fail() };
  const telling = notices(context as unknown as NoticesContext);
  telling.start();
  for (let second = 0; second < 3600; second++) t.mock.timers.tick(1000);
  assert.ok(attempts < 500, `${attempts} attempts in an hour`);
  assert.ok(said.length < 12, `said ${said.length} times`);
  assert.deepEqual(said[0], ["notice-not-told", { code: "disk-full", reason: "The disk is full.", failures: 1 }]);
  full = false;
  const before = attempts;
  t.mock.timers.tick(8000);
  assert.equal(attempts, before + 1);
  telling.stop();
});
