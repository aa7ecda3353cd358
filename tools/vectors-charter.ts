/**
 * Appends the cases of rules for pairs to `vectors/charter.json`, out of its first charter, in place of those that are
 * there: `node tools/vectors-charter.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import { charterHash, decodeCharter, encodeCharter, lineIdOf, type PairRule } from "../src/line/index.ts";
import { fromHex, toHex } from "../src/wire/bytes.ts";
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from "../src/wire/cbor.ts";

interface Page {
  readonly charters: readonly { readonly why: string; readonly bytes: string }[];
}

const MARK = "rules: ";
const file = new URL("../vectors/charter.json", import.meta.url);
const page = JSON.parse(readFileSync(file, "utf8")) as Page;
const bytes = fromHex(page.charters[0]?.bytes ?? "");
const plain = decodeCharter(bytes);
const raw = decodeCbor(bytes, bytes.length) as CborMap;

const AGREED: readonly PairRule[] = [
  {
    plan: "airstrike",
    against: "site:hospital",
    lateral_m: 5000,
    vertical_m: 1_000_000,
    time_s: 7200,
    grave: "critical",
    reason: "Nobody inside can leave in time.",
  },
  { plan: "*", against: "movement:*", lateral_m: 1500.5, vertical_m: 150, time_s: 1800, grave: null },
];

const asJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner instanceof Uint8Array ? toHex(inner) : inner)));

function valid(why: string, rules: readonly PairRule[]) {
  const made = encodeCharter({ ...plain, rules });
  const [hash, line] = [charterHash(suite, made), lineIdOf(suite, made)];
  return { why: `${MARK}${why}`, bytes: toHex(made), hash, line, charter: asJson(decodeCharter(made)) };
}

const RULE = {
  plan: "airstrike",
  against: "site:hospital",
  lateral_mm: 5_000_000,
  vertical_mm: 0,
  time_s: 0,
  grave: null,
  reason: null,
} as const satisfies CborMap;

function refused(why: string, rules: CborValue) {
  return { why: `${MARK}${why}`, bytes: toHex(encodeCbor({ ...raw, rules })), code: "charter-malformed" };
}

const { reason: _, ...withoutReason } = RULE;
const many = (count: number) => Array.from({ length: count }, (_none, i) => ({ ...RULE, plan: `plan-${i}` }));
const cases = [
  valid("two, as they were written", AGREED),
  valid(
    "sixty-four",
    many(64).map(({ plan, against }) => ({ plan, against, lateral_m: 1, vertical_m: 0, time_s: 0, grave: null })),
  ),
  refused("none, which is said by leaving them out", []),
  refused("no list", null),
  refused("sixty-five", many(65)),
  refused("one pair twice", [RULE, { ...RULE, lateral_mm: 1 }]),
  refused("a member more", [{ ...RULE, more: 1 }]),
  refused("a member less", [withoutReason]),
  refused("a length below nothing", [{ ...RULE, lateral_mm: -1 }]),
  refused("a length above 1,000 km", [{ ...RULE, vertical_mm: 1_000_000_001 }]),
  refused("a time above 366 days", [{ ...RULE, time_s: 31_622_401 }]),
  refused("a time in words", [{ ...RULE, time_s: "60" }]),
  refused("a grave that is not known", [{ ...RULE, grave: "none" }]),
  refused("no category", [{ ...RULE, plan: "" }]),
  refused("a category of 65 characters", [{ ...RULE, against: "x".repeat(65) }]),
  refused("a space after a category", [{ ...RULE, against: "site:hospital " }]),
  refused("a direction override in a category", [{ ...RULE, plan: "air\u202estrike" }]),
  refused("a reason of 501 characters", [{ ...RULE, reason: "x".repeat(501) }]),
  refused("a line feed in a reason", [{ ...RULE, reason: "Agreed.\nNot for hospitals." }]),
  refused("an empty reason", [{ ...RULE, reason: "" }]),
];

const kept = page.charters.filter(({ why }) => !why.startsWith(MARK));
writeFileSync(file, `${JSON.stringify({ ...page, charters: [...kept, ...cases] }, null, 2)}\n`);
