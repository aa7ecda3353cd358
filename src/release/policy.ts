/** Who may release what: the rule of the table in spec/kinds.md, of the charter, and of the roster, in one function. */
import { type Charter, type Enrolled, officersFault, type OfficersFault } from "../line/index.ts";
import { ALWAYS_ALLOWED, isContentKind, type Message, officersToRelease } from "../message/index.ts";
import { finerThanFloor } from "./coarsen.ts";

export type ReleaseTerms = Pick<Charter, "kinds" | "exercise" | "sole_release" | "precision_floor_m">;

type ReleaseFault = "kind-not-allowed" | "not-an-exercise" | "precision-too-fine" | OfficersFault;

export type ReleaseVerdict =
  | {
      readonly ok: true;
      readonly officers: 1 | 2;
      /** A second officer's signature is still owed. */ readonly owed: boolean;
    }
  | { readonly ok: false; readonly code: ReleaseFault; readonly reason: string };

export interface ReleaseQuestion {
  readonly charter: ReleaseTerms;
  readonly message: Message;
  /** What the message answers, withdraws or counter-signs; null where it stands alone or is not at hand. */
  readonly target: Message | null;
  /** Null where nobody but the releaser signs. */
  readonly drafter: Enrolled | null;
  readonly releaser: Enrolled;
  /** Who released the target alone, where this message counter-signs it. */
  readonly soleReleaser?: Enrolled | null;
}

/** Whether these officers may release this message now, and if not, why not. */
export function releasePolicy(question: ReleaseQuestion): ReleaseVerdict {
  const officers = officersToRelease(question.message, question.target);
  return (
    termsFault(question) ?? signersFault(question, officers) ?? { ok: true, officers, owed: isOwed(question, officers) }
  );
}

function isOwed({ drafter, message }: ReleaseQuestion, officers: 1 | 2): boolean {
  return officers === 2 && drafter === null && message.sole_reason !== null;
}

function refuse(code: ReleaseFault, reason: string): ReleaseVerdict {
  return { ok: false, code, reason };
}

function termsFault({ charter, message }: ReleaseQuestion): ReleaseVerdict | null {
  const { kind } = message;
  const allowed = ALWAYS_ALLOWED.includes(kind) || (isContentKind(kind) && charter.kinds.includes(kind));
  if (!allowed) return refuse("kind-not-allowed", `The charter of this line does not allow a ${kind}.`);
  if (message.exercise !== charter.exercise) {
    const needed = charter.exercise ? "must be marked EXERCISE" : "is not an exercise";
    return refuse("not-an-exercise", `What is said on this line ${needed}.`);
  }
  if (finerThanFloor(message, charter.precision_floor_m)) {
    const floor = `${charter.precision_floor_m} m`;
    return refuse(
      "precision-too-fine",
      `The charter lets no position out that is more precise than ${floor}: coarsen it.`,
    );
  }
  return null;
}

function signersFault(question: ReleaseQuestion, officers: 1 | 2): ReleaseVerdict | null {
  const { charter, message, drafter, releaser, soleReleaser } = question;
  const targetReleasedBy = soleReleaser?.person ?? null;
  const fault = officersFault({ charter, message, officers, drafter, releaser, targetReleasedBy });
  return fault === null ? null : refuse(fault, WORDS[fault](question));
}

const WORDS: Readonly<Record<OfficersFault, (question: ReleaseQuestion) => string>> = {
  "drafter-role": ({ drafter }) => `${drafter?.id ?? ""} has no role that drafts.`,
  "releaser-role": ({ releaser, message }) => `${releaser.id} has no role that releases a ${message.kind}.`,
  "countersigns-own": ({ releaser }) => `${releaser.id} released it alone: another person counter-signs.`,
  "same-person": ({ drafter, releaser }) =>
    `${drafter?.id ?? ""} and ${releaser.id} are one person: another releases what one drafted.`,
  "second-officer": ({ charter, message }) => {
    const otherwise = charter.sole_release
      ? "or a reason why one releases it alone"
      : "and the charter allows no sole release";
    return `A ${message.kind} needs a second officer's signature, ${otherwise}.`;
  },
  "sole-reason-needless": () => "It gives a reason for a sole release, and is none: draft it again without.",
};
