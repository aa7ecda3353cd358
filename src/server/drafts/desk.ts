/** Drafts: composed into the very bytes to be signed, checked, signed by the drafter, refused or thrown away. */
import {
  apiError,
  type Conflict,
  type DraftItemRequest,
  type DraftRequest,
  type Finding,
  MOST_DRAFT_CONFLICTS,
} from "../../api/index.ts";
import { coseSignerOf } from "../../crypto/index.ts";
import { mayDraft, type Officer } from "../../line/index.ts";
import { parseCheckpoint } from "../../log/index.ts";
import {
  ALWAYS_ALLOWED,
  answerFault,
  type Head,
  isContentKind,
  judgeReadBack,
  type Kind,
  type Message,
  type MessageOf,
  officersToRelease,
  parseBody,
  relationOf,
  type ToBeSigned,
  toBeSigned,
  toBeSignedFrom,
  withDrafted,
} from "../../message/index.ts";
import type { DraftItemRecord, DraftRecord } from "../../store/index.ts";
import { type Bytes, equalBytes, fromBase64, toHex } from "../../wire/bytes.ts";
import { type DraftId, parseDraftId, parseMessageHash, parseMessageId } from "../../wire/id.ts";
import { actedFirst } from "../messages/acted-first.ts";
import { serverError } from "../errors.ts";
import { nextTurn } from "../turn.ts";
import { narrowFindings, ownFindings, restated } from "./findings.ts";
import { scratchOf } from "./scratch.ts";
import { worstConflicts } from "../plans/worst.ts";
import { requireOpenFor } from "../exchange/line-standing.ts";
import { type ListOf, listOf, listPlace } from "./lists.ts";
import type { Node } from "../node.ts";
import { dangersTo } from "../plans/subjects.ts";
import { statementsOf } from "../messages/statements.ts";

/** How long one turn of work may hold the node before others get theirs, in items. */
export const TURN = 64;

/** @throws body-invalid, the codes of encodeMessage, draft-refused-finding, kind-not-allowed, … */
export async function createDraft(node: Node, request: DraftRequest, officer: Officer): Promise<DraftRecord> {
  const { suite, state, store, now } = node;
  const list = listOf(node, request);
  const shared: Shared = { heads: headsSeen(node), at: now(), list };
  const statements = statementsOf(node.privateStore);
  const beside = node.knownPlaces.finder();
  const items: DraftItemRecord[] = [];
  let needs: 1 | 2 = 1;
  for (const [i, item] of request.items.entries()) {
    if (i % TURN === TURN - 1) await nextTurn();
    const tbs = composed(node, request, item, i, shared);
    if (officersNeeded(node, tbs.message) === 2) needs = 2;
    const findings = withOwn((item.findings ?? []).map(restated), [
      ...ownFindings(state.charter, tbs.message, statements),
      ...beside(tbs.message),
      ...narrowFound(node, tbs),
    ]);
    items.push({ hash: tbs.hash, bytes: tbs.bytes, findings: JSON.stringify(findings), drafted: null });
  }
  const sole = request.sole_reason ?? null;
  const record: DraftRecord = {
    id: parseDraftId(toHex(suite.randomBytes(16))),
    state: "unsigned",
    createdAt: shared.at,
    draftedBy: officer.id,
    needs: sole === null ? needs : 1,
    listName: list?.name ?? null,
    soleReason: sole,
    refused: null,
    items,
  };
  // Nothing is said by a draft: a signature under it, or its release, syncs it too.
  store.commit([{ write: "draft", ...record }], "soon");
  announce(node, record.id, "unsigned");
  return record;
}

/** What the file's own reading has found already is not said twice. */
function withOwn<Each extends Pick<Finding, "code" | "field">>(before: readonly Each[], own: readonly Finding[]) {
  const isSaid = (each: Finding) => before.some(({ code, field }) => code === each.code && field === each.field);
  return [...before, ...own.filter((each) => !isSaid(each))];
}

interface Shared {
  readonly heads: readonly Head[];
  readonly at: number;
  readonly list: ListOf | null;
}

