/** The torture itself is tried: a checker that finds nothing in anything would print zeros too. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Asked, checkDeclared, checkLine, type Side, type Wrong } from "../../tools/torture/checker/check.ts";
import type { FoundDeclaration } from "../../tools/torture/checker/declared.ts";
import { readExport } from "../../tools/torture/checker/export.ts";
import { makeFleet, type Program } from "../../tools/torture/line/fleet.ts";
import { Journal } from "../../tools/torture/line/journal.ts";
import { Officers } from "../../tools/torture/line/officers.ts";
import { settle, sideOf } from "../../tools/torture/line/settle.ts";
import { prepare } from "../../tools/torture/program.ts";
import { seeded } from "../../tools/torture/random.ts";
import { playKills } from "../../tools/torture/scenarios/kills.ts";
import { Tally } from "../../tools/torture/tally.ts";

const quiet = () => undefined;
let runDir: string;
let program: Program;
let sides: Side[];
let asked: Asked[];
let exported: Buffer;
let identities: Map<string, Buffer>;

before(async () => {
  runDir = mkdtempSync(join(tmpdir(), "parley-torture-"));
  program = await prepare(runDir, quiet);
  const tally = new Tally(quiet);
  const fleet = await makeFleet(program, tally);
  const journal = new Journal();
  const officers = fleet.nodes.map((node) => new Officers(node, journal));
  try {
    await Promise.all(fleet.nodes.map((node) => node.start()));
    for (const each of officers) await each.say();
    await officers[1]?.answer();
    assert.ok(await settle(fleet, officers, tally));
    const gathered = await Promise.all(officers.map((each) => sideOf(fleet, each)));
    sides = gathered.map(({ side }) => side);
    [{ exported, identities }] = gathered as [(typeof gathered)[number]];
    asked = journal.all();
    assert.ok(tally.isClean());
  } finally {
    await fleet.close();
  }
});
after(() => rmSync(runDir, { recursive: true, force: true }));

function wrongs(change: { asked?: Asked[]; sides?: Side[]; hostile?: string[] }): Wrong[] {
  const found = new Set<Wrong>();
  checkLine(change.asked ?? asked, change.sides ?? sides, change.hostile ?? [], (wrong) => found.add(wrong));
  return [...found];
}

/** The first side, with its copy of a party's log changed. */
function withLog(party: string, change: (log: Side["export"]["logs"][number]) => object): Side[] {
  return sides.map((side, i) => {
    if (i > 0) return side;
    const logs = side.export.logs.map((log) => (log.party === party ? { ...log, ...change(log) } : log));
    return { ...side, export: { ...side.export, logs } };
  });
}

test("an honest line has nothing wrong with it, and it was read to the end", () => {
  assert.deepEqual(wrongs({}), []);
  assert.deepEqual(
    sides.flatMap((side) => side.export.faults),
    [],
  );
  for (const side of sides) {
    const messages = side.export.logs.flatMap((log) => log.messages);
    assert.deepEqual(messages.map(({ hash }) => hash).toSorted(), asked.map(({ hash }) => hash).toSorted());
    assert.ok(messages.every(({ isSigned }) => isSigned));
    assert.ok(side.export.logs.every(({ receipts }) => receipts.length > 0));
  }
});

test("what is lost, doubled, signed for and not held, forged or falsely charged is found", () => {
  const [first] = asked as [Asked];
  const never = { ...first, hash: "00".repeat(32) };
  assert.deepEqual(wrongs({ asked: [...asked, never] }), ["lost"], "told as released, and nowhere");
  assert.deepEqual(wrongs({ asked: [{ ...first, outcome: "refused" }, ...asked.slice(1)] }), ["duplicated"]);
  assert.ok(wrongs({ asked: asked.slice(1) }).includes("forged_accepted"), "nobody released it");
  const shorter = withLog("southern", ({ leaves }) => ({ leaves: leaves.slice(0, 1) }));
  assert.ok(wrongs({ sides: shorter }).includes("false_receipts"));
  const twice = withLog("northern", ({ messages }) => ({ messages: [...messages, ...messages] }));
  assert.deepEqual(wrongs({ sides: twice }), ["duplicated"]);
  const other = withLog("southern", ({ leaves }) => ({ leaves: [Buffer.alloc(32), ...leaves.slice(1)] }));
  assert.deepEqual(wrongs({ sides: other }), ["honest_accused"], "two histories");
  const accusing = sides.map((side) => ({ ...side, accused: ["southern"] }));
  assert.deepEqual(wrongs({ sides: accusing }), ["honest_accused"]);
  const blind = sides.map((side) => ({ ...side, seen: side.seen.slice(1) }));
  assert.deepEqual(wrongs({ sides: blind }), ["lost"]);
  const doubled = sides.map((side) => ({ ...side, seen: [...side.seen, ...side.seen] }));
  assert.deepEqual(wrongs({ sides: doubled }), ["duplicated"]);
});

