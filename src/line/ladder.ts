/**
 * The ladder of a message: how far it got with each recipient, rung by rung. Each rung names who says so, when, what
 * it proves and what it does not. There is no combined "acknowledged", and a rung says nothing about another.
 */
import type { Kind, Standing } from "../message/index.ts";
import type { CarrierName } from "./terms/roster-carriers.ts";
import type { MessageHash, OfficerId, PartyId } from "../wire/id.ts";

export const RUNGS = ["released", "sent", "stored", "opened", "read", "readback", "answered", "reached"] as const;
export type RungName = (typeof RUNGS)[number];

export interface Rung {
  readonly rung: RungName;
  /** Milliseconds since the epoch; null where the rung was not reached. */
  readonly at: number | null;
  /** An officer or a node, with its party; null where the rung was not reached. */
  readonly by: string | null;
  /** The answer's code, how a read-back compared, which units were reached, or which carriers took or brought it. */
  readonly says: string | null;
  /** The message that is its evidence. */
  readonly message: MessageHash | null;
  readonly proves: string;
  readonly does_not_prove: string;
}

export interface Beside {
  readonly state: "held" | "refused" | "unopened" | "expired" | "overdue";
  readonly at: number | null;
  readonly code: string | null;
}

export interface Ladder {
  readonly party: PartyId;
  readonly name: string;
  readonly rungs: readonly Rung[];
  readonly beside: readonly Beside[];
}

/** Something a party said about the message, which counts (checkMessage). */
export interface Reply {
  readonly kind: Kind;
  readonly party: PartyId;
  /** By its author's clock. */
  readonly at: number;
  readonly hash: MessageHash;
  readonly releaser: OfficerId;
  /** The answer's code; of a read-back what this node's own comparison found (judgeReadBack). */
  readonly says: string | null;
}

interface Carried {
  readonly party: PartyId;
  readonly size: number;
  readonly at: number;
  readonly carrier: CarrierName | null;
}

export interface LadderFacts {
  readonly from: PartyId;
  readonly hash: MessageHash;
  readonly index: number;
  readonly releaser: OfficerId;
  /** When its author's log held it, by the clock of whoever asks. */
  readonly releasedAt: number;
  readonly expires: number | null;
  /** Everybody else on the line. */
  readonly recipients: readonly { readonly id: PartyId; readonly name: string }[];
  /** What this node handed over of the author's log: up to which size, when, and to which carrier. */
  readonly sent: readonly Carried[];
  /** Receipts on the author's log, and what brought them here. */
  readonly receipts: readonly Carried[];
  /** What the recipients' nodes said of this entry in their notices. */
  readonly notices: readonly {
    readonly party: PartyId;
    readonly code: "opened" | "held" | "unopened" | "refused";
    readonly why: string | null;
    readonly at: number;
  }[];
  readonly replies: readonly Reply[];
  /** Which of its units have it, as far as a party says so. */
  readonly reached: readonly {
    readonly party: PartyId;
    readonly says: "all" | "not all" | "not said";
    readonly at: number;
  }[];
  /** By when each recipient owes an answer; null where none is owed. */
  readonly due: (party: PartyId) => number | null;
  /** What each recipient's answers come to (standingOf). */
  readonly standing: (party: PartyId) => Standing;
}

type Words = Pick<Rung, "proves" | "does_not_prove">;

export const RUNG_WORDS: Readonly<Record<RungName, Words>> = {
  released: {
    proves: "The officers who signed released exactly these bytes, and the author's log holds them.",
    does_not_prove: "That anybody else has them.",
  },
  sent: {
    proves: "This node handed the entry to a carrier. It is this node's own word.",
    does_not_prove: "That it arrived.",
  },
  stored: {
    proves: "The recipient's node signed that it holds this entry and every one before it.",
    does_not_prove: "That it was opened or that a person saw it. The time is its signer's claim.",
  },
  opened: {
    proves: "The recipient's node signed that it opened the entry and found its signatures in order.",
    does_not_prove: "That a person saw it.",
  },
  read: {
    proves: "An officer of the recipient signed that it was read.",
    does_not_prove: "That it was understood, agreed to or passed on.",
  },
  readback: {
    proves:
      "An officer of the recipient entered place, time and height without seeing them, and signed what was entered.",
    does_not_prove: "That anybody will act on it.",
  },
  answered: {
    proves: "Officers of the recipient released this answer.",
    does_not_prove: "That it is kept to, or that it has reached their units.",
  },
  reached: {
    proves: "The recipient says which of its units confirmed that they have it.",
    does_not_prove: "That any unit acts on it; and a party may say this wrongly.",
  },
};

