/** The bench of the deconfliction engine, beside PostGIS. */
import { type Part, runStage, type StageOptions, type StageResult } from "../child.ts";
import { ensurePostgis, type Postgres, startPostgres } from "../postgres.ts";
import type { Report } from "../report.ts";
import { complete, notAsked, untried } from "./goals.ts";
import { PEER_SETTINGS } from "./postgis.ts";

export interface BenchOptions {
  /** null: as many as the bench is about. */
  readonly volumes: number | null;
  readonly quick: boolean;
  readonly peer: boolean;
  readonly parts: readonly Part[];
}

const VOLUMES = 2_000_000;
const QUICK_VOLUMES = 5000;
const HEAP_MB = 14_000;
/** Ten million must fit in 6 GB; the two million beside them and the garbage of loading need some more. */
const LARGE_HEAP_MB = 7500;

const NOT_WANTED: StageResult = { measures: [], failure: null, broken: false };
const WITH_PEER: readonly Part[] = ["checks", "routes", "writes", "polygons"];

export async function runDeconflict(options: BenchOptions, say: (text: string) => void): Promise<Report> {
  const volumes = options.volumes ?? (options.quick ? QUICK_VOLUMES : VOLUMES);
  const { parts } = options;
  const postgres = parts.some((part) => WITH_PEER.includes(part)) ? await startPeer(options.peer, say) : NO_NEED;
  const peer: StageOptions["peer"] = "why" in postgres ? postgres : { socketDir: postgres.socketDir };
  const stageOptions = { volumes, quick: options.quick, peer, parts };
  try {
    const beside = parts.some((part) => part !== "large")
      ? await runStage({ stage: "deconflict-beside-peer", options: stageOptions }, HEAP_MB)
      : NOT_WANTED;
    if (!("why" in postgres)) await postgres.stop();
    const large = parts.includes("large")
      ? await runStage({ stage: "deconflict-large", options: stageOptions }, LARGE_HEAP_MB)
      : NOT_WANTED;
    const stages = [beside, large];
    const why = (some: typeof stages) => some.flatMap(({ failure }) => failure ?? []).join("; ");
    const left = notAsked(parts).map((measure) => untried(measure, "not among the parts that were asked for"));
    const measures = complete([...stages.flatMap((stage) => stage.measures), ...left], why(stages));
    const broken = stages.filter((stage) => stage.broken);
    return { bench: "deconflict", measures, broken: broken.length === 0 ? null : why(broken) };
  } finally {
    if (!("why" in postgres)) await postgres.stop();
  }
}

const NO_NEED = { why: "no part that was asked for needs the peer" };

async function startPeer(wanted: boolean, say: (text: string) => void): Promise<Postgres | { readonly why: string }> {
  if (!wanted) return { why: "run without the peer, as asked" };
  const absent = ensurePostgis(say);
  if (absent !== null) return absent;
  try {
    return await startPostgres(PEER_SETTINGS);
  } catch (error) {
    return { why: `PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}
