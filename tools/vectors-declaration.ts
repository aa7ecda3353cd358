/** Writes `vectors/declaration.json`. The same bytes each time. */
import { writeFileSync } from "node:fs";
import { seedSigner } from "../src/crypto/index.ts";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import { type Declared, signDeclaration } from "../src/line/index.ts";
import { toHex } from "../src/wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../src/wire/cbor.ts";
import { parseLineId, parsePartyId } from "../src/wire/id.ts";

const signer = (n: number) => seedSigner(suite, new Uint8Array(32).fill(n));
const [identity, successor, officer] = [signer(1), signer(2), signer(3)];
const line = parseLineId("ab".repeat(32));
const party = parsePartyId("northern");
const issued_at = 1_700_000_000_000;
const key = officer.publicKey;
const from = (index: number, generation = 0) => ({ generation, index });
const named = { declares: "successor", identity: successor.publicKey } as const;

const made = async (declared: Declared, by = identity) => {
  const { bytes, signature } = await signDeclaration({ line, party, issued_at, ...declared }, by);
  return { bytes: toHex(bytes), signature: toHex(signature) };
};
const revoked = (index: number): Declared => ({ declares: "revocation", key, from: from(index), reason: null });
const valid = await Promise.all(
  (
    [
      ["a stolen key, from entry 812 on", { declares: "revocation", key, from: from(812), reason: "key-compromised" }],
      [
        "in a log that was closed since, without a reason",
        { declares: "revocation", key, from: from(2, 3), reason: null },
      ],
      ["the key that may succeed", named],
      ["it has succeeded, signed by itself", { declares: "succession" }],
      ["a party leaves", { declares: "leaving", reason: "under-review" }],
    ] as const
  ).map(async ([why, declared]) => ({
    why,
    declares: declared.declares,
    signed_by: toHex((declared.declares === "succession" ? successor : identity).publicKey),
    ...(await made(declared, declared.declares === "succession" ? successor : identity)),
  })),
);

const map = decodeCbor(Buffer.from(valid[0]?.bytes ?? "", "hex"), 512) as Record<string, unknown>;
const { reason: _, ...short } = map;
const bad = (why: string, fields: object, code = "declaration-malformed") => {
  return { why, bytes: toHex(encodeCbor(fields as never)), code };
};
const invalid = [
  bad("a later version", { ...map, v: 2 }, "declaration-newer"),
  bad("what a later version declares", { ...map, declares: "merger", with: "southern" }, "declaration-newer"),
  bad("a member is missing", short),
  bad("a member too many", { ...map, why: "x" }),
  bad("a reason that is not known", { ...map, reason: "other" }),
  bad("a place of three parts", { ...map, from: [0, 1, 2] }),
  bad("a key of small order", { ...map, key: new Uint8Array(32) }),
  { why: "a byte after the end", bytes: `${valid[0]?.bytes ?? ""}00`, code: "declaration-malformed" },
];

/** Taken one after the other, each at its index of the first log; what is refused changes nothing. */
const logs = [
  {
    why: "revoked twice: the earlier entry counts; not from an entry that is still to come",
    entries: [
      { index: 5, code: null, ...(await made(revoked(4))) },
      { index: 6, code: null, ...(await made(revoked(3))) },
      { index: 7, code: "declaration-refused", ...(await made(revoked(8))) },
    ],
    revoked: [
      { index: 2, is: false },
      { index: 3, is: true },
    ],
    identity: toHex(identity.publicKey),
    left: null,
  },
  {
    why: "the successor takes over, the lost key is worth nothing, and a second naming too",
    entries: [
      { index: 2, code: "declaration-refused", ...(await made({ declares: "succession" }, successor)) },
      { index: 3, code: null, ...(await made(named)) },
      { index: 4, code: "declaration-refused", ...(await made({ declares: "successor", identity: key })) },
      { index: 5, code: "declaration-signature", ...(await made({ declares: "succession" }, identity)) },
      { index: 6, code: null, ...(await made({ declares: "succession" }, successor)) },
      { index: 7, code: "declaration-signature", ...(await made({ declares: "leaving", reason: null })) },
    ],
    revoked: [],
    identity: toHex(successor.publicKey),
    left: null,
  },
  {
    why: "nothing counts behind a leaving",
    entries: [
      { index: 4, code: null, ...(await made({ declares: "leaving", reason: null })) },
      { index: 5, code: "declaration-refused", ...(await made(revoked(3))) },
    ],
    revoked: [{ index: 9, is: false }],
    identity: toHex(identity.publicKey),
    left: 4,
  },
];
const page = {
  spec: "spec/declaration.md",
  line,
  party,
  identity: toHex(identity.publicKey),
  key: toHex(key),
  valid,
  invalid,
  logs,
};
writeFileSync(new URL("../vectors/declaration.json", import.meta.url), `${JSON.stringify(page, null, 2)}\n`);
