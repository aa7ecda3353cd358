import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allowedAnswers,
  answerFault,
  CONTENT_KINDS,
  dueAfter,
  dueAt,
  encodeMessage,
  KIND_RULES,
  type LoggedAnswer,
  type MessageOf,
  officersToRelease,
  stanceStandingOf,
  standingOf,
  volumesOf,
} from "../../src/message/index.ts";
import type { AnswerCode } from "../../src/message/index.ts";
import { type LineId, logOrigin } from "../../src/wire/id.ts";
import { AT, CIRCLE, LINE, NORTHERN, RELIEF, sample, sampleBody, SOUTHERN, TARGET } from "./samples.ts";
import { refuses } from "./support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function answer(code: AnswerCode, changes: Partial<MessageOf<"answer">["body"]> = {}): MessageOf<"answer"> {
  const until = code === "STANDBY" ? AT + MINUTE : null;
  const at = code === "CEASED" ? AT : null;
  const body = { answer: code, scope: "message", reason: "", words: "", until, at, ...changes } as const;
  return sample("answer", { from: SOUTHERN, body });
}

test("the table of the design: who releases, what closes", () => {
  const closes = Object.fromEntries(CONTENT_KINDS.map((kind) => [kind, KIND_RULES[kind].closes.join(" ")]));
  assert.deepEqual(closes, {
    activity: "NOTED",
    site: "LISTED",
    movement: "NOTED",
    presence: "NOTED",
    stance: "CONFIRMED",
    assessment: "NOTED",
    report: "NOTED",
    warning: "ANSWERED",
    query: "YES NO CANNOT SAY",
    alert: "CEASED NOT OURS",
    call: "CONFIRMED",
    text: "NOTED",
  });
  const alone = CONTENT_KINDS.filter((kind) => officersToRelease(sample(kind), null) === 1);
  assert.deepEqual(alone, ["alert", "call"]);
});

test("an answer needs one officer where it is STANDBY, NOTED or answers an alert, two otherwise", () => {
  const movement = sample("movement");
  assert.equal(officersToRelease(answer("NOTED"), movement), 1);
  assert.equal(officersToRelease(answer("STANDBY"), movement), 1);
  assert.equal(officersToRelease(answer("CONCERN", { reason: "why" }), movement), 2);
  assert.equal(officersToRelease(answer("UNABLE", { reason: "why" }), sample("alert")), 1);
  assert.equal(officersToRelease(answer("CONCERN", { reason: "why" }), null), 2);
});

test("a withdrawal needs as many as its message", () => {
  assert.equal(officersToRelease(sample("withdrawal"), sample("alert")), 1);
  assert.equal(officersToRelease(sample("withdrawal"), sample("site")), 2);
  assert.equal(officersToRelease(sample("withdrawal"), null), 2);
});

test("one officer's answers carry no free words", () => {
  refuses(() => encodeMessage(answer("NOTED", { words: "and another thing" })), "value-refused");
  refuses(() => encodeMessage(answer("STANDBY", { reason: "busy" })), "value-refused");
});

test("each answer holds what it needs, and nothing in place of it", () => {
  refuses(() => encodeMessage(answer("CONCERN")), "value-refused");
  refuses(() => encodeMessage(answer("STANDBY", { until: null })), "value-refused");
  refuses(() => encodeMessage(answer("NOTED", { until: AT + 1 })), "value-refused");
  refuses(() => encodeMessage(answer("CEASED", { at: null })), "value-refused");
  refuses(() => encodeMessage(answer("RESTATED")), "value-refused");
  encodeMessage(answer("RESTATED", { words: "We understood: by day." }));
});

test("what is due when: before it starts, within so long, or as stated; a charter tightens and never loosens", () => {
  const stored = AT + MINUTE;
  assert.equal(dueAt(sample("movement"), stored), AT + 2 * HOUR);
  assert.equal(dueAt(sample("movement"), AT + 3 * HOUR), AT + 4 * HOUR, "under way: an hour after it was stored");
  assert.equal(dueAt(sample("activity"), stored), AT + HOUR);
  assert.equal(dueAt(sample("alert"), stored), stored + 2 * MINUTE);
  assert.equal(dueAt(sample("alert"), stored, { alert: MINUTE }), stored + MINUTE);
  assert.equal(dueAt(sample("alert"), stored, { alert: HOUR }), stored + 2 * MINUTE);
  assert.equal(dueAt(sample("query"), stored), AT + HOUR);
  assert.equal(dueAt(sample("warning"), stored), AT + 48 * HOUR);
  assert.equal(dueAt(sample("read"), stored), null);
});

test("nothing is owed sooner than is known without reading the message", () => {
  const stored = AT + 5 * MINUTE;
  for (const kind of CONTENT_KINDS) {
    for (const deadlines of [{}, { [kind]: MINUTE }, { [kind]: 100 * HOUR }]) {
      const soonest = dueAfter(kind, deadlines);
      const due = dueAt(sample(kind), stored, deadlines);
      assert.ok(soonest === null || due === stored + soonest, `${kind}: ${due}`);
    }
  }
  assert.deepEqual([dueAfter("alert"), dueAfter("movement"), dueAfter("query")], [2 * MINUTE, null, null]);
  assert.equal(dueAfter("read"), Infinity);
});

