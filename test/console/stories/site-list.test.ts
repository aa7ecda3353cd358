/** A list of forty sites, three of them wrong in the file: mended, released as one, answered, and changed by its difference. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openStage, type Player, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

type Row = readonly [id: string, name: string, lat: string, lon: string];
const COUNT = 40;
/** Each telling has names of its own: a node knows a place by its name wherever it was told. */
const sitesOf = (word: string): readonly Row[] =>
  Array.from({ length: COUNT }, (_, i) => {
    return [`${word}-${i}`, `${word} ${i}`, (35.5 + i / 50).toFixed(4), (43.05 + (i % 7) / 10).toFixed(4)];
  });

/** One that cannot be read, one with a minus sign too many, and one whose digits are exchanged. */
function threeWrong(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, i): Row => {
    const [id, name, lat, lon] = row;
    if (i === 4) return [id, name, "36,12,5", lon];
    if (i === 9) return [id, name, lat, `-${lon}`];
    return i === 17 ? [id, name, `53${lat.slice(2)}`, lon] : row;
  });
}

function fileOf(name: string, rows: readonly Row[]) {
  const text = ["id,name,lat,lon,category", ...rows.map((row) => `${row.join(",")},school`)];
  return {
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(text.map((line) => line.replace(",36,12,5,", ',"36,12,5",')).join("\n")),
  };
}

async function release(releaser: Player, name: string): Promise<void> {
  await releaser.review(name);
  const pressed = releaser.button("draft.release-unchecked").or(releaser.button("common.release"));
  await pressed.waitFor();
  const boxes = releaser.page.getByRole("checkbox");
  if ((await boxes.count()) > 0) await releaser.page.locator("label", { has: boxes }).click();
  await pressed.click();
  await releaser.page.getByRole("heading", { level: 1 }).filter({ hasNotText: name }).waitFor();
}

for (const language of TOLD_IN) {
  const name = `Sites ${language}`;
  const word = language === "en" ? "School" : "Clinic";
  const right = sitesOf(word);
  test(`${language}: forty sites, three wrong`, { timeout: 900_000 }, async () => {
    const drafter = await stage.signIn("northern", "watch-1", language);
    await drafter.go("lists");
    await drafter.link("lists.bring").click();
    await drafter.choose("bring.choose", fileOf(`${name}.csv`, threeWrong(right)));
    await drafter.text("bring.summary", { rows: COUNT, drafts: COUNT - 1, refused: 1, warned: 2 }).waitFor();
    const wrong = drafter.in("region", "bring.refused");
    await wrong.text("bring.row", { row: 6 }).waitFor();
    const warned = drafter.in("region", "bring.warned");
    for (const row of [11, 19]) await warned.text("bring.row", { row }).waitFor();

    const chooser = drafter.page.waitForEvent("filechooser");
    await drafter.page.getByRole("button", { name: `${name}.csv` }).click();
    await (await chooser).setFiles(fileOf(`${name}.csv`, right));
    await drafter.text("bring.summary", { rows: COUNT, drafts: COUNT, refused: 0, warned: 0 }).waitFor();
    await drafter.button("bring.draft").click();
    await drafter.text("draft.list-counts", { added: COUNT, replaced: 0, withdrawn: 0 }).waitFor();
    await drafter.button("draft.sign").click();
    await drafter.text("draft.you-drafted").waitFor();
    const releaser = await stage.signIn("northern", "watch-2", language);
    await release(releaser, name);

    const receiver = await stage.signIn("southern", "watch-1", language);
    const second = await stage.signIn("southern", "watch-2", language);
    await receiver.go("lists");
    await receiver.page.getByRole("link", { name }).click();
    await receiver.link("lists.answer-all").click();
    await answer(receiver, "LISTED", null);
    await pass(second, "LISTED");
    await receiver.go("lists");
    await receiver.page.getByRole("link", { name }).click();
    const member = receiver.page
      .getByRole("listitem")
      .filter({ has: receiver.page.getByRole("link", { name: `${word} 8`, exact: true }) });
    await member.getByRole("link", { name: receiver.say("lists.answer-one") }).click();
    await answer(receiver, "NOT LISTED", "It stands empty.");
    await pass(second, "NOT LISTED");

    await drafter.go("lists");
    await drafter.page.getByRole("link", { name }).click();
    const answers = drafter.in("region", "lists.answers");
    await answers.text("lists.answered", { answer: "NOT LISTED", count: 1 }).waitFor();
    await answers.text("lists.answered", { answer: "LISTED", count: COUNT - 1 }).waitFor();
    const member8 = drafter.in("region", "lists.members").scope.getByRole("listitem").first();
    await member8.getByText(`${word} 8`).waitFor();
    await member8.getByText(drafter.say("lists.matter-answered-against")).waitFor();

    await drafter.link("lists.difference").click();
    const changed = right
      .filter((_, i) => i !== 8)
      .map((row): Row => (row[0] === `${word}-2` ? [`${word}-2`, row[1], "35.5500", row[3]] : row));
    await drafter.choose(
      "bring.choose",
      fileOf("next.csv", [...changed, [`${word}-40`, `${word} 40`, "36.4000", "43.1000"]]),
    );
    for (const [key, subject] of [
      ["bring.added", `${word} 40`],
      ["bring.changed", `${word} 2`],
      ["bring.removed", `${word} 8`],
    ] as const) {
      await drafter.at("region", key, { count: 1 }).getByText(subject, { exact: true }).waitFor();
    }
    await drafter.tick("bring.withdraw-removed");
    await drafter.field("bring.reason").fill("It stands empty.");
    await drafter.button("bring.draft-difference").click();
    await drafter.text("draft.list-counts", { added: 1, replaced: 1, withdrawn: 1 }).waitFor();
    // Whatever else the node finds, knowing places by what was told before: what moved is among the first.
    const first = drafter.say("draft.list-first", { count: 0 }).replace(/0$/, "");
    const exceptions = drafter.page.getByRole("region", { name: first });
    await exceptions.getByText(`${word} 2`, { exact: true }).waitFor();
    await drafter.button("draft.sign").click();
    await release(releaser, name);
    await drafter.go("lists");
    await drafter.page.getByRole("link", { name }).click();
    await drafter.text("lists.in-force", { count: COUNT }).waitFor();
    await drafter.text("lists.ended", { count: 2 }).waitFor();
    assert.equal(
      await drafter.page.getByRole("link", { name: `${word} 8`, exact: true }).count(),
      0,
      "what was withdrawn is no longer a member",
    );
  });
}

async function answer(by: Player, code: string, words: string | null): Promise<void> {
  await by.page.getByText(code, { exact: true }).click();
  if (words !== null) await by.field("answer.reason").fill(words);
  await by.button("answer.sign-and-pass").click();
  await by.text("draft.you-drafted").waitFor();
}

async function pass(by: Player, code: string): Promise<void> {
  await by.review(new RegExp(`^${code}`));
  await by.button("common.release").click();
  await by.at("region", "message.evidence").waitFor();
}
