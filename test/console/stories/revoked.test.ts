/** An officer's key is revoked in mid-shift: his page closes, what he signed before stands, what he would sign counts for nothing. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { toHex } from "../../../src/wire/bytes.ts";
import { parleyJson } from "../../cli/run.ts";
import { PARTIES } from "../../support/line.ts";
import { desk } from "../../support/nodes.ts";
import { openStage, PASSPHRASE, type Stage, TOLD_IN } from "./stage.ts";

let stage: Stage;
before(async () => void (stage = await openStage()));
afterEach(() => stage?.leave());
after(() => stage?.close());

/** The next roster of northern has every officer but these. */
async function enrolWithout(gone: readonly string[]): Promise<void> {
  const party = stage.line.party("northern");
  const plan = PARTIES.find(({ id }) => id === "northern") ?? assert.fail();
  const officers = plan.officers.flatMap(({ id, person, roles }) => {
    const { signer } = party.officers[id] ?? assert.fail(id);
    return gone.includes(id) ? [] : [{ id, person, roles, key: toHex(signer.publicKey) }];
  });
  const units = [{ id: "unit-1", name: "First unit" }];
  writeFileSync(join(party.dir, "appointments.json"), JSON.stringify({ officers, units }));
  await parleyJson(["officer", "enrol", "-y", "--dir", party.dir, "--as", "admin-1"], {
    env: { PARLEY_PASSPHRASE: PASSPHRASE },
  });
}

for (const [i, language] of TOLD_IN.entries()) {
  const officer = ["watch-1", "watch-2"][i] as string;
  const left = ["watch-2", "planner-1"][i] as string;
  test(`${language}: a key revoked in mid-shift`, { timeout: 900_000 }, async () => {
    const words = `Half a sentence ${language}`;
    const revoked = await stage.signIn("northern", officer, language);
    await revoked.go("drafts");
    await revoked.link("drafts.new-text").click();
    await revoked.field("write.words").fill(words);
    await enrolWithout(["watch-1", "watch-2"].slice(0, i + 1));
    // The door, with the reason: no page of the line is left open behind it.
    await revoked.text("door.key-refused").waitFor();
    assert.equal(await revoked.at("navigation", "frame.pages").count(), 0);
    await assert.rejects(desk(stage.line.party("northern")).as(officer), /no officer/);
    const other = await stage.signIn("northern", left, language);
    await other.go("line");
    await other.at("heading", "frame.line").waitFor();
  });
}
