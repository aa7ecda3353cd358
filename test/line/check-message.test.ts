import assert from "node:assert/strict";
import { test } from "node:test";
import { checkMessage, type Counted, type Refused, type Role, rosterAt, type Target } from "../../src/line/index.ts";
import { decodeMessage, type Message, parseBody, type SignedMessage } from "../../src/message/index.ts";
import { parseOfficerId, parsePersonId } from "../../src/wire/id.ts";
import { AT, messageOn, newWorld, textOn } from "./world.ts";
import { contextOf, hashOf, judge, movementOn, noted, replyTo } from "./telling.ts";
import { suite } from "./sides.ts";

const { nodes } = await newWorld();
const [north, relief, south] = nodes;
const { watch, drafter, releaser, twin, planner } = relief.side.officers;

const faultOf = (found: Counted | Refused): string => (found.ok ? "ok" : found.fault);
const said = (message: Message, drafted = drafter as typeof drafter | null, released = releaser) =>
  relief.say(message, { drafted, released });

const movement = await said(movementOn(relief));
const about: Target = { message: decodeMessage(movement.bytes), releasedBy: parsePersonId("person-3") };
const aim = (target: Target | null) => ({ target: () => target });

test("two persons in their roles make a movement count", () => {
  const found = judge(south, relief, movement);
  assert.ok(found.ok);
  assert.equal(found.drafter?.id, "drafter-1");
  assert.equal(found.releaser.id, "releaser-1");
  assert.equal(found.sole, false);
  assert.equal(found.stale, false);
});

test("past its not-after it is stale, and still counts", async () => {
  const message = await said(movementOn(relief, { expires: AT + 1000 }));
  const late = judge(south, relief, message, {}, AT + 1001);
  assert.ok(late.ok && late.stale);
  const intime = judge(south, relief, message, {}, AT + 1000);
  assert.ok(intime.ok && !intime.stale);
});

test("who signed, in which role, and how many persons they are", async () => {
  const cases: readonly (readonly [string, SignedMessage])[] = [
    ["same-person", await said(movementOn(relief), drafter, twin)],
    ["same-person", await said(movementOn(relief), releaser, releaser)],
    ["second-officer", await said(movementOn(relief), null)],
    ["role", await said(movementOn(relief), releaser, drafter)],
    ["role", await said(movementOn(relief), drafter, planner)],
    ["unknown-officer", await said(movementOn(relief), drafter, south.side.officers.releaser)],
    ["unknown-officer", await said(movementOn(relief), south.side.officers.drafter, releaser)],
    ["ok", await said(movementOn(relief), planner, releaser)],
    ["ok", await said(movementOn(relief), watch, releaser)],
    ["ok", await said(movementOn(relief), drafter, watch)],
  ];
  for (const [i, [expected, signed]] of cases.entries())
    assert.equal(faultOf(judge(south, relief, signed)), expected, `case ${i}`);
});

test("a signature counts for its bytes and its purpose only", async () => {
  const other = await said(movementOn(relief));
  for (const signed of [
    { ...movement, released: other.released },
    { ...movement, drafted: other.drafted },
    { ...movement, drafted: movement.released },
    { ...movement, released: movement.drafted as Uint8Array },
    { ...movement, released: new Uint8Array(3) },
  ]) {
    assert.equal(faultOf(judge(south, relief, signed)), "signature");
  }
  for (let at = 0; at < movement.bytes.length; at += 5) {
    const bytes = movement.bytes.with(at, (movement.bytes[at] as number) ^ 1);
    const fault = faultOf(judge(south, relief, { ...movement, bytes }));
    assert.ok(["signature", "malformed", "newer-version"].includes(fault), `byte ${at}: ${fault}`);
  }
});

const stop = parseBody("alert", {
  alert: "STOP",
  volumes: [
    { footprint: { type: "point", at: { lat: 36, lon: 43 } }, height: null, window: { start: null, end: null } },
  ],
  message: null,
  remarks: "",
});

test("line, log, charter, exercise, kind, expiry and id are those of the line", async () => {
  const charter = { ...relief.file.charter, expires_at: AT - 1 };
  const standing = { state: "suspended", since: AT, reason: null } as const;
  const suspended = { ...rosterAt(relief.log().rosters, 2), standing };
  const cases: readonly (readonly [string, Message, Parameters<typeof judge>[3]?])[] = [
    ["wrong-line", movementOn(relief, { line: "00".repeat(32) as never })],
    ["wrong-charter", movementOn(relief, { charter: "00".repeat(32) })],
    ["not-the-author", movementOn(relief, { from: south.side.id })],
    ["not-an-exercise", movementOn(relief, { exercise: false })],
    ["kind-not-allowed", movementOn(relief), { charter: { ...relief.file.charter, kinds: ["site", "alert"] } }],
    ["line-expired", movementOn(relief), { charter }],
    [
      "ok",
      messageOn(relief, { kind: "alert", body: stop } as never),
      { charter: { ...charter, kinds: ["site", "alert"] } },
    ],
    ["line-suspended", movementOn(relief), { roster: suspended }],
    ["ok", messageOn(relief, { kind: "alert", body: stop } as never), { roster: suspended }],
    ["repeated-id", movementOn(relief), { isRepeated: () => true }],
  ];
  for (const [expected, message, rest] of cases)
    assert.equal(faultOf(judge(south, relief, await said(message), rest)), expected, expected);
});

