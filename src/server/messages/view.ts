/** Messages as officers are shown them: summary, detail, ladder, thread. */
import type { Ladder, MessageDetail, MessageSummary } from "../../api/index.ts";
import { allows, apiError } from "../../api/index.ts";
import { keyFingerprint } from "../../crypto/index.ts";
import {
  alertClock,
  type Known,
  ladderFactsAsOf,
  type LadderHistory,
  ladderOf,
  type Officer,
  type Reply,
  rosterAt,
} from "../../line/index.ts";
import {
  type AnswerCode,
  allowedAnswers,
  decodeMessage,
  dueAt,
  isContentKind,
  judgeReadBack,
  KIND_RULES,
  type Message,
  officersToRelease,
  render,
  volumesOf,
} from "../../message/index.ts";
import type { StoredMessage } from "../../store/index.ts";
import { toBase64 } from "../../wire/bytes.ts";
import type { MessageHash, PartyId } from "../../wire/id.ts";
import { isPast } from "./as-of.ts";
import { disownedState } from "./disowned.ts";
import { heldState } from "./held.ts";
import { receiptsOver } from "../exchange/receipts.ts";
import type { Fact } from "../book.ts";
import type { Node } from "../node.ts";
import { countedFrom } from "../watch/overdue.ts";

const MAX_THREAD = 500;

/** Also of a message that counts for nothing: it stays visible with its cause. */
export function summaryOf(node: Node, fact: Fact, message: Message, fault: string | null = null): MessageSummary {
  const { state, book, now } = node;
  const own = fact.from === state.self;
  const counts = fault === null;
  const ended = counts ? book.endedBy(fact.hash) : null;
  const due = counts ? dueOf(node, fact, message) : { closed: false, dueAt: null };
  const stale = message.expires !== null && message.expires < now();
  return {
    hash: fact.hash,
    from: fact.from,
    from_name: state.party(fact.from).name,
    own,
    kind: fact.kind,
    subject: message.subject,
    at: message.at,
    stored_at: fact.storedAt,
    expires_at: message.expires,
    stale,
    exercise: message.exercise,
    lang: message.lang,
    re: message.re,
    list: message.list,
    answer: message.kind === "answer" ? message.body.answer : null,
    state:
      ended === null
        ? stale
          ? "expired"
          : "in-force"
        : ended.re?.relation === "withdraws"
          ? "withdrawn"
          : "superseded",
    closed: due.closed,
    due_at: due.dueAt,
    overdue: !due.closed && ended === null && due.dueAt !== null && due.dueAt < now(),
    origin: fact.origin,
    index: fact.index,
    faults: fault === null ? [] : [fault],
    held: heldState(node.store, fact),
    disowned: disownedState(node, fact),
  };
}

export function summaryByHash(node: Node, hash: MessageHash): MessageSummary | null {
  const fact = node.book.get(hash);
  return fact === null ? null : summaryOf(node, fact, node.book.message(hash));
}

/** What it takes to say by when something is due. */
export type DueOf = Pick<Node, "state" | "store" | "book" | "now">;

/** By when this party owes an answer, or is owed the last one. */
export function dueOf(node: DueOf, fact: Fact, message: Message): { closed: boolean; dueAt: number | null } {
  const { state, book } = node;
  if (!isContentKind(fact.kind)) return { closed: true, dueAt: null };
  const debtors = fact.from === state.self ? state.present().map(({ id }) => id) : [state.self];
  const standings = debtors.map((party) => ({ party, standing: book.standing(fact.hash, party) }));
  const open = standings.filter(
    ({ party, standing }) => standing.state !== "closed" && !isClosedStance(node, fact, party),
  );
  const dues = open.map(({ party, standing }) =>
    standing.state === "standby"
      ? standing.until
      : dueAt(message, storedBy(node, fact, party), state.charter.deadlines_ms),
  );
  const known = dues.filter((due) => due !== null);
  return { closed: open.length === 0, dueAt: known.length === 0 ? null : Math.min(...known) };
}