test("what refers to a message that only others were told counts for nothing where a party splits its log, and nowhere else", () => {
  const answer = sides[0]?.export.logs.flatMap(({ messages }) => messages).find(({ re }) => re !== null);
  assert.ok(answer !== undefined, "somebody has answered");
  const blind = (re: string | null): Side[] =>
    withLog(answer.from, ({ messages }) => ({
      messages: messages.map((each) => (each.hash === answer.hash ? { ...each, re } : each)),
    })).map((side) => ({
      ...side,
      seen: side.seen.map((each) => (each.hash === answer.hash ? { ...each, faults: ["unknown-target"] } : each)),
    }));
  const alone = (re: string | null) => blind(re).slice(0, 1);
  const hostile = ["relief"];
  assert.deepEqual(wrongs({ sides: alone("00".repeat(32)), hostile }), [], "nobody here was told of its target");
  assert.deepEqual(wrongs({ sides: alone("00".repeat(32)) }), ["lost"], "all are honest");
  assert.deepEqual(wrongs({ sides: alone(answer.re), hostile }), ["lost"], "its target is here");
});

test("what counts although it was taken away, or does not and nobody took it, and a declaration that is lost, are found", () => {
  const log = sides[0]?.export.logs.find(({ party }) => party === "northern");
  const [message] = log?.messages ?? [];
  assert.ok(message !== undefined);
  const place = { generation: 0, index: message.index + 1 };
  const common = { party: "northern", place, bytes: "00" };
  const from = { generation: 0, index: message.index };
  const revocation = (at: typeof from, key = message.keys[0] as string): FoundDeclaration => {
    return { ...common, declares: "revocation", revokes: { key, from: at } };
  };
  const declaring = (declared: FoundDeclaration): Side[] =>
    sides.map((side) => {
      const logs = side.export.logs.map((each) =>
        each.party === "northern" ? { ...each, declared: [declared] } : each,
      );
      return { ...side, export: { ...side.export, logs } };
    });
  assert.deepEqual(wrongs({ sides: declaring(revocation(from)) }), ["forged_accepted"], "it counts, and is revoked");
  assert.deepEqual(wrongs({ sides: declaring(revocation(place)) }), [], "from the entry behind it on");
  assert.deepEqual(wrongs({ sides: declaring(revocation(from, "00")) }), [], "another key");
  const marked = (list: Side[]): Side[] =>
    list.map((side) => {
      const seen = side.seen.map((each) =>
        each.hash === message.hash ? { ...each, faults: ["officer-revoked"] } : each,
      );
      return { ...side, seen };
    });
  assert.deepEqual(wrongs({ sides: marked(declaring(revocation(from))) }), []);
  assert.deepEqual(wrongs({ sides: marked(sides) }), ["lost"], "nobody has revoked anything");
  const left = { ...common, place: { generation: 0, index: message.index - 1 }, declares: "leaving", revokes: null };
  assert.ok(wrongs({ sides: declaring(left) }).includes("forged_accepted"), "it was said after its party had left");
  const alone = declaring(revocation(place)).map((side, i) => (i === 0 ? side : (sides[i] as Side)));
  assert.deepEqual(wrongs({ sides: alone }), ["lost"], "the other side does not have the declaration");
  const lost: Wrong[] = [];
  const told = [{ party: "northern", declares: "revocation", bytes: "00" }];
  checkDeclared(told, sides, (wrong) => void lost.push(wrong));
  checkDeclared(told, declaring(revocation(place)), (wrong) => void lost.push(wrong));
  assert.deepEqual(lost, ["lost"], "told to its party, and nowhere");
});

test("no byte of an export can be changed unseen", () => {
  const random = seeded(7);
  for (let i = 0; i < 400; i++) {
    const altered = Buffer.from(exported);
    const at = random.below(altered.length);
    altered[at] = (altered[at] as number) ^ (1 << random.below(8));
    let faults: readonly unknown[];
    try {
      ({ faults } = readExport(altered, identities));
    } catch {
      continue;
    }
    assert.ok(faults.length > 0, `byte ${at}`);
  }
});

test("a node that does not wait for its disk is caught when the power is cut", async (t) => {
  if (program.shim.library === null) return t.skip(program.shim.why);
  const file = program.file.replace(/main\.js$/, "careless.js");
  const text = readFileSync(program.file, "utf8");
  assert.match(text, /synchronous = FULL/);
  writeFileSync(file, text.replaceAll("synchronous = FULL", "synchronous = OFF"));
  const found: string[] = [];
  const tally = new Tally((said) => void found.push(said));
  for (let seed = 1; tally.isClean() && seed <= 5; seed++) {
    const episode = {
      program: { ...program, file },
      tally,
      random: seeded(seed),
      until: Infinity,
      leftMs: 0,
      say: quiet,
    };
    await playKills(episode, 20, 5000);
  }
  assert.ok(!tally.isClean(), "a hundred kills, and nothing was found");
});
