import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { keyFingerprint, seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { nobleSuite } from "../../src/crypto/noble.ts";
import {
  type Certificate,
  certificateHash,
  checkOpening,
  commitmentOf,
  decodeCertificate,
  encodeCertificate,
  type Finding,
  findingsHash,
  formatCertificateFile,
  outcomeOf,
  renderCertificate,
  rulesHash,
  signCertificate,
  uniformRules,
  verifyCertificate,
  verifyCertificateFile,
} from "../../src/deconflict/index.ts";
import { foundingRoster, signRoster } from "../../src/line/index.ts";
import type { AnyVolume } from "../../src/geo/index.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { parseLineId, parseLogOrigin, parsePartyId } from "../../src/wire/id.ts";
import { changedOnce, refuses } from "../message/support.ts";

const key = (fill: number, length = 32) => new Uint8Array(length).fill(fill);
const seed = key(9);
const publicKey = suite.ed25519PublicKey(seed);
const salt = new Uint8Array(32).fill(7);
const LINE = "ab".repeat(32);
const volume: AnyVolume = {
  footprint: { type: "circle", centre: { lat: 36.27, lon: 43.57 }, radius_m: 500.5 },
  height: { datum: "AGL", lower_m: 0, upper_m: 300 },
  window: { start: 1_795_000_000_000, end: null },
};
const plan = { id: "MSN-0412", category: "airstrike", volumes: [volume] };
const findings: readonly Finding[] = [
  { against: "cd".repeat(32), grave: "high", undecided: null },
  { against: "ef".repeat(32), grave: "high", undecided: "height-datum" },
];
const certificate = (found: readonly Finding[] = findings): Certificate => ({
  line: parseLineId(LINE),
  party: parsePartyId("southern"),
  exercise: true,
  at: 1_795_000_000_000,
  plan: commitmentOf(suite, salt, plan),
  rules: rulesHash(suite, [uniformRules({ lateral_m: 2000, time_s: 0.5 })]),
  heads: ["northern", "southern"].map((party) => ({
    origin: parseLogOrigin(`parley/${LINE}/${party}/0`).origin,
    size: 12,
    root: "01".repeat(32),
    known: 13,
    unopened: 1,
  })),
  findings: findingsHash(suite, salt, found),
  outcome: outcomeOf(found),
});

test("a certificate of every outcome comes back as it was written", () => {
  for (const found of [[], findings, findings.slice(1)]) {
    const written = certificate(found);
    assert.deepEqual(decodeCertificate(encodeCertificate(written)), written);
    const signed = signCertificate(suite, written, seed);
    for (const each of [suite, nobleSuite]) assert.deepEqual(verifyCertificate(each, signed, publicKey), written);
  }
});

test("what decodes encodes to the same bytes; anything else gives only the declared errors", () => {
  const bytes = encodeCertificate(certificate());
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (junk) =>
      refuses(() => decodeCertificate(junk), "certificate-malformed", "certificate-newer"),
    ),
  );
  for (const { changed } of changedOnce(bytes)) {
    let decoded: Certificate;
    try {
      decoded = decodeCertificate(changed);
    } catch {
      refuses(() => decodeCertificate(changed), "certificate-malformed", "certificate-newer");
      continue;
    }
    assert.deepEqual(encodeCertificate(decoded), changed);
  }
  for (let end = 0; end < bytes.length; end++) {
    refuses(() => decodeCertificate(bytes.subarray(0, end)), "certificate-malformed");
  }
});

test("every single-byte change of a signed certificate is refused", () => {
  const signed = signCertificate(suite, certificate(), seed);
  for (const part of ["bytes", "signature"] as const) {
    for (const { changed } of changedOnce(signed[part])) {
      refuses(() => verifyCertificate(suite, { ...signed, [part]: changed }, publicKey), "certificate-signature");
    }
  }
});

test("what contradicts itself has no form", () => {
  const good = certificate();
  const [first, second] = good.heads as [Certificate["heads"][0], Certificate["heads"][0]];
  refuses(() => encodeCertificate({ ...good, heads: [second, first] }), "certificate-malformed");
  refuses(() => encodeCertificate({ ...good, heads: [first, first] }), "certificate-malformed");
  refuses(() => encodeCertificate({ ...good, heads: [{ ...first, known: 11 }] }), "certificate-malformed");
  refuses(() => encodeCertificate({ ...good, heads: [{ ...first, unopened: 13 }] }), "certificate-malformed");
  refuses(
    () => encodeCertificate({ ...good, outcome: { outcome: "undecided", undecided: 0 } }),
    "certificate-malformed",
  );
});

test("the holder opens the commitment, and nothing else opens it", () => {
  const signed = certificate();
  const opening = { salt, plan, findings };
  checkOpening(suite, opening, signed);
  checkOpening(suite, { ...opening, findings: findings.toReversed() }, signed);
  const moved = { ...volume, footprint: { ...volume.footprint, radius_m: 500.6 } as AnyVolume["footprint"] };
  const others = [
    { ...opening, salt: new Uint8Array(32) },
    { ...opening, plan: { ...plan, id: "MSN-0413" } },
    { ...opening, plan: { ...plan, category: "patrol" } },
    { ...opening, plan: { ...plan, volumes: [moved] } },
    { ...opening, plan: { ...plan, volumes: [{ ...volume, window: { start: null, end: null } }] } },
    { ...opening, findings: [] },
    { ...opening, findings: findings.slice(0, 1) },
  ];
  for (const other of others) refuses(() => checkOpening(suite, other, signed), "certificate-opening");
});

