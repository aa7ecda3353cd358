/** The charter: the terms of a line, signed by every party (spec/charter.md). */
import { hash, isHonestKey, type Signer, signCose, type Suite, verifyCose } from "../../crypto/index.ts";
import {
  CONTENT_KINDS,
  type ContentKind,
  LANGUAGE_TAG,
  ONE_LINE,
  type PartySignature,
  saidText,
  WORDS,
} from "../../message/index.ts";
import { type Bytes, equalBytes, fromHex, toHex } from "../../wire/bytes.ts";
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import { ParleyError } from "../../wire/error.ts";
import { type LineId, type LogOrigin, logOrigin, type PartyId, parseLineId, parsePartyId } from "../../wire/id.ts";
import {
  asArray,
  asBoolean,
  asBytes,
  asInteger,
  asMap,
  asNullable,
  asOneOf,
  asRecord,
  asText,
} from "../../wire/shape.ts";
import { lineError } from "../errors.ts";
import { CHARTER_LIMITS, type PairRule, pairRulesFromCbor, pairRulesToCbor } from "./separation.ts";

export interface CharterParty {
  readonly id: PartyId;
  readonly name: string;
  /** Ed25519 public key, kept offline. */
  readonly identity: Bytes;
}

/** What the parties agree on before they name each other. Lengths in metres, times in milliseconds or as named. */
export interface Terms {
  readonly title: string;
  readonly exercise: boolean;
  /** Kinds that may be said; sites and alerts are always among them. */
  readonly kinds: readonly ContentKind[];
  /** Tighter deadlines than the kinds' own, by kind. */
  readonly deadlines_ms: Readonly<Partial<Record<ContentKind, number>>>;
  /** Degrees WGS 84; `west` is greater than `east` where the area crosses the antimeridian. */
  readonly area: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
  readonly precision_floor_m: number;
  readonly languages: readonly string[];
  readonly quota_bytes_per_day: number;
  /** One officer may release alone what two should, with a stated reason. */
  readonly sole_release: boolean;
  readonly separation_m: number;
  readonly time_separation_s: number;
  /** What the parties agreed on for pairs of things, before the separation above; absent or empty: nothing. */
  readonly rules?: readonly PairRule[];
  readonly exchange_interval_s: number;
  readonly test_call_interval_s: number;
  /** Verifier keys (C2SP signed-note vkey) of the witnesses whose cosignatures the parties look at. */
  readonly witnesses: readonly string[];
  /** What this line is not for, in words. */
  readonly not_for: string;
  readonly expires_at: number | null;
}

export interface Charter extends Terms {
  readonly founded_at: number;
  /** 16 random bytes, so that two lines with the same terms are two lines. */
  readonly nonce: Bytes;
  /** Hash of the charter that this one replaces, 64 hexadecimal digits; null for the founding charter. */
  readonly prev: string | null;
  /** In the order of their ids. */
  readonly parties: readonly CharterParty[];
}

/** A charter's bytes as they were signed, and the signatures in the order of its parties. */
export interface SignedCharter {
  readonly bytes: Bytes;
  readonly signatures: readonly PartySignature[];
}

export const MAX_CHARTER_BYTES = 24_576;
export const MAX_PARTIES = 16;
const LABEL = "parley/v1/charter";
const MAX_TIME = 253_402_300_799_999;
const { length_mm: MAX_MM, time_s: YEAR_S } = CHARTER_LIMITS;
const NANO = 1e9;

/** Throws where a later reader would refuse. @throws charter-malformed, text-refused */
export function encodeCharter(charter: Charter): Bytes {
  const { founded_at, nonce, prev, parties } = charter;
  const bytes = encodeCbor({
    v: 1,
    suite: 1,
    ...termsToCbor(charter),
    founded_at,
    nonce,
    prev: prev === null ? null : fromHex(prev, 32),
    parties: parties.map(({ id, name, identity }) => ({ id, name, identity })),
  });
  decodeCharter(bytes);
  return bytes;
}

export function termsToCbor(terms: Terms): CborMap {
  const { area, rules = [] } = terms;
  return {
    title: terms.title,
    exercise: terms.exercise,
    kinds: [...terms.kinds],
    deadlines_ms: { ...terms.deadlines_ms },
    area: { west: nano(area.west), south: nano(area.south), east: nano(area.east), north: nano(area.north) },
    precision_floor_mm: milli(terms.precision_floor_m),
    languages: [...terms.languages],
    quota_bytes_per_day: terms.quota_bytes_per_day,
    sole_release: terms.sole_release,
    separation_mm: milli(terms.separation_m),
    time_separation_s: terms.time_separation_s,
    ...(rules.length > 0 && { rules: pairRulesToCbor(rules) }),
    exchange_interval_s: terms.exchange_interval_s,
    test_call_interval_s: terms.test_call_interval_s,
    witnesses: [...terms.witnesses],
    not_for: terms.not_for,
    expires_at: terms.expires_at,
  };
}

