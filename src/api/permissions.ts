/**
 * Who may do what on a node: the one table. The server refuses by it, the console hides by it, and the documentation
 * is made from it. What a signature counts for on the line is not decided here but by the line's own rules.
 */
import type { NodeEvent } from "./logs.ts";
import { type Role, ROLES } from "../line/index.ts";

const EVERY = ROLES;
const WRITERS = ["watch", "drafter", "planner"] as const;

/** What an officer can ask of the node, and the roles any one of which suffices. */
export const PERMISSIONS = {
  "see the line": EVERY,
  "see drafts": ["watch", "drafter", "releaser", "planner"],
  "write drafts": [...WRITERS, "releaser"],
  "sign drafts": [...WRITERS, "releaser"],
  "release drafts": ["releaser", "watch"],
  "refuse drafts": ["releaser", ...WRITERS],
  "see plans": ["planner", "watch", "releaser"],
  "change plans": ["planner"],
  "see conflicts": ["planner", "watch", "releaser", "drafter"],
  "export evidence": ["watch", "releaser", "administrator", "auditor"],
  "see the node's health": ["administrator", "watch", "auditor"],
  "take alerts": ["watch", "releaser"],
  "hand over the watch": ["watch", "releaser"],
  "change the register": [...WRITERS, "releaser"],
  "carry parcels": ["watch", "releaser", "administrator"],
  "publish rosters": ["administrator"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** "anyone" needs no session; "signed-in" any officer of the party; a permission one of its roles. */
export type Access = "anyone" | "signed-in" | Permission;

/** Who hears of what has changed: an event says no more than its listener may ask for. */
export const EVENT_PERMISSIONS = {
  message: "see the line",
  receipt: "see the line",
  notice: "see the line",
  exchange: "see the line",
  log: "see the line",
  declaration: "see the line",
  alert: "see the line",
  presence: "see the line",
  statement: "see the line",
  handover: "hand over the watch",
  draft: "see drafts",
  plan: "see plans",
  conflict: "see conflicts",
  certificate: "see plans",
} as const satisfies Record<NodeEvent["type"], Permission>;

/** True where one of `roles` suffices for `access`. */
export function allows(access: Access, roles: readonly Role[]): boolean {
  if (access === "anyone" || access === "signed-in") return true;
  const sufficient: readonly Role[] = PERMISSIONS[access];
  return roles.some((role) => sufficient.includes(role));
}