/** A stance is closed by its author's CONFIRMED to what the receiver restated. */
export function isClosedStance({ book }: Pick<Node, "book">, { hash, kind, from }: Fact, party: PartyId): boolean {
  if (kind !== "stance") return false;
  const restated = book.about(hash).filter((reply) => reply.kind === "answer" && reply.from === party);
  return restated.some(
    (reply) => book.standing(reply.hash, from).state !== "unanswered" && confirmed(book, reply, from),
  );
}

function confirmed(book: Node["book"], restated: Fact, author: PartyId): boolean {
  return book.answersBy(restated.hash, author).some(({ message }) => message.body.answer === "CONFIRMED");
}

/** When a party's time began to run: its receipt says; where there is none yet, from when it was told. */
export function storedBy(
  { state, store, now }: Pick<Node, "state" | "store" | "now">,
  { from, kind, origin, index, storedAt }: Fact,
  party: PartyId,
): number {
  if (party === state.self) return storedAt;
  if (kind === "alert" && from === state.self) {
    const held = store.heldBy(origin, index).find((each) => each.party === party);
    const receipt = receiptsOver({ state, store }, origin, index).find((each) => each.party === party);
    return alertClock(storedAt, { heldAt: held?.at ?? null, receiptAt: receipt?.signedAt ?? null }, now());
  }
  const receipt = receiptsOver({ state, store }, origin, index).find((each) => each.party === party);
  if (receipt === undefined) return storedAt;
  // Others may well have stored before this node what a third party told.
  const earliest = from === state.self ? storedAt : Math.min(storedAt, receipt.signedAt);
  return countedFrom(receipt.signedAt, earliest, now());
}

/** @throws not-found */
export function storedMessage({ store }: Pick<Node, "store">, hash: MessageHash): StoredMessage {
  const found = store.message(hash);
  if (found === null) throw apiError("not-found", `There is no message ${hash} on this node.`);
  return found;
}

/** @throws not-found */
export function detailOf(node: Node, hash: MessageHash, officer: Officer): MessageDetail {
  const record = storedMessage(node, hash);
  const message = decodeMessage(record.bytes);
  const counts = record.fault === null;
  return {
    summary: summaryOf(node, record, message, record.fault),
    body: message.body as MessageDetail["body"],
    rendered: renderedOf(message),
    compared: comparedOf(node, message),
    came_by: node.store.entry(record.origin, record.index)?.carrier ?? null,
    bytes: toBase64(record.bytes),
    drafted: record.drafted === null ? null : toBase64(record.drafted),
    released: toBase64(record.released),
    signers: signersOf(node, record),
    ladder: counts ? laddersOf(node, record, message) : [],
    ...(counts ? threadOf(node, hash) : { thread: [], thread_left_out: 0 }),
    // Conflicts are kept as they are now: of a past moment none can be shown.
    conflicts: allows("see conflicts", officer.roles) && !isPast(node) ? [...node.plans.conflictsOf(hash)] : [],
    volumes: volumesOf(message).map(({ footprint, height, window }) => ({
      footprint,
      height,
      window,
    })) as MessageDetail["volumes"],
    answers: counts && !isPast(node) ? answersOf(node, message) : [],
  };
}

export function renderedOf(message: Message): MessageDetail["rendered"] {
  const { title, lines, notice } = render(message);
  return { title, lines: lines.map(({ label, value }) => ({ label, value })), notice };
}

function signersOf({ state, suite }: Node, record: StoredMessage): MessageDetail["signers"] {
  const roster = rosterAt(state.historyOf(record.origin), record.index);
  const named = [
    ["drafted", record.drafter],
    ["released", record.releaser],
  ] as const;
  return named.flatMap(([as, id]) => {
    const officer = roster.officers.find((each) => each.id === id);
    if (officer === undefined) return [];
    const fingerprint = keyFingerprint(suite, officer.key);
    return [{ as, officer: officer.id, person: officer.person, party: record.from, fingerprint }];
  });
}

function answersOf({ state, book }: Node, message: Message): MessageDetail["answers"] {
  const about = message.kind === "answer" && message.re !== null ? book.get(message.re.message) : null;
  const stance = about === null ? null : book.message(about.hash);
  const codes = allowedAnswers(message, state.self, stance?.kind === "stance" ? stance : null);
  const closing = about === null ? KIND_RULES[message.kind].closes : KIND_RULES.stance.closes;
  return codes.map((code) => ({ code, closes: closing.includes(code), officers: officersFor(message, code) }));
}

