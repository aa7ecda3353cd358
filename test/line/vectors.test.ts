/** The vectors of spec/charter.md, roster.md, parcel.md and evidence.md. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  beginHistory,
  charterHash,
  decodeCharter,
  decodeRoster,
  encodeCharter,
  encodeRoster,
  extendHistory,
  lineIdOf,
  logKeyFor,
  openParcel,
  parseLineFile,
  type Pin,
  rosterAt,
  rosterHash,
  verifyCharterSignatures,
  verifyEvidence,
  verifyRoster,
  verifySuccessor,
} from "../../src/line/index.ts";
import { decodeParcel, encodeParcel } from "../../src/line/parcel/parcel.ts";
import { fromBase64, fromHex, toBase64, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parsePartyId, parseLineId } from "../../src/wire/id.ts";
import { accepted } from "./apply.ts";
import { suite } from "./sides.ts";

const load = <Shape>(page: string): Shape =>
  JSON.parse(readFileSync(new URL(`../../vectors/${page}.json`, import.meta.url), "utf8")) as Shape;

/** The code that `run` throws; null where it throws none. */
function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    assert(isParleyError(error), String(error));
    return error.code;
  }
}

interface Signature {
  party: string;
  signature: string;
}
const signaturesOf = (list: readonly Signature[]) =>
  list.map(({ party, signature }) => ({ party: parsePartyId(party), signature: fromHex(signature) }));
