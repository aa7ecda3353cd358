import {
  declare,
  extendHistory,
  newest,
  type Officer,
  type SignedDeclaration,
  type SignedRoster,
} from "../../line/index.ts";
import type { GivenReplyOf } from "../../api/index.ts";
import { fromBase64 } from "../../wire/bytes.ts";
import { declarationReplies } from "../declarations.ts";
import { runDoctor } from "../doctor.ts";
import type { Caller, HandlersOf } from "../http/handlers.ts";
import { declaredWrites } from "../messages/declared.ts";
import { placeOf } from "../exchange/declared-on-line.ts";
import type { Node } from "../node.ts";
import { requireOwnKeys } from "../node-dir.ts";
import { charterReply, closingReplies, rosterReplies, rosterReply, statusOf } from "../status.ts";
import { sessionOf } from "./session.ts";

export function lineRoutes(
  node: Node,
): HandlersOf<
  "status" | "charter" | "rosters" | "publishRoster" | "declarations" | "publishDeclaration" | "doctor" | "events"
> {
  return {
    status: (_, caller) => statusOf(node, officerOf(caller)),
    charter: () => charterReply(node),
    rosters: () => ({ rosters: rosterReplies(node), closings: closingReplies(node) }),
    publishRoster: ({ body }) =>
      publishRoster(node, { bytes: fromBase64(body.bytes), signature: fromBase64(body.signature) }),
    declarations: () => ({ declarations: declarationReplies(node) }),
    publishDeclaration: ({ body }) =>
      publishDeclaration(node, { bytes: fromBase64(body.bytes), signature: fromBase64(body.signature) }),
    doctor: () => runDoctor(node),
    events: () => (listener) => node.events.listen(listener),
  };
}

export function officerOf(caller: Caller): Officer {
  return sessionOf(caller).officer;
}

/** @throws roster-signature, roster-not-next, keys-not-in-roster, log-behind */
async function publishRoster(node: Node, roster: SignedRoster) {
  const { state, suite, store, outbound, peers, ready } = node;
  await ready;
  const { self, line } = state;
  const index = store.log(state.origin)?.size ?? 0;
  const owner = { line, party: self, identity: state.identity(self) };
  const next = newest(extendHistory(suite, state.history(self), owner, index, roster)).roster;
  // Whoever made a new key has put it into node.keys before he had it signed.
  state.keys.reload();
  requireOwnKeys(next, state.keys);
  const { first } = outbound.append([{ type: "roster", roster }]);
  state.takeUp(state.origin, first, roster);
  peers.kick();
  return rosterReply(node, newest(state.history(self)).roster, first, roster);
}

/** @throws declaration-signature, declaration-refused, line-left, log-behind */
async function publishDeclaration(node: Node, signed: SignedDeclaration) {
  const { state, suite, store, outbound, peers, ready } = node;
  await ready;
  const { self, line, origin } = state;
  outbound.requireOpen();
  const index = store.log(origin)?.size ?? 0;
  const owner = { line, party: self, identity: state.party(self).identity };
  const place = placeOf(origin, index);
  // Nothing is appended that would not count there.
  const all = declare(suite, owner, state.declarations(self), { place, signed });
  const { declaration } = all.at(-1) as (typeof all)[number];
  const { writes, revoked } = declaredWrites(state, store, { origin, index, signed, declaration });
  outbound.append([{ type: "declaration", declaration: signed }], writes);
  state.declare(origin, index, signed);
  node.declared({ declaration, revoked });
  peers.kick();
  return declarationReplies(node).find(
    (reply) => reply.origin === origin && reply.index === index,
  ) as GivenReplyOf<"publishDeclaration">;
}
