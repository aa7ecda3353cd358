/** Who may release what: the rule of the table in spec/kinds.md, of the charter, and of the roster, in one function. */
import { type Charter, mayDraft, mayRelease, type Roster } from "../line/index.ts";
import { ALWAYS_ALLOWED, isContentKind, type Message, officersToRelease } from "../message/index.ts";
import { finerThanFloor } from "./coarsen.ts";

/** An officer as the roster enrols him: two keys of one person are one officer. */
export type Enrolled = Pick<Roster["officers"][number], "id" | "person" | "roles">;
export type ReleaseTerms = Pick<Charter, "kinds" | "exercise" | "sole_release" | "precision_floor_m">;

export const RELEASE_FAULTS = [
  "kind-not-allowed",
  "not-an-exercise",
  "drafter-role",
  "releaser-role",
  "same-person",
  "second-officer",
  "sole-reason-needless",
  "countersigns-own",
  "precision-too-fine",
] as const;
export type ReleaseFault = (typeof RELEASE_FAULTS)[number];

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
    termsFault(question) ??
    officersFault(question, officers) ?? { ok: true, officers, owed: isOwed(question, officers) }
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

function officersFault(question: ReleaseQuestion, officers: 1 | 2): ReleaseVerdict | null {
  const { drafter, releaser, message, soleReleaser } = question;
  if (drafter !== null && !mayDraft(drafter.roles)) {
    return refuse("drafter-role", `${drafter.id} has no role that drafts.`);
  }
  if (!mayRelease(releaser.roles, officers)) {
    return refuse("releaser-role", `${releaser.id} has no role that releases a ${message.kind}.`);
  }
  if (message.kind === "countersignature" && soleReleaser?.person === releaser.person) {
    return refuse("countersigns-own", `${releaser.id} released it alone: another person counter-signs.`);
  }
  return officers === 2 ? pairFault(question) : needless(message);
}

function pairFault({ charter, message, drafter, releaser }: ReleaseQuestion): ReleaseVerdict | null {
  if (drafter !== null && drafter.person !== releaser.person) return needless(message);
  const sole = charter.sole_release && message.sole_reason !== null;
  if (drafter === null && sole) return null;
  if (drafter !== null) {
    return refuse("same-person", `${drafter.id} and ${releaser.id} are one person: another releases what one drafted.`);
  }
  const why = charter.sole_release ? "or a reason why one releases it alone" : "and the charter allows no sole release";
  return refuse("second-officer", `A ${message.kind} needs a second officer's signature, ${why}.`);
}

function needless({ sole_reason }: Message): ReleaseVerdict | null {
  return sole_reason === null
    ? null
    : refuse("sole-reason-needless", "It gives a reason for a sole release, and is none: draft it again without.");
}