test("its words say that it is the node's own word, and what was not checked", () => {
  const { title, lines, notice } = renderCertificate(certificate());
  assert.match(title, /^EXERCISE .*self-attested/);
  assert.match(notice ?? "", /^Self-attested:/);
  const said = lines.map(({ label, value }) => `${label}: ${value}`).join("\n");
  assert.match(said, /Outcome: 1 conflict, the gravest high; 1 more could not be decided/);
  assert.match(said, /Log northern: 12 entries; 1 more were known of and NOT checked; 1 could not be opened/);
});

test("vectors/certificate.json: bytes, hashes, commitments, refusals", () => {
  const text = z.string();
  const valid = z.array(
    z.object({ certificate: z.unknown(), bytes: text, hash: text, signature: text, key: text, opening: z.unknown() }),
  );
  const page = z
    .object({
      valid,
      rules: z.array(z.object({ rules: z.unknown(), hash: text })),
      invalid: z.array(z.object({ why: text, bytes: text, code: text })),
    })
    .parse(JSON.parse(readFileSync(new URL("../../vectors/certificate.json", import.meta.url), "utf8")));
  for (const each of page.valid) {
    const bytes = fromHex(each.bytes);
    assert.deepEqual(decodeCertificate(bytes), each.certificate);
    assert.equal(certificateHash(suite, bytes), each.hash);
    const signed = { bytes, signature: fromHex(each.signature) };
    const verified = verifyCertificate(suite, signed, fromHex(each.key));
    assert.equal(toHex(encodeCertificate(verified)), each.bytes);
    const { salt: hex, ...rest } = each.opening as { salt: string; plan: typeof plan; findings: Finding[] };
    checkOpening(suite, { ...rest, salt: fromHex(hex) }, verified);
  }
  for (const { rules, hash } of page.rules) assert.equal(rulesHash(suite, rules as never), hash);
  for (const { bytes, code } of page.invalid) refuses(() => decodeCertificate(fromHex(bytes)), code);
});

test("a certificate's file verifies with a fingerprint alone; every change of it is refused", async () => {
  const identity = suite.ed25519PublicKey(key(1));
  const owner = seedSigner(suite, key(1));
  const node = { log: key(2), receipt: key(3), parcel: publicKey, sealing: key(5, 1216), transport: key(6, 1216) };
  const appointed = { officers: [], units: [], node, address: null, carriers: null, issued_at: 1 };
  const party = parsePartyId("southern");
  const roster = await signRoster(foundingRoster(parseLineId(LINE), party, appointed), owner);
  const opening = { salt, plan, findings };
  const file = { ...signCertificate(suite, certificate(), seed), identity, roster, opening };
  const text = formatCertificateFile(file);
  const pins = [{ party, fingerprint: keyFingerprint(suite, identity) }];
  const report = verifyCertificateFile(suite, text, pins);
  assert.deepEqual(report, { ok: true, certificate: certificate(), opening, faults: [] });
  assert.equal(verifyCertificateFile(suite, formatCertificateFile({ ...file, opening: null }), pins).ok, true);

  const codes = (changed: string, by = pins) =>
    verifyCertificateFile(suite, changed, by).faults.map(({ code }) => code);
  assert.deepEqual(codes(text, []), ["certificate-fingerprint"]);
  assert.deepEqual(codes(text, [{ party, fingerprint: keyFingerprint(suite, publicKey) }]), [
    "certificate-fingerprint",
  ]);
  assert.deepEqual(codes(text.replace('"id": "MSN-0412"', '"id": "MSN-0413"')), ["certificate-opening"]);
  const forged = { ...file, ...signCertificate(suite, certificate(), key(8)), opening: null };
  assert.deepEqual(codes(formatCertificateFile(forged)), ["certificate-signature"]);
  const other = await signRoster(foundingRoster(parseLineId(LINE), party, appointed), seedSigner(suite, key(8)));
  assert.deepEqual(codes(formatCertificateFile({ ...file, roster: other, opening: null })), ["roster-signature"]);
  for (let at = 0; at < text.length; at += 7) {
    const changed = `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
    try {
      assert.ok(!verifyCertificateFile(suite, changed, pins).ok, `at ${at}`);
    } catch {
      refuses(() => verifyCertificateFile(suite, changed, pins), "certificate-malformed", "certificate-newer");
    }
  }
  refuses(() => verifyCertificateFile(suite, `${text} `, pins), "certificate-malformed");
  fc.assert(
    fc.property(fc.string(), (junk) =>
      refuses(() => verifyCertificateFile(suite, junk, pins), "certificate-malformed"),
    ),
  );
});
