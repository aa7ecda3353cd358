/** A node starts with whatever it once took up, whatever came since: nobody can keep it down by what he says, or when. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { seedSigner, type Signer } from "../../src/crypto/index.ts";
import {
  type Declared,
  nextRoster,
  rosterHash,
  signClosing,
  signDeclaration,
  type SignedDeclaration,
  type SignedSuccession,
  signRoster,
} from "../../src/line/index.ts";
import { type LineState, lineState, recallTerms } from "../../src/server/exchange/line-state.ts";
import { newKeyring } from "../../src/server/node-keys.ts";
import { ownKeys } from "../../src/server/own-keys.ts";
import { type LineStore, openLineStore } from "../../src/store/index.ts";
import { equalBytes, utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { logOrigin } from "../../src/wire/id.ts";
import { appointmentsOf, AT, newSeeds } from "../line/sides.ts";
import { newWorld, suite } from "../line/world.ts";

const { nodes, file } = await newWorld();
const [north, south] = nodes;
const { line } = north;
const party = north.side.id;
const signerOf = (n: number): Signer => seedSigner(suite, new Uint8Array(32).fill(n));
const [founding, second, third] = [north.side.identity, signerOf(2), signerOf(3)];
const [first, next] = [logOrigin(line, party, 0), logOrigin(line, party, 1)];

const fresh = (): LineState => {
  const ring = newKeyring(suite);
  return lineState(
    suite,
    file,
    south.side.id,
    ownKeys(suite, () => ring),
  );
};
const made = (declared: Declared, by: Signer): Promise<SignedDeclaration> =>
  signDeclaration({ line, party, issued_at: AT, ...declared }, by);
const pair = async (by: Signer, to: Signer): Promise<SignedSuccession> => ({
  naming: await made({ declares: "successor", identity: to.publicKey }, by),
  succession: await made({ declares: "succession" }, to),
});
const rosterBy = (by: Signer, state: LineState) =>
  signRoster(nextRoster(state.history(party), appointmentsOf(north.side, newSeeds(), AT)), by);
const closingBy = async (by: Signer, state: LineState, successions: readonly SignedSuccession[], ends = 0) => {
  const roster = await rosterBy(by, state);
  const closing = { line, party, generation: ends, size: 9, root: new Uint8Array(32), next: ends + 1 };
  const rest = { roster: rosterHash(suite, roster.bytes), cause: "node-lost" as const, issued_at: AT };
  return signClosing({ ...closing, ...rest }, roster, by, successions);
};

async function withStore(work: (store: LineStore) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "parley-recall-"));
  const store = openLineStore(join(dir, "line.sqlite"), { line, party: south.side.id });
  try {
    await work(store);
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
}

/** Entries for the declarations and rosters to stand at; nobody reads them here. */
function logOf(store: LineStore, generation: number): void {
  const origin = logOrigin(line, party, generation);
  store.commit([{ write: "log", origin, party, generation }]);
  const entries = Array.from({ length: 9 }, (_, i) => utf8(`entry ${i}`));
  store.commit([{ write: "append", origin, expect: 0, entries, nodes: [], at: AT, carrier: null }]);
}

test("a closing is taken with all that comes with it or not at all, and recalled when its key was succeeded since", async () => {
  await withStore(async (store) => {
    const rubbish = { bytes: utf8("no declaration"), signature: utf8("nor this") };
    const state = fresh();
    const spoilt = await closingBy(founding, state, [{ naming: rubbish, succession: rubbish }]);
    assert.throws(
      () => state.close(spoilt),
      (error) => isParleyError(error, "closing-malformed"),
      "also by the key in force",
    );
    const signed = await closingBy(founding, state, []);
    assert.notEqual(state.close(signed), null);
    logOf(store, 0);
    store.commit([{ write: "closing", party, next: 1, signed, seenAt: AT }]);
    // The log says later that this key was succeeded: it is not the first that a recalled closing is looked at by.
    const { naming, succession } = await pair(founding, second);
    store.commit([
      { write: "declaration", origin: first, index: 2, party, ...naming },
      { write: "declaration", origin: first, index: 3, party, ...succession },
    ]);
    const again = fresh();
    recallTerms(again, store);
    assert.equal(again.originOf(party), next);
    assert.ok(equalBytes(again.identity(party), second.publicKey));
  });
});

test("a log that was held back until others had built on its absence keeps no node from starting", async () => {
  await withStore(async (store) => {
    const state = fresh();
    const signed = await closingBy(founding, state, []);
    state.close(signed);
    logOf(store, 0);
    logOf(store, 1);
    store.commit([{ write: "closing", party, next: 1, signed, seenAt: AT }]);
    // In the next log the old key goes on, and its next closing rests on what it names there.
    const revocation = await made(
      { declares: "revocation", key: third.publicKey, from: { generation: 1, index: 2 }, reason: null },
      founding,
    );
    const later = await pair(founding, third);
    const roster = await rosterBy(founding, state);
    state.declare(next, 2, revocation);
    state.declare(next, 3, later.naming);
    state.takeUp(next, 4, roster);
    state.declare(next, 5, later.succession);
    const last = await closingBy(third, state, [], 1);
    assert.notEqual(state.close(last), null);
    store.commit([
      { write: "declaration", origin: next, index: 2, party, ...revocation },
      { write: "declaration", origin: next, index: 3, party, ...later.naming },
      { write: "roster", origin: next, index: 4, party, ...roster },
      { write: "declaration", origin: next, index: 5, party, ...later.succession },
      { write: "closing", party, next: 2, signed: last, seenAt: AT },
    ]);
    // And now the log that ended comes: another key had been the party's all that time.
    const { naming, succession } = await pair(founding, second);
    for (const [index, each] of [naming, succession].entries()) {
      state.declare(first, 2 + index, each);
      store.commit([{ write: "declaration", origin: first, index: 2 + index, party, ...each }]);
    }
    const again = fresh();
    recallTerms(again, store);
    assert.equal(again.originOf(party), logOrigin(line, party, 2));
    assert.ok(equalBytes(again.identity(party), second.publicKey), "the log is believed");
    assert.deepEqual(
      again.declarations(party).map(({ declaration }) => declaration.declares),
      ["successor", "succession"],
    );
  });
});
