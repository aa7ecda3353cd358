/** The node's API: what may be asked and answered, who may ask it, and a typed client for it. */
export { type Client, createClient, errorBody, type Fetch } from "./client.ts";
export {
  type Draft,
  type DraftItem,
  type DraftItemRequest,
  type DraftRequest,
  type DraftSummary,
  type Learned,
  MOST_DRAFT_CONFLICTS,
  type ReKeyed,
  type Scratch,
  LIST_LIMITS,
} from "./drafts.ts";
export type { DeclarationReply } from "./declarations.ts";
export { apiError } from "./errors.ts";
export { formatEvent } from "./events.ts";
export { type Handover } from "./handovers.ts";
export { itemsOfDifference, itemsOfRow } from "./list-items.ts";
export { type ListMember, type ListReply, type ListSummary, MATTERS, type Matter } from "./lists.ts";
export { MOST_LAPSED, type Log, type NodeEvent } from "./logs.ts";
export {
  type MapCell,
  type MapReply,
  type MapShape,
  MOST_CONFLICTS,
  MOST_LEFT,
  MOST_SHAPES,
  SAID_STATES,
  TOLD_FORMATS,
  type ToldFile,
  type ToldQuery,
} from "./map.ts";
export {
  type Inbox,
  type InboxItem,
  type InboxQuery,
  type Ladder,
  type MessageDetail,
  type MessageSummary,
  type Notice,
  type Unopened,
} from "./messages.ts";
export { allDrafts, allMembers, allMessages } from "./pages.ts";
export { pathOf } from "./paths.ts";
export { type Access, allows, EVENT_PERMISSIONS, PERMISSIONS } from "./permissions.ts";
export { type PlanState, type PlanStateReply, type Suggestions } from "./plan-states.ts";
export { type Plan } from "./plans.ts";
export { type GivenReplyOf, type ParsedRequestOf } from "./route-types.ts";
export { type Content, type Route } from "./route.ts";
export { type RouteId, ROUTES } from "./routes.ts";
export {
  type Doctor,
  type DoctorStep,
  type NodeFacts,
  type PeerStatus,
  type Way,
  type Departure,
  type Suspension,
  type Session,
  type Status,
} from "./session.ts";
export { type Conflict, type ConflictChange, errorReply, type Finding } from "./shapes.ts";
export { signIn } from "./sign-in.ts";
export { type Stances, type StanceView, type Statement, type StatementRequest, type WhoKnows } from "./table.ts";
export { inboxCsv, messagesCsv, plansCsv, stancesCsv } from "./list-csv.ts";
export { whoKnowsCsv } from "./who-knows-csv.ts";
export { type Alert, type Alerts, type LineHealth, type PresenceReply } from "./watch.ts";
export type { CarriedIn } from "./parcel-routes.ts";
