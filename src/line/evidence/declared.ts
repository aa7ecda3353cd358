/** What the parties of an evidence file declared, and what it takes away from what they said. */
import { keyFingerprint } from "../../crypto/index.ts";
import { logOrigin, type PartyId } from "../../wire/id.ts";
import { type Declarations, hasLeftBefore, identitiesOf, isRevoked } from "../terms/declared.ts";
import type { FoundDeclaration } from "./report.ts";
import { declarationsOf, type Found, type LineFacts, placeOf, type Verification } from "./state.ts";

/** Looked at when the whole file is known: a revocation stands behind what it takes away. */
export function withoutRevoked(state: Verification): void {
  for (const [i, found] of state.messages.entries())
    state.messages[i] = { ...found, ...takenAway(state, found, state) };
}

/** What becomes of a message that counted, by all that `known` has of declarations; it is listed in `state` where it counts no more. */
export function takenAway(known: Verification, found: Found, state: Verification): Pick<Found, "counts" | "why"> {
  const { counts, index, from } = found;
  const why = counts ? whyTakenAway(known, found) : null;
  if (why === null) return { counts, why: found.why };
  const message =
    why === "party-left"
      ? `${from} had left the line before this was logged.`
      : `${from} has revoked the key of an officer who signed it, from an entry at or before this one on.`;
  state.uncounted.push({ where: `log of ${from}, entry ${index}`, why, message });
  return { counts: false, why };
}

export function whyTakenAway(
  state: Verification,
  { origin, index, from, signers }: Found,
): "officer-revoked" | "party-left" | null {
  const declared = declarationsOf(state, from);
  if (declared.length === 0) return null;
  const place = placeOf(origin, index);
  if (hasLeftBefore(declared, place)) return "party-left";
  const keys = declared.flatMap(({ declaration }) => (declaration.declares === "revocation" ? declaration.key : []));
  const revoked = keys.filter((key) => isRevoked(declared, key, place)).map((key) => keyFingerprint(state.suite, key));
  return signers.some(({ fingerprint }) => revoked.includes(fingerprint)) ? "officer-revoked" : null;
}

export function declarationsFound(state: Verification, line: LineFacts): FoundDeclaration[] {
  return line.charter.parties.flatMap(({ id, identity }) => {
    const declared = declarationsOf(state, id);
    return declared.map((each) => foundOf(state, line, { party: id, identity, declared, each }));
  });
}

interface One {
  readonly party: PartyId;
  readonly identity: Uint8Array;
  readonly declared: Declarations;
  readonly each: Declarations[number];
}

function foundOf(state: Verification, line: LineFacts, { party, identity, declared, each }: One): FoundDeclaration {
  const { place, declaration } = each;
  const origin = (generation: number) => logOrigin(line.id, party, generation);
  const found = {
    origin: origin(place.generation),
    index: place.index,
    party,
    at: declaration.issued_at,
  };
  const fingerprint = (key: Uint8Array) => keyFingerprint(state.suite, key);
  const { declares } = declaration;
  switch (declares) {
    case "revocation": {
      const { key, from, reason } = declaration;
      const since = { origin: origin(from.generation), index: from.index };
      return { ...found, declares, fingerprint: fingerprint(key), from: since, reason };
    }
    case "successor":
      return {
        ...found,
        declares,
        fingerprint: fingerprint(declaration.identity),
        from: null,
        reason: null,
      };
    case "succession": {
      const upTo = declared.slice(0, declared.indexOf(each) + 1);
      const now = identitiesOf(identity, upTo).at(-1) as Uint8Array;
      return { ...found, declares, fingerprint: fingerprint(now), from: null, reason: null };
    }
    case "leaving":
      return { ...found, declares, fingerprint: null, from: null, reason: declaration.reason };
  }
}