function officersFor(target: Message, answer: AnswerCode): 1 | 2 {
  return officersToRelease({ kind: "answer", body: { answer } } as Message, target);
}

/** What it is about, and all that is about that, oldest first. */
function threadOf(node: Node, hash: MessageHash): Pick<MessageDetail, "thread" | "thread_left_out"> {
  const { book } = node;
  let root = hash;
  for (let up = book.get(root)?.re; up !== undefined && up !== null && book.get(up.message) !== null;) {
    root = up.message;
    up = book.get(root)?.re;
  }
  const found = new Set<MessageHash>([root]);
  for (const each of found) {
    for (const reply of book.repliesTo(each)) found.add(reply.hash);
  }
  found.delete(hash);
  const shown = [...found].slice(0, MAX_THREAD);
  const summaries = shown.map((each) => summaryByHash(node, each)).filter((summary) => summary !== null);
  const thread = summaries.toSorted((a, b) => a.stored_at - b.stored_at);
  return { thread, thread_left_out: found.size - shown.length };
}

export function laddersOf(node: Node, record: StoredMessage, message: Message): Ladder[] {
  const history = ladderHistory(node, record, message);
  const facts = isPast(node) ? ladderFactsAsOf(history, node.asOf) : history;
  return ladderOf(facts, node.now()).map(({ party, name, rungs, beside }) => ({
    party,
    name,
    rungs: rungs.map((rung) => ({ ...rung })),
    beside: beside.map((each) => ({ ...each })),
  }));
}

function ladderHistory(node: Node, record: StoredMessage, message: Message): LadderHistory {
  const { state, store, book } = node;
  const { origin, index, from, hash } = record;
  return {
    from,
    hash,
    index,
    releaser: record.releaser as NonNullable<typeof record.releaser>,
    releasedAt: from === state.self ? record.storedAt : record.at,
    expires: record.expires,
    recipients: state.charter.parties.filter(({ id }) => id !== from).map(({ id, name }) => ({ id, name })),
    sent: store.sentOver(origin, index).map(({ party, carrier, at }) => {
      return { party, size: index + 1, at, known_at: at, carrier };
    }),
    receipts: receiptsOver(node, origin, index).map(({ party, size, signedAt, seenAt, carrier }) => {
      return { party, size, at: signedAt, known_at: seenAt, carrier };
    }),
    notices: [
      ...store.openingsOf(origin, index).map(({ party, code, at, knownAt }) => {
        return { party, at, known_at: knownAt, ...noticeOf(code) };
      }),
      ...store.heldBy(origin, index).map(({ party, at, knownAt }) => {
        return { party, at, known_at: knownAt, code: "held" as const, why: null };
      }),
    ],
    replies: repliesTo(node, record),
    reached: [],
    due: (party) => dueAt(message, storedBy(node, record, party), state.charter.deadlines_ms),
    standing: (party) => book.standing(hash, party),
  };
}

function noticeOf(code: string | null): { code: "opened" | "unopened" | "refused"; why: string | null } {
  if (code === null) return { code: "opened", why: null };
  const [what, why] = code.split(": ");
  return { code: what === "refused" ? "refused" : "unopened", why: why ?? what ?? null };
}

function repliesTo({ book }: Node, { hash }: StoredMessage): Known<Reply>[] {
  return book.repliesTo(hash).map(({ hash: reply, kind, from, at, storedAt, releaser }) => {
    const says = saysOf(book.message(reply), () => book.message(hash));
    const by = releaser as NonNullable<typeof releaser>;
    return { kind, party: from, at, known_at: storedAt, hash: reply, releaser: by, says };
  });
}

function saysOf(message: Message, told: () => Message): string | null {
  if (message.kind === "answer") return message.body.answer;
  return message.kind === "readback" ? judgeReadBack(told(), message.body).says : null;
}

/** What this node finds where a read-back claims something; null of any other kind. */
function comparedOf({ book }: Node, message: Message): string | null {
  if (message.kind !== "readback" || message.re === null) return null;
  const about = book.get(message.re.message);
  return judgeReadBack(about === null ? null : book.message(about.hash), message.body).says;
}