export const TERMS = [
  "title",
  "exercise",
  "kinds",
  "deadlines_ms",
  "area",
  "precision_floor_mm",
  "languages",
  "quota_bytes_per_day",
  "sole_release",
  "separation_mm",
  "time_separation_s",
  "exchange_interval_s",
  "test_call_interval_s",
  "witnesses",
  "not_for",
  "expires_at",
] as const;
/** Terms that may be absent. */
export const OPTIONAL_TERMS = ["rules"] as const;

/** Strict. @throws charter-malformed, charter-newer */
export function decodeCharter(bytes: Bytes): Charter {
  return malformed("charter-malformed", "The charter is malformed", () => {
    const value = decodeCbor(bytes, MAX_CHARTER_BYTES);
    const head = asMap(value, "charter");
    const known = asInteger(head["v"], "v", 1, 1000) === 1 && asInteger(head["suite"], "suite", 1, 1000) === 1;
    if (!known) throw lineError("charter-newer", "This charter was written by a newer version of Parley.");
    const keys = ["v", "suite", ...TERMS, "founded_at", "nonce", "prev", "parties"] as const;
    const map = asRecord(value, "charter", keys, OPTIONAL_TERMS);
    return {
      ...termsFromCbor(map),
      founded_at: asInteger(map.founded_at, "founded_at", 0, MAX_TIME),
      nonce: asBytes(map.nonce, "nonce", 16),
      prev: asNullable(map.prev, (prev) => toHex(asBytes(prev, "prev", 32))),
      parties: partiesFrom(map.parties),
    };
  });
}

type TermsMap = { readonly [K in (typeof TERMS)[number]]: CborValue } & {
  readonly [K in (typeof OPTIONAL_TERMS)[number]]?: CborValue;
};

export function termsFromCbor(map: TermsMap): Terms {
  const whole = (key: (typeof TERMS)[number], min: number, max: number) => asInteger(map[key], key, min, max);
  return {
    title: words(map.title, "title", 120),
    exercise: asBoolean(map.exercise, "exercise"),
    kinds: kindsFrom(map.kinds),
    deadlines_ms: deadlinesFrom(map.deadlines_ms),
    area: areaFrom(map.area),
    precision_floor_m: whole("precision_floor_mm", 0, MAX_MM) / 1000,
    languages: languagesFrom(map.languages),
    quota_bytes_per_day: whole("quota_bytes_per_day", 1_048_576, Number.MAX_SAFE_INTEGER),
    sole_release: asBoolean(map.sole_release, "sole_release"),
    separation_m: whole("separation_mm", 0, MAX_MM) / 1000,
    time_separation_s: whole("time_separation_s", 0, YEAR_S),
    ...(map.rules !== undefined && { rules: pairRulesFromCbor(map.rules) }),
    exchange_interval_s: whole("exchange_interval_s", 1, 31 * 86_400),
    test_call_interval_s: whole("test_call_interval_s", 60, YEAR_S),
    witnesses: asArray(map.witnesses, "witnesses", 16).map((value) => vkeyFrom(asText(value, "witnesses", 600))),
    not_for: saidText(asText(map.not_for, "not_for", 2000), "not_for", WORDS, 2000),
    expires_at: asNullable(map.expires_at, (at) => asInteger(at, "expires_at", 0, MAX_TIME)),
  };
}

function kindsFrom(value: CborValue): ContentKind[] {
  const kinds = asArray(value, "kinds", CONTENT_KINDS.length).map((kind) => asOneOf(kind, "kinds", CONTENT_KINDS));
  const places = kinds.map((kind) => CONTENT_KINDS.indexOf(kind));
  refuseUnless(isAscending(places), "kinds are not each once and in the order of the design");
  refuseUnless(kinds.includes("site") && kinds.includes("alert"), "sites and alerts cannot be switched off");
  return kinds;
}

function deadlinesFrom(value: CborValue): Terms["deadlines_ms"] {
  const entries = Object.entries(asMap(value, "deadlines_ms")).map(([kind, ms]) => [
    asOneOf(kind, "deadlines_ms", CONTENT_KINDS),
    asInteger(ms, `deadlines_ms.${kind}`, 1000, 31 * 86_400_000),
  ]);
  return Object.fromEntries(entries) as Terms["deadlines_ms"];
}

function areaFrom(value: CborValue): Terms["area"] {
  const map = asRecord(value, "area", ["west", "south", "east", "north"]);
  const degrees = (key: keyof typeof map, limit: number) =>
    asInteger(map[key], `area.${key}`, -limit * NANO, limit * NANO) / NANO;
  const area = {
    west: degrees("west", 180),
    south: degrees("south", 90),
    east: degrees("east", 180),
    north: degrees("north", 90),
  };
  refuseUnless(area.south < area.north && area.west !== area.east, "the area is empty");
  return area;
}

function languagesFrom(value: CborValue): string[] {
  const tags = asArray(value, "languages", 16).map((tag) => asText(tag, "languages", 35));
  refuseUnless(tags.length > 0 && tags.every((tag) => LANGUAGE_TAG.test(tag)), "languages are not language tags");
  refuseUnless(new Set(tags).size === tags.length, "a language is named twice");
  return tags;
}

