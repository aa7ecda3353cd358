/** What `parley verify` tells of an evidence file: of a short one all at once; of a long one its messages by and by, and none is kept. */
import type { Suite } from "../crypto/index.ts";
import {
  evidenceJudge,
  type EvidenceJudge,
  type EvidenceMessage,
  type EvidenceReport,
  type Pin,
} from "../line/index.ts";
import { messagesAgain, type Reading, verifyFile } from "./verify-file.ts";

export interface ToldEvidence {
  /** Without the messages. */
  readonly report: EvidenceReport;
  readonly messages: number;
  /** In the file's order, but those whose target it does not hold: they come last. Each call reads the file again. */
  readonly each: () => AsyncIterable<EvidenceMessage>;
}

/** Of a long file. What it says before its messages is said when all of it was verified. */
export async function toldEvidence(
  suite: Suite,
  path: string,
  pins: readonly Pin[],
  reading: Reading,
): Promise<ToldEvidence> {
  let [messages, judge] = [0, null as EvidenceJudge | null];
  const first = await verifyFile(
    suite,
    path,
    (given) => {
      messages = 0;
      judge = evidenceJudge(given, pins, { onMessage: () => void (messages += 1) });
      return judge;
    },
    reading,
  );
  const quietly: Reading = { ...reading, show: () => undefined };
  const again = () => messagesAgain(suite, path, { judge: judge as unknown as EvidenceJudge, report: first }, quietly);
  return { report: await withTakenAway(first, again), messages, each: again };
}

/** What was declared further on may take away what counted before: then all of it is listed, too. */
async function withTakenAway(
  report: EvidenceReport,
  again: () => AsyncGenerator<EvidenceMessage, EvidenceReport>,
): Promise<EvidenceReport> {
  if (!report.declarations.some(({ declares }) => declares === "revocation" || declares === "leaving")) return report;
  const reading = again();
  let step = await reading.next();
  while (step.done !== true) step = await reading.next();
  return { ...report, uncounted: step.value.uncounted };
}
