/** STOP in the night: unanswered, escalating, taken by one of two, CEASED. */
import { after, afterEach, before, test } from "node:test";
import { desk, until } from "../../support/nodes.ts";
import { openStage, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
let ahead = 0;
before(async () => void (stage = await openStage({ now: () => Date.now() + ahead })));
afterEach(() => stage?.leave());
after(() => stage?.close());

const stop = (subject: string) => ({
  kind: "alert" as const,
  subject,
  body: {
    alert: "STOP",
    volumes: [
      { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
    ],
    remarks: "",
  },
});

for (const language of TOLD_IN) {
  test(`${language}: STOP at 03:12Z`, { timeout: 900_000 }, async () => {
    const subject = `Stop at the dry ford ${language}`;
    const northern = desk(stage.line.party("northern"));
    const one = await stage.signIn("southern", "watch-1", language);
    const two = await stage.signIn("southern", "watch-2", language);
    const told = await northern.tell({ items: [stop(subject)] }, { drafter: null, releaser: "watch-1" });
    const alarms = [one, two].map(({ page }) => page.getByRole("alertdialog", { name: /STOP/ }));
    const [first, second] = alarms as [(typeof alarms)[number], (typeof alarms)[number]];
    await Promise.all(alarms.map((alarm) => alarm.getByText(one.say("watch.state-unanswered")).waitFor()));
    await first.getByText(subject).waitFor();
    ahead += 121_000;
    await Promise.all(alarms.map((alarm) => alarm.getByText(one.say("watch.state-escalating")).waitFor()));

    await first
      .getByText(one.say("watch.called-now", { who: one.say("frame.role-watch") }))
      .first()
      .waitFor();
    await first.getByRole("button", { name: one.say("watch.take") }).click();
    await Promise.all([first, second].map((alarm) => alarm.waitFor({ state: "detached" })));
    await two.go("watch");
    await two
      .at("region", "watch.alerts")
      .getByText(/watch-1/)
      .first()
      .waitFor();
    await two.page.getByRole("link", { name: subject }).first().click();
    await one.go("watch");
    await one.in("region", "watch.alerts").link("common.answer").first().click();
    await two.text("watch.also-writing", { officer: "watch-1" }).waitFor();
    await one.text("watch.also-here", { officer: "watch-2" }).waitFor();
    await one.page.getByText("CEASED", { exact: true }).click();
    const ceased = new Date(Date.now() - 60_000).toISOString().slice(0, 16).replace("T", " ");
    await one.field("answer.ceased-at").fill(`${ceased}Z`);
    await one.button("answer.sign-and-send").click();
    const author = await northern.as("watch-1");
    await until("CEASED", async () => {
      const { alerts } = await author.alerts();
      return alerts.find(({ message }) => message.hash === told[0])?.parties[0]?.answer === "CEASED";
    });
    await one.go("watch");
    await one
      .at("region", "watch.alerts")
      .getByText(/^CEASED/)
      .first()
      .waitFor();
  });
}
