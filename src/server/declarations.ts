/** What parties have declared, as officers see it. */
import type { GivenReplyOf } from "../api/index.ts";
import { keyFingerprint } from "../crypto/index.ts";
import { identitiesOf, type PlacedDeclaration } from "../line/index.ts";
import { type Bytes, equalBytes, toBase64 } from "../wire/bytes.ts";
import { type LogOrigin, logOrigin, type MessageHash, type OfficerId, type PartyId } from "../wire/id.ts";
import type { Node } from "./node.ts";

type Reply = GivenReplyOf<"publishDeclaration">;

export function declarationReplies(node: Node): Reply[] {
  const { state } = node;
  return state.charter.parties.flatMap(({ id }) => state.declarations(id).map((each) => replyOf(node, id, each)));
}

function replyOf({ state, store, suite }: Node, party: PartyId, placed: PlacedDeclaration): Reply {
  const { place, signed, declaration } = placed;
  const originOf = (generation: number): LogOrigin => logOrigin(state.line, party, generation);
  const common = {
    party,
    origin: originOf(place.generation),
    index: place.index,
    at: declaration.issued_at,
    bytes: toBase64(signed.bytes),
    signature: toBase64(signed.signature),
  };
  const nothing = { officers: [] as OfficerId[], revoked: [] as MessageHash[], from: null, reason: null };
  const of = (key: Bytes) => keyFingerprint(suite, key);
  const { declares } = declaration;
  switch (declares) {
    case "revocation": {
      const { key, from, reason } = declaration;
      const rosters = state.histories(party).flatMap((history) => history.map(({ roster }) => roster));
      const names = rosters.flatMap(({ officers }) => officers.filter((officer) => equalBytes(officer.key, key)));
      const officers = [...new Set(names.map(({ id }) => id))];
      const revoked = store.revoked(party, officers).map(({ hash }) => hash);
      const since = { origin: originOf(from.generation), index: from.index };
      return { ...common, declares, officers, fingerprint: of(key), from: since, revoked, reason };
    }
    case "successor":
      return { ...common, ...nothing, declares, fingerprint: of(declaration.identity) };
    case "succession": {
      const all = state.declarations(party);
      const identity = identitiesOf(state.party(party).identity, all.slice(0, all.indexOf(placed) + 1)).at(-1) as Bytes;
      return { ...common, ...nothing, declares, fingerprint: of(identity) };
    }
    case "leaving":
      return { ...common, ...nothing, declares, fingerprint: null, reason: declaration.reason };
  }
}
