/** A notice in its own words into a record. */
import { validVolume } from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { type Finding, finding } from "../codes.ts";
import type { ColumnField } from "../columns.ts";
import { unread } from "../read-row.ts";
import { type IntakeRecord, isRefused } from "../record.ts";
import type { SourceRow } from "../source.ts";
import { readNotice } from "./notice.ts";
import type { ReadNotice } from "./notice-parts.ts";
import type { ReadTerms } from "./reader.ts";

/** The text is the field `notice`; other fields of the row stay as they are. */
export function noticeRecord(row: SourceRow, terms: ReadTerms): IntakeRecord {
  if (isRefused(row)) return unread(row, row.findings);
  const text = row.values.get("notice") ?? "";
  const notice = readNotice(text, terms.now, terms.places);
  const values = new Map<ColumnField, string>(row.values);
  values.delete("notice");
  if (notice.id !== null && (values.get("source_id") ?? "") === "") values.set("source_id", notice.id);
  if (![...values.keys()].some((field) => field.startsWith("names.")) && notice.title !== "") {
    values.set("names.en", [notice.id, notice.title].filter((part) => part !== null).join(" "));
  }
  values.set("remarks", text.trim());
  const findings = [...row.findings, ...findingsOf(notice)];
  const bare = unread({ row: row.row, values }, findings);
  const read: IntakeRecord = { ...bare, positions: notice.positions, lasting: true, suggests: "activity" };
  return isRefused({ findings }) ? read : { ...read, volumes: notice.volumes };
}

function findingsOf(notice: ReadNotice): Finding[] {
  const { volumes, cancels, leftover, widthless, joined, unreadTimes } = notice;
  const fault = volumes.length === 0 ? null : firstFault(notice);
  if (volumes.length === 0 && cancels.length > 0) {
    return [finding("cancellation", null, { ends: { names: cancels } })];
  }
  if (volumes.length === 0) return [finding("position-missing/words", "position", {})];
  if (fault !== null) return [finding("geometry-invalid", "footprint", {}, { fault })];
  const doubt = doubtOf(notice);
  if (doubt !== null) return [doubt];
  const findings: Finding[] = [];
  if (cancels.length > 0) findings.push(finding("cancels", null, { ends: { names: cancels } }));
  if (unreadTimes.length > 0) findings.push(finding("time-refused/several", "starts", { texts: some(unreadTimes) }));
  if (widthless > 0) findings.push(finding("width-unsaid", "footprint", {}));
  if (joined) findings.push(finding("windows-joined", "starts", {}));
  if (leftover !== "") findings.push(finding("not-understood", "remarks", { words: leftover.slice(0, 500) }));
  return findings;
}

/** Why what was drawn may not be what was told: an area without one of its corners is another area. */
function doubtOf({ unreadPositions, partial, contradicts }: ReadNotice): Finding | null {
  if (unreadPositions.length > 0) {
    return finding("position-not-a-number/several", "footprint", { texts: some(unreadPositions) });
  }
  if (partial) return finding("geometry-malformed/partial", "footprint", {});
  if (contradicts === null) return null;
  const { text, metres } = contradicts;
  return finding("positions-differ/notice", "position", { text: text.slice(0, 60), away: { metres } });
}

function some(texts: readonly string[]) {
  return { names: texts.slice(0, 5).map((text) => text.slice(0, 60)) };
}

function firstFault({ volumes }: ReadNotice): string | null {
  for (const footprint of new Set(volumes.map((volume) => volume.footprint))) {
    try {
      validVolume({ footprint, height: null, window: { start: null, end: null } });
    } catch (error) {
      if (!isParleyError(error)) throw error;
      return error.code;
    }
  }
  return null;
}
