/** Where this side's own policy requires it, nothing leaves before place and time were entered again; and conflicts are capped, worst first. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MOST_DRAFT_CONFLICTS } from "../../src/api/index.ts";
import { signCose } from "../../src/crypto/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { parley } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startProcess } from "../support/nodes.ts";

const PASSPHRASE = "correct horse";

function requireReKey(dir: string): void {
  const file = join(dir, "parley.toml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, `re_key = "required"\n${text}`);
}

const site = (i: number) => ({
  kind: "site" as const,
  subject: `School ${i}`,
  body: { category: "school", footprint: { type: "point", at: { lat: 36 + i / 100, lon: 43 } } },
});

test("a release without what the node chose, or with a slip in it, is refused; an alert is never held up", async () => {
  const line = await makeLine({ passphrase: PASSPHRASE });
  const party = line.party("northern");
  requireReKey(party.dir);
  const node = await startProcess(party);
  try {
    const [drafter, releaser] = await Promise.all(["watch-1", "watch-2"].map((name) => desk(party).as(name)));
    assert.ok(drafter !== undefined && releaser !== undefined);
    const sign = async (
      label: "parley/v1/drafted" | "parley/v1/released",
      name: string,
      items: readonly { bytes: string }[],
    ) => {
      const { signer } = party.officers[name] ?? assert.fail(name);
      return Promise.all(items.map(async ({ bytes }) => toBase64(await signCose(label, fromBase64(bytes), signer))));
    };
    const scratch = { id: "cd".repeat(16), kind: "site" as const, subject: "Schools" };
    const items = Array.from({ length: 9 }, (_, i) => site(i));
    const { id, items: made, re_key } = await drafter.createDraft({ body: { items, list_name: "Schools" } });
    await drafter.keepScratch({ body: { ...scratch, form: { value: {}, draft: id } } });
    assert.deepEqual([re_key.required, re_key.items.length], [true, 3]);
    assert.deepEqual((await releaser.draft({ params: { id } })).re_key, re_key, "the same sample for everybody");
    await drafter.signDraft({ params: { id }, body: { signatures: await sign("parley/v1/drafted", "watch-1", made) } });
    const signatures = await sign("parley/v1/released", "watch-2", made);
    const entered = (slip: number) =>
      re_key.items.map((item, i) => {
        const position = { lat: 36 + item / 100 + (i === 0 ? slip : 0), lon: 43 };
        return { item, entries: [{ field: "footprint.at", position, at: null, height_m: null }] };
      });
    const other = [0, 1, 2, 3, 4, 5, 6, 7, 8].find((i) => !re_key.items.includes(i)) as number;
    for (const re_keyed of [
      [],
      entered(0).slice(1),
      entered(0.001),
      entered(0).map((each) => ({ ...each, item: other })),
    ]) {
      const body = { signatures, confirmed_findings: true, re_keyed };
      await assert.rejects(releaser.releaseDraft({ params: { id }, body }), (error) =>
        isParleyError(error, "draft-not-re-keyed"),
      );
    }
    assert.equal((await drafter.scratches()).items.length, 1);
    const body = { signatures, confirmed_findings: true, re_keyed: entered(0) };
    assert.equal((await releaser.releaseDraft({ params: { id }, body })).released.length, 9);
    assert.deepEqual((await drafter.scratches()).items, [], "what was half-written goes with the draft that it became");

    const stop = {
      kind: "alert" as const,
      subject: "Stop",
      body: {
        alert: "STOP",
        volumes: [
          { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
        ],
      },
    };
    await desk(party).tell({ items: [stop] }, { drafter: null, releaser: "watch-1" });

    // The command line asks for the same, and shows where the two differ and how far that is.
    const [convoy] = movementRequest().items;
    const draft = await drafter.createDraft({ body: { items: [convoy as never] } });
    await drafter.signDraft({
      params: { id: draft.id },
      body: { signatures: await sign("parley/v1/drafted", "watch-1", draft.items) },
    });
    const args = ["release", draft.id, "-y", "--confirm-findings", "--dir", party.dir, "--as", "watch-2"];
    const bare = await parley(args);
    assert.match(bare.stderr, /code: usage/);
    const route = (convoy as unknown as { body: { route: { position: { lat: number; lon: number }; at: number }[] } })
      .body.route;
    const again = (lat: number) =>
      route.flatMap(({ position, at }, i) => [
        "--again",
        `route.${i}.position=${(position.lat + (i === 1 ? lat : 0)).toFixed(5)} ${position.lon.toFixed(5)}`,
        "--again",
        `route.${i}.at=${new Date(at).toISOString()}`,
      ]);
    const slipped = await parley([...args, ...again(0.03)]);
    assert.match(slipped.stderr, /code: re-key-differs/);
    assert.match(slipped.stderr, /route\.1\.position +3[23]\d\d(\.\d)? m away/);
    assert.match(slipped.stderr, /drafted +36\.3\[5\]/);
    const done = await parley([...args, ...again(0)]);
    assert.match(done.stdout, /Released/);
  } finally {
    await node.stop();
    line.remove();
  }
});

test("of very many conflicts the worst are sent, and how many there are", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const node = await startProcess(party);
  try {
    const planner = await desk(party).as("planner-1");
    const window = { start: null, end: null };
    const place = (i: number) => ({ lat: 36 + i / 1e5, lon: 43 });
    const plan = (i: number) => ({
      id: `P-${i}`,
      name: `Plan ${i}`,
      category: "flight",
      remarks: "",
      volumes: [{ footprint: { type: "circle" as const, centre: place(i), radius_m: 10 }, height: null, window }],
    });
    await planner.putPlans({ body: { items: Array.from({ length: 80 }, (_, i) => plan(i)) } });
    const drafter = await desk(party).as("watch-1");
    const items = Array.from({ length: 20 }, (_, i) => site(i / 1000));
    const draft = await drafter.createDraft({ body: { items, list_name: "Dense" } });
    const sent = draft.items.flatMap(({ conflicts }) => conflicts);
    assert.deepEqual([draft.conflicts_count, sent.length], [1600, MOST_DRAFT_CONFLICTS]);
    assert.deepEqual(
      draft.items.map(({ conflicts_count }) => conflicts_count),
      Array.from({ length: 20 }, () => 80),
    );
    const checked = await drafter.checkDraft({ body: items[0] as never });
    assert.deepEqual([checked.conflicts_count, checked.conflicts.length], [80, 80]);
    const graves = ["critical", "high", "low"];
    const order = checked.conflicts.map(({ grave, distance_m }) => graves.indexOf(grave) * 1e9 + (distance_m ?? -1));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  } finally {
    await node.stop();
    line.remove();
  }
});
