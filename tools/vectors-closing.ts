/** Writes `vectors/closing.json`. The same bytes each time. */
import { writeFileSync } from "node:fs";
import { seedSigner, type Signer } from "../src/crypto/index.ts";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import {
  type Closing,
  closingHash,
  type Declared,
  foundingRoster,
  nextRoster,
  rosterHash,
  signClosing,
  signDeclaration,
  signRoster,
} from "../src/line/index.ts";
import { closingToCbor } from "../src/line/parcel/parcel.ts";
import { beginHistory, encodeRoster } from "../src/line/terms/roster.ts";
import { decodeCbor, encodeCbor } from "../src/wire/cbor.ts";
import { toHex } from "../src/wire/bytes.ts";
import { parseLineId, parseOfficerId, parsePartyId, parsePersonId } from "../src/wire/id.ts";

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const identity = seedSigner(suite, seed(1));
const line = parseLineId("ab".repeat(32));
const party = parsePartyId("northern");
const node = (n: number) => ({
  log: suite.ed25519PublicKey(seed(n)),
  receipt: suite.ed25519PublicKey(seed(n + 1)),
  parcel: suite.ed25519PublicKey(seed(n + 2)),
  sealing: suite.xwingPublicKey(seed(n + 3)),
  transport: suite.xwingPublicKey(seed(n + 4)),
});
const officer = {
  id: parseOfficerId("watch-1"),
  person: parsePersonId("person-1"),
  roles: ["watch"] as const,
  key: suite.ed25519PublicKey(seed(9)),
};
const rest = { officers: [officer], units: [], address: null, carriers: null, issued_at: 1_700_000_000_000 };
const founding = foundingRoster(line, party, { ...rest, node: node(10) });
const history = beginHistory(suite, founding, encodeRoster(founding));
const roster = await signRoster(nextRoster(history, { ...rest, node: node(20) }), identity);
const closing: Closing = {
  line,
  party,
  generation: 0,
  size: 41,
  root: seed(7),
  next: 1,
  roster: rosterHash(suite, roster.bytes),
  cause: "restored",
  issued_at: 1_700_000_100_000,
};
const made = async (changes: Partial<Closing>) => signClosing({ ...closing, ...changes }, roster, identity);
const valid = await Promise.all(
  (
    [
      ["after a restore", {}],
      ["after a split, in a later generation", { generation: 3, next: 7, cause: "split" }],
      ["a log that was never begun, by a node that was lost", { size: 0, cause: "node-lost" }],
    ] as const
  ).map(async ([why, changes]) => {
    const { bytes, signature } = await made(changes);
    const { root, ...value } = { ...closing, ...changes };
    return {
      why,
      value: { ...value, root: toHex(root) },
      bytes: toHex(bytes),
      signature: toHex(signature),
      hash: closingHash(suite, bytes),
    };
  }),
);
const map = decodeCbor((await made({})).bytes, 512) as Record<string, unknown>;
const { cause: _, ...short } = map;
const changed = (why: string, fields: Record<string, unknown>) => {
  return { why, bytes: toHex(encodeCbor(fields as never)), code: "closing-malformed" };
};
const invalid = [
  changed("a later version", { ...map, v: 2 }),
  changed("the next generation is not later", { ...map, next: 0 }),
  changed("a member is missing", short),
  changed("a member too many", { ...map, why: "x" }),
  changed("a cause that is not known", { ...map, cause: "other" }),
  changed("a root of 31 bytes", { ...map, root: new Uint8Array(31) }),
  { why: "a byte after the end", bytes: `${valid[0]?.bytes ?? ""}00`, code: "closing-malformed" },
];
/** Its identity key has been succeeded: what leads from one to the other goes along. */
const successor = seedSigner(suite, seed(2));
const declared = (declares: Declared, by: Signer) =>
  signDeclaration({ line, party, issued_at: 1_700_000_050_000, ...declares }, by);
const pair = {
  naming: await declared({ declares: "successor", identity: successor.publicKey }, identity),
  succession: await declared({ declares: "succession" }, successor),
};
const itsRoster = await signRoster(nextRoster(history, { ...rest, node: node(20) }), successor);
const led = await signClosing({ ...closing, roster: rosterHash(suite, itsRoster.bytes) }, itsRoster, successor, [pair]);
const page = {
  spec: "spec/closing.md",
  identity: { seed: toHex(seed(1)), public_key: toHex(identity.publicKey) },
  roster: { bytes: toHex(roster.bytes), signature: toHex(roster.signature) },
  valid,
  led: {
    why: "by a successor, with what leads from the identity key to his",
    to: toHex(successor.publicKey),
    signed_closing: toHex(encodeCbor(closingToCbor(led))),
  },
  invalid,
};
writeFileSync(new URL("../vectors/closing.json", import.meta.url), `${JSON.stringify(page, null, 2)}\n`);
