import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { href, parseRoute, type Route } from "../../src/console/route.ts";

test("every address leads back to its route", () => {
  const hash = "ab".repeat(32);
  const routes: Route[] = [
    { page: "watch" },
    { page: "inbox" },
    { page: "table" },
    { page: "knows" },
    { page: "map" },
    { page: "drafts" },
    { page: "plans" },
    { page: "line" },
    { page: "message", hash },
    { page: "readback", hash },
    { page: "answer", hash },
    { page: "lists" },
    { page: "list", from: "relief", id: "0f".repeat(16) },
    { page: "bring", list: null },
    { page: "bring", list: "0f".repeat(16) },
    { page: "answer", hash, only: true },
    { page: "write", kind: "site", about: null, list: "0f".repeat(16) },
    { page: "write", kind: "site", about: null, corrects: hash, scratch: "ab".repeat(16) },
    { page: "draft", id: "0f".repeat(16) },
    { page: "write", kind: "movement", about: null },
    { page: "write", kind: "query", about: hash },
  ];
  for (const route of routes) assert.deepEqual(parseRoute(href(route)), route);
});

test("any other fragment leads to the inbox or to a page that says it knows nothing of it", () => {
  fc.assert(fc.property(fc.string(), (fragment) => typeof parseRoute(fragment).page === "string"));
});
