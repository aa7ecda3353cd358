/** Handing over the watch: the node says what is open, one officer signs it, another takes it. Own side only. */
import type { Handover as HandoverView } from "../../api/index.ts";
import { apiError } from "../../api/index.ts";
import { coseSignerOf } from "../../crypto/index.ts";
import {
  encodeHandover,
  decodeHandover,
  type Handover,
  HANDOVER_LIMITS,
  type HandoverFacts,
  handoverId,
  type Officer,
  verifyHandover,
} from "../../line/index.ts";
import { type Bytes, equalBytes, fromBase64, toBase64 } from "../../wire/bytes.ts";
import type { HandoverId } from "../../wire/id.ts";
import { actedFirst } from "../messages/acted-first.ts";
import { serverError } from "../errors.ts";
import { lineHealth } from "./health.ts";
import { inboxOf } from "../messages/inbox.ts";
import type { Node } from "../node.ts";

type Record = NonNullable<ReturnType<Node["privateStore"]["handover"]>>;

export interface HandoverDesk {
  compose(officer: Officer, words: string): HandoverView;
  /** @throws not-found, handover-signature, signature-refused */
  give(id: HandoverId, officer: Officer, signature: string): HandoverView;
  /** @throws not-found, acted-first, same-person, handover-signature, signature-refused, handover-moved */
  take(id: HandoverId, officer: Officer, signature: string): HandoverView;
  /** @throws not-found */
  one(id: HandoverId): HandoverView;
  page(limit: number, before: number | undefined): { readonly shown: HandoverView[]; readonly more: string | null };
}

/** Composed and not signed yet: a few, and not for long. */
const KEPT = 64;
const KEPT_MS = 3_600_000;

export function handoverDesk(node: Node): HandoverDesk {
  const { suite, state, privateStore, now } = node;
  const composed = new Map<HandoverId, Handover & { readonly bytes: Bytes }>();
  const forget = (): void => {
    for (const [id, { at }] of composed) if (at < now() - KEPT_MS || composed.size > KEPT) composed.delete(id);
  };
  const kept = (id: HandoverId): Record => {
    const found = privateStore.handover(id);
    if (found === null) throw apiError("not-found", `There is no handover ${id} on this node.`);
    return found;
  };
  return {
    compose: (officer, words) => {
      const handover: Handover = {
        line: state.line,
        party: state.self,
        exercise: state.charter.exercise,
        at: now(),
        given_by: officer.id,
        facts: factsNow(node, officer),
        words,
      };
      const bytes = encodeHandover(handover);
      const id = handoverId(suite, bytes);
      forget();
      composed.set(id, { ...handover, bytes });
      return view(id, bytes, null, null);
    },
    give: (id, officer, signature) => {
      const found = composed.get(id);
      if (found === undefined) throw apiError("not-found", `No handover ${id} waits to be signed on this node.`);
      const given = signatureOf(signature, officer);
      if (found.given_by !== officer.id) {
        throw serverError("same-person", `${found.given_by} hands this watch over, and nobody for him.`);
      }
      verifyHandover(suite, { bytes: found.bytes, given, taken: null }, { given: officer.key, taken: null });
      privateStore.commit([{ write: "handover", id, bytes: found.bytes, given }]);
      composed.delete(id);
      node.events.emit({ type: "handover", at: now(), id });
      return viewOf(kept(id));
    },
    take: (id, officer, signature) => {
      const { bytes, given, taken: before } = kept(id);
      if (before !== null && before.by !== officer.id) throw actedFirst(before.by, before.at, "took this watch");
      const taken = signatureOf(signature, officer);
      requireOther(node, decodeHandover(bytes), officer);
      verifyHandover(suite, { bytes, given, taken }, { given: coseSignerOf(given), taken: officer.key });
      privateStore.commit([{ write: "handover-taken", id, taken, by: officer.id, at: now() }]);
      node.events.emit({ type: "handover", at: now(), id });
      return viewOf(kept(id));
    },
    one: (id) => viewOf(kept(id)),
    page: (limit, before) => {
      const found = privateStore.handovers({ limit: limit + 1, before });
      const shown = found.slice(0, limit);
      const more = found.length > limit ? String(shown.at(-1)?.seq) : null;
      return { shown: shown.map(viewOf), more };
    },
  };
}

function factsNow(node: Node, officer: Officer): HandoverFacts {
  const { alerts, book, store, plans } = node;
  const { items, left_out } = inboxOf(node, officer, { limit: HANDOVER_LIMITS.items });
  const open = alerts.recent().flatMap((fact) => {
    const message = book.message(fact.hash);
    const states = alerts.of(fact).filter(({ state }) => state.state !== "answered");
    const worst = states.find(({ state }) => state.state === "escalating") ?? states[0];
    if (message.kind !== "alert" || worst === undefined) return [];
    const { hash } = fact;
    return [{ message: hash, alert: message.body.alert, state: worst.state.state, subject: message.subject }];
  });
  return {
    alerts: open.slice(0, HANDOVER_LIMITS.items),
    waiting: items.map(({ message: { hash, kind, from, subject }, due_at }) => {
      return { message: hash, kind, from, subject, due_at };
    }),
    more: left_out + Math.max(0, open.length - HANDOVER_LIMITS.items),
    drafts: store.countOpenDrafts(),
    conflicts: plans.counts().conflicts,
    unopened: store.countUnopened(),
    lines: lineHealth(node).map((line) => ({
      party: line.party,
      last_heard_at: line.last_heard_at,
      clock_ahead_ms: line.clock_ahead_ms,
      to_fetch: line.to_fetch,
      receipts_owed_to_us: line.receipts_owed_to_us,
      receipts_owed_by_us: line.receipts_owed_by_us,
    })),
  };
}

/** @throws cose-malformed, signature-refused */
function signatureOf(text: string, officer: Officer): Bytes {
  const cose = fromBase64(text);
  if (equalBytes(coseSignerOf(cose), officer.key)) return cose;
  throw apiError("signature-refused", `The signature is not by the key of ${officer.id}.`);
}

/** Two persons by enrolment: nobody hands over to himself under another name. */
function requireOther({ state }: Node, { given_by }: Handover, officer: Officer): void {
  const giver = state.roster(state.self).officers.find(({ id }) => id === given_by);
  if (given_by !== officer.id && giver?.person !== officer.person) return;
  throw serverError("same-person", `${given_by} hands this watch over: another person takes it.`);
}

function viewOf({ id, bytes, given, taken }: Record): HandoverView {
  return view(id, bytes, given, taken);
}

function view(id: HandoverId, bytes: Bytes, given: Bytes | null, taken: Record["taken"]): HandoverView {
  const { at, given_by, facts, words } = decodeHandover(bytes);
  const { alerts, waiting, lines, ...counts } = facts;
  return {
    id,
    at,
    given_by,
    facts: { ...counts, alerts: [...alerts], waiting: [...waiting], lines: [...lines] },
    words,
    bytes: toBase64(bytes),
    given: given === null ? null : toBase64(given),
    taken: taken === null ? null : { by: taken.by, at: taken.at, signature: toBase64(taken.signature) },
  };
}
