/** A releaser refuses, with the reason; the drafter sees it and takes up what he wrote. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openStage, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

for (const language of TOLD_IN) {
  test(`${language}: refused with the reason, written again, released`, { timeout: 900_000 }, async () => {
    const [subject, words] = [`Report of the day ${language}`, "The well at the crossroads is dry."];
    const drafter = await stage.signIn("northern", "watch-1", language);
    const releaser = await stage.signIn("northern", "watch-2", language);
    await drafter.go("drafts");
    await drafter.link("drafts.new-text").click();
    await drafter.field("write.subject").fill(subject);
    await drafter.field("write.words").fill(words);
    await drafter.button("write.check").click();
    await drafter.button("draft.sign").click();
    await drafter.text("draft.you-drafted").waitFor();

    await releaser.review(subject);
    await releaser.button("draft.refuse").click();
    const refuse = releaser.button("draft.refuse-with-reason");
    assert.equal(await refuse.isDisabled(), true, "never without a reason");
    await releaser.field("draft.why-refused").fill("Which crossroads?");
    await refuse.click();

    // The drafter's page says so by itself, and the words are still there.
    await drafter.page.getByText("Which crossroads?").waitFor();
    await drafter.link("draft.take-up-again").click();
    assert.equal(await drafter.field("write.words").inputValue(), words);
    await drafter.field("write.words").fill("The well at the northern crossroads is dry.");
    await drafter.button("write.check").click();
    await drafter.button("draft.sign").click();
    await drafter.text("draft.you-drafted").waitFor();
    await releaser.review(subject);
    await releaser.button("common.release").click();
    await releaser.at("region", "message.ladders").waitFor();
    const receiver = await stage.signIn("southern", "watch-1", language);
    await receiver.go("inbox");
    await receiver.at("list", "inbox.waiting").getByRole("link", { name: subject }).click();
    await receiver.page.getByText("The well at the northern crossroads is dry.").waitFor();
    await drafter.go("drafts");
    await drafter.link("drafts.new-movement").waitFor();
    // Nothing half-written is left behind.
    await drafter.at("region", "drafts.half-written").waitFor({ state: "detached" });
  });
}