function composed(node: Node, request: DraftRequest, item: DraftItemRequest, i: number, shared: Shared): ToBeSigned {
  const { suite, state } = node;
  const kind: Kind = item.kind;
  const re =
    item.re === undefined || item.re === null ? null : { ...item.re, message: parseMessageHash(item.re.message) };
  const message = {
    line: state.line,
    charter: state.charterHash,
    from: state.self,
    id: parseMessageId(toHex(suite.randomBytes(16))),
    kind,
    version: 1,
    subject: item.subject,
    re,
    list: listPlace(node, kind, re, i, shared.list),
    heads: shared.heads,
    at: shared.at,
    expires: item.expires_at ?? null,
    lang: item.lang ?? state.charter.languages[0] ?? "en",
    exercise: state.charter.exercise,
    sole_reason: request.sole_reason ?? null,
    body: parseBody(kind, item.body),
  } as Message;
  refuseBeforehand(node, message);
  if (item.seen_answer !== undefined) refuseUnseen(node, message, item.seen_answer);
  if (message.sole_reason !== null && officersNeeded(node, message) === 1) {
    throw serverError(
      "release-refused",
      `One officer releases a ${kind} anyway: it takes no reason for a sole release.`,
    );
  }
  return toBeSigned(suite, message);
}

/** A message names so many; the parties of a line and their latest generations are fewer. */
const MAX_HEADS = 256;

/**
 * The checkpoint of every other log as far as this node holds it whole. One that it has only heard of would have an
 * officer answer, with a list, for messages that he could not have seen.
 */
function headsSeen({ state, store }: Node): Head[] {
  const others = store.logs().filter(({ party }) => party !== state.self);
  const heads = others.slice(-MAX_HEADS).flatMap(({ origin, size: held }): Head[] => {
    const seen = store.checkpointAt(origin, held);
    if (seen === null) return [];
    const { size, root } = parseCheckpoint(seen.note).checkpoint;
    return [{ origin, size, root: toHex(root) }];
  });
  return heads.toSorted((a, b) => (a.origin < b.origin ? -1 : 1));
}

/** What a receiver would refuse whoever signs it, said before anybody does. */
function refuseBeforehand({ state, book, now }: Node, message: Message): void {
  const { charter } = state;
  const { kind, re } = message;
  const always = ALWAYS_ALLOWED.includes(kind) || relationOf(kind) !== null;
  if (!always && isContentKind(kind) && !charter.kinds.includes(kind)) {
    throw serverError("kind-not-allowed", `The charter of this line does not allow the kind ${kind}.`);
  }
  requireOpenFor(state, kind, now());
  if (re === null) return;
  const target = book.get(re.message);
  if (target === null) throw apiError("not-found", `There is no message ${re.message} on this node.`);
  const about = book.message(re.message);
  const isOwn = about.from === state.self;
  const ownOnly = re.relation === "supersedes" || re.relation === "withdraws" || re.relation === "countersigns";
  if (ownOnly !== isOwn && re.relation !== "answers") {
    const who = ownOnly ? "Only its own author does this" : "This is about what another party said";
    throw serverError("target-refused", `${who}: ${about.from} said it.`);
  }
  if (re.relation === "supersedes" && about.kind !== kind) {
    throw serverError("target-refused", `A ${kind} does not replace a ${about.kind}.`);
  }
  if (message.kind === "answer") refuseAnswer(book, message, about);
  if (message.kind === "readback") refuseUntrue(message, about);
}

function refuseAnswer(book: Node["book"], answer: Message & { kind: "answer" }, about: Message): void {
  const said = about.kind === "answer" && about.re !== null ? book.get(about.re.message) : null;
  const stance = said === null ? null : book.message(said.hash);
  const fault = answerFault(answer, about, stance?.kind === "stance" ? stance : null);
  if (fault === null) return;
  throw serverError("target-refused", `${answer.body.answer} is not an answer that can be given to this (${fault}).`);
}

/** Two officers answer one message: who comes second has not seen what the first said, and would contradict it unawares. */
function refuseUnseen({ book, state }: Node, { kind, re }: Message, seen: string | null): void {
  if (kind !== "answer" || re === null) return;
  const last = book.about(re.message).findLast((reply) => reply.kind === "answer" && reply.from === state.self);
  if (last === undefined || last.hash === seen || last.releaser === null) return;
  throw actedFirst(last.releaser, last.storedAt, "answered this message");
}

/** Every node that hears it makes the comparison again, and would show that this one misleads. */
function refuseUntrue({ body }: MessageOf<"readback">, about: Message): void {
  const { found, agrees, says } = judgeReadBack(about, body);
  if (found !== null && !agrees) throw serverError("readback-untrue", `The read-back ${says}.`);
}

/**
 * What a message would meet, looked at while it is written. Nothing of it is kept.
 * @throws body-invalid, kind-not-allowed, target-refused, …
 */
