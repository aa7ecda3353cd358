/**
 * Which parties may owe an answer to what this one told. A look at all that was ever told would take the longer the more
 * that is: here each message is taken up once, for each party when its receipt covers it, and again only when something
 * was said about it or the time has come that was noted.
 */
import { dueAfter } from "../../message/index.ts";
import type { LogOrigin, PartyId } from "../../wire/id.ts";
import type { Book, Fact, Place } from "../book.ts";

/** One message and a party that holds it. */
export interface Debt {
  readonly fact: Fact;
  readonly party: PartyId;
}

export interface Debts {
  /** Takes up what was told and receipted since the last time; `pause` gives others their turn, and says whether to go on. */
  takeUp(pause: () => Promise<boolean>): Promise<void>;
  /** Those to be looked at now, until each is put off or settled. */
  toLookAt(now: number): readonly Debt[];
  /** Needs no look before that, unless something is said about it. */
  putOff(debt: Debt, until: number): void;
  /** Needs none unless something is said about it. */
  settle(debt: Debt): void;
}

export interface DebtsContext {
  readonly book: Pick<Book, "since" | "targetsOf" | "get">;
  readonly self: PartyId;
  readonly others: readonly PartyId[];
  /** How much of a log a party's receipts cover. */
  readonly sizeHeldBy: (origin: LogOrigin, party: PartyId) => number;
}

/** What a party has not receipted of a log, and how much its receipts covered when that was last looked at. */
interface Unheld {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  facts: Fact[];
  size: number;
  grown: boolean;
}

/** Between two pauses. */
const PIECE = 100;

export function debts({ book, self, others, sizeHeldBy }: DebtsContext): Debts {
  let place: Place | null = null;
  let unheld = new Map<string, Unheld>();
  let open = new Map<string, Debt & { readonly until: number }>();
  const mayBeOwed = ({ from, kind }: Fact): boolean => from === self && dueAfter(kind) !== Infinity;
  const put = ({ fact, party }: Debt, until: number): void =>
    void open.set(`${fact.hash} ${party}`, { fact, party, until });
  const isHeld = ({ fact: { origin, index }, party }: Debt): boolean => index < sizeHeldBy(origin, party);
  const told = (fact: Fact, party: PartyId): void => {
    const key = `${fact.origin} ${party}`;
    const known = unheld.get(key) ?? { origin: fact.origin, party, facts: [], size: 0, grown: true };
    known.facts.push(fact);
    known.grown = true;
    unheld.set(key, known);
  };
  const take = (fact: Fact): void => {
    if (mayBeOwed(fact)) for (const party of others) told(fact, party);
    if (fact.re === null) return;
    for (const target of book.targetsOf(fact).map((hash) => book.get(hash))) {
      if (target === null || !mayBeOwed(target)) continue;
      // For who does not hold it yet it is looked at then.
      for (const debt of others.map((party) => ({ fact: target, party }))) if (isHeld(debt)) put(debt, 0);
    }
  };
  const receipted = async (of: Unheld, pause: () => Promise<boolean>): Promise<void> => {
    const { origin, party, facts } = of;
    const size = sizeHeldBy(origin, party);
    if (size === of.size && !of.grown) return;
    const still: Fact[] = [];
    for (const [i, fact] of facts.entries()) {
      if (i % PIECE === PIECE - 1 && !(await pause())) return;
      if (fact.index < size) put({ fact, party }, 0);
      else still.push(fact);
    }
    Object.assign(of, { facts: still, size, grown: false });
  };
  return {
    takeUp: async (pause) => {
      const { facts, anew, from } = book.since(place);
      if (anew) [unheld, open] = [new Map(), new Map()];
      for (const [i, fact] of facts.entries()) {
        if (i % PIECE === PIECE - 1 && !(await pause())) return;
        // One that cannot be read is not met again.
        place = { ...from, count: from.count + i + 1 };
        take(fact);
      }
      for (const each of unheld.values()) await receipted(each, pause);
    },
    toLookAt: (now) => [...open.values()].filter(({ until }) => until <= now),
    putOff: put,
    settle: ({ fact, party }) => void open.delete(`${fact.hash} ${party}`),
  };
}
