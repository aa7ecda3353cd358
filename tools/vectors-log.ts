/** Writes `vectors/log.json`. The same bytes each time: all seeds and times are fixed. */
import { writeFileSync } from "node:fs";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import {
  appendLeaf,
  type Checkpoint,
  consistencyProof,
  cosign,
  emptyFrontier,
  entryBundle,
  formatProof,
  formatVkey,
  frontierFrom,
  type HashReader,
  inclusionProof,
  leafHash,
  receiptKeyName,
  rootOf,
  signCheckpoint,
  tilePath,
} from "../src/log/index.ts";
import { toHex, utf8 } from "../src/wire/bytes.ts";

const seedOf = (n: number) => new Uint8Array(32).fill(n);
const keyOf = (name: string, n: number) => ({ name, publicKey: suite.ed25519PublicKey(seedOf(n)) });

const LINE = "ab".repeat(32);
const ORIGIN = `parley/${LINE}/northern/0`;
const RECEIPT = receiptKeyName(`parley/${LINE}/southern/0`);
const AT = 1_795_000_000;
const LEAVES = Array.from({ length: 17 }, (_, i) => utf8(`entry ${i}`));
const hashes = new Map<string, Uint8Array>();
const read: HashReader = (level, index) => hashes.get(`${level}/${index}`) as Uint8Array;

function grow(): void {
  let frontier = emptyFrontier();
  for (const leaf of LEAVES) {
    const step = appendLeaf(suite, frontier, leafHash(suite, leaf));
    for (const { level, index, hash } of step.completed) hashes.set(`${level}/${index}`, hash);
    frontier = step.frontier;
  }
}

const rootAt = (size: number) => rootOf(suite, frontierFrom(size, read));

function toHexes(all: readonly Uint8Array[]): string[] {
  return all.map((bytes) => toHex(bytes));
}

function tree() {
  const inclusion = [
    [1, 0],
    [2, 1],
    [7, 6],
    [8, 3],
    [17, 0],
    [17, 16],
  ].map(([size = 0, index = 0]) => ({
    why: "made by the log",
    valid: true,
    size,
    index,
    proof: toHexes(inclusionProof(suite, size, index, read)),
  }));
  const good = inclusion.at(-2) as (typeof inclusion)[0];
  const consistency = [
    [0, 5],
    [5, 5],
    [1, 2],
    [4, 8],
    [6, 7],
    [7, 17],
    [16, 17],
  ].map(([older = 0, newer = 0]) => ({
    why: "made by the log",
    valid: true,
    older,
    newer,
    proof: toHexes(consistencyProof(suite, older, newer, read)),
  }));
  const grown = consistency[5] as (typeof consistency)[0];
  return {
    leaves: toHexes(LEAVES),
    roots: Array.from({ length: LEAVES.length + 1 }, (_, size) => toHex(rootAt(size))),
    inclusion: [
      ...inclusion,
      { ...good, why: "another index", valid: false, index: 1 },
      { ...good, why: "the index beyond the tree", valid: false, index: 17 },
      { ...good, why: "a hash too many", valid: false, proof: [...good.proof, good.proof[0]] },
      { ...good, why: "a hash too few", valid: false, proof: good.proof.slice(1) },
    ],
    consistency: [
      ...consistency,
      { ...grown, why: "a hash too few", valid: false, proof: grown.proof.slice(1) },
      { ...grown, why: "a hash too many", valid: false, proof: [...grown.proof, grown.proof[0]] },
      { ...grown, why: "another older size", valid: false, older: 6 },
      { ...grown, why: "a hash where none is due", valid: false, older: 17 },
    ],
  };
}

const checkpoint = (): Checkpoint => ({ origin: ORIGIN, size: LEAVES.length, root: rootAt(LEAVES.length) });
const signed = () => signCheckpoint(suite, checkpoint(), { name: ORIGIN, seed: seedOf(1) });
const receipt = () => cosign(suite, checkpoint(), { name: RECEIPT, seed: seedOf(2) }, AT);
const keyJson = (name: string, n: number) => ({ name, public_key: toHex(keyOf(name, n).publicKey) });

function checkpoints() {
  const note = signed();
  const key = keyJson(ORIGIN, 1);
  const taken = { origin: ORIGIN, size: LEAVES.length, root: toHex(rootAt(LEAVES.length)) };
  const row = (why: string, text: string, result: object, by = key) => ({ why, note: text, key: by, ...result });
  const malformed = { code: "checkpoint-malformed" };
  return [
    row("as it was signed", note, { checkpoint: taken }),
    row("with a receipt beside the log's signature", note + receipt(), { checkpoint: taken }),
    row("another size", note.replace("\n17\n", "\n18\n"), { code: "checkpoint-bad-signature" }),
    row("another key than signed", note, { code: "checkpoint-unsigned" }, keyJson(ORIGIN, 3)),
    row(
      "another log's origin",
      note,
      { code: "checkpoint-unsigned" },
      keyJson(ORIGIN.replace("northern", "relief"), 1),
    ),
    row("a leading zero", note.replace("\n17\n", "\n017\n"), malformed),
    row("an extension line", note.replace("=\n\n", "=\nextension\n\n"), malformed),
    row("no empty line", note.replace("\n\n", "\n"), { code: "note-malformed" }),
    row("no final newline", note.slice(0, -1), { code: "note-malformed" }),
    row("a carriage return", note.replace("\n", "\r\n"), { code: "note-malformed" }),
  ];
}

