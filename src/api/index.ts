/** The node's API: what may be asked and answered, who may ask it, and a typed client for it. */
export { type CallOptions, type Client, type ClientOptions, createClient, errorBody, type Fetch } from "./client.ts";
export {
  type Draft,
  type DraftItem,
  type DraftItemRequest,
  type DraftRequest,
  type DraftSummary,
  type Learned,
} from "./drafts.ts";
export { API_ERRORS, apiError } from "./errors.ts";
export { formatEvent, readEvents } from "./events.ts";
export { type Log, type LogEntry, type NodeEvent } from "./logs.ts";
export {
  type Inbox,
  type InboxItem,
  type Ladder,
  type MessageDetail,
  type MessageSummary,
  type Notice,
  RUNGS,
  type Unopened,
} from "./messages.ts";
export { pathOf, type PathValues } from "./paths.ts";
export { type Access, allows, type Permission, PERMISSIONS, type Role, ROLES } from "./permissions.ts";
export { type Plan, type PlansChanged } from "./plans.ts";
export { type GivenReplyOf, type ParsedRequestOf, type ReplyOf, type RequestOf } from "./route-types.ts";
export { type Content, type Route } from "./route.ts";
export { type RouteId, type RouteOf, ROUTES } from "./routes.ts";
export {
  type CharterReply,
  type Doctor,
  type DoctorStep,
  type NodeFacts,
  type PeerStatus,
  type RosterReply,
  type Session,
  type Status,
} from "./session.ts";
export { type Conflict, type ErrorReply, errorReply, type Finding, type Json, type Rendered } from "./shapes.ts";
export { signIn } from "./sign-in.ts";
