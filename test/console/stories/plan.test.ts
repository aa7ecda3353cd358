/** A plan too close to a convoy that the other side told: moved by a suggestion, certified, GO. */
import { after, afterEach, before, test } from "node:test";
import { desk, movementRequest } from "../../support/nodes.ts";
import { openStage, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

for (const language of TOLD_IN) {
  test(`${language}: in conflict, moved, certified, GO`, { timeout: 900_000 }, async () => {
    const [id, name] = [`SC-${language}`, `Plover ${language}`];
    await desk(stage.line.party("northern")).tell(movementRequest(`Convoy ${language}`));
    const planner = await stage.signIn("southern", "planner-1", language);
    await planner.go("plans");
    await planner.button("plans.add").click();
    await planner.field("plans.number").fill(id);
    await planner.field("plans.name").fill(name);
    await planner.field("write.centre").fill("36.27, 43.57");
    const [label, unit] = [planner.say("write.radius"), planner.say("write.unit-metres")];
    await planner.field("write.with-unit", { label, unit }).fill("1500");
    await planner.field("write.from").fill("");
    await planner.field("write.until").fill("");
    await planner.button("plans.keep").click();
    await planner.button("decide.decide-one", { name }).click();
    await planner.page.getByRole("button", { name: planner.say("decide.go"), exact: true }).click();
    await planner.page.getByRole("alert").getByText("plan-breach").waitFor();
    const applies = planner
      .say("decide.apply-one", { change: "" })
      .replace(/[\u2066-\u2069]/g, "")
      .trim();
    await planner.page.getByRole("button", { name: applies }).first().click();
    await planner.text("decide.applied-clear").first().waitFor();
    await planner.page.getByRole("button", { name: planner.say("decide.go"), exact: true }).click();
    await planner.page
      .getByText(/planner-1/)
      .first()
      .waitFor();

    // The other side learns nothing of it, whatever page its officers look at.
    const other = await stage.signIn("northern", "watch-1", language);
    for (const page of ["watch", "map", "inbox", "knows"] as const) {
      await other.go(page);
      await other.page.getByText(name).waitFor({ state: "detached" });
    }
  });
}
