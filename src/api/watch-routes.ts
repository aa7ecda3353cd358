/** The routes of the watch. What they record stays with the own side. */
import { z } from "zod";
import type { Route } from "./route.ts";
import { hash } from "./shapes.ts";
import * as watch from "./watch.ts";

const byHash = z.strictObject({ hash });

export const WATCH_ROUTES = {
  alerts: {
    method: "get",
    path: "/api/alerts",
    access: "see the line",
    reply: watch.alertsReply,
    tag: "watch",
    summary: "Alerts that are open or were answered in the last day, and who is called next",
  },
  takeAlert: {
    method: "post",
    path: "/api/alerts/{hash}/take",
    access: "take alerts",
    params: byHash,
    body: watch.takeRequest,
    reply: watch.alert,
    tag: "watch",
    summary: "Take an alert in hand: the sound stops, the time to answer does not; told to nobody else",
  },
  passAlert: {
    method: "post",
    path: "/api/alerts/{hash}/pass",
    access: "take alerts",
    params: byHash,
    reply: watch.alert,
    tag: "watch",
    summary: "Say that you cannot take it: the next one is called at once",
  },
  lineHealth: {
    method: "get",
    path: "/api/health",
    access: "see the line",
    reply: watch.healthReply,
    tag: "watch",
    summary: "The line to each party: last round trip, clocks, backlog, receipts owed on both sides",
  },
  presence: {
    method: "get",
    path: "/api/presence",
    access: "see the line",
    reply: watch.presenceReply,
    tag: "watch",
    summary: "Who is at the desk with what, whether anybody looks, and whether the siren works",
  },
  here: {
    method: "post",
    path: "/api/presence",
    access: "see the line",
    body: watch.presenceRequest,
    reply: watch.presenceReply,
    tag: "watch",
    summary: "A page says every 15 s what it shows, and whether somebody uses it",
  },
} as const satisfies Record<string, Route>;
