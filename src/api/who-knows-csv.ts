/** Who knows what as CSV (RFC 4180): one line for each message and recipient, one column for each rung. */
import { formatRfc3339 } from "../geo/index.ts";
import { csvText } from "../intake/write/csv.ts";
import { RUNGS } from "../line/index.ts";
import type { WhoKnows } from "./table.ts";

const HEADS = ["as of", "message", "from", "kind", "subject", "at", "recipient", ...RUNGS, "answer", "beside"];

export function whoKnowsCsv({ rows, as_of }: Pick<WhoKnows, "rows" | "as_of">): string {
  const lines = rows.flatMap(({ message, cells }) =>
    cells.map(({ party, rungs, beside }) => {
      const timeOf = (name: string): string => timeText(rungs.find(({ rung }) => rung === name)?.at ?? null);
      const answer = rungs.find(({ rung }) => rung === "answered")?.says ?? "";
      const what = [
        timeText(as_of),
        message.hash,
        message.from,
        message.kind,
        message.subject,
        timeText(message.at),
        party,
      ];
      const besides = beside.map(({ state, at }) => `${state} ${timeText(at)}`.trim()).join("; ");
      return [...what, ...RUNGS.map(timeOf), answer, besides];
    }),
  );
  return csvText([HEADS, ...lines]);
}

function timeText(at: number | null): string {
  return at === null ? "" : formatRfc3339(at);
}