function vkeyFrom(text: string): string {
  refuseUnless(/^[^+\s]{1,512}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{4,80}$/.test(text), "a witness is not a verifier key");
  return text;
}

function partiesFrom(value: CborValue): CharterParty[] {
  const parties = asArray(value, "parties", MAX_PARTIES).map((item) => partyFrom(item));
  refuseUnless(parties.length >= 2, "a line has at least two parties");
  refuseUnless(isAscending(parties.map(({ id }) => id)), "the parties are not each once and in the order of their ids");
  const keys = new Set(parties.map(({ identity }) => toHex(identity)));
  refuseUnless(keys.size === parties.length, "two parties have the same identity key");
  return parties;
}

export function partyFrom(value: CborValue): CharterParty {
  const map = asRecord(value, "party", ["id", "name", "identity"]);
  const identity = asBytes(map.identity, "party.identity", 32);
  refuseUnless(isHonestKey(identity), "an identity key is not a usable key");
  return { id: parsePartyId(asText(map.id, "party.id", 32)), name: words(map.name, "party.name", 80), identity };
}

/** One line of a person's words, not empty. */
export function words(value: CborValue | undefined, where: string, max: number): string {
  const text = saidText(asText(value, where, max), where, ONE_LINE, max);
  refuseUnless(text.trim() !== "", `${where} is empty`);
  return text;
}

function refuseUnless(holds: boolean, message: string): void {
  if (!holds) throw lineError("charter-malformed", `The terms do not hold together: ${message}.`);
}

/** Faults of the bytes come out as the structure's own. */
export function malformed<T>(code: Parameters<typeof lineError>[0], message: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ParleyError)) throw cause;
    const family = code.split("-")[0] as string;
    throw cause.code.startsWith(`${family}-`) ? cause : lineError(code, `${message}: ${cause.message}`, { cause });
  }
}

function isAscending(values: readonly (string | number)[]): boolean {
  return values.every((value, i) => i === 0 || (values[i - 1] as string | number) < value);
}

function nano(degrees: number): number {
  return Math.round(degrees * NANO);
}

function milli(metres: number): number {
  return Math.round(metres * 1000);
}

/** 64 lower-case hexadecimal digits. */
export function charterHash(suite: Pick<Suite, "sha256">, bytes: Bytes): string {
  return toHex(hash(suite, LABEL, bytes));
}

/** A line's id is the hash of its founding charter. @throws charter-not-next where the charter replaces another */
export function lineIdOf(suite: Pick<Suite, "sha256">, foundingBytes: Bytes): LineId {
  if (decodeCharter(foundingBytes).prev !== null) {
    throw lineError("charter-not-next", "This charter replaces another; a line is named by its first.");
  }
  return parseLineId(charterHash(suite, foundingBytes));
}

/** A party's first log on the line. */
export function originOf(line: LineId, party: PartyId): LogOrigin {
  return logOrigin(line, party, 0);
}

/** Run by a party, with its identity key. */
export async function signCharter(party: PartyId, bytes: Bytes, signer: Signer): Promise<PartySignature> {
  return { party, signature: await signCose(LABEL, bytes, signer) };
}

/** True where `signature` is `party`'s over this charter. */
export function isCharterSignature(suite: Suite, bytes: Bytes, { party, signature }: PartySignature): boolean {
  const named = decodeCharter(bytes).parties.find(({ id }) => id === party);
  return named !== undefined && verifyCose(suite, LABEL, bytes, signature, named.identity);
}

/**
 * The charter, once every party that it names is found to have signed it, in their order and nobody else.
 * @throws charter-unsigned, charter-signature, and as decodeCharter
 */
export function verifyCharterSignatures(suite: Suite, { bytes, signatures }: SignedCharter): Charter {
  const charter = decodeCharter(bytes);
  charter.parties.forEach(({ id, identity }, i) => {
    const own = signatures[i];
    if (own?.party !== id) throw lineError("charter-unsigned", `The charter is not signed by ${id}, in its place.`);
    if (!verifyCose(suite, LABEL, bytes, own.signature, identity)) {
      throw lineError("charter-signature", `The signature by ${id} is not over this charter.`);
    }
  });
  if (signatures.length !== charter.parties.length) {
    throw lineError("charter-signature", "The charter bears a signature by somebody that it does not name.");
  }
  return charter;
}

/**
 * The charter that replaces `current`: it names it, keeps its line's parties' identity keys, and every party signed it.
 * @throws charter-not-next, and as verifyCharterSignatures
 */
export function verifySuccessor(suite: Suite, current: SignedCharter, next: SignedCharter): Charter {
  const charter = verifyCharterSignatures(suite, next);
  if (charter.prev !== charterHash(suite, current.bytes)) {
    throw lineError("charter-not-next", "This charter does not follow the one in force.");
  }
  const before = decodeCharter(current.bytes).parties;
  const same = charter.parties.every(({ id, identity }) => {
    const old = before.find((party) => party.id === id);
    return old === undefined || equalBytes(old.identity, identity);
  });
  if (!same) throw lineError("charter-not-next", "A charter cannot change a party's identity key.");
  return charter;
}
