/** The table: where each party stands by topic, with its history, and what each has said in public beside it. */
import type { Stances, StanceView } from "../../api/index.ts";
import type { MessageOf } from "../../message/index.ts";
import { stanceContradiction } from "../../release/index.ts";
import type { MessageHash, PartyId } from "../../wire/id.ts";
import { isPast } from "./as-of.ts";
import type { Fact } from "../book.ts";
import { summaryOf } from "./view.ts";
import type { Node } from "../node.ts";
import { statementRecords, statementsOf, statementView } from "./statements.ts";

type Topic = Stances["topics"][number];
type Receiver = StanceView["receivers"][number];

/** `node` may be one as of a moment of the past. */
export function stancesOf(node: Node): Topic[] {
  const { book, state, privateStore } = node;
  const topics = new Map<
    string,
    { topic: string; stances: [Fact, MessageOf<"stance">][]; statements: Topic["statements"] }
  >();
  const at = (topic: string) => {
    const found = topics.get(keyOf(topic)) ?? { topic: topic.trim(), stances: [], statements: [] };
    topics.set(keyOf(topic), found);
    return found;
  };
  for (const fact of book.content()) {
    if (fact.kind !== "stance") continue;
    const message = book.message(fact.hash);
    if (message.kind === "stance") at(message.body.topic).stances.push([fact, message]);
  }
  for (const record of statementRecords(privateStore, isPast(node) ? node.asOf : null)) {
    if (record.kind !== "stance") continue;
    const view = statementView(node, record);
    const { topic } = view.body;
    at(typeof topic === "string" ? topic : record.subject).statements.push(view);
  }
  return [...topics.values()].map(({ topic, stances, statements }) => ({
    topic,
    parties: state.charter.parties.map(({ id, name }) => {
      const own = stances.filter(([{ from }]) => from === id).toReversed();
      const history = own.map(([fact, message]) => stanceView(node, fact, message));
      const stands = history.find(({ message }) => message.state === "in-force" || message.state === "expired");
      return { party: id, name, now: stands?.message.hash ?? null, history };
    }),
    statements,
  }));
}

const keyOf = (topic: string): string => topic.trim().toLowerCase();

function stanceView(node: Node, fact: Fact, message: MessageOf<"stance">): StanceView {
  const { state, privateStore } = node;
  const { topic, stands, words, said, source } = message.body;
  const receivers = state.charter.parties.filter(({ id }) => id !== fact.from);
  const contradiction = stanceContradiction(statementsOf(privateStore), message);
  return {
    message: summaryOf(node, fact, message),
    topic,
    stands,
    words,
    said,
    source,
    receivers: receivers.map(({ id, name }) => ({ party: id, name, ...restated(node, fact, id) })),
    contradicts: contradiction?.statement.id ?? null,
  };
}

/** What a receiver understood, and what the author said to that. */
function restated({ book }: Node, { hash, from }: Fact, party: PartyId): Omit<Receiver, "party" | "name"> {
  const answers = book.about(hash).filter((reply) => reply.kind === "answer" && reply.from === party);
  const rounds = answers.map((answer) => {
    const message = book.message(answer.hash);
    const reply = book.answersBy(answer.hash, from).at(-1) ?? null;
    const words = message.kind === "answer" ? message.body.words : "";
    const verdict = reply?.message.body.answer;
    return {
      restated: { hash: answer.hash, at: message.at, words },
      reply:
        reply === null || (verdict !== "CONFIRMED" && verdict !== "NOT MEANT")
          ? null
          : {
              hash: reply.hash as MessageHash,
              at: reply.message.at,
              answer: verdict,
              reason: reply.message.body.reason,
            },
    };
  });
  const last = rounds.at(-1);
  if (last === undefined) return { state: "unanswered", rounds: [] };
  const confirmed = rounds.some(({ reply }) => reply?.answer === "CONFIRMED");
  const state = confirmed ? "confirmed" : last.reply === null ? "restated" : "not-meant";
  return { state, rounds };
}
