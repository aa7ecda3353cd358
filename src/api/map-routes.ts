/** The routes of the map and of the search. */
import * as map from "./map.ts";
import type { Route } from "./route.ts";

export const MAP_ROUTES = {
  mapView: {
    method: "get",
    path: "/api/map",
    access: "see the line",
    query: map.mapQuery,
    reply: map.mapReply,
    tag: "messages",
    summary: "What was told and what is private within a view: so many shapes, the rest counted, nothing left out",
  },
  mapExtent: {
    method: "get",
    path: "/api/map/extent",
    access: "see the line",
    reply: map.extentReply,
    tag: "messages",
    summary: "The box round everything that the map can show",
  },
  search: {
    method: "get",
    path: "/api/search",
    access: "see the line",
    query: map.searchQuery,
    reply: map.searchReply,
    tag: "messages",
    summary: "Everything said that passes: words, place, time, party, kind, state; newest first",
  },
  toldFile: {
    method: "get",
    path: "/api/told",
    access: "see the line",
    query: map.toldQuery,
    reply: map.toldReply,
    tag: "messages",
    summary: "What was told and is in force, as a file for spreadsheets, maps and devices; nothing private is in it",
  },
} as const satisfies Record<string, Route>;
