/** What an officer asks for, parsed, and the one rule by which the map, the list beside it and the search agree. */
import { apiError, SAID_STATES } from "../../api/index.ts";
import type { TimeWindow } from "../../geo/index.ts";
import { type Kind, KINDS, searchWords, wordsOf } from "../../message/index.ts";
import { decodeMessage } from "../../message/index.ts";
import type { MessageHash, PartyId } from "../../wire/id.ts";
import { nextTurn } from "../turn.ts";
import type { Node } from "../node.ts";
import { type Place, type Said, type SaidState, stateAt } from "./said.ts";

export interface FilterQuery {
  readonly text?: string | undefined;
  readonly kinds?: string | undefined;
  readonly from?: string | undefined;
  readonly states?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly as_of?: number | undefined;
}

export interface Filter {
  readonly asOf: number;
  /** The moment is past: what is private is kept only as it is now, so none of it is shown. */
  readonly isPast: boolean;
  readonly since: number;
  readonly until: number;
  /** Whether any of it can pass, whatever its times. */
  said(said: Said): SaidState | null;
  /** Whether something private can: it has no party, kind or state of the line's. */
  own(name: string): boolean;
}

const WORDS_AT_ONCE = 256;

/** Takes up the words of what has come since the last search; every message is in the index before it is asked. */
export async function takeUpWords({ store }: Pick<Node, "store">): Promise<void> {
  for (;;) {
    const waiting = store.withoutWords(WORDS_AT_ONCE);
    if (waiting.length === 0) return;
    store.commit(waiting.map(({ seq, bytes }) => ({ write: "words", seq, words: searchWords(decodeMessage(bytes)) })));
    await nextTurn();
  }
}

/** @throws request-malformed */
export async function filterOf(node: Node, query: FilterQuery): Promise<Filter> {
  const kinds = listed<Kind>("kinds", query.kinds, KINDS);
  const parties = listed<PartyId>(
    "from",
    query.from,
    node.state.charter.parties.map(({ id }) => id),
  );
  const states = listed<SaidState>("states", query.states, SAID_STATES);
  const words = wordsOf(query.text ?? "");
  if (words.length > 0) await takeUpWords(node);
  const worded = words.length === 0 ? null : new Set<MessageHash>(node.store.withWords(words));
  const now = node.now();
  const asOf = query.as_of ?? now;
  return {
    asOf,
    isPast: query.as_of !== undefined && query.as_of < now,
    since: query.since ?? -Infinity,
    until: query.until ?? Infinity,
    said: (said) => {
      const { fact } = said;
      if (kinds !== null && !kinds.has(fact.kind)) return null;
      if (parties !== null && !parties.has(fact.from)) return null;
      if (worded !== null && !worded.has(fact.hash)) return null;
      const state = stateAt(said, asOf);
      return state === null || (states !== null && !states.has(state)) ? null : state;
    },
    own: (name) => {
      if (kinds !== null || parties !== null || (states !== null && !states.has("in-force"))) return false;
      const mine = wordsOf(name);
      return words.every((word) => mine.some((each) => each.startsWith(word)));
    },
  };
}

function listed<Name extends string>(
  field: string,
  text: string | undefined,
  known: readonly Name[],
): ReadonlySet<Name> | null {
  if (text === undefined) return null;
  const wanted = text.split(",");
  const stranger = wanted.find((name) => !(known as readonly string[]).includes(name));
  if (stranger !== undefined)
    throw apiError("request-malformed", `${field}: "${stranger}" is none of ${known.join(", ")}.`);
  return new Set(wanted as Name[]);
}

export function holdsWithin({ start, end }: TimeWindow, { since, until }: Pick<Filter, "since" | "until">): boolean {
  return (start ?? -Infinity) <= until && (end ?? Infinity) >= since;
}

export function placeHolds({ volume }: Place, filter: Filter): boolean {
  return holdsWithin(volume.window, filter);
}
