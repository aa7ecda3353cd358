import assert from "node:assert/strict";
import { test } from "node:test";
import { allows, PERMISSIONS, ROUTES, type RouteId } from "../../src/api/index.ts";
import { ROLES, type Role } from "../../src/line/index.ts";

const may = (role: Role): RouteId[] =>
  (Object.keys(ROUTES) as RouteId[]).filter(
    (id) => allows(ROUTES[id].access, [role]) && ROUTES[id].access !== "anyone",
  );

test("nobody without a role gets further than signing in and out", () => {
  const open = (Object.keys(ROUTES) as RouteId[]).filter((id) => allows(ROUTES[id].access, []));
  assert.deepEqual(open.toSorted(), [
    "challenge",
    "closeSession",
    "exchange",
    "health",
    "node",
    "openSession",
    "session",
  ]);
});

test("every permission is asked for by a route, and given to a role", () => {
  const asked = new Set<string>(Object.values(ROUTES).map(({ access }) => access));
  for (const [permission, roles] of Object.entries(PERMISSIONS)) {
    assert.ok(asked.has(permission), permission);
    assert.ok(roles.length > 0, permission);
  }
});

test("who sees and changes plans is a short list, and an auditor changes nothing", () => {
  const sees = ROLES.filter((role) => may(role).includes("plans"));
  assert.deepEqual(sees, ["watch", "releaser", "planner"]);
  assert.deepEqual(
    ROLES.filter((role) => may(role).includes("putPlans")),
    ["planner"],
  );
  assert.deepEqual(
    ROLES.filter((role) => may(role).includes("publishRoster")),
    ["administrator"],
  );
  const changes = may("auditor").filter((id) => ROUTES[id].method !== "get");
  // That somebody looks at a page changes nothing of what is kept.
  assert.deepEqual(changes, ["closeSession", "here"]);
});