/** As JSON has it: bytes in hexadecimal. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner instanceof Uint8Array ? toHex(inner) : inner)));

interface CharterVectors {
  charters: { why: string; bytes: string; hash?: string; line?: string | null; charter?: unknown; code?: string }[];
  signed: { why: string; bytes: string; signatures: Signature[]; code: string | null }[];
  successor: { why: string; before: string; next: string; signatures: Signature[]; code: string | null }[];
}

test("vectors/charter.json", () => {
  const { charters, signed, successor } = load<CharterVectors>("charter");
  for (const { why, bytes: hex, hash, line, charter, code = null } of charters) {
    const bytes = fromHex(hex);
    assert.equal(
      codeOf(() => decodeCharter(bytes)),
      code,
      why,
    );
    if (code !== null) continue;
    assert.deepEqual(plain(decodeCharter(bytes)), charter, why);
    assert.equal(toHex(encodeCharter(decodeCharter(bytes))), hex, why);
    assert.equal(charterHash(suite, bytes), hash, why);
    if (line === null)
      assert.equal(
        codeOf(() => lineIdOf(suite, bytes)),
        "charter-not-next",
        why,
      );
    else assert.equal(lineIdOf(suite, bytes), line, why);
  }
  for (const { why, bytes, signatures, code } of signed) {
    const charter = { bytes: fromHex(bytes), signatures: signaturesOf(signatures) };
    assert.equal(
      codeOf(() => verifyCharterSignatures(suite, charter)),
      code,
      why,
    );
  }
  for (const { why, before, next, signatures, code } of successor) {
    const charter = { bytes: fromHex(next), signatures: signaturesOf(signatures) };
    assert.equal(
      codeOf(() => verifySuccessor(suite, { bytes: fromHex(before), signatures: [] }, charter)),
      code,
      why,
    );
  }
});

interface RosterVectors {
  owner: { line: string; party: string; identity: string };
  rosters: { why: string; bytes: string; signature: string; hash?: string; roster?: unknown; code: string | null }[];
  history: {
    founding: string;
    steps: { why: string; index: number; bytes: string; signature: string; code: string | null }[];
    valid: { index: number; seq: number }[];
    log_key_of_size: { size: number; seq: number }[];
  };
}

test("vectors/roster.json", () => {
  const { owner, rosters, history } = load<RosterVectors>("roster");
  const identity = fromHex(owner.identity, 32);
  const by = { line: parseLineId(owner.line), party: parsePartyId(owner.party), identity };
  for (const { why, bytes: hex, signature, hash, roster, code } of rosters) {
    const signed = { bytes: fromHex(hex), signature: fromHex(signature) };
    assert.equal(
      codeOf(() => verifyRoster(suite, by, signed)),
      code,
      why,
    );
    if (code !== null) continue;
    assert.deepEqual(plain(decodeRoster(signed.bytes)), roster, why);
    assert.equal(toHex(encodeRoster(decodeRoster(signed.bytes))), hex, why);
    assert.equal(rosterHash(suite, signed.bytes), hash, why);
  }
  const founding = fromHex(history.founding);
  let known = beginHistory(suite, decodeRoster(founding), founding);
  for (const { why, index, bytes, signature, code } of history.steps) {
    const signed = { bytes: fromHex(bytes), signature: fromHex(signature) };
    const found = codeOf(() => {
      known = extendHistory(suite, known, by, index, signed);
    });
    assert.equal(found, code, why);
  }
  for (const { index, seq } of history.valid) assert.equal(rosterAt(known, index).seq, seq, `entry ${index}`);
  for (const { size, seq } of history.log_key_of_size) {
    const named = known.find(({ roster }) => roster.seq === seq)?.roster.node.log;
    assert.deepEqual(logKeyFor(known, size), named, `checkpoint of ${size}`);
  }
});

interface Changed {
  why: string;
  bytes: string;
  code: string | null;
}

test("vectors/roster.json and vectors/parcel.json: how nodes are reached, and what is asked of each other", () => {
  const { carriers } = load<{ carriers: Changed[] }>("roster");
  for (const { why, bytes, code } of carriers) {
    assert.equal(
      codeOf(() => decodeRoster(fromHex(bytes))),
      code,
      why,
    );
    if (code === null) assert.equal(toHex(encodeRoster(decodeRoster(fromHex(bytes)))), bytes, why);
  }
  const { asks } = load<{ asks: Changed[] }>("parcel");
  for (const { why, bytes, code } of asks) {
    assert.equal(
      codeOf(() => decodeParcel(fromHex(bytes))),
      code,
      why,
    );
    if (code === null) assert.equal(toHex(encodeParcel(decodeParcel(fromHex(bytes)))), bytes, why);
  }
});

interface ParcelVectors {
  line_file: string;
  parcels: { why: string; bytes: string; parcel?: unknown; code?: string }[];
  sealed: {
    receiver: { party: string; transport_seed: string };
    parcel_keys: Record<string, string>;
    files: { why: string; file: string; bytes?: string; code: string | null }[];
  };
  exchange: {
    parcels: Record<string, string>;
    stories: { why: string; self: string; steps: { parcel: string; effects: string[] }[] }[];
  };
}

test("vectors/parcel.json", () => {
  const { line_file, parcels, sealed, exchange } = load<ParcelVectors>("parcel");
  for (const { why, bytes: hex, parcel, code = null } of parcels) {
    const bytes = fromHex(hex);
    assert.equal(
      codeOf(() => decodeParcel(bytes)),
      code,
      why,
    );
    if (code !== null) continue;
    assert.deepEqual(plain(decodeParcel(bytes)), parcel, why);
    assert.equal(toHex(encodeParcel(decodeParcel(bytes))), hex, why);
  }
  const file = parseLineFile(suite, line_file);
  const self = parsePartyId(sealed.receiver.party);
  const reader = {
    transportSeeds: [fromHex(sealed.receiver.transport_seed)],
    partyOn: (line: string) => (line === file.line ? self : null),
    parcelKeys: (_: string, from: string) => [fromHex(sealed.parcel_keys[from] ?? "")],
  };
  for (const { why, file: base64, bytes, code } of sealed.files) {
    assert.equal(
      codeOf(() => openParcel(suite, fromBase64(base64), reader)),
      code,
      why,
    );
    if (bytes !== undefined) assert.equal(toBase64(openParcel(suite, fromBase64(base64), reader).bytes), bytes, why);
  }
  for (const { why, self: name, steps } of exchange.stories) {
    const take = accepted(file, parsePartyId(name));
    for (const { parcel, effects } of steps) {
      const found = take(decodeParcel(fromBase64(exchange.parcels[parcel] ?? "")));
      assert.deepEqual(
        found.map((effect) => (effect.type === "unverified" ? effect.code : effect.type)),
        effects,
        `${why}: ${parcel}`,
      );
    }
  }
});

test("what earlier versions wrote is read as it was", () => {
  const page = readFileSync(new URL("earlier/parcels.json", import.meta.url), "utf8");
  const { line_file, parcels, sealed } = JSON.parse(page) as Omit<ParcelVectors, "exchange">;
  for (const { why, bytes, parcel } of parcels) {
    const { closings, ...read } = decodeParcel(fromHex(bytes));
    assert.deepEqual(closings, [], why);
    // Of then, and of now: a field that is not written is not there.
    const { closings: _, ...was } = parcel as { closings?: unknown };
    assert.deepEqual(plain(read), was, why);
    assert.equal(toHex(encodeParcel(decodeParcel(fromHex(bytes)))), bytes, why);
  }
  const file = parseLineFile(suite, line_file);
  const reader = {
    transportSeeds: [fromHex(sealed.receiver.transport_seed)],
    partyOn: (line: string) => (line === file.line ? parsePartyId(sealed.receiver.party) : null),
    parcelKeys: (_: string, from: string) => [fromHex(sealed.parcel_keys[from] ?? "")],
  };
  assert.ok(sealed.files.length > 0);
  for (const { why, file: base64, bytes } of sealed.files) {
    assert.equal(toBase64(openParcel(suite, fromBase64(base64), reader).bytes), bytes, why);
  }
});

interface Verdict {
  ok: boolean;
  codes: string[];
}
interface EvidenceVectors {
  files: (Verdict & {
    why: string;
    file: string;
    pins: Pin[];
    messages: Record<string, unknown>[];
    logs: Record<string, unknown>[];
  })[];
  changes: { of: number; cases: (Verdict & { why: string; at: number; xor: number })[] };
  cut: { of: number; lengths: number[]; code: string };
}

/** The members of `found` that a vector names. */
function membersOf(expected: readonly Record<string, unknown>[], found: readonly object[]): unknown[] {
  return found.map((each, i) => {
    const names = Object.keys(expected[i] ?? {});
    return Object.fromEntries(names.map((name) => [name, (each as Record<string, unknown>)[name]]));
  });
}