test("nobody answers himself; a restatement is confirmed by the stance's author alone", () => {
  const stance = sample("stance");
  assert.deepEqual(allowedAnswers(stance, NORTHERN), []);
  assert.deepEqual(allowedAnswers(stance, SOUTHERN), ["RESTATED"]);
  const restated = answer("RESTATED", { words: "By day only." });
  assert.deepEqual(allowedAnswers(restated, NORTHERN, stance), ["CONFIRMED", "NOT MEANT"]);
  assert.deepEqual(allowedAnswers(restated, RELIEF, stance), []);
  assert.deepEqual(allowedAnswers(restated, NORTHERN), []);
  const confirmed = sample("answer", { from: NORTHERN, body: answer("CONFIRMED").body });
  assert.equal(answerFault(confirmed, restated, stance), null);
  assert.equal(answerFault(confirmed, stance), "not-allowed");
});

test("an answer that its target does not allow is named as such", () => {
  assert.equal(answerFault(answer("NOTED"), sample("movement")), null);
  assert.equal(answerFault(answer("LISTED"), sample("movement")), "not-allowed");
  assert.equal(answerFault(answer("NOTED", { scope: "list" }), sample("movement")), "wrong-target");
  assert.equal(answerFault(answer("LISTED", { scope: "list" }), sample("site")), null);
  assert.equal(answerFault(answer("NOTED"), sample("movement", { line: "99".repeat(32) as LineId })), "wrong-line");
  assert.equal(answerFault(answer("STANDBY", { until: AT + 3 * MINUTE }), sample("alert")), "standby-too-long");
  assert.equal(answerFault(answer("STANDBY"), sample("alert")), null);
});

const logged = (message: MessageOf<"answer">, index: number): LoggedAnswer => ({ message, hash: `h${index}`, index });

test("the later answer in a party's log counts, and what it contradicts stays visible", () => {
  const movement = sample("movement");
  const noted = logged(answer("NOTED"), 4);
  const concern = logged(answer("CONCERN", { reason: "why" }), 9);
  assert.deepEqual(standingOf(movement, []), { state: "unanswered" });
  assert.deepEqual(standingOf(movement, [noted]), {
    state: "closed",
    answer: "NOTED",
    hash: "h4",
    contradicts: false,
    crossed: false,
  });
  const both = standingOf(movement, [concern, noted]);
  assert.deepEqual(both, { state: "open", answer: "CONCERN", hash: "h9", contradicts: true, crossed: false });
  const standby = standingOf(movement, [logged(answer("STANDBY"), 2)]);
  assert.equal(standby.state === "standby" && standby.until, AT + MINUTE);
  assert.equal(standingOf(movement, [logged(answer("STANDBY"), 2), noted]).state, "closed");
});

test("a stance is closed by its author's word that he was understood, and by nothing else", () => {
  const stance = sample("stance");
  const restated = { ...logged(answer("RESTATED", { words: "By day only." }), 4), hash: TARGET };
  const reply = (code: AnswerCode, index: number): LoggedAnswer =>
    logged(
      sample("answer", { body: answer(code, code === "CONFIRMED" ? {} : { reason: "by night too" }).body }),
      index,
    );
  const state = (...replies: LoggedAnswer[]): string => {
    const standing = stanceStandingOf(stance, [restated], replies);
    return standing.state === "unanswered" ? standing.state : `${standing.state} ${standing.answer}`;
  };
  assert.equal(state(), "open RESTATED");
  assert.equal(state(reply("NOT MEANT", 7)), "open NOT MEANT");
  assert.equal(state(reply("CONFIRMED", 8), reply("NOT MEANT", 7)), "closed CONFIRMED");
  assert.equal(stanceStandingOf(stance, [], []).state, "unanswered");
});

test("an answer to the message counts before one to its list", () => {
  const site = sample("site");
  const all = logged(answer("LISTED", { scope: "list" }), 20);
  const one = logged(answer("NOT LISTED", { reason: "not found there" }), 11);
  assert.equal(standingOf(site, [all]).state, "closed");
  const both = standingOf(site, [one, all]);
  assert.equal(both.state === "open" && both.answer, "NOT LISTED");
});

test("an answer written before the newer version was seen has crossed it", () => {
  const origin = logOrigin(LINE, RELIEF, 0);
  const crossed = (index: number): boolean => {
    const standing = standingOf(sample("movement"), [logged(answer("NOTED"), 4)], { origin, index });
    return standing.state === "closed" && standing.crossed;
  };
  assert.equal(crossed(39), false, "its author's node had seen 40 entries, this one among them");
  assert.equal(crossed(40), true);
});

test("where a message is: a site has no end, what is over is nowhere", () => {
  const [site] = volumesOf(sample("site"));
  assert.equal(site?.window.end, null);
  const [movement] = volumesOf(sample("movement"));
  assert.deepEqual(movement?.window, { start: AT + 2 * HOUR - 30 * MINUTE, end: AT + 4 * HOUR + 30 * MINUTE });
  assert.equal(movement?.footprint.type, "corridor");
  assert.ok(movement !== undefined && "motion" in movement, "it moves along its times");
  for (const phase of ["deviating", "halted", "impeded"] as const) {
    const [off] = volumesOf(sample("movement", { body: { ...sampleBody("movement"), phase } }));
    assert.equal(off?.window.end, null, "nobody knows how long it will stay");
    assert.ok(off !== undefined && !("motion" in off), "its times say nothing any more");
  }
  const arrived = sample("movement", { body: { ...sampleBody("movement"), phase: "arrived" } });
  assert.deepEqual(volumesOf(arrived), []);
  assert.deepEqual(volumesOf(sample("alert")), [CIRCLE]);
  assert.deepEqual(volumesOf(sample("text")), []);
  const route = [{ position: { lat: 1, lon: 2 }, at: null, name: null }];
  const [halted] = volumesOf(sample("movement", { body: { ...sampleBody("movement"), route } }));
  assert.deepEqual(halted?.footprint, { type: "circle", centre: { lat: 1, lon: 2 }, radius_m: 100 });
  assert.deepEqual(halted?.window, { start: null, end: null });
});
