/** A line of two real nodes with so much said on it that a console has work to do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DraftRequest } from "../../src/api/index.ts";
import type { Footprint, Position } from "../../src/geo/index.ts";
import { toBase64, utf8 } from "../../src/wire/bytes.ts";
import { makeLine, type MadeLine } from "../../test/support/line.ts";
import { desk, type NodeProcess, startProcess, until } from "../../test/support/nodes.ts";
import { volumeAt, type World, worldOf } from "../deconflict/world.ts";

export const PASSPHRASE = "a passphrase for the bench";
/** Volumes in one activity: so many shapes come with few signatures. */
const IN_ONE = 100;
const IN_LIST = { site: 2500, activity: 100 } as const;
/** Activities lie beside the sites, not over them: a draft's own check would find a thousand conflicts in each. */
const BESIDE_DEG = 5;

export interface Seeded {
  readonly line: MadeLine;
  readonly north: NodeProcess;
  readonly south: NodeProcess;
  end(): Promise<void>;
}

export interface Sizes {
  readonly messages: number;
  readonly shapes: number;
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

/** `messages` in all, and `shapes` among them: some activities of many volumes, the rest sites of one. */
export async function seedLine({ messages, shapes }: Sizes, say: (text: string) => void): Promise<Seeded> {
  const line = await makeLine({
    passphrase: PASSPHRASE,
    terms: { area: { west: -180, south: -85, east: 180, north: 85 }, exchange_interval_s: 1 },
  });
  const [north, south] = await Promise.all([
    startProcess(line.party("northern")),
    startProcess(line.party("southern")),
  ]);
  const end = async () => {
    await Promise.all([north.stop(), south.stop()]);
    line.remove();
  };
  try {
    const world = worldOf(shapes);
    const activities = Math.max(0, Math.ceil((shapes - messages) / (IN_ONE - 1)));
    const sites = Math.max(0, messages - activities);
    const items = (): DraftRequest["items"] => [
      ...Array.from({ length: sites }, (_, i) => siteItem(world, i)),
      ...Array.from({ length: activities }, (_, i) => activityItem(world, sites + i * IN_ONE, shapes)),
    ];
    await tell(line, items(), say);
    const watch = await desk(line.party("northern")).as("watch-1");
    await until(
      "everything on the other side",
      async () => (await watch.search({ query: { limit: 1 } })).total >= sites + activities,
      600_000,
    );
    return { line, north, south, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function tell(line: MadeLine, items: DraftRequest["items"], say: (text: string) => void): Promise<void> {
  const south = desk(line.party("southern"));
  for (const kind of ["site", "activity"] as const) {
    const ofKind = items.filter((item) => item.kind === kind);
    for (let from = 0; from < ofKind.length; from += IN_LIST[kind]) {
      const part = ofKind.slice(from, from + IN_LIST[kind]);
      await south.tell({ items: part, list_name: `${kind} ${from}` });
      say(`told ${from + part.length} of ${ofKind.length}: ${kind}`);
    }
  }
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

/** The address that signs an officer in without a hand: nodes of an exercise take it. */
export function linkOf(line: MadeLine, party: string, officer: string, goTo: string): string {
  const { dir, url } = line.party(party);
  const key_file = readFileSync(join(dir, "officers", `${officer}.key`), "utf8");
  const link = toBase64(utf8(JSON.stringify({ key_file, passphrase: PASSPHRASE, go_to: goTo })));
  return `${url}/#/exercise/${encodeURIComponent(link)}`;
}
