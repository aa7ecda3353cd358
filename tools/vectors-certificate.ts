/** Makes `vectors/certificate.json` anew: `node tools/vectors-certificate.ts`. */
import { writeFileSync } from "node:fs";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import {
  type Certificate,
  certificateHash,
  commitmentOf,
  DEFAULT_RULES,
  encodeCertificate,
  type Finding,
  findingsHash,
  outcomeOf,
  rulesHash,
  signCertificate,
  uniformRules,
} from "../src/deconflict/index.ts";
import type { AnyVolume } from "../src/geo/index.ts";
import { type Bytes, concat, fromHex, toHex } from "../src/wire/bytes.ts";
import { type CborMap, decodeCbor, encodeCbor } from "../src/wire/cbor.ts";
import { parseLineId, parseLogOrigin, parsePartyId } from "../src/wire/id.ts";

const SEED = new Uint8Array(32).fill(4);
const SALT = new Uint8Array(32).fill(1);
const LINE = "ab".repeat(32);
const T = 1_795_000_000_000;
const at = (lat: number, lon: number) => ({ lat, lon });
const always = { start: null, end: null };

const VOLUMES: readonly AnyVolume[] = [
  { footprint: { type: "point", at: at(-0.000000001, 180) }, height: null, window: always },
  {
    footprint: { type: "circle", centre: at(36.27, 43.57), radius_m: 500.5 },
    height: { datum: "AGL", lower_m: null, upper_m: 300 },
    window: { start: T, end: T + 3_600_000 },
  },
  {
    footprint: { type: "polygon", rings: [[at(36, 43), at(36, 44), at(37, 44)]] },
    height: { datum: "FL", lower_m: 3048, upper_m: null },
    window: { start: T, end: T + 86_400_000 },
    recurs: { every_days: 1, from_ms: 21_600_000, for_ms: 14_400_000 },
  },
  {
    footprint: { type: "corridor", line: [at(36, 43), at(36, 44)], width_m: 200 },
    height: null,
    window: { start: T - 900_000, end: T + 4_500_000 },
    motion: { times: [T, T + 3_600_000], tolerance_s: 900 },
  },
];
const FINDINGS: readonly Finding[] = [
  { against: "ef".repeat(32), grave: "critical", undecided: null },
  { against: "cd".repeat(32), grave: "low", undecided: null },
  { against: "01".repeat(32), grave: "high", undecided: "height-datum" },
];
const OWN = {
  ...uniformRules({}),
  pairs: [{ plan: "*", against: "hospital", lateral_m: 0.5, vertical_m: 0, time_s: 0, grave: "critical" }],
};
const RULES = [
  [uniformRules({ lateral_m: 2000, time_s: 1800 })],
  [OWN],
  [uniformRules({ lateral_m: 2000, time_s: 1800 }), DEFAULT_RULES, OWN],
];

function certificateOf(volumes: readonly AnyVolume[], findings: readonly Finding[]) {
  const plan = { id: "MSN-0412", category: "airstrike", volumes };
  const certificate: Certificate = {
    line: parseLineId(LINE),
    party: parsePartyId("southern"),
    exercise: false,
    at: T,
    plan: commitmentOf(suite, SALT, plan),
    rules: rulesHash(suite, [uniformRules({ lateral_m: 2000, time_s: 1800 })]),
    heads: ["northern", "southern"].map((party, i) => ({
      origin: parseLogOrigin(`parley/${LINE}/${party}/0`).origin,
      size: 12 + i,
      root: "01".repeat(32),
      known: 13,
      unopened: i,
    })),
    findings: findingsHash(suite, SALT, findings),
    outcome: outcomeOf(findings),
  };
  const { bytes, signature } = signCertificate(suite, certificate, SEED);
  const signed = { bytes: toHex(bytes), hash: certificateHash(suite, bytes), signature: toHex(signature) };
  const key = toHex(suite.ed25519PublicKey(SEED));
  return { certificate, ...signed, key, opening: { salt: toHex(SALT), plan, findings } };
}

const valid = [
  certificateOf(VOLUMES.slice(0, 1), []),
  certificateOf(VOLUMES, FINDINGS),
  certificateOf(VOLUMES.slice(1, 2), FINDINGS.slice(2)),
];
const good = encodeCertificate((valid[1] as (typeof valid)[0]).certificate);
const fields = decodeCbor(good, good.length) as CborMap;
const changed = (change: CborMap): Bytes => encodeCbor({ ...fields, ...change });
const { v: _, ...withoutVersion } = fields;
const heads = fields["heads"] as readonly (readonly (string | number | Bytes)[])[];
const head = (...change: readonly (readonly [number, string | number])[]) => [
  change.reduce((parts, [i, value]) => parts.with(i, value), heads[0] ?? []),
];

const refused: readonly (readonly [string, Bytes, string])[] = [
  ["nothing", new Uint8Array(0), "certificate-malformed"],
  ["a byte after its end", concat(good, Uint8Array.of(0)), "certificate-malformed"],
  ["no version", encodeCbor(withoutVersion), "certificate-malformed"],
  ["a later version", changed({ v: 2 }), "certificate-newer"],
  ["another suite", changed({ suite: 2 }), "certificate-newer"],
  ["a field that is not known", changed({ note: "x" }), "certificate-malformed"],
  ["a commitment of 31 bytes", changed({ plan: fromHex("00".repeat(31)) }), "certificate-malformed"],
  ["logs out of their order", changed({ heads: heads.toReversed() }), "certificate-malformed"],
  ["a log twice", changed({ heads: [heads[0] ?? [], heads[0] ?? []] }), "certificate-malformed"],
  ["more looked at than known", changed({ heads: head([1, 14]) }), "certificate-malformed"],
  ["more unopened than looked at", changed({ heads: head([4, 13]) }), "certificate-malformed"],
  ["an origin that is none", changed({ heads: head([0, "parley/x"]) }), "certificate-malformed"],
  ["conflicts, and none", changed({ outcome: ["conflicts", 0, "low", 0] }), "certificate-malformed"],
  ["clear, with a count", changed({ outcome: ["clear", 0] }), "certificate-malformed"],
  ["an outcome that is not known", changed({ outcome: ["fine"] }), "certificate-malformed"],
  ["how grave, not known", changed({ outcome: ["conflicts", 1, "grave", 0] }), "certificate-malformed"],
];

const page = {
  page: "spec/certificate.md",
  valid,
  rules: RULES.map((rules) => ({ rules, hash: rulesHash(suite, rules as never) })),
  invalid: refused.map(([why, bytes, code]) => ({ why, bytes: toHex(bytes), code })),
};
writeFileSync(new URL("../vectors/certificate.json", import.meta.url), `${JSON.stringify(page, null, 2)}\n`);
