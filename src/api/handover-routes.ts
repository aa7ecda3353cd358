import { z } from "zod";
import * as handovers from "./handovers.ts";
import type { Route } from "./route.ts";
import { handoverId, pageQuery } from "./shapes.ts";

const byId = z.strictObject({ id: handoverId });

export const HANDOVER_ROUTES = {
  handovers: {
    method: "get",
    path: "/api/handovers",
    access: "hand over the watch",
    query: pageQuery,
    reply: handovers.handoversReply,
    tag: "watch",
    summary: "Watches that were handed over, newest first",
  },
  handover: {
    method: "get",
    path: "/api/handovers/{id}",
    access: "hand over the watch",
    params: byId,
    reply: handovers.handover,
    tag: "watch",
    summary: "One watch that was handed over, with both signatures",
  },
  composeHandover: {
    method: "post",
    path: "/api/handovers",
    access: "hand over the watch",
    body: handovers.composeRequest,
    reply: handovers.handover,
    tag: "watch",
    summary: "What is open now, with your words, as the bytes to be signed; nothing is kept before they are",
  },
  giveHandover: {
    method: "post",
    path: "/api/handovers/{id}/give",
    access: "hand over the watch",
    params: byId,
    body: handovers.handoverSignature,
    reply: handovers.handover,
    tag: "watch",
    summary: "The signature of the officer whose watch ends",
  },
  takeHandover: {
    method: "post",
    path: "/api/handovers/{id}/take",
    access: "hand over the watch",
    params: byId,
    body: handovers.handoverSignature,
    reply: handovers.handover,
    tag: "watch",
    summary: "The signature of the officer who takes the watch: another person",
  },
} as const satisfies Record<string, Route>;
