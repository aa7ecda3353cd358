/**
 * Sign-in: an officer signs a challenge that serves once. The node keeps only the hash of a token, in memory: a
 * restart signs everybody out. What an officer may do is looked up in the roster each time, never kept in the session.
 */
import { apiError } from "../api/index.ts";
import { type Suite, verifyCose } from "../crypto/index.ts";
import type { Officer } from "../line/index.ts";
import { type Bytes, fromBase64, toBase64, toHex, utf8 } from "../wire/bytes.ts";
import { encodeCbor } from "../wire/cbor.ts";
import type { LineId, OfficerId, PartyId } from "../wire/id.ts";

const CHALLENGE_MS = 2 * 60_000;
/** A watch; whoever works longer signs in again. */
const SESSION_MS = 12 * 3_600_000;
const MAX_CHALLENGES = 1000;
const MAX_SESSIONS = 1000;

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
  const challenges = new Map<string, Omit<Kept, "key">>();
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
      forgetExpired(challenges, now());
      if (challenges.size >= MAX_CHALLENGES) throw apiError("too-many-requests", "Too many sign-ins are under way.");
      const expiresAt = now() + CHALLENGE_MS;
      const parts = ["parley/v1/session", context.line, context.party, id, expiresAt, suite.randomBytes(32)];
      const challenge = encodeCbor(parts);
      challenges.set(toBase64(challenge), { officer: id, expiresAt });
      return { challenge, expiresAt };
    },
    open: (id, challenge, signature) => {
      const officer = known(id);
      const asked = challenges.get(challenge);
      challenges.delete(challenge);
      if (asked === undefined || asked.officer !== id || asked.expiresAt < now()) {
        throw apiError("challenge-unknown", "The challenge is not one that this node gave out, or it is too old.");
      }
      if (!verifyCose(suite, "parley/v1/session", fromBase64(challenge), fromBase64(signature), officer.key)) {
        throw apiError("signature-refused", `The signature is not by the key of ${id}.`);
      }
      forgetExpired(kept, now());
      if (kept.size >= MAX_SESSIONS) throw apiError("too-many-requests", "Too many sessions are open.");
      const token = toHex(suite.randomBytes(32));
      const expiresAt = now() + SESSION_MS;
      kept.set(keyOf(token), { officer: id, key: officer.key, expiresAt });
      return { token, officer, expiresAt };
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

function forgetExpired(map: Map<string, { readonly expiresAt: number }>, now: number): void {
  for (const [key, { expiresAt }] of map) if (expiresAt < now) map.delete(key);
}
