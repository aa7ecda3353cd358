import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seedSigner } from "../../src/crypto/index.ts";
import {
  assembleLine,
  beginHistory,
  decodeCharter,
  decodeRoster,
  encodeCharter,
  encodeRoster,
  extendHistory,
  foundingRoster,
  invite,
  join,
  lineIdOf,
  logKeyFor,
  nextRoster,
  parseCharterSignature,
  parseInvitation,
  parseJoin,
  parseLineFile,
  parseProposal,
  propose,
  rosterAt,
  type RosterHistory,
  signCharter,
  signProposal,
  signRoster,
  verifyCharterSignatures,
  verifyRoster,
  verifySuccessor,
} from "../../src/line/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { appointmentsOf, AT, newSeeds, newSide, pair, type Side, SIDES, suite, TERMS } from "./sides.ts";

const paired = await pair();
const [north, relief, south] = paired.sides as [Side, Side, Side];
const { file, texts } = paired;

const code = (codes: string | readonly string[]) => (error: unknown) => isParleyError(error, ...[codes].flat());

test("the line's file is the charter signed by all, with every founding roster, under one id", () => {
  assert.equal(file.line, lineIdOf(suite, file.signed.bytes));
  assert.deepEqual(
    file.charter.parties.map(({ id }) => id),
    ["northern", "relief", "southern"],
  );
  assert.equal(file.histories.size, 3);
  assert.deepEqual(parseProposal(suite, texts.proposal).fingerprints, file.fingerprints);
  assert.match(file.fingerprints[0]?.fingerprint ?? "", /^(?:[0-9a-f]{4} ){9}[0-9a-f]{4}$/);
  assert.equal(parseInvitation(suite, texts.invitation).fingerprint, file.fingerprints[0]?.fingerprint);
});

test("the file of another step is named", () => {
  const wrong: readonly (() => unknown)[] = [
    () => parseInvitation(suite, texts.joins[0] as string),
    () => parseJoin(suite, texts.invitation),
    () => parseProposal(suite, texts.line),
    () => parseLineFile(suite, texts.proposal),
    () => parseCharterSignature(texts.line),
  ];
  for (const parse of wrong) assert.throws(parse, code("pairing-wrong-file"));
  assert.throws(() => parseLineFile(suite, "{}"), code("pairing-file-malformed"));
});

test("every single-byte change of a file of pairing is refused", () => {
  const parsers: readonly (readonly [string, (text: string) => unknown])[] = [
    [texts.invitation, (text) => parseInvitation(suite, text)],
    [texts.joins[0] as string, (text) => parseJoin(suite, text)],
    [texts.proposal, (text) => parseProposal(suite, text)],
    [texts.line, (text) => parseLineFile(suite, text)],
    [
      texts.signatures[0] as string,
      (text) =>
        assembleLine(suite, parseProposal(suite, texts.proposal), [
          parseCharterSignature(text),
          parseCharterSignature(texts.signatures[1] as string),
        ]),
    ],
  ];
  for (const [text, parse] of parsers) {
    parse(text);
    const stride = Math.max(1, Math.floor(text.length / 120));
    for (let at = 0; at < text.length; at += stride) {
      const other = text[at] === "A" ? "B" : "A";
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      assert.throws(
        () => parse(changed),
        (error) => isParleyError(error),
        `byte ${at}`,
      );
    }
    assert.throws(() => parse(`${text}\n`), code("pairing-file-malformed"));
    assert.throws(
      () => parse(text.replace("{\n", '{\n  "more": 1,\n')),
      (error) => isParleyError(error),
    );
  }
});

