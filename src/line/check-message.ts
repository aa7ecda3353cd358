/**
 * Does an opened message count as said? Every receiver checks what its author's node should have checked: the line, the
 * charter, that the log is its author's, that officers enrolled at that index signed it in their roles, and that they
 * are as many persons as the kind asks for.
 */
import type { Suite } from "../crypto/index.ts";
import {
  answerFault,
  isContentKind,
  ALWAYS_ALLOWED,
  decodeMessage,
  type Message,
  type MessageOf,
  officersToRelease,
  type RefusedWhy,
  type Signatures,
  type SignedMessage,
  type Verified,
  verifySigned,
} from "../message/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import { ParleyError } from "../wire/error.ts";
import type { LineId, LogOrigin, MessageHash, MessageId, PartyId, PersonId } from "../wire/id.ts";
import type { Charter } from "./terms/charter.ts";
import type { DeclaredFault } from "./terms/declared.ts";
import { officersFault, type OfficersFault, type OfficersQuestion } from "./terms/release-rule.ts";
import { type Officer, officerByKey, type Roster } from "./terms/roster.ts";

/** What a message refers to, as it was found in its author's log. */
export interface Target {
  readonly message: Message;
  /** Who released it: a counter-signature is by another person. */
  readonly releasedBy: PersonId | null;
}

/** What is known of the line where the message stands. */
export interface MessageContext {
  readonly line: LineId;
  /** The charter adopted in the author's log at or before the message. */
  readonly charter: Charter;
  readonly charterHash: string;
  /** Whose log it stands in, and the roster in force there (rosterAt). */
  readonly party: PartyId;
  readonly roster: Roster;
  /** What the party has declared of a key at this place, and of itself before it (terms/declared.ts). */
  isRevoked(key: Officer["key"]): boolean;
  readonly hasLeft: boolean;
  /** True where an entry before this one already used the id. */
  isRepeated(from: PartyId, id: MessageId): boolean;
  /** Null where it is not held, or not yet. */
  target(hash: MessageHash): Target | null;
}

export interface PlacedMessage {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly signed: SignedMessage;
}

export interface Signers {
  readonly drafter: Officer | null;
  readonly releaser: Officer;
}

export interface Counted extends Signers {
  readonly ok: true;
  readonly message: Message;
  readonly hash: MessageHash;
  /** Released by one officer where two are asked for: a counter-signature is owed. */
  readonly sole: boolean;
  /** Past its not-after time: shown as stale, and it cannot be complied with. */
  readonly stale: boolean;
}

export interface Refused {
  readonly ok: false;
  /**
   * `unknown-target` is not the last word: the target may be on its way, and the message is checked again then.
   * `newer-version` means kept, receipted and not readable here. `officer-revoked` means that it would count, had its
   * own party not revoked the key.
   */
  readonly fault: RefusedWhy | DeclaredFault | "newer-version";
  readonly explanation: string;
  /** Null where the bytes cannot be read. */
  readonly message: Message | null;
  readonly hash: MessageHash | null;
  /** Of what an officer signed whose key is revoked; else null. */
  readonly signers: Signers | null;
}

/** `now` is the receiver's clock, milliseconds since the epoch: it decides about staleness and nothing else. */
export function checkMessage(
  suite: Suite,
  context: MessageContext,
  placed: PlacedMessage,
  now: number,
): Counted | Refused {
  return checkRead(context, readSigned(suite, placed.signed), now);
}

/** The same of what `readSigned` read: the costly half of it needs nothing of the line and may be done elsewhere. */
export function checkRead(context: MessageContext, verified: Verified | Refused, now: number): Counted | Refused {
  if ("ok" in verified) return verified;
  const { message, hash } = verified;
  const refused = (fault: Refused["fault"], explanation: string, signers: Signers | null = null): Refused => {
    return { ok: false, fault, explanation, message, hash, signers };
  };
  const terms = termsFault(context, message);
  if (terms !== null) return refused(...terms);
  const target = message.re === null ? null : context.target(message.re.message);
  const aim = targetFault(context, message, target);
  if (aim !== null) return refused(...aim);
  const drafter = verified.drafter === null ? null : officerByKey(context.roster, verified.drafter);
  const releaser = officerByKey(context.roster, verified.releaser);
  if (releaser === null || (drafter === null && verified.drafter !== null)) {
    return refused("unknown-officer", `A signature is by nobody that the roster of ${context.party} enrols there.`);
  }
  const officers = officersToRelease(message, target?.message ?? null);
  const targetReleasedBy = target?.releasedBy ?? null;
  const who = signersFault({ charter: context.charter, message, officers, drafter, releaser, targetReleasedBy });
  if (who !== null) return refused(...who);
  const revoked = [drafter, releaser].find((officer) => officer !== null && context.isRevoked(officer.key));
  if (revoked) {
    const explanation = `${context.party} has revoked the key of ${revoked.id} from an entry at or before this one on.`;
    return refused("officer-revoked", explanation, { drafter, releaser });
  }
  const stale = message.expires !== null && now > message.expires;
  return { ok: true, message, hash, drafter, releaser, sole: officers === 2 && drafter === null, stale };
}

