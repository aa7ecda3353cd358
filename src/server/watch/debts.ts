/**
 * Which parties may owe an answer to what this one told. A look at all that was ever told would take the longer the more
 * that is: here each message is taken up once, for each party when its receipt covers it, and again only when something
 * was said about it or the time has come that was noted.
 */
import { dueAfter, isToList } from "../../message/index.ts";
import type { ListId, LogOrigin, PartyId } from "../../wire/id.ts";
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
  readonly book: Pick<Book, "since" | "get" | "message" | "listed">;
  readonly self: PartyId;
  readonly others: readonly PartyId[];
  /** How much of a log a party's receipts cover. */
  readonly sizeHeldBy: (origin: LogOrigin, party: PartyId) => number;
}

/** Lists of this party's own of which something was said, and whose debts that may have changed. */
type Lists = Map<ListId, Set<PartyId>>;
type Pause = () => Promise<boolean>;

/** Between two pauses. */
const PIECE = 100;

export function debts({ book, self, others, sizeHeldBy }: DebtsContext): Debts {
  let place: Place | null = null;
  let open = new Map<string, Debt & { readonly until: number }>();
  const mayBeOwed = ({ from, kind }: Fact): boolean => from === self && dueAfter(kind) !== Infinity;
  const put = ({ fact, party }: Debt, until: number): void =>
    void open.set(`${fact.hash} ${party}`, { fact, party, until });
  let waiting = unreceipted(others, put);
  /** As they are during one taking up: of each log and party one look at the store, however much there is. */
  let sizes = new Map<string, number>();
  const sizeOf = (origin: LogOrigin, party: PartyId): number => {
    const key = `${origin} ${party}`;
    const size = sizes.get(key) ?? sizeHeldBy(origin, party);
    sizes.set(key, size);
    return size;
  };
  /** A party's answer changes what it owes, and this one's own word what anybody does. */
  const concerned = ({ from }: Fact): readonly PartyId[] => others.filter((party) => from === self || party === from);
  const lookAgain = (target: Fact | null, parties: Iterable<PartyId>): void => {
    if (target === null || !mayBeOwed(target)) return;
    // For who does not hold it yet it is looked at then.
    for (const party of parties) if (target.index < sizeOf(target.origin, party)) put({ fact: target, party }, 0);
  };
  const take = (fact: Fact, lists: Lists): void => {
    if (mayBeOwed(fact)) waiting.told(fact);
    const target = fact.re === null ? null : book.get(fact.re.message);
    if (target === null) return;
    if (target.list === null || !isToList(book.message(fact.hash))) return lookAgain(target, concerned(fact));
    // Each of its members, once: however many replies there were to all of them, and whichever were in it then.
    const parties = lists.get(target.list) ?? new Set();
    for (const party of concerned(fact)) parties.add(party);
    lists.set(target.list, parties);
  };
  const ofLists = async (lists: Lists, pause: Pause): Promise<boolean> => {
    for (const [list, parties] of lists) {
      for (const [i, member] of book.listed(self, list).entries()) {
        if (i % PIECE === PIECE - 1 && !(await pause())) return false;
        lookAgain(member, parties);
      }
    }
    return true;
  };
  return {
    takeUp: async (pause) => {
      const { facts, anew, from } = book.since(place);
      if (anew) [waiting, open] = [unreceipted(others, put), new Map()];
      sizes = new Map();
      const lists: Lists = new Map();
      for (const [i, fact] of facts.entries()) {
        if (i % PIECE === PIECE - 1 && !(await pause())) return;
        // One that cannot be read is not met again.
        place = { ...from, count: from.count + i + 1 };
        take(fact, lists);
      }
      if (await ofLists(lists, pause)) await waiting.receipted(sizeOf, pause);
    },
    toLookAt: (now) => [...open.values()].filter(({ until }) => until <= now),
    putOff: put,
    settle: ({ fact, party }) => void open.delete(`${fact.hash} ${party}`),
  };
}

/** What a party has not receipted of a log, and how much its receipts covered when that was last looked at. */
interface Unheld {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  facts: Fact[];
  size: number;
  grown: boolean;
}

/** What was told and each party has not receipted yet; what it comes to hold is put among what is to be looked at. */
function unreceipted(others: readonly PartyId[], put: (debt: Debt, until: number) => void) {
  const unheld = new Map<string, Unheld>();
  const told = (fact: Fact): void => {
    for (const party of others) {
      const key = `${fact.origin} ${party}`;
      const known = unheld.get(key) ?? { origin: fact.origin, party, facts: [], size: 0, grown: true };
      known.facts.push(fact);
      known.grown = true;
      unheld.set(key, known);
    }
  };
  const receipted = async (sizeOf: (origin: LogOrigin, party: PartyId) => number, pause: Pause): Promise<void> => {
    for (const each of unheld.values()) {
      const size = sizeOf(each.origin, each.party);
      if (size === each.size && !each.grown) continue;
      const still: Fact[] = [];
      for (const [i, fact] of each.facts.entries()) {
        if (i % PIECE === PIECE - 1 && !(await pause())) return;
        if (fact.index < size) put({ fact, party: each.party }, 0);
        else still.push(fact);
      }
      Object.assign(each, { facts: still, size, grown: false });
    }
  };
  return { told, receipted };
}
