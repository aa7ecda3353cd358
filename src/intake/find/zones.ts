/** A list of times with their zone, and one without: its letter was forgotten, and it may be hours off. */
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord, WrittenTime } from "../record.ts";

/** So many of a list's times, and so large a share, must name their zone before one that does not is doubted. */
const AGREED = { share: 0.9, times: 8 } as const;
const DAY_MS = 86_400_000;

/** Findings by row. Days have no zone, and are not counted. */
export function forgottenZones(records: readonly IntakeRecord[]): Map<number, Finding[]> {
  const timed = records.flatMap(({ row, starts, ends }) =>
    [starts, ends].flatMap((time) => (time === null || isDay(time) ? [] : [{ row, time }])),
  );
  const bare = timed.filter(({ time }) => time.assumed.includes("zone"));
  const said = timed.length - bare.length;
  if (said < AGREED.times || said < AGREED.share * timed.length) return new Map();
  return new Map(
    [...Map.groupBy(bare, ({ row }) => row)].map(([row, times]) => [
      row,
      times.map(({ time }) => forgotten(time, said)),
    ]),
  );
}

function forgotten({ field, text }: WrittenTime, said: number): Finding {
  return finding("zone-forgotten", field, { text: text.slice(0, 60), others: said });
}

function isDay({ start, end }: WrittenTime): boolean {
  return end - start >= DAY_MS - 60_000;
}
