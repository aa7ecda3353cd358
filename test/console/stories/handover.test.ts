/** The watch is handed over: what is open, his words, and the next officer's signature. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { desk, movementRequest } from "../../support/nodes.ts";
import { openStage, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

for (const language of TOLD_IN) {
  test(`${language}: the watch is handed over`, { timeout: 900_000 }, async () => {
    const subject = `Convoy before dawn ${language}`;
    await desk(stage.line.party("northern")).tell(movementRequest(subject));
    const one = await stage.signIn("southern", "watch-1", language);
    await one.go("watch");
    await one.at("list", "inbox.waiting").getByText(subject).waitFor();
    await one.at("region", "watch.health").getByText("Northern Command").waitFor();
    await one.button("handover.give").click();
    const giving = one.page.getByRole("dialog");
    await giving.getByLabel(one.say("handover.words")).fill(`The liaison rings at 0500Z. ${language}`);
    await giving.getByRole("button", { name: one.say("handover.compose") }).click();
    await giving.getByText(subject).waitFor();
    await giving.getByRole("button", { name: one.say("handover.sign") }).click();
    await giving.waitFor({ state: "detached" });
    assert.equal(await one.button("handover.take").count(), 0, "not his own");

    const two = await stage.signIn("southern", "watch-2", language);
    await two.go("watch");
    await two.button("handover.take").click();
    await two.page.getByRole("dialog").getByText(`The liaison rings at 0500Z. ${language}`).waitFor();
    await two.button("handover.take-sign").click();
    await one.page
      .getByText(/watch-2/)
      .first()
      .waitFor();
  });
}