test("one officer suffices for what one may release, and a sole release needs the charter and a reason", async () => {
  const text = (reason: string | null) => textOn(relief, "Alone.", { sole_reason: reason });
  const sole = { charter: { ...relief.file.charter, sole_release: true } };
  const found = judge(south, relief, await said(text("The other is on leave."), null), sole);
  assert.ok(found.ok && found.sole);
  assert.equal(faultOf(judge(south, relief, await said(text(null), null), sole)), "second-officer");
  assert.equal(faultOf(judge(south, relief, await said(text("A reason."), null))), "second-officer");
  assert.equal(faultOf(judge(south, relief, await said(text("A reason.")), sole)), "sole-reason");
  const alert = messageOn(relief, { kind: "alert", body: stop, sole_reason: "A reason." } as never);
  assert.equal(faultOf(judge(south, relief, await said(alert, null), sole)), "sole-reason");
});

test("a reply is judged by what it refers to, and waits for it", async () => {
  const hash = hashOf(movement);
  const by = (message: Message, drafted: typeof watch | null = null, released = south.side.officers.watch) =>
    south.say(message, { drafted, released });
  const judged = (signed: SignedMessage, target: Target | null) => {
    const placed = { origin: south.origin, index: 2, signed };
    return faultOf(checkMessage(suite, contextOf(north, south, 2, aim(target)), placed, AT));
  };
  const note = await by(noted(south, hash));
  assert.equal(judged(note, null), "unknown-target");
  assert.equal(judged(note, about), "ok");
  assert.equal(
    judged(await by(noted(south, hash, "LISTED"), south.side.officers.drafter), about),
    "answer-not-allowed",
  );
  assert.equal(judged(await by(replyTo(south, hash, "read", "reads", { scope: "message" })), about), "ok");
  const concern = {
    ...(noted(south, hash, "CONCERN") as never as { body: object }),
    body: { answer: "CONCERN", scope: "message", reason: "Too close.", words: "", until: null, at: null },
  };
  assert.equal(judged(await by(concern as never), about), "second-officer");
  assert.equal(
    judged(
      await by(
        { ...(concern as never as Message), id: "ab".repeat(16) as never },
        south.side.officers.drafter,
        south.side.officers.releaser,
      ),
      about,
    ),
    "ok",
  );
  const own: Target = { ...about, message: { ...about.message, from: south.side.id } };
  assert.equal(judged(await by(replyTo(south, hash, "read", "reads", { scope: "message" })), own), "unknown-target");
  const withdrawal = replyTo(south, hash, "withdrawal", "withdraws", { scope: "message", reason: "Not ours." });
  assert.equal(
    judged(await by(withdrawal, south.side.officers.drafter, south.side.officers.releaser), about),
    "not-the-author",
  );
});

test("only its author replaces, withdraws and counter-signs a message, and another person counter-signs", async () => {
  const hash = hashOf(movement);
  const again = await said(movementOn(relief, { re: { relation: "supersedes", message: hash } }));
  assert.equal(faultOf(judge(south, relief, again, aim(about))), "ok");
  const foreign: Target = { ...about, message: { ...about.message, from: north.side.id } };
  assert.equal(faultOf(judge(south, relief, again, aim(foreign))), "not-the-author");
  const other: Target = { ...about, message: decodeMessage((await said(textOn(relief, "Words"))).bytes) };
  assert.equal(faultOf(judge(south, relief, again, aim(other))), "unknown-target");
  const counter = await said(replyTo(relief, hash, "countersignature", "countersigns", { scope: "message" }), null);
  assert.equal(faultOf(judge(south, relief, counter, aim(about))), "same-person");
  assert.equal(faultOf(judge(south, relief, counter, aim({ ...about, releasedBy: parsePersonId("person-1") }))), "ok");
});

test("the roster that counts is the one at the message's index", () => {
  const roster = rosterAt(relief.log().rosters, 2);
  const without = { ...roster, officers: roster.officers.filter(({ id }) => id !== "releaser-1") };
  assert.equal(faultOf(judge(south, relief, movement, { roster: without })), "unknown-officer");
  const roles: readonly Role[] = ["auditor"];
  const demoted = {
    ...roster,
    officers: roster.officers.map((officer) =>
      officer.id === parseOfficerId("drafter-1") ? { ...officer, roles } : officer,
    ),
  };
  assert.equal(faultOf(judge(south, relief, movement, { roster: demoted })), "role");
});
