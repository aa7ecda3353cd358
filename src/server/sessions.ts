/**
 * Sign-in: an officer signs a challenge that serves once. The node keeps only the hash of a token, in memory: a
 * restart signs everybody out. What an officer may do is looked up in the roster each time, never kept in the session.
 */
import { apiError } from "../api/index.ts";
import { type Suite, verifyCose } from "../crypto/index.ts";
import type { Officer } from "../line/index.ts";
import { type Bytes, concat, equalBytes, fromBase64, toHex, utf8 } from "../wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../wire/cbor.ts";
import type { LineId, OfficerId, PartyId } from "../wire/id.ts";
import { asArray, asInteger } from "../wire/shape.ts";

const CHALLENGE_MS = 2 * 60_000;
/** A watch; whoever works longer signs in again. */
const SESSION_MS = 12 * 3_600_000;
/** Of one officer; one more ends the oldest. */
const MAX_SESSIONS = 20;
/** Challenges that were answered wrongly and are remembered as used; those that were answered rightly always are. */
const MAX_FAILED = 10_000;
const MAC_BYTES = 32;

export interface SessionsContext {
  readonly suite: Suite;
  readonly line: LineId;
  readonly party: PartyId;
  readonly now: () => number;
  /** As the newest roster of this party has it. */
  readonly officer: (id: OfficerId) => Officer | null;
}

export interface SignedIn {
  readonly officer: Officer;
  readonly expiresAt: number;
}

export interface Sessions {
  challenge(officer: OfficerId): { readonly challenge: Bytes; readonly expiresAt: number };
  open(officer: OfficerId, challenge: string, signature: string): SignedIn & { readonly token: string };
  /** @throws not-signed-in, session-expired */
  of(token: string): SignedIn;
  close(token: string): void;
}

interface Kept {
  readonly officer: OfficerId;
  readonly key: Bytes;
  readonly expiresAt: number;
}

export function sessions(context: SessionsContext): Sessions {
  const { suite, now } = context;
  // Nothing is kept of a challenge until it is answered: whoever asks for many keeps nobody out.
  const secret = suite.randomBytes(32);
  const used = new Map<string, { readonly expiresAt: number }>();
  const kept = new Map<string, Kept>();
  const keyOf = (token: string): string => toHex(suite.sha256(utf8(token)));

  const known = (id: OfficerId): Officer => {
    const officer = context.officer(id);
    if (officer === null) throw apiError("officer-unknown", `${context.party} has no officer ${id} on this line.`);
    return officer;
  };

  return {
    challenge: (id) => {
      known(id);
      const expiresAt = now() + CHALLENGE_MS;
      const random = suite.randomBytes(32);
      const body = encodeCbor(["parley/v1/session", context.line, context.party, id, expiresAt, random]);
      return { challenge: concat(body, suite.hmacSha256(secret, body)), expiresAt };
    },
    open: (id, challenge, signature) => {
      const officer = known(id);
      forgetExpired(used, now());
      const bytes = fromBase64(challenge);
      const expiresAt = givenUntil(suite, secret, bytes, id);
      if (expiresAt === null || expiresAt < now() || used.has(challenge)) {
        throw apiError("challenge-unknown", "The challenge is not one that this node gave out, or it is too old.");
      }
      if (!verifyCose(suite, "parley/v1/session", bytes, fromBase64(signature), officer.key)) {
        if (used.size < MAX_FAILED) used.set(challenge, { expiresAt });
        throw apiError("signature-refused", `The signature is not by the key of ${id}.`);
      }
      used.set(challenge, { expiresAt });
      forgetExpired(kept, now());
      const own = [...kept].filter(([, session]) => session.officer === id).map(([key]) => key);
      for (const key of own.slice(0, Math.max(0, own.length - MAX_SESSIONS + 1))) kept.delete(key);
      const token = toHex(suite.randomBytes(32));
      const ends = now() + SESSION_MS;
      kept.set(keyOf(token), { officer: id, key: officer.key, expiresAt: ends });
      return { token, officer, expiresAt: ends };
    },
    of: (token) => {
      const session = kept.get(keyOf(token));
      if (session === undefined) throw apiError("not-signed-in", "This token is not of a session of this node.");
      const officer = context.officer(session.officer);
      const sameKey = officer !== null && toHex(officer.key) === toHex(session.key);
      if (session.expiresAt < now() || !sameKey) {
        kept.delete(keyOf(token));
        throw apiError("session-expired", "The session has ended.");
      }
      return { officer, expiresAt: session.expiresAt };
    },
    close: (token) => void kept.delete(keyOf(token)),
  };
}

/** Until when a challenge for `officer` serves; null where this node did not give it out to him since its start. */
function givenUntil(suite: Suite, secret: Bytes, challenge: Bytes, officer: OfficerId): number | null {
  const body = challenge.subarray(0, Math.max(0, challenge.length - MAC_BYTES));
  const mac = (bytes: Bytes): Bytes => suite.hmacSha256(secret, bytes);
  // Compared under the key once more, so that the time it takes says nothing.
  if (!equalBytes(mac(mac(body)), mac(challenge.subarray(body.length)))) return null;
  const [, , , id, expiresAt] = asArray(decodeCbor(body, 1024), "challenge", 6);
  return id === officer ? asInteger(expiresAt, "expires_at", 0, Number.MAX_SAFE_INTEGER) : null;
}

function forgetExpired(map: Map<string, { readonly expiresAt: number }>, now: number): void {
  for (const [key, { expiresAt }] of map) if (expiresAt < now) map.delete(key);
}
