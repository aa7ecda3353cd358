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
    const message = `It ends ${cancels.join(", ")} and says nothing else. Withdraw what was told of it.`;
    return [finding("cancellation", null, message)];
  }
  if (volumes.length === 0) {
    const message = "No position was found in it. Enter it by hand if it concerns a place.";
    return [finding("position-missing", "position", message)];
  }
  if (fault !== null) return [finding("geometry-invalid", "footprint", fault)];
  const doubt = doubtOf(notice);
  if (doubt !== null) return [doubt];
  const findings: Finding[] = [];
  if (cancels.length > 0) {
    findings.push(finding("cancels", null, `It also ends ${cancels.join(", ")}. Withdraw what was told of that.`));
  }
  if (unreadTimes.length > 0) {
    const said = unreadTimes.map((time) => `"${time.slice(0, 60)}"`).slice(0, 5);
    const message = `No such time: ${said.join(", ")}. It was taken to hold all the while; enter its times with the draft.`;
    findings.push(finding("time-refused", "starts", message));
  }
  if (widthless > 0) {
    const message =
      "It tells a line and not how far to keep from it. The line alone was taken; give its width if it has one.";
    findings.push(finding("width-unsaid", "footprint", message));
  }
  if (joined) {
    const message = "It has more windows than can be told: it was taken to hold from the first to the last.";
    findings.push(finding("windows-joined", "starts", message));
  }
  if (leftover !== "") {
    const message = `Not understood, and only in its words: ${leftover.slice(0, 500)}`;
    findings.push(finding("not-understood", "remarks", message));
  }
  return findings;
}

/** Why what was drawn may not be what was told: an area without one of its corners is another area. */
function doubtOf({ unreadPositions, partial, contradicts }: ReadNotice): Finding | null {
  if (unreadPositions.length > 0) {
    const said = unreadPositions.map((text) => `"${text.slice(0, 30)}"`).slice(0, 5);
    const message = `It has positions that could not be read: ${said.join(", ")}. Ask for it again, or draw it by hand.`;
    return finding("position-not-a-number", "footprint", message);
  }
  if (partial) {
    const message = "It tells an area, and fewer than three of its corners stand together. Draw it by hand.";
    return finding("geometry-malformed", "footprint", message);
  }
  return contradicts === null ? null : finding("positions-differ", "position", contradicts);
}

function firstFault({ volumes }: ReadNotice): string | null {
  for (const footprint of new Set(volumes.map((volume) => volume.footprint))) {
    try {
      validVolume({ footprint, height: null, window: { start: null, end: null } });
    } catch (error) {
      if (!isParleyError(error)) throw error;
      return `${error.message} ${error.next}`;
    }
  }
  return null;
}