export function checkItem(
  node: Node,
  item: DraftItemRequest,
): { findings: Finding[]; conflicts: Conflict[]; conflicts_count: number } {
  const shared = { heads: headsSeen(node), at: node.now(), list: null };
  const tbs = composed(node, { items: [item] }, item, 0, shared);
  const { message } = tbs;
  const own = { type: "draft", id: "check", name: item.subject } as const;
  const conflicts = dangersTo(node.plans, own, message);
  const worst = worstConflicts<null>(MOST_DRAFT_CONFLICTS);
  worst.add(null, conflicts);
  return {
    findings: [
      ...ownFindings(node.state.charter, message, statementsOf(node.privateStore)),
      ...node.knownPlaces.finder()(message),
      ...narrowFound(node, tbs),
    ],
    conflicts: worst.kept.map(({ conflict }) => conflict),
    conflicts_count: conflicts.length,
  };
}

/** Only where this node has a narrow link does it matter. */
function narrowFound(node: Node, tbs: ToBeSigned): Finding[] {
  if (node.config.narrow === null) return [];
  return narrowFindings(node.state.charter, tbs, officersNeeded(node, tbs.message));
}

/** By the kind's own rule; a sole release with its reason is looked at when it is released. */
export function officersNeeded({ book }: Pick<Node, "book">, message: Message): 1 | 2 {
  const target = message.re === null ? null : book.get(message.re.message);
  return officersToRelease(message, target === null ? null : book.message(target.hash));
}

/** @throws not-found */
export function draftOf({ store }: Node, id: DraftId): DraftRecord {
  const draft = store.draft(id);
  if (draft === null) throw apiError("not-found", `There is no draft ${id} on this node.`);
  return draft;
}

/** @throws draft-not-open; acted-first where another officer closed it */
export function requireOpen({ store }: Pick<Node, "store">, draft: DraftRecord, officer: Officer): void {
  const { state, refused, items } = draft;
  if (state !== "released" && state !== "refused") return;
  const told = state === "released" && items[0] !== undefined ? store.message(items[0].hash) : null;
  const by = refused?.by ?? told?.releaser ?? null;
  const at = refused?.at ?? told?.storedAt ?? null;
  if (by !== null && at !== null && by !== officer.id) throw actedFirst(by, at, `${state} this draft`);
  throw serverError("draft-not-open", `The draft was ${state} already.`);
}

/** @throws draft-signature-count, signature-refused */
export function signaturesBy(draft: DraftRecord, texts: readonly string[], officer: Officer): Bytes[] {
  if (texts.length !== draft.items.length) {
    const counts = { expected: draft.items.length, found: texts.length };
    throw serverError(
      "draft-signature-count",
      `The draft has ${counts.expected} items and ${counts.found} signatures came.`,
      {
        detail: counts,
      },
    );
  }
  return texts.map((text) => {
    const cose = fromBase64(text);
    if (!equalBytes(coseSignerOf(cose), officer.key)) {
      throw apiError("signature-refused", `A signature is not by the key of ${officer.id}.`);
    }
    return cose;
  });
}

/** @throws draft-not-open, role-missing, signature-refused, signature-invalid, draft-moved */
export async function signDraft(node: Node, id: DraftId, texts: readonly string[], officer: Officer): Promise<void> {
  const draft = draftOf(node, id);
  requireOpen(node, draft, officer);
  if (!mayDraft(officer.roles)) throw apiError("role-missing", `${officer.id} has no role that drafts.`);
  const signatures = signaturesBy(draft, texts, officer);
  for (const [i, item] of draft.items.entries()) {
    if (i % TURN === TURN - 1) await nextTurn();
    withDrafted(node.suite, toBeSignedFrom(node.suite, item.bytes), signatures[i] as Bytes);
  }
  node.store.commit([{ write: "draft-signed", id, signatures }]);
  announce(node, id, "signed");
}

export function refuseDraft(node: Node, id: DraftId, officer: Officer, reason: string): void {
  requireOpen(node, draftOf(node, id), officer);
  node.store.commit([{ write: "draft-refused", id, by: officer.id, at: node.now(), reason }]);
  announce(node, id, "refused");
}

export function deleteDraft(node: Node, id: DraftId): void {
  const draft = draftOf(node, id);
  if (draft.state === "released") throw serverError("draft-not-open", "The draft was released already.");
  node.store.commit([{ write: "draft-deleted", id }, ...scratchOf(node.store, draft)]);
  announce(node, id, "deleted");
}

export function announce({ events, now }: Node, id: DraftId, state: DraftRecord["state"] | "deleted"): void {
  events.emit({ type: "draft", at: now(), id, state });
}

export function findingsOf(item: DraftItemRecord): Finding[] {
  return JSON.parse(item.findings) as Finding[];
}
