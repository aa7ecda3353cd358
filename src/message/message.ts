/** A message as two officers sign it: the bytes "to be signed" of spec/message.md. */
import type { Suite } from "../crypto/index.ts";
import { hash } from "../crypto/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import { fromHex, toHex } from "../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import type { LineId, ListId, LogOrigin, MessageHash, MessageId, PartyId } from "../wire/id.ts";
import { logOrigin, parseLineId, parseListId, parseLogOrigin, parseMessageHash, parseMessageId } from "../wire/id.ts";
import { parsePartyId } from "../wire/id.ts";
import { asArray, asBoolean, asBytes, asInteger, asNullable, asOneOf, asText } from "../wire/shape.ts";
import { type BodyOf, decodeBody, encodeBody } from "./bodies.ts";
import { type Kind, KINDS } from "./codes.ts";
import { messageError } from "./errors.ts";
import { MAX_INSTANT } from "./field.ts";
import { LANGUAGE_TAG, ONE_LINE, saidText, WORDS } from "./text.ts";

export const MESSAGE_VERSION = 1;
/** Suite 1: SHA-256, Ed25519, X-Wing, AES-256-GCM. */
export const SUITE = 1;
/** With two signatures and its padding such a message still fits an entry. */
export const MAX_MESSAGE_BYTES = 48_640;

const RELATIONS = ["answers", "supersedes", "withdraws", "reads", "reads-back", "countersigns"] as const;
export type Relation = (typeof RELATIONS)[number];

const RELATION_OF: Partial<Record<Kind, Relation>> = {
  answer: "answers",
  read: "reads",
  readback: "reads-back",
  withdrawal: "withdraws",
  countersignature: "countersigns",
};

/** The head of another log, as the author's node had seen and verified it. */
export interface Head {
  readonly origin: LogOrigin;
  readonly size: number;
  /** Root hash, 64 lower-case hexadecimal digits. */
  readonly root: string;
}

export interface MessageEnvelope {
  readonly line: LineId;
  /** Hash of the charter in force, 64 lower-case hexadecimal digits. */
  readonly charter: string;
  readonly from: PartyId;
  readonly id: MessageId;
  readonly version: 1;
  readonly subject: string;
  readonly re: { readonly relation: Relation; readonly message: MessageHash } | null;
  /** Its place in a list: `index` counts from 0. */
  readonly list: { readonly id: ListId; readonly name: string; readonly index: number; readonly count: number } | null;
  /** Of every other log of the line, by origin. */
  readonly heads: readonly Head[];
  /** When it was drafted, and after when it is stale: milliseconds since the epoch, by the author's clock. */
  readonly at: number;
  readonly expires: number | null;
  readonly lang: string;
  readonly exercise: boolean;
  /** Why one officer released alone what two should have; null where the kind's own rule was kept. */
  readonly sole_reason: string | null;
}

/** Distributes over a union of kinds: `message.kind` tells which body it has. */
export type MessageOf<K extends Kind> = K extends Kind
  ? MessageEnvelope & { readonly kind: K; readonly body: BodyOf<K> }
  : never;
export type Message = MessageOf<Kind>;

/** Which relation a kind's messages have to another; null where they may stand alone or supersede one of their kind. */
export function relationOf(kind: Kind): Relation | null {
  return RELATION_OF[kind] ?? null;
}

/**
 * The bytes to be signed. What a receiver would refuse is refused here, so that nothing is signed that cannot be read.
 * @throws the codes of decodeMessage
 */
export function encodeMessage(message: Message): Bytes {
  refuseIllFormed(message);
  const bytes = encodeCbor(toCbor(message));
  decodeMessage(bytes);
  return bytes;
}

/** A lone surrogate has no bytes: it is refused before there are any. */
function refuseIllFormed({ subject, list, sole_reason, lang }: Message): void {
  saidText(subject, "subject", ONE_LINE, 200);
  if (list !== null) saidText(list.name, "list.name", ONE_LINE, 120);
  if (sole_reason !== null) saidText(sole_reason, "sole_reason", WORDS, 500);
  languageFrom(lang);
}

function toCbor(message: Message): CborValue {
  const { re, list } = message;
  return [
    MESSAGE_VERSION,
    SUITE,
    fromHex(message.line, 32),
    fromHex(message.charter, 32),
    message.from,
    fromHex(message.id, 16),
    message.kind,
    message.version,
    message.subject,
    re === null ? null : [re.relation, fromHex(re.message, 32)],
    list === null ? null : [fromHex(list.id, 16), list.name, list.index, list.count],
    message.heads.map((head) => headToCbor(head, message.line)),
    message.at,
    message.expires,
    message.lang,
    message.exercise,
    message.sole_reason,
    encodeBody(message.kind, message.body),
  ];
}

const PARTS = 18;

/**
 * @throws message-newer where its version or its kind is not known here; message-relation, message-expiry,
 * message-heads, text-refused, value-refused; and what `wire` throws for bytes of the wrong shape
 */
