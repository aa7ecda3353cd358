/** The bench of the deconfliction engine, beside PostGIS. */
import { runStage, type StageOptions, type StageResult } from "../child.ts";
import { ensurePostgis, type Postgres, startPostgres } from "../postgres.ts";
import type { Report } from "../report.ts";
import { complete, LARGE_MEASURES, untried } from "./goals.ts";
import { PEER_SETTINGS } from "./postgis.ts";

export interface BenchOptions {
  /** null: as many as the bench is about. */
  readonly volumes: number | null;
  readonly quick: boolean;
  readonly peer: boolean;
  /** With the stage of five times as many volumes. */
  readonly large: boolean;
}

const VOLUMES = 2_000_000;
const QUICK_VOLUMES = 5000;
const HEAP_MB = 14_000;
/** Ten million must fit in 6 GB; the two million beside them and the garbage of loading need some more. */
const LARGE_HEAP_MB = 7500;

const NOT_WANTED: StageResult = {
  measures: LARGE_MEASURES.map((measure) => untried(measure, "run without the large stage, as asked")),
  failure: null,
  broken: false,
};

export async function runDeconflict(options: BenchOptions, say: (text: string) => void): Promise<Report> {
  const volumes = options.volumes ?? (options.quick ? QUICK_VOLUMES : VOLUMES);
  const postgres = await startPeer(options.peer, say);
  const peer: StageOptions["peer"] = "why" in postgres ? postgres : { socketDir: postgres.socketDir };
  const stageOptions = { volumes, quick: options.quick, peer };
  try {
    const beside = await runStage({ stage: "deconflict-beside-peer", options: stageOptions }, HEAP_MB);
    if (!("why" in postgres)) await postgres.stop();
    const large = options.large
      ? await runStage({ stage: "deconflict-large", options: stageOptions }, LARGE_HEAP_MB)
      : NOT_WANTED;
    const stages = [beside, large];
    const why = (some: typeof stages) => some.flatMap(({ failure }) => failure ?? []).join("; ");
    const measures = complete(
      stages.flatMap((stage) => stage.measures),
      why(stages),
    );
    const broken = stages.filter((stage) => stage.broken);
    return { bench: "deconflict", measures, broken: broken.length === 0 ? null : why(broken) };
  } finally {
    if (!("why" in postgres)) await postgres.stop();
  }
}

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
