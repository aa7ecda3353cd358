/** A line of two real nodes with so much said on it that a console has work to do. */
import type { DraftRequest } from "../../src/api/index.ts";
import type { Footprint, Position } from "../../src/geo/index.ts";
import { makeLine, type MadeLine, PARTIES } from "../../test/support/line.ts";
import { type Desk, desk, type NodeProcess, startProcess, until } from "../../test/support/nodes.ts";
import { copyOf, keepLine } from "../kept-line.ts";
import { volumeAt, type World, worldOf } from "../deconflict/world.ts";

/** Volumes in one activity: so many shapes come with few signatures. */
const IN_ONE = 100;
const IN_LIST = { site: 2500, activity: 100 } as const;
/** Activities lie beside the sites, not over them: a draft's own check would find a thousand conflicts in each. */
const BESIDE_DEG = 5;

/** Told one by one: each waits as a row of its own. */
const SINGLE_SHARE = 0.03;
/** Another number where what is kept would no longer be what is made. */
const VERSION = 1;

/** A line on which the second party told so much that a console has work to do, and its two nodes. */
export interface Full {
  readonly line: MadeLine;
  end(): Promise<void>;
}

export interface Sizes {
  readonly messages: number;
  readonly shapes: number;
}

type Say = (text: string) => void;

export async function fullLine(sizes: Sizes, say: Say): Promise<Full> {
  const { messages, shapes } = sizes;
  const name = `console-${VERSION}-${messages}-${shapes}`;
  const line = copyOf(await keepLine(name, (dir) => makeFull(dir, sizes, say)));
  const nodes: NodeProcess[] = [];
  const end = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  };
  try {
    for (const id of ["northern", "southern"]) nodes.push(await startProcess(line.party(id)));
    return { line, end };
  } catch (error) {
    await end();
    throw error;
  }
}

const volume = (world: World, i: number) => {
  const { footprint, height, window } = volumeAt(world, i);
  return { footprint: moved(footprint), height, window };
};

const east = ({ lat, lon }: Position): Position => ({ lat, lon: Number((lon + BESIDE_DEG).toFixed(9)) });

function moved(footprint: Footprint): Footprint {
  switch (footprint.type) {
    case "point":
      return { ...footprint, at: east(footprint.at) };
    case "circle":
      return { ...footprint, centre: east(footprint.centre) };
    case "corridor":
      return { ...footprint, line: footprint.line.map(east) };
    case "polygon":
      return { ...footprint, rings: footprint.rings.map((ring) => ring.map(east)) };
  }
}

/** `messages` in all, and `shapes` among them: activities of many volumes, sites of one, texts of none. */
async function makeFull(dir: string, { messages, shapes }: Sizes, say: Say): Promise<MadeLine> {
  say(`telling ${messages} messages with ${shapes} shapes (once)`);
  const line = await makeLine({
    dir,
    parties: PARTIES.slice(0, 2),
    terms: { area: { west: -180, south: -85, east: 180, north: 85 }, exchange_interval_s: 1 },
  });
  const nodes = await Promise.all(["northern", "southern"].map((id) => startProcess(line.party(id))));
  try {
    const world = worldOf(shapes);
    const texts = Math.ceil(messages * SINGLE_SHARE);
    const activities = Math.max(0, Math.ceil((shapes - (messages - texts)) / (IN_ONE - 1)));
    const sites = Math.max(0, messages - texts - activities);
    const south = desk(line.party("southern"));
    for (let i = 0; i < texts; i++) await south.tell({ items: [textItem(i)] });
    say(`told ${texts} texts`);
    await tellLists(
      south,
      Array.from({ length: sites }, (_, i) => siteItem(world, i)),
      say,
    );
    await tellLists(
      south,
      Array.from({ length: activities }, (_, i) => activityItem(world, sites + i * IN_ONE, shapes)),
      say,
    );
    const watch = await desk(line.party("northern")).as("watch-1");
    const told = texts + sites + activities;
    await until(
      "everything on the other side",
      async () => (await watch.search({ query: { limit: 1 } })).total >= told,
      600_000,
    );
    return line;
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
}

async function tellLists(south: Desk, items: DraftRequest["items"], say: Say): Promise<void> {
  const kind = items[0]?.kind;
  if (kind !== "site" && kind !== "activity") return;
  for (let from = 0; from < items.length; from += IN_LIST[kind]) {
    const part = items.slice(from, from + IN_LIST[kind]);
    await south.tell({ items: part, list_name: `${kind} ${from}` });
    say(`told ${from + part.length} of ${items.length}: ${kind}`);
  }
}

function textItem(i: number): DraftRequest["items"][number] {
  return { kind: "text", subject: `Word ${i}`, body: { words: "The road to the north is closed to lorries." } };
}

function siteItem(world: World, i: number): DraftRequest["items"][number] {
  const { footprint } = volumeAt(world, i);
  return { kind: "site", subject: `Site ${i}`, body: { category: "hospital", footprint: footprint } };
}

function activityItem(world: World, from: number, shapes: number): DraftRequest["items"][number] {
  const count = Math.max(1, Math.min(IN_ONE, shapes - from));
  const volumes = Array.from({ length: count }, (_, i) => volume(world, from + i));
  const body = { category: "firing", phase: "planned", precision_m: 100, volumes: volumes as never };
  return { kind: "activity", subject: `Firing ${from}`, body };
}
