/** A file whose headers nobody expects: its columns are corrected in the page once, and the next such file needs nothing. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openStage, type Player, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

const HEADER = "name,breadth,lon,population,starts,shelf";
const fileOf = (name: string, header = HEADER) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(
    [header, "School,36.3402,43.1301,120,2026-11-20 09:00,A4", "Clinic,36.3502,43.1401,80,2026-11-21 10:30,B2"].join(
      "\n",
    ),
  ),
});

async function openBring(officer: Player): Promise<Player> {
  await officer.go("lists");
  await officer.link("lists.bring").click();
  return officer.in("region", "columns.title");
}

/** What stands in the table, column by column: what it is read as, and why. */
async function readAs(columns: Player): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await columns.scope
    .getByRole("row")
    .filter({ has: columns.page.getByRole("combobox") })
    .all();
  const entries = rows.map(async (row): Promise<[string, string[]]> => {
    const header = await row.getByRole("rowheader").innerText();
    const field = await row.getByRole("combobox").inputValue();
    return [header, [field, await row.getByRole("cell").last().innerText()]];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Until the file has been read again: the reason beside the column is then none. */
async function unread(columns: Player, header: string): Promise<void> {
  const row = columns.scope.getByRole("row").filter({ has: columns.page.getByRole("rowheader", { name: header }) });
  await row.getByRole("cell").last().getByText("–").waitFor();
}

for (const language of TOLD_IN) {
  test(`${language}: a wrong header is corrected, a zone is given, and both hold`, { timeout: 900_000 }, async () => {
    const officer = await stage.signIn("northern", "watch-1", language);
    const columns = await openBring(officer);
    await officer.choose("bring.choose", fileOf("first.csv"));
    await columns.text("problem.mapping-incomplete").waitFor();
    assert.deepEqual((await readAs(columns))["breadth"], ["", "–"]);
    assert.equal(await officer.button("bring.draft").count(), 0, "nothing can be drafted of it yet");
    await columns.field("columns.read-as", { column: "breadth" }).selectOption("latitude");

    await officer.text("bring.summary", { rows: 2, drafts: 2, refused: 0, warned: 2 }).waitFor();
    assert.deepEqual(await readAs(columns), {
      name: ["names.en", columns.say("columns.by-header")],
      breadth: ["latitude", columns.say("columns.by-given")],
      lon: ["longitude", columns.say("columns.by-header")],
      population: ["people", columns.say("columns.by-header")],
      starts: ["starts", columns.say("columns.by-header")],
      shelf: ["", "–"],
    });
    await columns.text("columns.unused", { columns: "shelf" }).waitFor();

    await columns.at("combobox", "columns.zone").selectOption("+03:00");
    await officer.text("bring.summary", { rows: 2, drafts: 2, refused: 0, warned: 0 }).waitFor();
    await columns.field("columns.read-as", { column: "population" }).selectOption("");
    await unread(columns, "population");
    const drafted = officer.page.waitForRequest(
      (request) => request.method() === "POST" && /drafts/.test(request.url()),
    );
    await officer.button("bring.draft").click();
    const { items } = (await drafted).postDataJSON() as { items: readonly { body: Record<string, unknown> }[] };
    assert.deepEqual(
      items.map(({ body: { footprint, valid_from, people } }) => [footprint, valid_from, people]),
      [
        [{ type: "point", at: { lat: 36.3402, lon: 43.1301 } }, Date.UTC(2026, 10, 20, 6), null],
        [{ type: "point", at: { lat: 36.3502, lon: 43.1401 } }, Date.UTC(2026, 10, 21, 7, 30), null],
      ],
    );
    await officer.text("draft.list-counts", { added: 2, replaced: 0, withdrawn: 0 }).waitFor();

    await openBring(officer);
    await officer.choose("bring.choose", fileOf("second.csv", HEADER.toUpperCase()));
    await officer.text("bring.summary", { rows: 2, drafts: 2, refused: 0, warned: 2 }).waitFor();
    const again = await readAs(columns);
    assert.deepEqual(again["BREADTH"], ["latitude", columns.say("columns.by-remembered")]);
    assert.deepEqual(again["POPULATION"], ["", "–"], "that it is not read is remembered as well");

    await columns.button("columns.forget").click();
    await columns.text("problem.mapping-incomplete").waitFor();
    assert.deepEqual((await readAs(columns))["POPULATION"]?.[0], "people");
  });
}
