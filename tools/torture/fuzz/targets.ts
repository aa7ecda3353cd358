/** Every parser that a stranger's bytes reach before a signature on them is checked. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { coseSignerOf, parseKeyFile } from "../../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../../src/crypto/native.ts";
import { parseCertificateFile } from "../../../src/deconflict/certificate-file.ts";
import { decodeCertificate } from "../../../src/deconflict/index.ts";
import {
  decodeCharter,
  decodeCollect,
  decodeCollected,
  decodeHandover,
  decodeOpenMailbox,
  decodeRoster,
  decodeSplitRecord,
  joinCodes,
  openParcel,
  parseCharterSignature,
  parseGrant,
  parseInvitation,
  parseJoin,
  parseLineFile,
  parseProposal,
  verifyEvidence,
} from "../../../src/line/index.ts";
import { decodeRecord } from "../../../src/line/evidence/records.ts";
import { decodeParcel } from "../../../src/line/parcel/parcel.ts";
import {
  parseCheckpoint,
  parseNote,
  parsePolicy,
  parseProof,
  parseTilePath,
  parseVkey,
} from "../../../src/log/index.ts";
import { parseSignatureLine } from "../../../src/log/note.ts";
import { decodeContent } from "../../../src/message/content.ts";
import { decodeCore } from "../../../src/message/entry.ts";
import { decodeEntry, decodeMessage, decodeNotice } from "../../../src/message/index.ts";
import { type Bytes, fromHex } from "../../../src/wire/bytes.ts";
import { decodeCbor } from "../../../src/wire/cbor.ts";
import { parseLogOrigin, type PartyId } from "../../../src/wire/id.ts";
import { candidates, seedsFor } from "./seeds.ts";

/** Returns, or throws a ParleyError; whatever else it does is a fault. */
type Parse = (bytes: Bytes) => unknown;

const text =
  (parse: (text: string) => unknown): Parse =>
  (bytes) =>
    parse(Buffer.from(bytes).toString("utf8"));

const PARSERS: Record<string, Parse> = {
  cbor: (bytes) => decodeCbor(bytes, 1 << 20),
  "sealed-parcel": sealedParcel(),
  parcel: decodeParcel,
  entry: decodeEntry,
  core: decodeCore,
  content: decodeContent,
  message: decodeMessage,
  notice: decodeNotice,
  charter: decodeCharter,
  roster: decodeRoster,
  split: decodeSplitRecord,
  handover: decodeHandover,
  cose: coseSignerOf,
  checkpoint: text(parseCheckpoint),
  note: text(parseNote),
  "signature-line": text(parseSignatureLine),
  vkey: text((line) => parseVkey(suite, line)),
  policy: text((policy) => parsePolicy(suite, policy)),
  proof: text(parseProof),
  tile: text(parseTilePath),
  origin: text(parseLogOrigin),
  codes: text((codes) => joinCodes(suite, codes.split("\n"))),
  "evidence-record": decodeRecord,
  evidence: (bytes) => verifyEvidence(suite, bytes, []),
  certificate: decodeCertificate,
  "certificate-file": text(parseCertificateFile),
  invitation: text((file) => parseInvitation(suite, file)),
  join: text((file) => parseJoin(suite, file)),
  proposal: text((file) => parseProposal(suite, file)),
  signature: text(parseCharterSignature),
  line: text((file) => parseLineFile(suite, file)),
  "key-file": text(parseKeyFile),
  collect: decodeCollect,
  collected: decodeCollected,
  "open-mailbox": decodeOpenMailbox,
  grant: text(parseGrant),
};

export interface Target {
  readonly name: string;
  readonly parse: Parse;
  readonly seeds: readonly Bytes[];
}

export function targets(): Target[] {
  const all = candidates();
  return Object.entries(PARSERS).map(([name, parse]) => ({ name, parse, seeds: seedsFor(all, parse) }));
}

export function parserOf(name: string): Parse | null {
  return Object.hasOwn(PARSERS, name) ? (PARSERS[name] as Parse) : null;
}

/** As the receiver of the vectors' parcels opens them. */
function sealedParcel(): Parse {
  const vectors = JSON.parse(readFileSync(join(import.meta.dirname, "../../../vectors/parcel.json"), "utf8")) as {
    sealed: { receiver: { party: string; transport_seed: string }; parcel_keys: Record<string, string> };
  };
  const { receiver, parcel_keys: keys } = vectors.sealed;
  const seed = fromHex(receiver.transport_seed);
  const reader = {
    transportSeeds: [seed],
    transportKeys: [suite.xwingPublicKey(seed)],
    partyOn: () => receiver.party as PartyId,
    parcelKeys: (_: string, from: PartyId) => (Object.hasOwn(keys, from) ? [fromHex(keys[from] as string)] : []),
  };
  return (bytes) => openParcel(suite, bytes, reader);
}