export function decodeMessage(bytes: Bytes): Message {
  const parts = asArray(decodeCbor(bytes, MAX_MESSAGE_BYTES), "message", 64);
  refuseNewer(parts);
  if (parts.length !== PARTS) throw messageError("value-refused", `A message has ${PARTS} parts, not ${parts.length}.`);
  const line = parseLineId(toHex(asBytes(parts[2], "line", 32)));
  const kind = asOneOf(parts[6], "kind", KINDS);
  const at = asInteger(parts[12], "at", 0, MAX_INSTANT);
  const message = {
    line,
    charter: toHex(asBytes(parts[3], "charter", 32)),
    from: parsePartyId(asText(parts[4], "from", 32)),
    id: parseMessageId(toHex(asBytes(parts[5], "id", 16))),
    kind,
    version: MESSAGE_VERSION,
    subject: subjectOf(parts[8]),
    re: asNullable(parts[9], relationFrom),
    list: asNullable(parts[10], listFrom),
    heads: headsFrom(parts[11], line),
    at,
    expires: asNullable(parts[13], (value) => asInteger(value, "expires", 0, MAX_INSTANT)),
    lang: languageFrom(parts[14]),
    exercise: asBoolean(parts[15], "exercise"),
    sole_reason: asNullable(parts[16], soleReasonFrom),
    body: decodeBody(kind, parts[17] as CborValue),
  } as Message;
  refuseContradiction(message);
  return message;
}

function refuseNewer(parts: readonly CborValue[]): void {
  const [version, suite] = parts;
  asInteger(version, "version", 1, 1000);
  asInteger(suite, "suite", 1, 1000);
  const known = version === MESSAGE_VERSION && suite === SUITE;
  if (known && parts[7] === 1 && (KINDS as readonly unknown[]).includes(parts[6])) return;
  if (known) {
    asText(parts[6], "kind", 32);
    asInteger(parts[7], "kind's version", 1, 1000);
  }
  throw messageError("message-newer", "This message was written by a newer version of Parley.");
}

function refuseContradiction(message: Message): void {
  const { kind, re, at, expires } = message;
  const relation = relationOf(kind) ?? (re === null ? undefined : "supersedes");
  if (re?.relation !== relation) {
    throw messageError(
      "message-relation",
      `A ${kind} ${relation === undefined ? "stands alone" : relation + " another"}.`,
    );
  }
  if (expires !== null && expires <= at) throw messageError("message-expiry", "It would be stale when it is written.");
  if (expires !== null && (kind === "site" || kind === "alert")) {
    throw messageError("message-expiry", `A ${kind} never becomes stale.`);
  }
}

function subjectOf(value: CborValue | undefined): string {
  const text = saidText(asText(value, "subject", 200), "subject", ONE_LINE, 200);
  if (text === "") throw messageError("value-refused", "subject is empty.");
  return text;
}

function soleReasonFrom(value: CborValue): string {
  const text = saidText(asText(value, "sole_reason", 500), "sole_reason", WORDS, 500);
  if (text === "") throw messageError("value-refused", "sole_reason is empty.");
  return text;
}

function languageFrom(value: CborValue | undefined): string {
  const lang = asText(value, "lang", 35);
  if (!LANGUAGE_TAG.test(lang)) throw messageError("value-refused", "lang is not a language tag.");
  return lang;
}

function relationFrom(value: CborValue): MessageEnvelope["re"] {
  const [relation, message] = pair(value, "re", 2);
  return {
    relation: asOneOf(relation, "re.relation", RELATIONS),
    message: parseMessageHash(toHex(asBytes(message, "re.message", 32))),
  };
}

function listFrom(value: CborValue): MessageEnvelope["list"] {
  const [id, name, index, count] = pair(value, "list", 4);
  const size = asInteger(count, "list.count", 1, 1_000_000);
  const title = saidText(asText(name, "list.name", 120), "list.name", ONE_LINE, 120);
  if (title === "") throw messageError("value-refused", "list.name is empty.");
  return {
    id: parseListId(toHex(asBytes(id, "list.id", 16))),
    name: title,
    index: asInteger(index, "list.index", 0, size - 1),
    count: size,
  };
}

/** Origins on the wire leave out the line, which the message names already: [party, generation, size, root]. */
function headToCbor({ origin, size, root }: Head, line: LineId): CborValue {
  const parsed = parseLogOrigin(origin);
  if (parsed.line !== line) throw messageError("message-heads", "A head belongs to another line.");
  return [parsed.party, parsed.generation, size, fromHex(root, 32)];
}

function headsFrom(value: CborValue | undefined, line: LineId): Head[] {
  const heads = asArray(value, "heads", 256).map((item) => {
    const [party, generation, size, root] = pair(item, "heads", 4);
    const name = parsePartyId(asText(party, "heads.party", 32));
    const origin = logOrigin(line, name, asInteger(generation, "heads.generation", 0, 999_999));
    const tree = asInteger(size, "heads.size", 0, Number.MAX_SAFE_INTEGER);
    return { origin, size: tree, root: toHex(asBytes(root, "heads.root", 32)) };
  });
  const sorted = heads.every((head, i) => i === 0 || (heads[i - 1] as Head).origin < head.origin);
  if (!sorted) throw messageError("message-heads", "The heads are not in order of their origins, each once.");
  return heads;
}

function pair(value: CborValue | undefined, where: string, length: number): readonly CborValue[] {
  const items = asArray(value, where, length);
  if (items.length !== length) throw messageError("value-refused", `${where} does not have ${length} parts.`);
  return items;
}

/** The name by which everything else refers to a message: the labelled hash of its signed bytes. */
export function messageHash(suite: Pick<Suite, "sha256">, bytes: Bytes): MessageHash {
  return toHex(messageDigest(suite, bytes)) as MessageHash;
}

/** The same as bytes. */
export function messageDigest(suite: Pick<Suite, "sha256">, bytes: Bytes): Bytes {
  return hash(suite, "parley/v1/message", bytes);
}