type Fault = readonly [RefusedWhy | DeclaredFault, string] | null;

/** Faults of bytes and signatures that have a name of their own. */
const UNREADABLE: Readonly<Record<string, Refused["fault"]>> = {
  "message-newer": "newer-version",
  "signature-invalid": "signature",
};

/** Reads the bytes and checks both signatures over them; refused where that cannot be done. */
export function readSigned(suite: Suite, signed: SignedMessage): Verified | Refused {
  return readable(() => verifySigned(suite, signed));
}

/** The same of a message whose signatures somebody has looked at already; `unsigned` says why one does not hold. */
export function readLooked(
  bytes: Bytes,
  looked: (Signatures & Pick<Verified, "hash">) | { readonly unsigned: string },
): Verified | Refused {
  const read = readable(() => decodeMessage(bytes));
  if ("ok" in read) return read;
  if ("unsigned" in looked) return refusedUnread("signature", looked.unsigned);
  return { bytes, message: read, ...looked };
}

function readable<Read>(read: () => Read): Read | Refused {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return refusedUnread(UNREADABLE[error.code] ?? "malformed", error.message);
  }
}

function refusedUnread(fault: Refused["fault"], explanation: string): Refused {
  return { ok: false, fault, explanation, message: null, hash: null, signers: null };
}

function termsFault(context: MessageContext, message: Message): Fault {
  const { charter } = context;
  if (message.line !== context.line) return ["wrong-line", "It was signed for another line."];
  if (context.hasLeft) return ["party-left", `${context.party} had left the line before this was logged.`];
  if (message.from !== context.party) {
    return ["not-the-author", `It says that it is by ${message.from}, and stands in the log of ${context.party}.`];
  }
  if (message.charter !== context.charterHash) return ["wrong-charter", "It was signed under another charter."];
  if (message.exercise !== charter.exercise) {
    const expected = charter.exercise ? "bears EXERCISE" : "is no exercise";
    return ["not-an-exercise", `Everything said on this line ${expected}.`];
  }
  const always = ALWAYS_ALLOWED.includes(message.kind);
  if (!always && isContentKind(message.kind) && !charter.kinds.includes(message.kind)) {
    return ["kind-not-allowed", `The charter does not allow the kind ${message.kind}.`];
  }
  if (!always && charter.expires_at !== null && message.at > charter.expires_at) {
    return ["line-expired", "The charter had expired when it was drafted."];
  }
  // By its author's own log alone: how another party's suspension and this message lie to each other, no log says.
  if (!always && context.roster.standing.state === "suspended") {
    return ["line-suspended", `${context.party} had suspended the line before it said this.`];
  }
  if (context.isRepeated(message.from, message.id)) return ["repeated-id", "Its id was used before."];
  return null;
}

/** What it refers to is there, and is something that it can refer to. */
function targetFault(context: MessageContext, message: Message, target: Target | null): Fault {
  if (message.re === null) return null;
  if (target === null) return ["unknown-target", "The message that it refers to is not held here."];
  const about = target.message;
  const own = about.from === message.from;
  switch (message.re.relation) {
    case "supersedes":
      if (!own) return ["not-the-author", "Only its author replaces a message."];
      return about.kind === message.kind ? null : ["unknown-target", "It replaces a message of another kind."];
    case "withdraws":
    case "countersigns":
      return own ? null : ["not-the-author", "It refers to what another party said."];
    case "reads":
    case "reads-back":
      return own ? ["unknown-target", "A party reads what others said."] : null;
    case "answers":
      break;
  }
  return message.kind === "answer" ? answersFault(context, message, about) : null;
}

function answersFault(context: MessageContext, message: MessageOf<"answer">, about: Message): Fault {
  const said = about.kind === "answer" && about.re !== null ? context.target(about.re.message)?.message : undefined;
  const fault = answerFault(message, about, said?.kind === "stance" ? said : null);
  if (fault === null) return null;
  return ["answer-not-allowed", `${message.body.answer} is not an answer that ${message.from} can give to this.`];
}

const WHY: Readonly<Record<OfficersFault, readonly [RefusedWhy, (signers: Asked) => string]>> = {
  "drafter-role": ["role", ({ drafter }) => `${drafter?.id ?? ""} has no role that drafts.`],
  "releaser-role": ["role", ({ releaser }) => `${releaser.id} has no role that releases this.`],
  "countersigns-own": ["same-person", () => "It is counter-signed by the person who released it alone."],
  "second-officer": ["second-officer", () => "It needs a second officer, and only one signed."],
  "same-person": ["same-person", () => "Both signatures are by one person."],
  "sole-reason-needless": ["sole-reason", () => "It gives a reason for a sole release, and is none."],
};

type Asked = Pick<OfficersQuestion, "drafter" | "releaser">;

function signersFault(question: OfficersQuestion): Fault {
  const fault = officersFault(question);
  if (fault === null) return null;
  const [why, explain] = WHY[fault];
  return [why, explain(question)];
}
