/** Conflicts and doubts in words: one sentence for people. */
import { formatTime, type TimeWindow } from "../geo/index.ts";
import type { Breach } from "./breach.ts";

/** Whole metres with thousands marked, `1,234 m`; below 10 m to the centimetre, `2.35 m`, and below that to the millimetre. */
export function showMetres(metres: number): string {
  const size = Math.abs(metres);
  if (size < 9.995) return `${Number(metres.toFixed(size < 0.01 ? 3 : 2))} m`;
  const whole = Math.round(metres);
  return `${size < 999.5 ? whole : String(whole).replace(/\B(?=(?:\d{3})+$)/g, ",")} m`;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** `1 d 2 h`, `30 min`, `90 s` as `1 min 30 s`: whole seconds, and of them all; below one `less than 1 s`. */
export function showSeconds(seconds: number): string {
  if (seconds > 0 && seconds < 0.5) return "less than 1 s";
  let rest = Math.round(seconds);
  const parts = UNITS.flatMap(([unit, length]) => {
    const whole = Math.floor(rest / length);
    rest -= whole * length;
    return whole === 0 ? [] : [`${whole} ${unit}`];
  });
  return parts.length === 0 ? "0 s" : parts.join(" ");
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
  const when = showWindow(breach.time);
  if (time_gap_ms === 0) return `${place} ${when}${nearestIn(breach)}${again(breach)}${wanted}${height}${assumed}.`;
  const gap = `with ${showSeconds(time_gap_ms / 1000)} between the two (${when}${again(breach)})`;
  const metres = asked.lateral_m === 0 ? "" : `${showMetres(asked.lateral_m)} and `;
  return `${place} ${gap}, and more than ${metres}${showSeconds(asked.time_s)} is asked for${height}${assumed}.`;
}

/** Of what recurs only one time is told. */
function again({ recurs }: Breach): string {
  if (recurs === "no") return "";
  return recurs === "first" ? ", the first of perhaps several times" : ", one of many times";
}

/** Of what moves, the moment at which it is nearest, cut to the second as every list of it is. */
function nearestIn({ moves, moment, time }: Breach): string {
  if (!moves || moment === null || time.start === time.end) return "";
  return `, nearest at ${formatTime(Math.floor(moment / 1000) * 1000)}`;
}
