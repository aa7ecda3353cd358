/** Messages, conflicts and findings in words, for a terminal. */
import type { Conflict, Finding, MessageSummary } from "../api/index.ts";
import { formatTime, type TimeWindow } from "../geo/index.ts";
import { clock, fromNow, metresText, pairs, short, table } from "./table.ts";

export function renderedText(rendered: {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly notice: string | null;
}): string {
  const lines = pairs(
    rendered.lines.map(({ label, value }) => [label, value] as const),
    "  ",
  );
  return [rendered.title, lines, ...(rendered.notice === null ? [] : [`  ${rendered.notice}`])].join("\n");
}

export function dueText(at: number | null, now: number): string {
  if (at === null) return "-";
  return at < now ? `OVERDUE ${fromNow(at, now)}` : `${clock(at)} (${fromNow(at, now)})`;
}

export function messageTable(messages: readonly MessageSummary[]): string {
  const heads = ["message", "from", "kind", "at", "state", "subject"];
  return table(
    heads,
    messages.map((message) => [
      short(message.hash),
      message.from,
      message.answer ?? message.kind,
      clock(message.at),
      stateText(message),
      subjectText(message),
    ]),
  );
}

function stateText(message: MessageSummary): string {
  if (message.faults.length > 0) return `REFUSED ${message.faults.join(" ")}`;
  if (message.state !== "in-force") return message.state;
  if (message.overdue) return "OVERDUE";
  if (message.stale) return "stale";
  return message.closed ? "closed" : "open";
}

export function subjectText(message: Pick<MessageSummary, "subject" | "list" | "exercise">): string {
  const { list } = message;
  const place = list === null ? "" : `  [${list.name}, ${list.index + 1} of ${list.count}]`;
  return `${message.exercise ? "EXERCISE " : ""}${message.subject}${place}`;
}

export function windowText({ start, end }: TimeWindow): string {
  if (start === null && end === null) return "at all times";
  if (start === null) return `until ${formatTime(end as number)}`;
  return end === null ? `from ${formatTime(start)}` : `${formatTime(start)} to ${formatTime(end)}`;
}

export function conflictsText(conflicts: readonly Conflict[]): string {
  return table(
    ["grave", "own", "against", "distance", "when", "because"],
    conflicts.map(({ grave, own, against, distance_m, time, undecided, because }) => [
      undecided === null ? grave : "UNDECIDED",
      `${own.id} ${own.name === own.id ? "" : own.name}`.trim(),
      `${against.from === null ? "" : `${against.from}: `}${against.name} (${against.type === "message" ? short(against.id) : against.id})`,
      distance_m === null ? "-" : distance_m === 0 ? "overlap" : metresText(distance_m),
      windowText(time),
      because,
    ]),
  );
}

type FindingRow = Finding & { readonly row?: string };

/** Shown of each code, unless all are asked for. */
const OF_EACH = 10;

/** Findings, the gravest first; of a code that many rows have, the first few and how many more there are. */
export function findingsText(findings: readonly FindingRow[], extent: "some" | "all" = "some"): string {
  const gravities = ["refuse", "warn", "note"] as const;
  const sorted = findings.toSorted((a, b) => gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity));
  const byCode = Map.groupBy(sorted, ({ code }) => code);
  const limit = extent === "all" ? Infinity : OF_EACH;
  const rows = [...byCode.values()].flatMap((same) => same.slice(0, limit).map(findingRow));
  const more = [...byCode]
    .filter(([, same]) => same.length > limit)
    .map(([code, same]) => `and ${same.length - limit} more ${code}`);
  return [table(["gravity", "where", "code", "what"], rows), ...more].join("\n");
}

function findingRow({ gravity, row, field, code, message, because }: FindingRow): string[] {
  const where = [row, field].filter((part) => part !== undefined && part !== null).join(" ");
  return [gravity, where, code, because === null ? message : `${message} ${because}`];
}
