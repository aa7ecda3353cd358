/**
 * Who may release a message: the one rule that its author's node keeps and every receiver checks again
 * (spec/kinds.md, "Release, answers, deadlines").
 */
import type { Message } from "../../message/index.ts";
import type { PersonId } from "../../wire/id.ts";
import type { Charter } from "./charter.ts";
import type { Officer, Role } from "./roster.ts";

/** An officer as the roster enrols him: two keys of one person are one officer. */
export type Enrolled = Pick<Officer, "id" | "person" | "roles">;

const DRAFT_ROLES: readonly Role[] = ["watch", "drafter", "planner", "releaser"];
/** What one officer releases, whoever is on watch releases. */
const ONE_OFFICER_ROLES: readonly Role[] = ["watch", "releaser"];
const RELEASE_ROLES: readonly Role[] = ["releaser"];

export function mayDraft(roles: readonly Role[]): boolean {
  return roles.some((role) => DRAFT_ROLES.includes(role));
}

/** `officers` is how many different persons the message needs. */
export function mayRelease(roles: readonly Role[], officers: 1 | 2): boolean {
  return roles.some((role) => (officers === 1 ? ONE_OFFICER_ROLES : RELEASE_ROLES).includes(role));
}

export type OfficersFault =
  | "drafter-role"
  | "releaser-role"
  | "same-person"
  | "second-officer"
  | "sole-reason-needless"
  | "countersigns-own";

export interface OfficersQuestion {
  readonly charter: Pick<Charter, "sole_release">;
  readonly message: Pick<Message, "kind" | "sole_reason">;
  /** How many different persons the message needs (officersToRelease). */
  readonly officers: 1 | 2;
  /** Null where nobody but the releaser signs. */
  readonly drafter: Enrolled | null;
  readonly releaser: Enrolled;
  /** Who released the target, where this message counter-signs it. */
  readonly targetReleasedBy: PersonId | null;
}

/** Why these officers may not release this message; null where they may. */
export function officersFault(question: OfficersQuestion): OfficersFault | null {
  const { message, officers, drafter, releaser, targetReleasedBy } = question;
  if (drafter !== null && !mayDraft(drafter.roles)) return "drafter-role";
  if (!mayRelease(releaser.roles, officers)) return "releaser-role";
  if (message.kind === "countersignature" && targetReleasedBy === releaser.person) return "countersigns-own";
  const alone = officers === 2 && drafter === null;
  if (alone) return question.charter.sole_release && message.sole_reason !== null ? null : "second-officer";
  if (officers === 2 && drafter?.person === releaser.person) return "same-person";
  // The reason leaves a counter-signature owed: where none is, it would say what is not so.
  return message.sole_reason === null ? null : "sole-reason-needless";
}
