/** What each kind asks of officers, as data: who releases it, what may be answered, what closes it, and by when. */
import type { LogOrigin, PartyId } from "../wire/id.ts";
import type { BodyOf } from "./bodies.ts";
import type { AnswerCode, ContentKind, Kind } from "./codes.ts";
import { CONTENT_KINDS, REPLY_KINDS } from "./codes.ts";
import { type Message, type MessageOf, relationOf } from "./message.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From when its answer's time counts. */
export type DueRule =
  /** So long after the receiver stored it. */
  | { readonly from: "stored"; readonly ms: number }
  /** Before what it tells of begins; where that has no time or has begun, so long after it was stored. */
  | { readonly from: "start"; readonly ms: number }
  /** As the message itself says. */
  | { readonly from: "stated" };

export interface KindRule {
  /** Officers to release it; a reply's are those of `officersToRelease`. */
  readonly officers: 1 | 2;
  readonly answers: readonly AnswerCode[];
  /** Those of `answers` after which nothing more is owed. */
  readonly closes: readonly AnswerCode[];
  /** Null where no answer is owed. */
  readonly due: DueRule | null;
  /** The receiving officer re-enters place, time and height. */
  readonly readBack: boolean;
}

const owed = (
  closes: readonly AnswerCode[],
  others: readonly AnswerCode[],
  due: DueRule,
  rest: Partial<KindRule> = {},
): KindRule => ({ officers: 2, answers: [...closes, ...others], closes, due, readBack: false, ...rest });

const reply = (officers: 1 | 2): KindRule => ({ officers, answers: [], closes: [], due: null, readBack: false });

const within = (ms: number): DueRule => ({ from: "stored", ms });
const beforeStart: DueRule = { from: "start", ms: HOUR };

export const KIND_RULES: Readonly<Record<Kind, KindRule>> = {
  activity: owed(["NOTED"], ["CONCERN", "STANDBY"], beforeStart, { readBack: true }),
  site: owed(["LISTED"], ["NOT LISTED", "STANDBY"], within(DAY)),
  movement: owed(["NOTED"], ["CONCERN", "STANDBY"], beforeStart, { readBack: true }),
  presence: owed(["NOTED"], ["STANDBY"], within(HOUR)),
  /** RESTATED is answered by the stance's author, whose CONFIRMED closes it. */
  stance: owed(["CONFIRMED"], ["RESTATED"], within(DAY)),
  assessment: owed(["NOTED"], ["DIFFER"], within(DAY)),
  report: owed(["NOTED"], [], within(DAY)),
  warning: owed(["ANSWERED"], ["STANDBY"], { from: "stated" }),
  query: owed(["YES", "NO", "CANNOT SAY"], ["STANDBY"], { from: "stated" }),
  alert: owed(["CEASED", "NOT OURS"], ["UNABLE", "STANDBY"], within(2 * MINUTE), { officers: 1 }),
  call: owed(["CONFIRMED"], ["DIFFER"], within(DAY), { officers: 1 }),
  text: owed(["NOTED"], [], within(DAY)),
  answer: reply(2),
  read: reply(1),
  readback: reply(1),
  withdrawal: reply(2),
  countersignature: reply(1),
};

/** The longest that an alert may be put off with one STANDBY. */
export const ALERT_STANDBY_MS = 2 * MINUTE;

/** Kinds that no charter can switch off, and that outlive a line's suspension and expiry; replies among them. */
export const ALWAYS_ALLOWED: readonly Kind[] = ["site", "alert", ...REPLY_KINDS];

export function isContentKind(kind: Kind): kind is ContentKind {
  return (CONTENT_KINDS as readonly Kind[]).includes(kind);
}

/**
 * How many different persons release this message: by its kind; an answer by what it says and to what; a withdrawal as
 * many as its message. Without the target at hand, two.
 */
export function officersToRelease(message: Message, target: Message | null): 1 | 2 {
  if (message.kind === "answer") {
    const { answer } = message.body;
    return answer === "STANDBY" || answer === "NOTED" || target?.kind === "alert" ? 1 : 2;
  }
  if (message.kind === "withdrawal" && target !== null) return officersToRelease(target, null);
  return KIND_RULES[message.kind].officers;
}

/** Deadlines of a charter: milliseconds from storing, by kind. They tighten the defaults and never loosen them. */
export type Deadlines = Partial<Readonly<Record<Kind, number>>>;

/**
 * By when this message is to be closed by a party that stored it at `storedAt`: milliseconds since the epoch, or null
 * where no answer is owed.
 */
export function dueAt(message: Message, storedAt: number, deadlines: Deadlines = {}): number | null {
  const rule = KIND_RULES[message.kind].due;
  if (rule === null) return null;
  const charter = deadlines[message.kind];
  return Math.min(byDefault(message, storedAt, rule), charter === undefined ? Infinity : storedAt + charter);
}

/**
 * How long after it was stored an answer to such a message is owed at the soonest, in milliseconds: null where that
 * depends on what the message says.
 */
export function dueAfter(kind: Kind, deadlines: Deadlines = {}): number | null {
  const rule = KIND_RULES[kind].due;
  if (rule === null) return Infinity;
  return rule.from === "stored" ? Math.min(rule.ms, deadlines[kind] ?? Infinity) : null;
}

function byDefault(message: Message, storedAt: number, rule: DueRule): number {
  switch (rule.from) {
    case "stored":
      return storedAt + rule.ms;
    case "start": {
      const start = startOf(message);
      return start === null || start <= storedAt ? storedAt + rule.ms : start;
    }
    case "stated":
      return statedLimit(message) ?? storedAt + DAY;
  }
}

