/** Hostile files and damaged directories. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { safeForTerminal } from "../../src/cli/safe.ts";
import { type EvidenceRecord, exportEvidence, type originOf } from "../../src/line/index.ts";
import { nodePaths } from "../../src/server/node-dir.ts";
import { parley } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startProcess } from "../support/nodes.ts";
import { Hostile, suite } from "./hostile.ts";

const PIN = "northern=0000 0000 0000 0000 0000 0000 0000 0000 0000 0000";
/** What no line of a terminal may hold. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

test("an evidence file cannot write on the screen of whoever verifies it", async () => {
  const line = await makeLine();
  const folder = mkdtempSync(join(tmpdir(), "parley-attack-"));
  try {
    const path = join(folder, "evil.evidence");
    const origin = "\u001b[2J\u001b[H\nOK\u202e" as ReturnType<typeof originOf>;
    const records: EvidenceRecord[] = [
      { type: "line", about: null, charter: line.line.signed, rosters: line.line.rosters },
      { type: "log", origin, form: "proofs" },
    ];
    writeFileSync(path, exportEvidence(suite, records));
    for (const more of [[], ["--json"]]) {
      const { status, stdout, stderr } = await parley(["verify", path, "--fingerprint", PIN, ...more]);
      assert.equal(status, 1);
      assert.doesNotMatch(stdout + stderr, STEERING);
      assert.doesNotMatch(stdout, /^OK/m);
    }
    const odd = "a\u0085b\u2028c\ufffbd";
    assert.equal(JSON.parse(safeForTerminal(JSON.stringify(odd))), odd);
  } finally {
    rmSync(folder, { recursive: true });
    line.remove();
  }
});

test("a device, a folder, garbage and a file that never ends are refused at once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-attack-"));
  const sparse = join(folder, "large");
  writeFileSync(sparse, "parley-evidence/v1\n");
  truncateSync(sparse, 2 ** 30);
  try {
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [["verify", "/dev/zero", "--fingerprint", PIN], 1, /evidence-malformed/],
      [["verify", sparse, "--fingerprint", PIN], 1, /evidence-malformed/],
      [["verify", folder, "--fingerprint", PIN], 3, /file-unreadable|EISDIR/],
      [["verify", sparse, "--fingerprints", "/dev/zero"], 2, /file-too-large/],
      [["restore", "/dev/zero", "--dir", join(folder, "node")], 2, /backup-malformed/],
    ];
    const began = Date.now();
    await Promise.all(
      cases.map(async ([args, status, says]) => {
        const ran = await parley(args);
        assert.match(ran.stdout + ran.stderr, says, args.join(" "));
        assert.ok(ran.status === status || ran.status === 2, `${args.join(" ")}: ${ran.status}`);
      }),
    );
    assert.ok(Date.now() - began < 60_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("keys that are cut, settings of a wrong type and a store with flipped bytes end with their code, and no receipt", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const paths = nodePaths(party.dir);
  const southern = new Hostile(line, "southern");
  const broken = async (path: string, text: string | Buffer, code: string) => {
    const before = readFileSync(path);
    writeFileSync(path, text);
    await assert.rejects(
      startProcess(party),
      (error: Error) => error.message.includes(`"${code}"`) || assert.fail(error.message),
    );
    writeFileSync(path, before);
  };
  try {
    const keys = readFileSync(paths.keys, "utf8");
    await broken(paths.keys, keys.slice(0, keys.length / 2), "node-keys-malformed");
    await broken(paths.config, 'party = 7\nlisten = ["x"]\nhosts = "no"\n', "config-malformed");
    await broken(paths.line, readFileSync(paths.line, "utf8").replace('"title"', '"tit1e"'), "line-file-damaged");
    rmSync(paths.keys);
    const gone = (error: Error) => error.message.includes('"node-keys-missing"') || assert.fail(error.message);
    await assert.rejects(startProcess(party), gone);
    writeFileSync(paths.keys, keys);
    let node = await startProcess(party);
    await desk(party).tell(movementRequest());
    await southern.send("northern", { segments: [southern.history.segment(0)] });
    await node.stop();
    const store = readFileSync(paths.lineStore);
    let [refused, served] = [0, 0];
    for (let seed = 1; seed <= 2; seed++) {
      const damaged = Buffer.from(store);
      for (let i = 0; i < 400; i++) {
        const at = 4096 + ((i * 7919 * seed) % (damaged.length - 4096));
        damaged[at] = (damaged[at] as number) ^ 0xff;
      }
      writeFileSync(paths.lineStore, damaged);
      try {
        node = await startProcess(party);
      } catch (error) {
        assert.match((error as Error).message, /"store-|"code"|malformed/, "it says what is wrong");
        refused += 1;
        continue;
      }
      const history = southern.history.fork();
      await southern.say({ subject: `after ${seed}` }, history);
      await southern.send("northern", { segments: [history.segment(southern.history.size)] }).catch(() => null);
      assert.equal((await fetch(`${node.url}/healthz`)).status, 200, "it is still there");
      await node.stop();
      served += 1;
    }
    assert.equal(refused + served, 2);
  } finally {
    line.remove();
  }
});
