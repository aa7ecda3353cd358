/** A convoy is told, read back wrong, corrected by a new message, and answered. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { CIRCLE, sample } from "../../message/samples.ts";
import { type Desk, desk, movementRequest } from "../../support/nodes.ts";
import { openStage, type Player, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

const RIGHT = "35.9108, 43.6127";
const WRONG = "35.9708, 43.6127";

async function draftConvoy(drafter: Player, subject: string): Promise<readonly [string, string]> {
  await drafter.go("drafts");
  await drafter.link("drafts.new-movement").click();
  await drafter.button("write.check").click();
  await drafter.page.getByRole("alert").getByText(drafter.say("missing.subject")).waitFor();
  await drafter.field("write.subject").fill(subject);
  const [from, to] = [1, 2].map((number) => drafter.in("group", "write.waypoint", { number })) as [Player, Player];
  await from.field("write.position").fill("35°59.3'N 43°53.7'E");
  await to.field("write.position").fill(WRONG);
  const times = [await from.field("write.time").inputValue(), await to.field("write.time").inputValue()] as const;
  await drafter.button("write.check").click();
  await drafter.button("draft.sign").click();
  await drafter.text("draft.you-drafted").waitFor();
  return times;
}

async function release(releaser: Player, subject: string): Promise<void> {
  await releaser.review(subject);
  // What it says to the others stands in the reader's language, field by field.
  const { codes } = releaser.tongue.phrases;
  await releaser.in("region", "draft.learn").scope.getByText(codes.movement_phase.planned, { exact: true }).waitFor();
  const boxes = releaser.page.getByRole("checkbox");
  if ((await boxes.count()) > 0) await releaser.page.locator("label", { has: boxes }).click();
  await releaser.button("draft.release-unchecked").click();
  await releaser.at("region", "message.ladders").waitFor();
}

async function readBack(reader: Player, times: readonly [string, string], place: string): Promise<void> {
  await reader.field("readback.waypoint-place", { number: 1 }).waitFor();
  assert.equal(await reader.page.getByText("35.97").count(), 0, "the source is out of sight");
  const fill = async (number: number, position: string, at: string) => {
    await reader.field("readback.waypoint-place", { number }).fill(position);
    await reader.field("readback.waypoint-time", { number }).fill(at);
  };
  await fill(1, "35 59.3N 43 53.7E", times[0]);
  await fill(2, place, times[1]);
  await reader.button("readback.compare").click();
}

for (const language of TOLD_IN) {
  const subject = `Two lorries ${language}`;
  test(`${language}: told, read back wrong, corrected, answered`, { timeout: 900_000 }, async () => {
    const drafter = await stage.signIn("northern", "watch-1", language);
    const times = await draftConvoy(drafter, subject);
    const releaser = await stage.signIn("northern", "watch-2", language);
    await release(releaser, subject);

    const reader = await stage.signIn("southern", "watch-1", language);
    await reader.go("inbox");
    await reader.in("list", "inbox.waiting").scope.getByRole("link", { name: subject }).click();
    await reader.button("message.i-have-read").click();
    await reader.link("common.read-back").click();
    await readBack(reader, times, RIGHT);
    await reader.text("readback.different").waitFor();
    await reader.button("readback.send").click();

    // What was read back otherwise waits for its author, and leads straight to the correction.
    await drafter.go("inbox");
    const row = drafter.page.getByRole("listitem").filter({ hasText: subject });
    await row.getByRole("link", { name: drafter.say("common.correct") }).click();
    await drafter.text("message.say-correct").waitFor();
    await drafter.link("common.correct").click();
    const to = drafter.in("group", "write.waypoint", { number: 2 });
    await to.field("write.position").fill(RIGHT);
    await drafter.button("write.check").click();
    const moved = drafter.in("region", "message.replaces");
    await moved.scope
      .getByText(/43\.6127/)
      .first()
      .waitFor();
    await moved.scope.getByText(drafter.say("readback.waypoint-place", { number: 2 })).waitFor();
    await drafter.button("draft.sign").click();
    await releaser.review(subject);
    await releaser.at("region", "message.replaces").getByText("35.91").first().waitFor();
    await release(releaser, subject);

    await reader.go("inbox");
    await reader.in("list", "inbox.waiting").scope.getByRole("link", { name: subject }).click();
    await reader.at("region", "message.replaces").getByText("35.97").first().waitFor();
    await reader.button("message.i-have-read").click();
    await reader.link("common.read-back").click();
    await readBack(reader, times, RIGHT);
    await reader.text("readback.same").waitFor();
    await reader.button("readback.send").click();
    await reader.link("common.answer").click();
    const answers = reader.page.getByRole("radio");
    await answers.first().waitFor();
    const codes = await answers.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    assert.deepEqual(codes, ["NOTED", "CONCERN", "STANDBY"]);
    await reader.page.getByText("NOTED", { exact: true }).click();
    await reader.button("answer.sign-and-send").click();
    const ladder = releaser.page.getByRole("region", { name: /Southern Command/ });
    await ladder.getByText("NOTED").waitFor();
    await ladder.getByText(releaser.say("ladder.says-same")).waitFor();
  });
}

const KINDS = ["movement", "site", "activity", "presence", "report", "stance", "assessment", "query", "text"] as const;

test(
  "every form holds what was told of its kind: a correction in which nothing was typed changes nothing",
  { timeout: 900_000 },
  async () => {
    const northern: Desk = desk(stage.line.party("northern"));
    const now = Date.now();
    const player = await stage.signIn("northern", "watch-1", "en");
    for (const kind of KINDS) {
      const { body } =
        kind === "query"
          ? { body: { ...sample("query").body, about: "volume", message: null, volumes: [CIRCLE] } }
          : sample(kind);
      const item =
        kind === "movement" ? movementRequest("A convoy", now).items[0] : { kind, subject: `A ${kind}`, body };
      assert.ok(item !== undefined);
      const [hash] = await northern.tell({ items: [item] });
      await player.page.goto(`${stage.line.party("northern").url}/#/message/${hash}`);
      await player.link("common.correct").click();
      await player.button("write.check").click();
      await player.text("message.no-difference").waitFor();
      await player.button("draft.discard").click();
      await player.at("heading", "drafts.title").waitFor();
    }
  },
);
