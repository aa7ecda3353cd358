/**
 * Writes `vectors/direct.json`, and the parts of `vectors/roster.json` (`carriers`) and `vectors/parcel.json` (`asks`)
 * that say how nodes are reached. The same bytes each time: all seeds are fixed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { selfSignedCertificate } from "../src/crypto/index.ts";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import { fromHex, toHex } from "../src/wire/bytes.ts";
import { type CborMap, decodeCbor, encodeCbor } from "../src/wire/cbor.ts";

interface Case {
  readonly why: string;
  readonly bytes: string;
  readonly code: string | null;
}

const at = (page: string): URL => new URL(`../vectors/${page}.json`, import.meta.url);
const read = (page: string) => JSON.parse(readFileSync(at(page), "utf8")) as Record<string, unknown>;
const write = (page: string, value: unknown): void => writeFileSync(at(page), `${JSON.stringify(value, null, 2)}\n`);
const filled = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte);

const certificates = [1, 2, 3, 200].map((byte) => {
  const seed = filled(byte);
  const public_key = toHex(suite.ed25519PublicKey(seed));
  return { seed: toHex(seed), public_key, der: toHex(selfSignedCertificate(suite, seed)) };
});
write("direct", { spec: "spec/direct.md", certificates });

const roster = read("roster");
const [{ bytes: founding }] = roster["rosters"] as [{ bytes: string }];
const tls = suite.ed25519PublicKey(filled(7));
const mailbox = {
  address: "https://post.example.org:7110",
  tls: suite.ed25519PublicKey(filled(8)),
  id: filled(0x1d, 16),
  deposit: filled(0xde),
};
const carriers = { tls, mailboxes: [mailbox] };
const changed = (why: string, change: CborMap, code: string | null = "roster-malformed"): Case => {
  const map = decodeCbor(fromHex(founding), 65_536) as CborMap;
  return { why, bytes: toHex(encodeCbor({ ...map, ...change })), code };
};
const { log } = (decodeCbor(fromHex(founding), 65_536) as { node: { log: Uint8Array } }).node;
roster["carriers"] = [
  changed("a TLS key and a mailbox", { carriers, address: "https://192.0.2.1:7102" }, null),
  changed("a TLS key alone, reached on this machine", { carriers: { tls, mailboxes: [] } }, null),
  changed("mailboxes, and no address", { carriers, address: null }, null),
  changed("https without a TLS key", { address: "https://192.0.2.1:7102" }),
  changed("plain http to another machine", { address: "http://192.0.2.1:7102" }),
  changed("plain http to a name that only begins so", { address: "http://127.0.0.1.example.org" }),
  changed("carriers of null", { carriers: null }),
  changed("the log's key as the TLS key", { carriers: { tls: log, mailboxes: [] } }),
  changed("a TLS key of small order", { carriers: { tls: filled(0), mailboxes: [] } }),
  changed("a go-between in the clear", {
    carriers: { tls, mailboxes: [{ ...mailbox, address: "http://127.0.0.1:7110" }] },
  }),
  changed("one mailbox twice", { carriers: { tls, mailboxes: [mailbox, mailbox] } }),
  changed("five mailboxes", {
    carriers: { tls, mailboxes: [1, 2, 3, 4, 5].map((byte) => ({ ...mailbox, id: filled(byte, 16) })) },
  }),
  changed("a short deposit capability", { carriers: { tls, mailboxes: [{ ...mailbox, deposit: filled(1, 31) }] } }),
  changed("a member more", { carriers: { tls, mailboxes: [], more: 1 } }),
];
write("roster", roster);

const parcel = read("parcel");
const [{ bytes: plain }] = parcel["parcels"] as [{ bytes: string }];
const asking = (why: string, change: CborMap, code: string | null): Case => {
  const map = decodeCbor(fromHex(plain), 4_194_304) as CborMap;
  return { why, bytes: toHex(encodeCbor({ ...map, ...change })), code };
};
parcel["asks"] = [
  asking("an ask", { ask: filled(0xa5, 16) }, null),
  asking("an ask and an answer", { ask: filled(0xa5, 16), answer: filled(0xa6, 16) }, null),
  asking("an ask of null", { ask: null }, "parcel-malformed"),
  asking("an answer of 15 bytes", { answer: filled(1, 15) }, "parcel-malformed"),
  asking("an answer in words", { answer: "yes" }, "parcel-malformed"),
];
write("parcel", parcel);