function statedLimit(message: Message): number | null {
  if (message.kind === "warning") return message.body.time_limit;
  return message.kind === "query" ? message.body.due_at : null;
}

/** When what it tells of begins; null where that is not said. */
function startOf(message: Message): number | null {
  if (message.kind === "movement") return message.body.route[0]?.at ?? null;
  if (message.kind !== "activity") return null;
  const starts = message.body.volumes.map(({ window }) => window.start);
  return starts.includes(null) ? null : Math.min(...starts.filter((start) => start !== null));
}

/** What `party` may answer to `target`. `stance` is what a RESTATED was said to; only its author may confirm it. */
export function allowedAnswers(
  target: Message,
  party: PartyId,
  stance: MessageOf<"stance"> | null = null,
): readonly AnswerCode[] {
  if (target.kind === "answer") {
    const restated = target.body.answer === "RESTATED" && stance !== null && stance.from === party;
    return restated && target.from !== party ? ["CONFIRMED", "NOT MEANT"] : [];
  }
  if (target.from === party) return [];
  return KIND_RULES[target.kind].answers.filter((answer) => target.kind !== "stance" || answer !== "CONFIRMED");
}

export type AnswerFault = "wrong-line" | "wrong-target" | "not-allowed" | "standby-too-long";

/** What is wrong with an answer to this target; null where nothing is. */
export function answerFault(
  answer: MessageOf<"answer">,
  target: Message,
  stance: MessageOf<"stance"> | null = null,
): AnswerFault | null {
  if (answer.line !== target.line) return "wrong-line";
  if (answer.body.scope === "list" && target.list === null) return "wrong-target";
  if (!allowedAnswers(target, answer.from, stance).includes(answer.body.answer)) return "not-allowed";
  const until = answer.body.until;
  const late = target.kind === "alert" && until !== null && until > answer.at + ALERT_STANDBY_MS;
  return late || (until !== null && until <= answer.at) ? "standby-too-long" : null;
}

/** An answer as it stands in its author's log. */
export interface LoggedAnswer {
  readonly message: MessageOf<"answer">;
  readonly hash: string;
  readonly index: number;
}

/** What one party's answers to one message come to. */
export type Standing =
  | { readonly state: "unanswered" }
  | ({ readonly state: "standby"; readonly until: number } & Last)
  | ({ readonly state: "open" | "closed" } & Last);

interface Last {
  readonly answer: BodyOf<"answer">["answer"];
  readonly hash: string;
  /** An earlier answer of this party said otherwise; both are shown, the later one counts. */
  readonly contradicts: boolean;
  /** Its author's node had not seen the version that supersedes the message. */
  readonly crossed: boolean;
}

/**
 * What one party's answers come to: the later in that party's log counts, whatever it says, and an answer to the message
 * itself counts before one to its list. `supersededAt` is where the superseding version stands in its author's log.
 */
export function standingOf(
  target: Message,
  answers: readonly LoggedAnswer[],
  supersededAt: { readonly origin: LogOrigin; readonly index: number } | null = null,
): Standing {
  const single = answers.filter(({ message }) => message.body.scope === "message");
  const counted = (single.length > 0 ? single : answers).toSorted((a, b) => a.index - b.index);
  const last = counted.at(-1);
  if (last === undefined) return { state: "unanswered" };
  const { answer, until } = last.message.body;
  const said = counted.map(({ message }) => message.body.answer).filter((code) => code !== "STANDBY");
  const seen = last.message.heads.find(({ origin }) => origin === supersededAt?.origin)?.size ?? 0;
  const rest: Last = {
    answer,
    hash: last.hash,
    contradicts: answer !== "STANDBY" && said.some((code) => code !== answer),
    crossed: supersededAt !== null && seen <= supersededAt.index,
  };
  if (answer === "STANDBY" && until !== null) return { state: "standby", until, ...rest };
  return { state: KIND_RULES[target.kind].closes.includes(answer) ? "closed" : "open", ...rest };
}

/**
 * What one party's restatements of a stance and its author's replies to them come to: it is the author's CONFIRMED of the
 * last restatement that closes it. `replies` are the author's answers to that party's answers.
 */
export function stanceStandingOf(
  stance: MessageOf<"stance">,
  restatements: readonly LoggedAnswer[],
  replies: readonly LoggedAnswer[],
  supersededAt: { readonly origin: LogOrigin; readonly index: number } | null = null,
): Standing {
  const standing = standingOf(stance, restatements, supersededAt);
  if (standing.state !== "open") return standing;
  const about = replies.filter(({ message }) => message.re?.message === standing.hash);
  const last = about.toSorted((a, b) => a.index - b.index).at(-1);
  if (last === undefined) return standing;
  const { answer } = last.message.body;
  return { ...standing, state: answer === "CONFIRMED" ? "closed" : "open", answer, hash: last.hash };
}

interface At {
  readonly origin: LogOrigin;
  readonly index: number;
}

/** A reply to the whole list that the message which it names belongs to. */
export function isToList(message: Message): boolean {
  return relationOf(message.kind) !== null && "scope" in message.body && message.body.scope === "list";
}

/**
 * Whether a reply to a list is about this member of it: another party's, where its author's node had the member (so its
 * heads say); its own author's, where the member came before it.
 */
export function coversMember(reply: At & Pick<Message, "heads">, member: At): boolean {
  if (reply.origin === member.origin) return reply.index > member.index;
  return reply.heads.some(({ origin, size }) => origin === member.origin && size > member.index);
}