type Step = Pick<Rung, "at" | "by" | "says" | "message">;
const NOT_REACHED: Step = { at: null, by: null, says: null, message: null };

/** One ladder a recipient. `now` by the clock of whoever asks, milliseconds since the epoch. */
export function ladderOf(facts: LadderFacts, now: number): Ladder[] {
  return facts.recipients.map(({ id, name }) => ({
    party: id,
    name,
    rungs: RUNGS.map((rung) => ({ rung, ...stepOf(facts, id, rung), ...RUNG_WORDS[rung] })),
    beside: besideOf(facts, id, now),
  }));
}

function stepOf(facts: LadderFacts, party: PartyId, rung: RungName): Step {
  switch (rung) {
    case "released":
      return { at: facts.releasedAt, by: `${facts.releaser} of ${facts.from}`, says: null, message: facts.hash };
    case "sent": {
      const sent = facts.sent.filter((each) => each.party === party && each.size > facts.index);
      return carried(
        sent.toSorted((a, b) => a.at - b.at),
        "this node",
      );
    }
    case "stored":
      return carried([earliest(covering(facts, party)) ?? []].flat(), `the node of ${party}`);
    case "opened": {
      const opened = noticesOf(facts, party).filter(({ code }) => code === "opened");
      return step(earliest(opened), `the node of ${party}`);
    }
    case "read":
      return replied(earliest(repliesOf(facts, party, "read")));
    case "readback":
      return replied(repliesOf(facts, party, "readback").at(-1));
    case "answered":
      return answered(facts, party);
    case "reached":
      break;
  }
  const reached = facts.reached.findLast((each) => each.party === party);
  return reached === undefined ? NOT_REACHED : { ...step(reached, `the node of ${party}`), says: reached.says };
}

function covering({ receipts, index }: LadderFacts, party: PartyId) {
  return receipts.filter((receipt) => receipt.party === party && receipt.size > index);
}

/**
 * A notice names a place, not what stood there: one of what was opened is about this entry only where the same party's
 * receipt is over it. A log that was copied and run twice has had two entries in one place.
 */
function noticesOf(facts: LadderFacts, party: PartyId): LadderFacts["notices"] {
  const isStored = covering(facts, party).length > 0;
  return facts.notices.filter((notice) => notice.party === party && (isStored || notice.code === "held"));
}

function repliesOf({ replies }: LadderFacts, party: PartyId, kind: Kind): readonly Reply[] {
  return replies.filter((reply) => reply.party === party && reply.kind === kind);
}

/** The answer that counts, by its place in its author's log; never by the clock. */
function answered(facts: LadderFacts, party: PartyId): Step {
  const standing = facts.standing(party);
  if (standing.state === "unanswered") return NOT_REACHED;
  return replied(repliesOf(facts, party, "answer").find(({ hash }) => hash === standing.hash));
}

function step(found: { readonly at: number } | undefined, by: string): Step {
  return found === undefined ? NOT_REACHED : { at: found.at, by, says: null, message: null };
}

/** With the carriers that took it, or the one that brought the word. */
function carried(found: readonly Carried[], by: string): Step {
  const says = [...new Set(found.flatMap(({ carrier }) => carrier ?? []))].join(", ");
  return found.length === 0 ? NOT_REACHED : { ...step(found[0], by), says: says === "" ? null : says };
}

function replied(reply: Reply | undefined): Step {
  if (reply === undefined) return NOT_REACHED;
  return { at: reply.at, by: `${reply.releaser} of ${reply.party}`, says: reply.says, message: reply.hash };
}

function earliest<T extends { readonly at: number }>(found: readonly T[]): T | undefined {
  return found.toSorted((a, b) => a.at - b.at)[0];
}

function besideOf(facts: LadderFacts, party: PartyId, now: number): Beside[] {
  const beside: Beside[] = [];
  for (const { code, why, at } of noticesOf(facts, party)) {
    if (code !== "opened") beside.push({ state: code, at, code: why });
  }
  const standing = facts.standing(party);
  const open = standing.state !== "closed";
  if (facts.expires !== null && now > facts.expires) beside.push({ state: "expired", at: facts.expires, code: null });
  const due = standing.state === "standby" ? standing.until : facts.due(party);
  if (open && due !== null && now > due) beside.push({ state: "overdue", at: due, code: null });
  return beside;
}
