/** Messages, conflicts and findings in words, for a terminal. */
import type { Conflict, Finding, MessageSummary } from "../api/index.ts";
import { inEnglish, sentencesOf } from "../intake/index.ts";
import { formatTime, type TimeWindow } from "../geo/index.ts";
import { showMetres } from "../deconflict/index.ts";
import { clock, count, fromNow, pairs, short, table } from "./table.ts";

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
  if (message.disowned !== null) return message.disowned === "beyond" ? "NOT STOOD BY" : "STOOD BY?";
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

/** Said of whatever was mistyped, too: nobody may take what is asked of anything for what is asked of a strike. */
export function unruledText(category: string, many: number, ruled: readonly string[]): string {
  const what = category === "" ? "plans without a category" : `the category ${JSON.stringify(category)}`;
  const of = `No rule names ${what} (${count(many, "plan")})`;
  return `${of}: only what is asked of anything is asked of it. Rules name ${ruled.join(", ")}.`;
}

/** What is never told has its id for a name, where nobody gave it another. */
export function againstText({ type, id, name }: Conflict["against"]): string {
  if (type === "message") return `${name} (${short(id)})`;
  return name === id ? id : `${name} (${id})`;
}

export function conflictsText(conflicts: readonly Conflict[]): string {
  return table(
    ["grave", "own", "against", "distance", "when", "because"],
    conflicts.map(({ grave, own, against, distance_m, time, undecided, because }) => [
      undecided === null ? grave : "UNDECIDED",
      `${own.id} ${own.name === own.id ? "" : own.name}`.trim(),
      `${against.from === null ? "" : `${against.from}: `}${againstText(against)}`,
      distance_m === null ? "-" : distance_m === 0 ? "overlap" : showMetres(distance_m),
      undecided === null ? windowText(time) : "-",
      because,
    ]),
  );
}

type FindingRow = Omit<Finding, "suggestion"> & Parameters<typeof sentencesOf>[0] & { readonly row?: string };

/** Shown of each code, unless all are asked for. */
const OF_EACH = 10;

/** Findings, the gravest first; what many rows say alike stands once; of a code, the first few and how many more there are. */
export function findingsText(findings: readonly FindingRow[], extent: "some" | "all" = "some"): string {
  const gravities = ["refuse", "warn", "note"] as const;
  const sorted = findings.toSorted((a, b) => gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity));
  const byCode = Map.groupBy(sorted, ({ code }) => code);
  const limit = extent === "all" ? Infinity : OF_EACH;
  const [rows, more]: [string[][], string[]] = [[], []];
  for (const [code, same] of byCode) {
    const alike = [...Map.groupBy(same, (each) => `${each.field} ${findingText(each)}`).values()];
    rows.push(...alike.slice(0, limit).map(findingRow));
    const left = alike.slice(limit).reduce((sum, { length }) => sum + length, 0);
    if (left > 0) more.push(`and ${left} more ${code}`);
  }
  return [table(["gravity", "where", "code", "what"], rows), ...more].join("\n");
}

/** As the console says it in English. What an older node or another program found, in its own words. */
export function findingText(finding: FindingRow): string {
  const { says = [], message, because } = finding;
  return says.length === 0 ? [message, because ?? []].flat().join(" ") : inEnglish(sentencesOf(finding));
}

/** Of findings that say the same. */
function findingRow(alike: readonly FindingRow[]): string[] {
  const [first] = alike as readonly [FindingRow, ...FindingRow[]];
  const rows = alike.flatMap(({ row }) => row ?? []);
  const more = rows.length > 1 ? `and ${rows.length - 1} more` : undefined;
  const where = [rows[0], more, first.field].filter((part) => part !== undefined && part !== null).join(" ");
  return [first.gravity, where, first.code, findingText(first)];
}
