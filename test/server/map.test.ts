/** The map's view and the search over real nodes: counts add up, the two agree, what is private stays with who may see it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DraftRequest, MapReply } from "../../src/api/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, until } from "../support/nodes.ts";

const site = (i: number): DraftRequest["items"][number] => ({
  kind: "site",
  subject: `Hospital ${i}`,
  body: {
    category: "hospital",
    footprint: {
      type: "circle",
      centre: { lat: 36 + (i % 20) / 10, lon: 43 + Math.floor(i / 20) / 10 },
      radius_m: 200,
    },
    names: [{ lang: "ar", text: `مستشفى الموصل ${i}` }],
  },
});

const WORLD = { west: 38, south: 32, east: 49, north: 38.5 };
const told = (view: MapReply) => new Set(view.shapes.filter(({ type }) => type === "message").map(({ id }) => id));

test("map and search agree under every filter, and what is private is for those who may see it", async () => {
  const line = await makeLine();
  const nodes = await startNodes(line);
  const [relief, north] = [desk(line.party("relief")), desk(line.party("northern"))];
  try {
    const sites = await relief.tell({ items: Array.from({ length: 40 }, (_, i) => site(i)), list_name: "Hospitals" });
    const [convoy] = (await relief.tell(movementRequest("Convoy to Sinjar"))) as [string];
    await relief.tell({ items: [{ kind: "text", subject: "Greetings", body: { words: "Good morning, Sinjar." } }] });
    const watch = await north.as("watch-1");
    await until("all of it", async () => (await watch.search({ query: {} })).total >= 42);
    const planner = await north.as("planner-1");
    const plan = {
      id: "MSN-1",
      name: "Night lift",
      category: "flight",
      remarks: "",
      volumes: [
        {
          footprint: { type: "circle" as const, centre: { lat: 36, lon: 43 }, radius_m: 500 },
          height: null,
          window: { start: null, end: null },
        },
      ],
    };
    await planner.putPlans({ body: { items: [plan] } });

    const view = await watch.mapView({ query: { ...WORLD, zoom: 8 } });
    const few = await watch.mapView({ query: { ...WORLD, zoom: 8, most: 5 } });
    assert.ok(few.shapes.length <= 5 && few.cells.length > 0);
    assert.equal(few.total, view.total);
    assert.equal(few.shapes.length + few.cells.reduce((sum, cell) => sum + cell.told + cell.private, 0), few.total);
    assert.equal(view.total, 42);
    assert.equal(view.shapes.length + view.cells.reduce((sum, cell) => sum + cell.told + cell.private, 0), view.total);
    const mine = view.shapes.find(({ type }) => type === "plan");
    assert.deepEqual([mine?.name, mine?.from, mine?.conflict !== null], ["Night lift", null, true]);
    assert.ok(
      view.conflicts.length > 0 && view.shapes.some(({ id, conflict }) => id === sites[0] && conflict !== null),
    );
    const route = view.shapes.find(({ id }) => id === convoy);
    assert.equal(route?.motion?.times.length, 2);

    const admin = await north.as("admin-1");
    const bare = await admin.mapView({ query: { ...WORLD, zoom: 8 } });
    assert.deepEqual(
      [bare.total, bare.conflicts.length, bare.shapes.filter(({ conflict }) => conflict !== null).length],
      [41, 0, 0],
    );

    const queries: Record<string, string | number>[] = [
      { text: "موصل" },
      { text: "مُستَشفي" },
      { text: "hosp 1" },
      { text: "Sinjar" },
      { kinds: "movement" },
      { kinds: "site", from: "relief" },
      { from: "southern" },
      { states: "withdrawn" },
      { until: Date.now() + 60_000 },
      { text: '" OR words:*' },
    ];
    for (const query of queries) {
      const seen = await watch.mapView({ query: { ...WORLD, zoom: 8, ...query } });
      const found = await watch.search({ query: { ...WORLD, ...query, limit: 1000 } });
      assert.deepEqual(told(seen), new Set(found.messages.map(({ hash }) => hash)), JSON.stringify(query));
      assert.equal(found.total, found.messages.length);
    }
    const count = async (query: object) => (await watch.search({ query })).total;
    assert.deepEqual(
      [await count({ text: "موصل" }), await count({ text: "sinjar" }), await count({ kinds: "movement" })],
      [40, 2, 1],
      "the hospitals by their Arabic name however it is spelt; the convoy and the greeting",
    );
    const first = await watch.search({ query: { limit: 30 } });
    const second = await watch.search({ query: { limit: 30, before: first.more ?? "" } });
    assert.equal(new Set([...first.messages, ...second.messages].map(({ hash }) => hash)).size, first.total);
    assert.equal(second.more, null);

    const before = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await relief.tell({
      items: [
        {
          kind: "withdrawal",
          subject: "Convoy cancelled",
          body: { scope: "message", reason: "Cancelled." },
          re: { relation: "withdraws", message: convoy },
        },
      ],
    });
    await until("the withdrawal", async () => (await count({ states: "withdrawn" })) === 1);
    const now = await watch.mapView({ query: { ...WORLD, zoom: 8, states: "in-force" } });
    const then = await watch.mapView({ query: { ...WORLD, zoom: 8, states: "in-force", as_of: before } });
    assert.deepEqual([told(now).has(convoy), told(then).has(convoy)], [false, true], "as it was known then");
    assert.equal(then.shapes.filter(({ type }) => type !== "message").length, 0, "what is private has no past here");

    const refused = [
      { kinds: "site,nothing" },
      { from: "strangers" },
      { states: "gone" },
      { west: 1 },
      { before: "nowhere" },
    ];
    for (const query of refused) {
      await assert.rejects(
        watch.search({ query }),
        (error) => isParleyError(error, "request-malformed"),
        JSON.stringify(query),
      );
    }
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
