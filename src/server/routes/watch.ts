import type { Alert, PresenceReply } from "../../api/index.ts";
import { allows, apiError } from "../../api/index.ts";
import type { Role } from "../../line/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Fact } from "../book.ts";
import { lineHealth } from "../watch/health.ts";
import type { HandlersOf } from "../http/handlers.ts";
import { summaryOf } from "../messages/view.ts";
import type { Node } from "../node.ts";
import { officerOf } from "./line.ts";

export function watchRoutes(
  node: Node,
): HandlersOf<"alerts" | "takeAlert" | "passAlert" | "lineHealth" | "presence" | "here"> {
  const { alerts, presence, book, now } = node;
  const one = (hash: MessageHash): Alert => {
    const fact = book.get(hash);
    if (fact === null) throw apiError("not-found", `There is no alert ${hash} on this node.`);
    return alertView(node, fact);
  };
  return {
    alerts: () => ({
      alerts: alerts.recent().map((fact) => alertView(node, fact)),
      escalation: [...alerts.terms.escalation],
      at: now(),
    }),
    takeAlert: ({ params, body }, caller) => {
      alerts.take(params.hash, officerOf(caller), body.expects);
      return one(params.hash);
    },
    passAlert: ({ params }, caller) => {
      alerts.pass(params.hash, officerOf(caller));
      return one(params.hash);
    },
    lineHealth: () => ({ lines: lineHealth(node), at: now() }),
    presence: (_, caller) => presenceView(node, officerOf(caller).roles),
    here: ({ body: { item, doing, active } }, caller) => {
      const officer = officerOf(caller);
      if (item?.type === "draft" && !allows("see drafts", officer.roles)) {
        throw apiError("role-missing", `${officer.id} may not see drafts.`);
      }
      presence.here(caller.token ?? "", officer.id, { item, doing }, active);
      return presenceView(node, officer.roles);
    },
  };
}

function alertView(node: Node, fact: Fact): Alert {
  const { state, book, alerts } = node;
  const message = book.message(fact.hash);
  if (message.kind !== "alert") throw apiError("not-found", `${fact.hash} is not an alert.`);
  const parties = alerts.of(fact).map(({ party, state: stands, answeredAt }) => ({
    party,
    name: state.party(party).name,
    state: stands.state,
    due_at: stands.dueAt,
    taken: stands.taken,
    called: stands.called,
    next: stands.next,
    answer: stands.answer,
    answered_at: answeredAt,
  }));
  const wants = parties.some(
    (each) => each.state === "escalating" || (each.state === "unanswered" && each.party === state.self),
  );
  const summary = summaryOf(node, fact, message);
  return { message: summary, alert: message.body.alert, sounds: wants, parties };
}

function presenceView({ presence, alerts, siren, now }: Node, roles: readonly Role[]): PresenceReply {
  const { lastActiveAt, unattendedSince, waiting } = alerts.attention();
  const { configured, lastRungAt, fault } = siren.facts();
  const drafts = allows("see drafts", roles);
  const shown = presence
    .present()
    .map((each) => (each.item?.type === "draft" && !drafts ? { ...each, item: null } : each));
  return {
    present: shown as PresenceReply["present"],
    attention: { last_active_at: lastActiveAt, unattended_since: unattendedSince, waiting },
    siren: { configured, last_rung_at: lastRungAt, fault },
    at: now(),
  };
}
