/** Writes `vectors/witness.json`. The same bytes each time: all seeds and times are fixed. */
import { writeFileSync } from "node:fs";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import {
  appendLeaf,
  consistencyProof,
  cosign,
  emptyFrontier,
  formatAddCheckpoint,
  formatVkey,
  frontierFrom,
  type HashReader,
  leafHash,
  rootOf,
  signCheckpoint,
} from "../src/log/index.ts";
import { toHex, utf8 } from "../src/wire/bytes.ts";

const seedOf = (n: number) => new Uint8Array(32).fill(n);
const keyOf = (name: string, n: number) => ({ name, publicKey: suite.ed25519PublicKey(seedOf(n)) });
const ORIGIN = `parley/${"ab".repeat(32)}/northern/0`;
const WITNESS = "witness.example/w1";
const AT = 1_795_000_000;

/** A log of 17 entries; `salt` makes another log of the same name, as a party that forks its own would. */
function logOf(salt: string) {
  const hashes = new Map<string, Uint8Array>();
  const read: HashReader = (level, index) => hashes.get(`${level}/${index}`) as Uint8Array;
  let frontier = emptyFrontier();
  for (let i = 0; i < 17; i++) {
    const step = appendLeaf(suite, frontier, leafHash(suite, utf8(`${salt} ${i}`)));
    for (const { level, index, hash } of step.completed) hashes.set(`${level}/${index}`, hash);
    frontier = step.frontier;
  }
  const at = (size: number) => ({ origin: ORIGIN, size, root: rootOf(suite, frontierFrom(size, read)) });
  return {
    at,
    proof: (older: number, newer: number) => consistencyProof(suite, older, newer, read),
    note: (size: number, seed = 1) => signCheckpoint(suite, at(size), { name: ORIGIN, seed: seedOf(seed) }),
  };
}

const log = logOf("entry");
const fork = logOf("forked");
function ask(oldSize: number, size: number, options: { of?: typeof log; note?: string } = {}): string {
  const { of = log } = options;
  const proof = oldSize > size ? [] : of.proof(oldSize, size);
  return formatAddCheckpoint({ oldSize, proof, note: options.note ?? of.note(size) });
}

function row(why: string, seen: number | null, body: string, status: number, size: number | null = null) {
  const latest = seen === null ? null : { size: seen, root: toHex(log.at(seen).root) };
  const reply = status === 200 ? cosign(suite, log.at(size as number), { name: WITNESS, seed: seedOf(9) }, AT) : null;
  return { why, latest, body, status, reply: status === 409 ? `${size}\n` : reply };
}

const other = ask(7, 17).replaceAll("northern", "relief");
const requests = [
  row("the first of a log", null, ask(0, 7), 200, 7),
  row("grown", 7, ask(7, 17), 200, 17),
  row("the same again", 7, ask(7, 7), 200, 7),
  row(
    "with a signature by a key that nobody knows beside",
    7,
    ask(7, 17, { note: log.note(17) + strangers() }),
    200,
    17,
  ),
  row("another log", 7, other, 404),
  row("another key than the log's", 7, ask(7, 17, { note: log.note(17, 3) }), 403),
  row("an old size that is no longer the newest", 16, ask(7, 17), 409, 16),
  row(
    "an old size of 0, to be told the newest",
    7,
    formatAddCheckpoint({ oldSize: 0, proof: [], note: log.note(17) }),
    409,
    7,
  ),
  row("a smaller tree", 17, ask(7, 16), 409, 17),
  row("a replay of what was cosigned before", 17, ask(0, 7), 409, 17),
  row("another tree of the same size", 7, ask(7, 7, { of: fork }), 409, 7),
  row("another tree that is larger", 7, ask(7, 17, { of: fork }), 422),
  row("no proof", 7, formatAddCheckpoint({ oldSize: 7, proof: [], note: log.note(17) }), 422),
  row("a proof where none is due", null, ask(0, 7).replace("\n\n", `\n${"A".repeat(43)}=\n\n`), 422),
  row("an old size beyond the checkpoint", 17, formatAddCheckpoint({ oldSize: 17, proof: [], note: log.note(7) }), 400),
  row("a leading zero", 7, ask(7, 17).replace("old 7", "old 07"), 400),
  row("64 hashes", 7, ask(7, 17).replace("old 7\n", `old 7\n${`${"A".repeat(43)}=\n`.repeat(60)}`), 400),
  row("a hash of 31 bytes", 7, ask(7, 17).replace("old 7\n", `old 7\n${"A".repeat(42)}==\n`), 400),
  row("no empty line", 7, ask(7, 17).replace("\n\n", "\n"), 400),
  row("a carriage return", 7, ask(7, 17).replace("\n", "\r\n"), 400),
  row("no note", 7, "old 7\n\n", 400),
];

function strangers(): string {
  return cosign(suite, log.at(17), { name: "stranger.example", seed: seedOf(4) }, AT);
}

const vectors = {
  spec: "spec/witness.md",
  log: formatVkey(suite, "note", keyOf(ORIGIN, 1)),
  witness: { name: WITNESS, seed: toHex(seedOf(9)), vkey: formatVkey(suite, "cosignature", keyOf(WITNESS, 9)) },
  at: AT,
  requests,
};
writeFileSync(new URL("../vectors/witness.json", import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
