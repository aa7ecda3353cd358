/** A verifier's report in words: first whether it holds, then who said what, then what it does not prove. */
import type { EvidenceMessage, EvidenceReport } from "../line/index.ts";
import { KIND_RULES } from "../message/index.ts";
import { clock, count, pairs, short, table, tableLine } from "./table.ts";
import { renderedText } from "./words.ts";

/** A longer export is listed as a table. */
const IN_FULL = 10;

export function evidenceText(report: EvidenceReport): string {
  const { messages } = report;
  return joined([...before(report, messages.length), messagesText(messages), ...after(report)]);
}

/** The same of a file that is too long to keep what is in it: its messages come by and by. */
export async function* longEvidenceText(
  report: EvidenceReport,
  number: number,
  messages: AsyncIterable<EvidenceMessage>,
): AsyncGenerator<string> {
  yield joined(before(report, number));
  yield "";
  const parties = report.parties.map(({ party }) => party);
  const counts = report.uncounted.length > 0 ? "does not count: answer-not-allowed" : "counts";
  const widths = [8, widest(["from", ...parties]), widest(Object.keys(KIND_RULES)), clock(0).length];
  const all = [...widths, counts.length, widest(["held by", parties.join(", ")])];
  yield tableLine(HEADS, all);
  for await (const message of messages) yield tableLine(rowOf(message), all);
  yield "";
  yield joined(after(report));
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

/** What comes before the messages. */
function before(report: EvidenceReport, number: number): string[] {
  const parts = [verdict(report, number)];
  if (report.faults.length > 0) {
    const rows = report.faults.map(({ code, where, message }) => [code, where, message]);
    parts.push(table(["fault", "where", "what"], rows));
  }
  const parties = report.parties.map(({ name, party, fingerprint, pinned }) => [
    `${name} (${party})`,
    pinned ? "as you gave it" : "NOT ONE THAT YOU GAVE",
    fingerprint,
  ]);
  if (parties.length > 0) parts.push(table(["party", "identity key", "fingerprint"], parties));
  if (report.uncounted.length > 0) {
    const rows = report.uncounted.map(({ where, why, message }) => [where, why, message]);
    parts.push(`Logged by its author, and without effect\n${table(["where", "why", "what"], rows)}`);
  }
  return parts;
}

function after(report: EvidenceReport): string[] {
  const limits = report.limits.map((limit) => `  ${limit}`).join("\n");
  return [logsText(report), limits === "" ? "" : `What this does not prove\n${limits}`];
}

function verdict({ ok, title, exercise, faults }: EvidenceReport, number: number): string {
  const line = `${exercise === true ? "EXERCISE " : ""}${title ?? "a line that it does not name"}`;
  if (!ok) return `NOT VERIFIED: ${count(faults.length, "fault")}. Do not rely on any of it. (${line})`;
  return `OK  ${line}: ${count(number, "message")} verified.`;
}

const HEADS = ["message", "from", "kind", "at", "", "held by", "subject"];

function messagesText(messages: readonly EvidenceMessage[]): string {
  if (messages.length <= IN_FULL) return messages.map(messageText).join("\n\n");
  return table(HEADS, messages.map(rowOf));
}

function rowOf(message: EvidenceMessage): string[] {
  return [
    short(message.hash),
    message.from,
    message.kind,
    clock(message.at),
    message.counts ? "counts" : `does not count: ${message.why ?? ""}`,
    message.receipts.map(({ party }) => party).join(", "),
    message.subject.replaceAll("\n", "\\n"),
  ];
}

function messageText(message: EvidenceMessage): string {
  const { hash, from, kind, says, at, counts, why, sole, signers, receipts, cosigned, opened, replies } = message;
  const facts = pairs(
    [
      ["message", hash],
      ["from", `${from}, entry ${message.index} of its log, made ${clock(at)} by its clock`],
      ...(kind === "readback" ? [["compared", says ?? ""] as const] : []),
      ["counts", counts ? "as the charter asks" : `no: ${why ?? "it does not keep the charter's rules"}`],
      ...(sole ? [["alone", "one officer released it, where two are asked for"] as const] : []),
      ...signers.map(
        ({ as, officer, person, fingerprint }) => [as, `${officer} (${person}), key ${fingerprint}`] as const,
      ),
      ...receipts.map(({ party, at: when }) => ["held by", `${party}, at ${clock(when)} by its clock`] as const),
      ...cosigned.map(({ witness, at: when, given }) => {
        const whose = given ? "" : ", a witness that the charter names and your policy does not";
        return ["cosigned by", `${witness}, at ${clock(when)} by its clock${whose}`] as const;
      }),
      ...opened.map(({ party, at: when }) => ["opened by", `${party}, at ${clock(when)} by its clock`] as const),
      ...replies.map(
        ({ party, kind, says, at: when }) =>
          [kind, `${party}: ${says ?? kind}, at ${clock(when)} by its clock`] as const,
      ),
    ],
    "  ",
  );
  return `${renderedText(message.rendered)}\n${facts}`;
}

function logsText({ logs }: EvidenceReport): string {
  const rows = logs.map(({ party, form, size, entries, opened, unopened }) => [
    party,
    String(size),
    form === "whole" ? "all of them" : String(entries),
    String(opened),
    String(unopened),
  ]);
  return rows.length === 0 ? "" : table(["log of", "entries", "seen here", "opened", "stay closed"], rows);
}
