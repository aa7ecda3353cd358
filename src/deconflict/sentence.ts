/** Conflicts and doubts in words: one sentence for people. */
import { formatTime, type TimeWindow } from "../geo/index.ts";
import type { Breach } from "./breach.ts";

/** Whole metres with thousands marked: `1,234 m`; below half a metre `less than 1 m`. */
export function showMetres(metres: number): string {
  if (metres > 0 && metres < 0.5) return "less than 1 m";
  const whole = Math.round(metres);
  return `${whole < 1000 ? whole : String(whole).replace(/\B(?=(?:\d{3})+$)/g, ",")} m`;
}

/** `from 2026-11-23 15:30Z to 2026-11-23 17:00Z`, and its unbounded forms. */
export function showWindow({ start, end }: TimeWindow): string {
  if (start === null) return end === null ? "at all times" : `until ${formatTime(end)}`;
  if (end === null) return `from ${formatTime(start)} on`;
  return start === end ? `at ${formatTime(start)}` : `from ${formatTime(start)} to ${formatTime(end)}`;
}

/** Printable ASCII, as most ids are: the long way would find nothing in it. */
const PLAIN = /^[ -~]*$/;

/** Others' names are shown without what could move or hide the text around them. */
export function showName(name: string): string {
  const plain = PLAIN.test(name) ? name : name.replace(/\p{C}/gu, "");
  return `"${plain.length > 80 ? `${plain.slice(0, 79)}…` : plain}"`;
}

/** What a breach says of two things that are already named. */
export function sentence(plan: string, against: string, breach: Breach): string {
  const { distance_m, vertical_gap_m, time_gap_ms, asked, note } = breach;
  const together = time_gap_ms === 0 && !vertical_gap_m ? "overlaps" : "is in the same place as";
  const place =
    distance_m === 0
      ? `${plan} ${together} ${against}`
      : `${plan} comes within ${showMetres(distance_m)} of ${against}`;
  const wanted = asked.lateral_m === 0 ? "" : `, and more than ${showMetres(asked.lateral_m)} is asked for`;
  const height =
    vertical_gap_m === null || vertical_gap_m === 0
      ? ""
      : `; in height they are ${showMetres(vertical_gap_m)} apart, and more than ${showMetres(asked.vertical_m)} is asked for`;
  const assumed = note === null ? "" : ` (${note})`;
  if (time_gap_ms === 0) return `${place} ${showWindow(breach.time)}${nearestIn(breach)}${wanted}${height}${assumed}.`;
  const gap = `with ${Math.round(time_gap_ms / 1000)} s between the two (${showWindow(breach.time)})`;
  const also = wanted.replace(", and", " and");
  return `${place} ${gap}, and more than ${asked.time_s} s is asked for${also}${height}${assumed}.`;
}

/** Of what moves, the moment at which it is nearest, cut to the second as every list of it is. */
function nearestIn({ moves, moment, time }: Breach): string {
  if (!moves || moment === null || time.start === time.end) return "";
  return `, nearest at ${formatTime(Math.floor(moment / 1000) * 1000)}`;
}