test("arbitrary text gives only declared errors", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((json) => `{\n  "parley": "parley-line/v1",\n${json}`),
      ),
      (text) => {
        for (const parse of [parseInvitation, parseJoin, parseProposal, parseLineFile]) {
          assert.throws(
            () => parse(suite, text),
            (error) => isParleyError(error),
          );
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("a join to another invitation, one's own invitation and a name used twice are refused", async () => {
  const other = parseInvitation(suite, await invite(suite, north, TERMS, north.identity));
  const stray = parseJoin(suite, await join(suite, other, relief, relief.identity));
  const invitation = parseInvitation(suite, texts.invitation);
  const base = { invitation, appointments: appointmentsOf(north), foundedAt: AT };
  await assert.rejects(propose(suite, { ...base, joins: [stray] }, north.identity), code("pairing-not-invited"));
  await assert.rejects(join(suite, invitation, north, north.identity), code("pairing-not-invited"));
  await assert.rejects(
    join(suite, invitation, { ...north, name: "Other" }, relief.identity),
    code("pairing-not-invited"),
  );
  const mine = parseJoin(suite, texts.joins[0] as string);
  await assert.rejects(propose(suite, { ...base, joins: [mine, mine] }, north.identity), code("charter-malformed"));
  await assert.rejects(propose(suite, { ...base, joins: [] }, north.identity), code("charter-malformed"));
  await assert.rejects(propose(suite, { ...base, joins: [mine] }, relief.identity), code("pairing-not-invited"));
});

test("a party signs only a charter that names it with its own key", async () => {
  const proposal = parseProposal(suite, texts.proposal);
  const by = { party: relief.id, appointments: appointmentsOf(relief) };
  await assert.rejects(signProposal(suite, proposal, by, south.identity), code("pairing-not-ours"));
  const stranger = newSide("stranger", "Stranger");
  await assert.rejects(
    signProposal(suite, proposal, { party: stranger.id, appointments: appointmentsOf(stranger) }, stranger.identity),
    code("pairing-not-ours"),
  );
});

test("a line's file is made of exactly one signature of every party, for this charter", async () => {
  const proposal = parseProposal(suite, texts.proposal);
  const [first, second] = texts.signatures.map(parseCharterSignature) as [
    ReturnType<typeof parseCharterSignature>,
    ReturnType<typeof parseCharterSignature>,
  ];
  assert.throws(() => assembleLine(suite, proposal, [first]), code("pairing-incomplete"));
  assert.throws(() => assembleLine(suite, proposal, [first, first, second]), code("pairing-incomplete"));
  assert.throws(
    () => assembleLine(suite, proposal, [first, { ...second, signature: first.signature }]),
    code("charter-signature"),
  );
  assert.throws(
    () => assembleLine(suite, proposal, [first, { ...second, roster: first.roster }]),
    code("roster-malformed"),
  );
  const copied = { party: south.id, appointments: { ...appointmentsOf(south), node: appointmentsOf(relief).node } };
  const sharing = parseCharterSignature(await signProposal(suite, proposal, copied, south.identity));
  assert.throws(() => assembleLine(suite, proposal, [first, sharing]), code("roster-malformed"));
  const elsewhere = await pair(SIDES());
  const stray = parseCharterSignature(elsewhere.texts.signatures[0] as string);
  assert.throws(() => assembleLine(suite, proposal, [stray, second]), code("pairing-not-ours"));
});

test("terms that do not hold together are refused where they are written", () => {
  const charter = file.charter;
  const wrong: readonly (readonly [string, Partial<typeof charter>])[] = [
    ["sites switched off", { kinds: ["activity", "alert"] }],
    ["kinds out of order", { kinds: ["site", "activity", "alert"] }],
    ["an empty area", { area: { west: 1, south: 2, east: 1, north: 3 } }],
    ["no language", { languages: [] }],
    ["a language in no form", { languages: ["English!"] }],
    ["one party", { parties: charter.parties.slice(0, 1) }],
    ["parties out of order", { parties: charter.parties.toReversed() }],
    [
      "one key for two",
      { parties: charter.parties.map((party) => ({ ...party, identity: north.identity.publicKey })) },
    ],
    [
      "a key that nobody holds",
      { parties: charter.parties.map((party, i) => (i === 0 ? { ...party, identity: new Uint8Array(32) } : party)) },
    ],
    ["a name that turns text round", { title: "Line \u202e" }],
    ["an empty title", { title: " " }],
    ["an interval of nothing", { exchange_interval_s: 0 }],
    ["a deadline of no time", { deadlines_ms: { site: 1 } }],
    ["a witness that is no key", { witnesses: ["somebody"] }],
  ];
  for (const [what, part] of wrong)
    assert.throws(() => encodeCharter({ ...charter, ...part }), code("charter-malformed"), what);
  assert.deepEqual(decodeCharter(encodeCharter(charter)), charter);
});

test("a charter counts with the signatures of all, in order, and nobody else's", () => {
  const { bytes, signatures } = file.signed;
  assert.deepEqual(verifyCharterSignatures(suite, file.signed), file.charter);
  const [a, b, c] = signatures as [(typeof signatures)[0], (typeof signatures)[0], (typeof signatures)[0]];
  assert.throws(() => verifyCharterSignatures(suite, { bytes, signatures: [a, b] }), code("charter-unsigned"));
  assert.throws(() => verifyCharterSignatures(suite, { bytes, signatures: [b, a, c] }), code("charter-unsigned"));
  assert.throws(() => verifyCharterSignatures(suite, { bytes, signatures: [a, b, c, a] }), code("charter-signature"));
  assert.throws(
    () => verifyCharterSignatures(suite, { bytes, signatures: [a, b, { ...c, signature: a.signature }] }),
    code("charter-signature"),
  );
});

async function signedBy(bytes: Uint8Array, sides: readonly Side[]) {
  const signatures = sides.map((side) => signCharter(side.id, bytes, side.identity));
  return { bytes, signatures: await Promise.all(signatures) };
}

test("a charter replaces the one before it, and no identity key", async () => {
  const next = { ...file.charter, title: "Second terms", prev: file.charterHash };
  const signed = await signedBy(encodeCharter(next), paired.sides);
  assert.equal(verifySuccessor(suite, file.signed, signed).title, "Second terms");
  assert.throws(() => verifySuccessor(suite, signed, signed), code("charter-not-next"));
  assert.throws(() => lineIdOf(suite, signed.bytes), code("charter-not-next"));
  const impostor = { ...south, identity: seedSigner(suite, suite.randomBytes(32)) };
  const parties = next.parties.map((party) =>
    party.id === south.id ? { ...party, identity: impostor.identity.publicKey } : party,
  );
  const taken = await signedBy(encodeCharter({ ...next, parties }), [north, relief, impostor]);
  assert.throws(() => verifySuccessor(suite, file.signed, taken), code("charter-not-next"));
});

const ownerOf = (side: Side) => ({ line: file.line, party: side.id, identity: side.identity.publicKey });

test("a roster is its party's, of this line, whole, and each key serves once", async () => {
  const roster = foundingRoster(file.line, north.id, appointmentsOf(north));
  const signed = await signRoster(roster, north.identity);
  assert.deepEqual(verifyRoster(suite, ownerOf(north), signed), roster);
  assert.throws(() => verifyRoster(suite, ownerOf(south), signed), code("roster-malformed"));
  const stolen = await signRoster(roster, south.identity);
  assert.throws(() => verifyRoster(suite, ownerOf(north), stolen), code("roster-signature"));
  for (let at = 0; at < signed.bytes.length; at += 11) {
    const bytes = signed.bytes.with(at, (signed.bytes[at] as number) ^ 1);
    assert.throws(
      () => verifyRoster(suite, ownerOf(north), { ...signed, bytes }),
      (error) => isParleyError(error),
      `byte ${at}`,
    );
  }
  const officer = roster.officers[0] as (typeof roster.officers)[0];
  const wrong: readonly Partial<typeof roster>[] = [
    { officers: [officer, { ...officer, key: north.officers.twin.publicKey }] },
    { officers: [officer, { ...officer, id: "other-1" as never }] },
    { officers: [{ ...officer, roles: [] }] },
    { officers: [{ ...officer, roles: ["releaser", "watch"] }] },
    { node: { ...roster.node, receipt: roster.node.log } },
    { address: "ftp://somewhere" },
    { address: "http://user@somewhere" },
    { seq: 1 },
  ];
  for (const part of wrong)
    assert.throws(
      () => encodeRoster({ ...roster, ...part }),
      code("roster-malformed"),
      JSON.stringify(Object.keys(part)),
    );
  const selfish = { ...roster, node: { ...roster.node, log: north.identity.publicKey } };
  const bytes = await signRoster(selfish, north.identity);
  assert.throws(() => verifyRoster(suite, ownerOf(north), bytes), code("roster-malformed"));
});

test("rosters follow each other by hash, and are valid by log index", async () => {
  const founding = foundingRoster(file.line, north.id, appointmentsOf(north));
  const signed = await signRoster(founding, north.identity);
  const history = beginHistory(suite, founding, signed.bytes);
  const next = async (before: RosterHistory) => {
    const roster = nextRoster(before, appointmentsOf(north, newSeeds()));
    return { roster, signed: await signRoster(roster, north.identity) };
  };
  const second = await next(history);
  const grown = extendHistory(suite, history, ownerOf(north), 5, second.signed);
  const third = await next(grown);
  const whole = extendHistory(suite, grown, ownerOf(north), 9, third.signed);
  assert.deepEqual(
    [0, 1, 4, 5, 8, 9, 99].map((index) => rosterAt(whole, index).seq),
    [0, 0, 0, 1, 1, 2, 2],
  );
  assert.equal(extendHistory(suite, whole, ownerOf(north), 5, second.signed), whole, "the same again changes nothing");
  for (const [index, roster] of [
    [10, second.signed],
    [5, third.signed],
    [9, second.signed],
  ] as const) {
    assert.throws(
      () => extendHistory(suite, grown, ownerOf(north), index, roster),
      code("roster-not-next"),
      `at ${index}`,
    );
  }
  assert.throws(() => extendHistory(suite, history, ownerOf(north), 9, third.signed), code("roster-not-next"));
  // The checkpoint that first covers a roster is still by the key before it.
  assert.deepEqual(logKeyFor(whole, 6), founding.node.log);
  assert.deepEqual(logKeyFor(whole, 7), second.roster.node.log);
});

test("arbitrary bytes give only the declared errors of charter and roster", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.throws(() => decodeCharter(bytes), code(["charter-malformed", "charter-newer"]));
      assert.throws(() => decodeRoster(bytes), code(["roster-malformed", "roster-newer"]));
    }),
  );
});
