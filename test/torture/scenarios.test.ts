/** Each of the bad days, for a moment: so that a change which breaks one is seen before a long run is. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Program } from "../../tools/torture/line/fleet.ts";
import { prepare } from "../../tools/torture/program.ts";
import { seeded } from "../../tools/torture/random.ts";
import { playClock } from "../../tools/torture/scenarios/clock.ts";
import { playDeclarations } from "../../tools/torture/scenarios/declarations.ts";
import { playDisk } from "../../tools/torture/scenarios/disk.ts";
import { playExhaustion } from "../../tools/torture/scenarios/exhaustion.ts";
import { playHostile } from "../../tools/torture/scenarios/hostile.ts";
import { playLinks } from "../../tools/torture/scenarios/links.ts";
import { playOutage } from "../../tools/torture/scenarios/outage.ts";
import { playPost } from "../../tools/torture/scenarios/post.ts";
import { playRestore } from "../../tools/torture/scenarios/restore.ts";
import type { Episode } from "../../tools/torture/scenarios/scenario.ts";
import { FAULTS, Tally } from "../../tools/torture/tally.ts";

let runDir: string;
let program: Program;

before(async () => {
  runDir = mkdtempSync(join(tmpdir(), "parley-torture-"));
  program = await prepare(runDir, (text) => process.stderr.write(`${text}\n`));
});
after(() => rmSync(runDir, { recursive: true, force: true, maxRetries: 5 }));

const DAYS: Record<string, (episode: Episode) => Promise<void>> = {
  "links that are cut, deaf, slow, narrow and torn": (episode) => playLinks(episode, 6, 600),
  "a disk that is full, read-only, failing, slow and at last rotten": (episode) => playDisk(episode, 3, 500),
  "clocks a day off, and stepping": (episode) => playClock(episode, 4, 600),
  "a backup restored while the others go on": (episode) => playRestore(episode, 1),
  "keys revoked and succeeded, logs closed, a party that leaves": (episode) => playDeclarations(episode, 1),
  "few descriptors, little memory": (episode) => playExhaustion(episode, 2),
  "a peer that keeps no rule": (episode) => playHostile(episode, 2),
  "a go-between that lies, and a courier without an order": (episode) => playPost(episode, 5),
  "an outage with a backlog behind it": (episode) => playOutage(episode, 300),
};

for (const [name, play] of Object.entries(DAYS)) {
  test(name, async () => {
    const found: string[] = [];
    const tally = new Tally((text) => void found.push(text));
    // What ended it early is mostly told by what was found before.
    const playing = play({ program, tally, random: seeded(3), until: Infinity, leftMs: 0, say: () => undefined });
    const ended = await playing.then(() => null, String);
    assert.deepEqual({ found, ended }, { found: [], ended: null });
    for (const fault of FAULTS) assert.equal(tally.faults[fault], 0, fault);
    assert.ok(tally.released > 0, "officers were told of releases");
  });
}