function verdict(bytes: Uint8Array, pins: readonly Pin[]) {
  const report = verifyEvidence(suite, bytes, pins);
  return { report, ok: report.ok, codes: [...new Set(report.faults.map(({ code }) => code))] };
}

test("vectors/evidence.json", () => {
  const { files, changes, cut } = load<EvidenceVectors>("evidence");
  for (const { why, file, pins, ok, codes, messages, logs } of files) {
    const found = verdict(fromBase64(file), pins);
    assert.deepEqual([found.ok, found.codes], [ok, codes], why);
    const said = found.report.messages.map((message) => ({
      ...message,
      replies: message.replies.map(({ hash }) => hash),
    }));
    assert.deepEqual(membersOf(messages, said), messages, why);
    assert.deepEqual(membersOf(logs, found.report.logs), logs, why);
  }
  const [base] = files;
  assert.ok(base);
  const bytes = fromBase64(base.file);
  for (const { why, at, xor, ok, codes } of changes.cases) {
    const found = verdict(bytes.with(at, (bytes[at] as number) ^ xor), base.pins);
    assert.deepEqual([found.ok, found.codes], [ok, codes], why);
  }
  for (const length of cut.lengths) {
    assert.deepEqual(verdict(bytes.subarray(0, length), base.pins).codes, [cut.code], `${length} bytes`);
  }
});
