/**
 * Every route of a node, as data. The server registers its handlers from this table, the typed client is derived from
 * it, and so is the OpenAPI document; none of them writes a path or a shape of its own.
 */
import { HANDOVER_ROUTES } from "./handover-routes.ts";
import { CARRIER_ROUTES, LINE_ROUTES, LOG_ROUTES, SESSION_ROUTES } from "./line-routes.ts";
import { LIST_ROUTES } from "./lists.ts";
import { MAP_ROUTES } from "./map-routes.ts";
import { DRAFT_ROUTES, MESSAGE_ROUTES, PLAN_ROUTES } from "./message-routes.ts";
import { PLAN_STATE_ROUTES } from "./plan-routes.ts";
import { PARCEL_ROUTES } from "./parcel-routes.ts";
import type { Route } from "./route.ts";
import { TABLE_ROUTES } from "./table-routes.ts";
import { WATCH_ROUTES } from "./watch-routes.ts";

export const ROUTES = {
  ...SESSION_ROUTES,
  ...LINE_ROUTES,
  ...MESSAGE_ROUTES,
  ...LIST_ROUTES,
  ...MAP_ROUTES,
  ...DRAFT_ROUTES,
  ...PLAN_ROUTES,
  ...PLAN_STATE_ROUTES,
  ...TABLE_ROUTES,
  ...WATCH_ROUTES,
  ...HANDOVER_ROUTES,
  ...LOG_ROUTES,
  ...CARRIER_ROUTES,
  ...PARCEL_ROUTES,
} as const satisfies Record<string, Route>;

export type RouteId = keyof typeof ROUTES;
export type RouteOf<Id extends RouteId> = (typeof ROUTES)[Id];
