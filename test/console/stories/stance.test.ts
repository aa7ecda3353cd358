/** A stance is restated, NOT MEANT, restated, CONFIRMED, each side at its own table. */
import { after, afterEach, before, test } from "node:test";
import { desk } from "../../support/nodes.ts";
import { openStage, type Player, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

for (const language of TOLD_IN) {
  test(`${language}: restated, NOT MEANT, restated, CONFIRMED`, { timeout: 900_000 }, async () => {
    const topic = `The bridge ${language}`;
    const body = { topic, stands: "on-the-table", words: "We would open it by day.", said: "only-here" };
    await desk(stage.line.party("northern")).tell({ items: [{ kind: "stance", subject: topic, body }] });
    const [author, authorSecond] = await Promise.all(
      ["watch-1", "watch-2"].map((officer) => stage.signIn("northern", officer, language)),
    );
    const [receiver, receiverSecond] = await Promise.all(
      ["watch-1", "watch-2"].map((officer) => stage.signIn("southern", officer, language)),
    );
    if (author === undefined || authorSecond === undefined || receiver === undefined || receiverSecond === undefined)
      return;
    const at = (player: Player) => player.page.getByRole("region", { name: topic });
    const answer = async (by: Player, second: Player, code: string, words: string | null) => {
      await by.page.getByText(code, { exact: true }).first().click();
      if (words !== null) await by.page.getByRole("textbox").last().fill(words);
      await by.button("answer.sign-and-pass").click();
      await by.text("draft.you-drafted").waitFor();
      await second.review(new RegExp(`^${code}`));
      await second.button("common.release").click();
      await second.at("region", "message.evidence").waitFor();
      await by.go("table");
    };
    await author.go("table");
    await receiver.go("table");
    await at(receiver)
      .getByRole("link", { name: receiver.say("table.restate") })
      .click();
    await answer(receiver, receiverSecond, "RESTATED", "You open it for good.");
    await at(author).getByText("You open it for good.").waitFor();
    await at(author)
      .getByRole("link", { name: author.say("table.judge") })
      .click();
    await answer(author, authorSecond, "NOT MEANT", "By day only.");
    await at(receiver).getByText("By day only.").waitFor();
    await at(receiver)
      .getByRole("link", { name: receiver.say("table.restate") })
      .click();
    await answer(receiver, receiverSecond, "RESTATED", "You open it from sunrise to sunset.");
    await at(author)
      .getByRole("link", { name: author.say("table.judge") })
      .click();
    await answer(author, authorSecond, "CONFIRMED", null);
    await at(receiver).getByText(receiver.say("table.state-confirmed"), { exact: true }).waitFor();
  });
}
