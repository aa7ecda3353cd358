/** The routes of what a plan was certified for, and of GO and NO GO. */
import { z } from "zod";
import * as states from "./plan-states.ts";
import type { Route } from "./route.ts";
import { planId } from "./shapes.ts";

const byPlan = z.strictObject({ id: planId });

export const PLAN_STATE_ROUTES = {
  planStates: {
    method: "get",
    path: "/api/plan-states",
    access: "see plans",
    query: states.planStatesQuery,
    reply: states.planStatesReply,
    tag: "plans",
    summary: "Every plan's certificate, and GO or NO GO",
  },
  planState: {
    method: "get",
    path: "/api/plans/{id}/state",
    access: "see plans",
    params: byPlan,
    reply: states.planStateReply,
    tag: "plans",
    summary: "One plan's certificate, its conflicts, and GO or NO GO",
  },
  planSuggestions: {
    method: "get",
    path: "/api/plans/{id}/suggestions",
    access: "see plans",
    params: byPlan,
    reply: states.suggestionsReply,
    tag: "plans",
    summary: "The nearest changes that would clear a plan, and where along it the trouble lies; nothing is changed",
  },
  planCertificate: {
    method: "get",
    path: "/api/plans/{id}/certificate",
    access: "change plans",
    params: byPlan,
    query: states.certificateQuery,
    reply: "text",
    tag: "plans",
    summary: "The certificate as a file, signed anew at the newest heads (spec/certificate.md)",
  },
  goPlan: {
    method: "post",
    path: "/api/plans/{id}/go",
    access: "change plans",
    params: byPlan,
    body: states.goRequest,
    reply: states.planStateReply,
    tag: "plans",
    summary: "GO, on a certificate at the newest heads; refused with a breach that nobody has overridden",
  },
  noGoPlan: {
    method: "post",
    path: "/api/plans/{id}/no-go",
    access: "change plans",
    params: byPlan,
    body: states.noGoRequest,
    reply: states.planStateReply,
    tag: "plans",
    summary: "NO GO, with the reason",
  },
  overridePlan: {
    method: "post",
    path: "/api/plans/{id}/override",
    access: "change plans",
    params: byPlan,
    body: states.overrideRequest,
    reply: states.planStateReply,
    tag: "plans",
    summary: "Take one conflict upon oneself, with the reason; it counts while plan and conflict stay as they are",
  },
} as const satisfies Record<string, Route>;
