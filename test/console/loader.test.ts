import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { loader, type Pace, pace } from "../../src/console/live/loader.ts";

/** What was asked, each to be answered by hand; and what was shown. */
function desk(shared: Pace = pace()) {
  const asked: PromiseWithResolvers<string>[] = [];
  const shown: string[] = [];
  const load = loader(
    () => {
      const next = Promise.withResolvers<string>();
      asked.push(next);
      return next.promise;
    },
    (outcome) =>
      void outcome.then(
        (value) => shown.push(value),
        (error: Error) => shown.push(`failed: ${error.message}`),
      ),
    { pace: shared },
  );
  return { load, asked, shown };
}

const settled = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

test("a burst is one question, and what comes while it is under way is one more after it", async (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const { load, asked, shown } = desk();
  for (let i = 0; i < 100; i++) load.changed();
  mock.timers.tick(60);
  assert.equal(asked.length, 1);
  for (let i = 0; i < 100; i++) load.changed();
  mock.timers.tick(10_000);
  assert.equal(asked.length, 1, "nobody is asked twice at once");
  asked[0]?.resolve("one");
  await settled();
  mock.timers.tick(1000);
  assert.equal(asked.length, 2, "what changed meanwhile is asked for");
  asked[1]?.reject(new Error("gone"));
  await settled();
  mock.timers.tick(10_000);
  assert.deepEqual([asked.length, shown], [2, ["one", "failed: gone"]]);
});

test("what is urgent is asked at once, and an older answer never takes its place", async () => {
  const { load, asked, shown } = desk();
  load.now();
  load.now();
  assert.equal(asked.length, 2);
  asked[1]?.resolve("new");
  await settled();
  asked[0]?.resolve("old");
  await settled();
  assert.deepEqual(shown, ["new"]);
});

test("a question that hangs keeps nobody waiting who asks at once; nothing is shown after the end", async () => {
  const { load, asked, shown } = desk();
  load.now();
  load.now();
  asked[1]?.resolve("there again");
  await settled();
  load.now();
  load.stop();
  asked[2]?.resolve("too late");
  await settled();
  assert.deepEqual(shown, ["there again"]);
});

test("whoever asks rests as long as the last answer took; that rest over, what changes is asked for soon", async (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const pass = (ms: number) => {
    now += ms;
    mock.timers.tick(ms);
  };
  const { load, asked } = desk();
  load.now();
  pass(400);
  asked[0]?.resolve("after 400 ms");
  await settled();
  load.changed();
  pass(399);
  assert.equal(asked.length, 1, "half of the node's time goes into answering");
  pass(1);
  assert.equal(asked.length, 2);
  pass(300);
  asked[1]?.resolve("after 300 ms");
  await settled();
  pass(5000);
  load.changed();
  pass(15);
  assert.equal(asked.length, 3, "after a long peace nobody waits but for the burst");
});

test("a page rests as long as all that it asked took together, and what is urgent does not rest", async (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const shared = pace();
  const [one, two] = [desk(shared), desk(shared)];
  one.load.now();
  two.load.now();
  now += 200;
  one.asked[0]?.resolve("after 200 ms");
  two.asked[0]?.resolve("after 200 ms");
  await settled();
  one.load.changed();
  now += 399;
  mock.timers.tick(399);
  assert.equal(one.asked.length, 1);
  two.load.now();
  assert.equal(two.asked.length, 2, "an alert asks at once");
  now += 1;
  mock.timers.tick(1);
  assert.equal(one.asked.length, 2);
});

test("a node that is back is asked anew beside what hangs, and no sooner than it can answer", async (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const shared = pace();
  const { load, asked, shown } = desk(shared);
  load.now();
  shared.answered(500);
  for (let i = 0; i < 10; i++) load.again();
  now += 499;
  mock.timers.tick(499);
  assert.equal(asked.length, 1);
  now += 1;
  mock.timers.tick(1);
  assert.equal(asked.length, 2, "once, though the first never came");
  asked[1]?.resolve("there again");
  await settled();
  assert.deepEqual(shown, ["there again"]);
});
