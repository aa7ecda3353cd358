/** Finds, among all that was told, the few messages that can have said already what a draft says. */
import type { Learned as ApiLearned } from "../../api/index.ts";
import { bodyLines, type Message } from "../../message/index.ts";
import { type PublicStatement, type Told, whatTheyWouldLearn } from "../../release/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Book } from "../book.ts";

export interface LearnDesk {
  learn(draft: Message): ApiLearned[];
}

const PLACES: readonly string[] = ["footprint", "volumes", "route"];
const STATES = { new: "new", told: "told", public: "public" } as const;

/** Made once for all the items of a draft: what is told in the meantime is in the next look at it. */
export function learnDesk(book: Book, statements: readonly PublicStatement[]): LearnDesk {
  const byTopic = new Map<string, MessageHash[]>();
  const byPlace = new Map<string, MessageHash[]>();
  for (const { hash } of book.content()) {
    const message = book.message(hash);
    for (const topic of topicsOf(message)) push(byTopic, topic, hash);
    for (const place of placesOf(message)) push(byPlace, place, hash);
  }
  return {
    learn: (draft) => {
      const found = new Set<MessageHash>(draft.re === null ? [] : [draft.re.message]);
      for (const topic of topicsOf(draft)) byTopic.get(topic)?.forEach((hash) => found.add(hash));
      for (const place of placesOf(draft)) byPlace.get(place)?.forEach((hash) => found.add(hash));
      const told = [...found].filter((hash) => book.get(hash) !== null);
      const candidates = told.map((hash): Told => ({ hash, message: book.message(hash) }));
      return whatTheyWouldLearn(candidates, statements, draft).map(({ field, label, value, state, where }) => {
        return { field, label, value, known: STATES[state], where };
      });
    },
  };
}

/** Wider than what counts as the same topic: the comparison itself is whatTheyWouldLearn's. */
function topicsOf(message: Message): string[] {
  const { kind, subject } = message;
  const body: Readonly<Record<string, unknown>> = { ...message.body };
  const own = ["source_id", "topic", "district"]
    .map((field) => body[field])
    .filter((value) => typeof value === "string");
  return [subject, ...own].map((text) => `${kind} ${text.trim().toLowerCase()}`);
}

function placesOf({ kind, body }: Message): string[] {
  const lines = bodyLines(kind, body).filter(({ field }) => PLACES.includes(field));
  return lines.map(({ field, value }) => `${field} ${value}`);
}

function push(map: Map<string, MessageHash[]>, key: string, hash: MessageHash): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, [hash]);
  else found.push(hash);
}
