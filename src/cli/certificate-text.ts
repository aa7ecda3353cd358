/** Certificates of plans in words, and what was decided on them. */
import type { PlanState, PlanStateReply, Suggestions } from "../api/index.ts";
import { type CertificateReport, outcomeWords, renderCertificate } from "../deconflict/index.ts";
import { toHex } from "../wire/bytes.ts";
import { clock, count, short, table } from "./table.ts";
import { conflictsText, renderedText } from "./words.ts";

/** First what was decided, then what stands against it, then the certificate. */
export function planStateText({ state, conflicts, rendered, behind }: PlanStateReply): string {
  const parts = [`${state.plan}: ${decisionText(state)}`];
  if (state.lapsed !== null) {
    const { at, outcome } = state.lapsed;
    parts.push(`The certificate before this one lapsed at ${clock(at)}; it said: ${outcomeWords(outcome)}.`);
  }
  for (const { party, waiting, missing } of behind) {
    if (waiting > 0) parts.push(`NOT CHECKED: of ${party}, ${count(waiting, "entry", "entries")} not opened yet.`);
    if (missing > 0) parts.push(`NOT CHECKED: of ${party}, ${count(missing, "entry", "entries")} that have not come.`);
  }
  if (conflicts.length > 0) parts.push(`${count(conflicts.length, "conflict")}\n${conflictsText(conflicts)}`);
  if (state.overrides.length > 0) {
    const rows = state.overrides.map(({ against, by, at, reason }) => [againstText(against), by, clock(at), reason]);
    parts.push(table(["overridden", "by", "at", "reason"], rows));
  }
  parts.push(rendered === null ? "No certificate yet." : renderedText(rendered));
  if (state.breaches > 0) {
    parts.push(
      "Next: parley plan suggest shows what would clear it, and parley plan override takes a conflict upon you.",
    );
  }
  return parts.join("\n\n");
}

/** What a conflict is with, as `parley plan override` takes it. */
function againstText(against: string): string {
  return against.startsWith(HOLDING) ? against.slice(HOLDING.length) : short(against);
}

const HOLDING = "holding:";

export function suggestionsText(plan: string, { suggestions, troubles }: Suggestions): string {
  if (troubles.length === 0 && suggestions.length === 0) return `${plan} is clear: nothing to change.`;
  const trouble = troubles.map(({ at, because }) => `  ${at === null ? "" : `${clock(at)}  `}${because}`);
  const ways = suggestions.map(({ says }, i) => `  ${i + 1}. ${says}`);
  return [
    `Where the trouble lies`,
    ...trouble,
    ways.length === 0
      ? "Nothing near enough clears it: change it more, or talk to the other side."
      : "What would clear it (with --apply and its number)",
    ...ways,
  ].join("\n");
}

export function decisionText({ decision, breaches }: PlanState): string {
  const open = breaches === 0 ? "" : `; ${count(breaches, "breach", "breaches")} that nobody has overridden`;
  if (decision === null) return `neither GO nor NO GO${open}`;
  const { decision: said, by, at, reason, lapsed_at } = decision;
  const why = reason === "" ? "" : ` (${reason})`;
  const lapsed = lapsed_at === null ? "" : `, LAPSED at ${clock(lapsed_at)}: it is no GO any more`;
  return `${said} by ${by} at ${clock(at)}${why}${lapsed}${open}`;
}

export function certificateReportText({ ok, certificate, opening, faults }: CertificateReport): string {
  if (!ok || certificate === null) {
    const rows = faults.map(({ code, message }) => [code, message]);
    return `NOT VERIFIED: do not rely on any of it.\n${table(["fault", "what"], rows)}`;
  }
  const parts = [`OK  signed by the node of ${certificate.party}.`, renderedText(renderCertificate(certificate))];
  if (opening === null) parts.push("The plan is not shown; whoever holds it can open it.");
  else {
    const { plan, findings } = opening;
    parts.push(`The plan that was checked: ${plan.id}, ${plan.category}, ${count(plan.volumes.length, "volume")}.`);
    if (findings.length > 0) {
      const rows = findings.map(({ against, grave, undecided }) => [againstText(against), undecided ?? grave]);
      parts.push(table(["against", "grave"], rows));
    }
  }
  return parts.join("\n\n");
}

export function certificateReportJson({ opening, ...report }: CertificateReport) {
  return { ...report, opening: opening === null ? null : { ...opening, salt: toHex(opening.salt) } };
}
