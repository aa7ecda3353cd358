/** The console's lists as CSV: codes and names as the node has them, so that a file reads the same whoever saved it. */
import { type Footprint, formatRfc3339, type Position } from "../geo/index.ts";
import { csvText } from "../intake/write/csv.ts";
import type { InboxItem, MessageSummary } from "./messages.ts";
import type { Plan } from "./plans.ts";
import type { Stances } from "./table.ts";

const time = (at: number | null): string => (at === null ? "" : formatRfc3339(at));

const MESSAGE_HEADS = ["message", "from", "kind", "subject", "language", "at", "state", "list", "place in list", "due"];

function messageCells({ hash, from, kind, subject, lang, at, state, list, due_at }: MessageSummary): string[] {
  const place = list === null ? "" : `${list.index + 1} of ${list.count}`;
  return [hash, from, kind, subject, lang, time(at), state, list?.name ?? "", place, time(due_at)];
}

/** What waits in the inbox: one line a row, with what it needs. */
export function inboxCsv(items: readonly InboxItem[]): string {
  const lines = items.map(({ message, messages, needs, overdue, conflicts }) => [
    ...messageCells(message),
    needs.join(" "),
    overdue ? "overdue" : "",
    String(messages),
    String(conflicts),
  ]);
  return csvText([[...MESSAGE_HEADS, "needs", "overdue", "messages", "too close to ours"], ...lines]);
}

/** The members of a list, as many as are given. */
export function messagesCsv(messages: readonly MessageSummary[]): string {
  return csvText([MESSAGE_HEADS, ...messages.map(messageCells)]);
}

const STANCE_HEADS = ["topic", "party", "stands", "said", "words", "at", "state", "message", "receiver", "understood"];

/** The table: one line for each stance and receiver, and one for each public statement. */
export function stancesCsv({ topics }: Pick<Stances, "topics">): string {
  const lines = topics.flatMap(({ topic, parties, statements }) => [
    ...parties.flatMap(({ party, history }) =>
      history.flatMap(({ message, stands, said, words, receivers }) => {
        const stance = [topic, party, stands, said, words, time(message.at), message.state, message.hash];
        const each = receivers.map((receiver) => [...stance, receiver.party, receiver.state]);
        return each.length === 0 ? [[...stance, "", ""]] : each;
      }),
    ),
    ...statements.map(({ party, body, source, said_at }) => {
      const stands = typeof body["stands"] === "string" ? body["stands"] : "";
      const words = typeof body["words"] === "string" ? body["words"] : "";
      return [topic, party, stands, `in public: ${source}`, words, time(said_at), "", "", "", ""];
    }),
  ]);
  return csvText([STANCE_HEADS, ...lines]);
}

const PLAN_HEADS = [
  "private",
  "id",
  "name",
  "category",
  "starts",
  "ends",
  "recurs",
  "lower",
  "upper",
  "shape",
  "positions",
  "size",
];

/** What is private, and says so in each line: a plan's volumes one below the other. */
export function plansCsv(plans: readonly Plan[]): string {
  const lines = plans.flatMap(({ id, name, category, volumes }) =>
    volumes.map((volume) => ["PRIVATE", id, name, category, ...volumeCells(volume)]),
  );
  return csvText([PLAN_HEADS, ...lines]);
}

function volumeCells({ footprint, height, window, recurs }: Plan["volumes"][number]): string[] {
  const band = [height?.lower_m, height?.upper_m].map((metres) =>
    metres === null || metres === undefined ? "" : `${metres} m ${height?.datum}`,
  );
  const again = recurs === null || recurs === undefined ? "" : `every ${recurs.every_days} d`;
  return [time(window.start), time(window.end), again, ...band, footprint.type, ...shapeCells(footprint)];
}

const all = (line: readonly Position[]): string => line.map(({ lat, lon }) => `${lat} ${lon}`).join("; ");

function shapeCells(footprint: Footprint): [positions: string, size: string] {
  switch (footprint.type) {
    case "point":
      return [all([footprint.at]), ""];
    case "circle":
      return [all([footprint.centre]), `radius ${footprint.radius_m} m`];
    case "corridor":
      return [all(footprint.line), `width ${footprint.width_m} m`];
    case "polygon":
      return [footprint.rings.map(all).join(" / "), ""];
  }
}
