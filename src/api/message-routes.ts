/** The routes of what officers work with: messages, drafts, plans. */
import { z } from "zod";
import * as drafts from "./drafts.ts";
import * as messages from "./messages.ts";
import * as plans from "./plans.ts";
import type { Route } from "./route.ts";
import { draftId, hash, planId } from "./shapes.ts";

const byHash = z.strictObject({ hash });
const byDraft = z.strictObject({ id: draftId });
const byPlan = z.strictObject({ id: planId });

export const MESSAGE_ROUTES = {
  inbox: {
    method: "get",
    path: "/api/inbox",
    access: "see the line",
    reply: messages.inbox,
    tag: "messages",
    summary: "What waits for an officer, by when it is due",
  },
  messages: {
    method: "get",
    path: "/api/messages",
    access: "see the line",
    query: messages.messagesQuery,
    reply: messages.messagesReply,
    tag: "messages",
    summary: "What was told and heard, newest first",
  },
  message: {
    method: "get",
    path: "/api/messages/{hash}",
    access: "see the line",
    params: byHash,
    reply: messages.messageDetail,
    tag: "messages",
    summary: "One message with its bytes, signers, ladder and thread",
  },
  messageEvidence: {
    method: "get",
    path: "/api/messages/{hash}/evidence",
    access: "export evidence",
    params: byHash,
    reply: "bytes",
    tag: "messages",
    summary: "The evidence of one message, which a stranger can verify",
  },
  export: {
    method: "get",
    path: "/api/export",
    access: "export evidence",
    query: messages.exportQuery,
    reply: "bytes",
    tag: "messages",
    summary: "The evidence of a period, which a stranger can verify",
  },
  notices: {
    method: "get",
    path: "/api/notices",
    access: "see the line",
    reply: messages.notices,
    tag: "messages",
    summary: "What the nodes said by themselves, newest first",
  },
  unopened: {
    method: "get",
    path: "/api/unopened",
    access: "see the line",
    reply: messages.unopenedReply,
    tag: "messages",
    summary: "Entries that are held and cannot be read, and which side must act",
  },
} as const satisfies Record<string, Route>;

export const DRAFT_ROUTES = {
  drafts: {
    method: "get",
    path: "/api/drafts",
    access: "see drafts",
    reply: drafts.draftsReply,
    tag: "drafts",
    summary: "Drafts that wait and drafts that are done, newest first",
  },
  createDraft: {
    method: "post",
    path: "/api/drafts",
    access: "write drafts",
    body: drafts.draftRequest,
    reply: drafts.draft,
    tag: "drafts",
    summary: "Draft one message, or a list; the reply holds the bytes to be signed",
  },
  draft: {
    method: "get",
    path: "/api/drafts/{id}",
    access: "see drafts",
    params: byDraft,
    reply: drafts.draft,
    tag: "drafts",
    summary: "One draft: the bytes, what they say, who would receive it, what they would newly learn",
  },
  signDraft: {
    method: "post",
    path: "/api/drafts/{id}/sign",
    access: "sign drafts",
    params: byDraft,
    body: drafts.signRequest,
    reply: drafts.draft,
    tag: "drafts",
    summary: "The drafter's signatures, one an item",
  },
  releaseDraft: {
    method: "post",
    path: "/api/drafts/{id}/release",
    access: "release drafts",
    params: byDraft,
    body: drafts.releaseRequest,
    reply: drafts.releaseReply,
    tag: "drafts",
    summary: "The releaser's signatures; answered once the log has it on disk",
  },
  refuseDraft: {
    method: "post",
    path: "/api/drafts/{id}/refuse",
    access: "refuse drafts",
    params: byDraft,
    body: drafts.refuseRequest,
    reply: drafts.draft,
    tag: "drafts",
    summary: "Refuse to release, with the reason",
  },
  deleteDraft: {
    method: "delete",
    path: "/api/drafts/{id}",
    access: "write drafts",
    params: byDraft,
    reply: "nothing",
    tag: "drafts",
    summary: "Throw away a draft that was not released",
  },
} as const satisfies Record<string, Route>;

export const PLAN_ROUTES = {
  plans: {
    method: "get",
    path: "/api/plans",
    access: "see plans",
    reply: plans.plansReply,
    tag: "plans",
    summary: "This side's plans; they never leave the node",
  },
  putPlans: {
    method: "post",
    path: "/api/plans",
    access: "change plans",
    body: plans.plansRequest,
    reply: plans.plansChanged,
    tag: "plans",
    summary: "Add plans, or replace them by id, and learn what they conflict with",
  },
  deletePlan: {
    method: "delete",
    path: "/api/plans/{id}",
    access: "change plans",
    params: byPlan,
    reply: "nothing",
    tag: "plans",
    summary: "Remove a plan",
  },
  holdings: {
    method: "get",
    path: "/api/holdings",
    access: "see plans",
    reply: plans.plansReply,
    tag: "plans",
    summary: "What this side has in places and has not told",
  },
  putHoldings: {
    method: "post",
    path: "/api/holdings",
    access: "change plans",
    body: plans.plansRequest,
    reply: plans.plansChanged,
    tag: "plans",
    summary: "Add holdings, or replace them by id, and learn what they conflict with",
  },
  deleteHolding: {
    method: "delete",
    path: "/api/holdings/{id}",
    access: "change plans",
    params: byPlan,
    reply: "nothing",
    tag: "plans",
    summary: "Remove a holding",
  },
  check: {
    method: "post",
    path: "/api/check",
    access: "see conflicts",
    body: plans.checkRequest,
    reply: plans.conflictsReply,
    tag: "plans",
    summary: "Check volumes against all that this node knows, and keep nothing",
  },
  conflicts: {
    method: "get",
    path: "/api/conflicts",
    access: "see conflicts",
    reply: plans.conflictsReply,
    tag: "plans",
    summary: "Every conflict that holds now",
  },
} as const satisfies Record<string, Route>;
