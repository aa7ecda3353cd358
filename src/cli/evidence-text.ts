/** A verifier's report in words: first whether it holds, then who said what, then what it does not prove. */
import type { EvidenceMessage, EvidenceReport } from "../line/index.ts";
import { clock, count, pairs, short, table } from "./table.ts";
import { renderedText } from "./words.ts";

/** A longer export is listed as a table. */
const IN_FULL = 10;

export function evidenceText(report: EvidenceReport): string {
  const parts = [verdict(report)];
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
  parts.push(messagesText(report.messages), logsText(report));
  if (report.limits.length > 0)
    parts.push(`What this does not prove\n${report.limits.map((limit) => `  ${limit}`).join("\n")}`);
  return parts.filter((part) => part !== "").join("\n\n");
}

function verdict({ ok, title, exercise, faults, messages }: EvidenceReport): string {
  const line = `${exercise === true ? "EXERCISE " : ""}${title ?? "a line that it does not name"}`;
  if (!ok) return `NOT VERIFIED: ${count(faults.length, "fault")}. Do not rely on any of it. (${line})`;
  return `OK  ${line}: ${count(messages.length, "message")} verified.`;
}

function messagesText(messages: readonly EvidenceMessage[]): string {
  if (messages.length <= IN_FULL) return messages.map(messageText).join("\n\n");
  const rows = messages.map((message) => [
    short(message.hash),
    message.from,
    message.kind,
    clock(message.at),
    message.counts ? "counts" : `does not count: ${message.why ?? ""}`,
    message.receipts.map(({ party }) => party).join(", "),
    message.subject,
  ]);
  return table(["message", "from", "kind", "at", "", "held by", "subject"], rows);
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