function receipts() {
  const line = receipt();
  const key = keyJson(RECEIPT, 2);
  const row = (why: string, text: string, result: object, by = key) => ({
    why,
    note: signed(),
    line: text,
    key: by,
    ...result,
  });
  const other = cosign(suite, { ...checkpoint(), size: 16 }, { name: RECEIPT, seed: seedOf(2) }, AT);
  return [
    row("as it was signed", line, { at: AT * 1000 }),
    row("over another checkpoint", other, { code: "cosignature-bad-signature" }),
    row("by another party", line, { code: "cosignature-other-key" }, keyJson(RECEIPT.replace("southern", "relief"), 2)),
    row("a log's own signature", signed().split("\n\n")[1] as string, { code: "cosignature-other-key" }),
    row("no newline", line.slice(0, -1), { code: "cosignature-malformed" }),
    row("a hyphen for the dash", line.replace("\u2014", "-"), { code: "cosignature-malformed" }),
  ];
}

function row(why: string, text: string, code: string | null) {
  return { why, text, code };
}

function policies() {
  const log = `log ${formatVkey(suite, "note", keyOf(ORIGIN, 1))}`;
  const witness = `witness southern ${formatVkey(suite, "cosignature", keyOf(RECEIPT, 2))}`;
  const good = `${log}\n${witness}\nquorum southern\n`;
  const none = `# no witness is needed\n${log} http://127.0.0.1:7101/\n\nquorum none\n`;
  return [
    row("a log and a receipt key", good, null),
    row("no quorum", none, null),
    row("no quorum line", `${log}\n`, "policy-malformed"),
    row("a quorum that no line before defines", `quorum southern\n${witness}\n`, "policy-malformed"),
    row("a witness's key as a log", `${witness.replace("witness southern", "log")}\nquorum none\n`, "policy-malformed"),
    row("a log twice", `${log}\n${log}\nquorum none\n`, "policy-malformed"),
    row("more than there are", `${witness}\ngroup g 2 southern\nquorum g\n`, "policy-malformed"),
    row("no final newline", good.slice(0, -1), "policy-malformed"),
  ];
}

function proofs() {
  const policy = policies()[0]?.text as string;
  const index = 6;
  const path = inclusionProof(suite, LEAVES.length, index, read);
  const text = formatProof({ extra: null, index, proof: path, checkpointNote: signed() + receipt() });
  const leaf = toHex(LEAVES[index] as Uint8Array);
  const row = (why: string, result: object, parts: object = {}) => ({ why, text, leaf, policy, ...parts, ...result });
  const alone = formatProof({ extra: null, index, proof: path, checkpointNote: signed() });
  const others = policy.split("\n").slice(1).join("\n");
  return [
    row("an entry, the log's checkpoint and a receipt", { index }),
    row("with extra data, which proves nothing", { index }, { text: text.replace("index", "extra AAEC\nindex") }),
    row("another leaf", { code: "proof-not-included" }, { leaf: toHex(LEAVES[7] as Uint8Array) }),
    row("another index", { code: "proof-not-included" }, { text: text.replace("index 6", "index 7") }),
    row("no receipt", { code: "proof-quorum-missing" }, { text: alone }),
    row("a log that is not in the policy", { code: "proof-unknown-log" }, { policy: others }),
    row("a leading zero", { code: "proof-malformed" }, { text: text.replace("index 6", "index 06") }),
    row("another version", { code: "proof-malformed" }, { text: text.replace("@v1", "@v2") }),
  ];
}

function tiles() {
  const rows = [
    { level: 0, index: 1_234_067, width: 256 },
    { level: 1, index: 0, width: 17 },
    { level: "entries" as const, index: 999, width: 1 },
  ].map((tile) => ({ why: "one path a tile", path: tilePath(tile), tile }));
  const refused = ["tile/0/1", "tile/0/x000/001", "tile/7/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/../000"];
  const bad = refused.map((path) => ({ why: "no tile's path", path, code: "tile-malformed" }));
  return {
    paths: [...rows, ...bad],
    bundle: { entries: toHexes(LEAVES.slice(0, 2)), bytes: toHex(entryBundle(LEAVES.slice(0, 2))) },
  };
}

grow();
const vectors = {
  spec: "spec/log.md",
  tree: tree(),
  checkpoint: checkpoints(),
  receipt: receipts(),
  policy: policies(),
  proof: proofs(),
  tiles: tiles(),
};
writeFileSync(new URL("../vectors/log.json", import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
