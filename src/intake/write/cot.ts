/** Cursor on Target: what clients of a unit show (MIL-STD-6090 drafts, and what ATAK reads), and what they take away again. */
import type { Footprint, Position, Volume } from "../../geo/index.ts";
import { type Left, leftOut } from "./left.ts";
import { anchorOf, closed, decimal, escaped, limitsOf, timeOf, titleOf, type Told, type WrittenFile } from "./told.ts";

const DAY_MS = 86_400_000;
const TYPES = { point: "b-m-p-s-m", circle: "u-d-c-c", polygon: "u-d-f", corridor: "b-m-r" } as const;
/** What nobody knows, in CoT's own number. */
const UNKNOWN = "9999999";

/** `now` is when the events are written, milliseconds since the epoch; what has no end goes stale after a day. */
export function writeCot(told: readonly Told[], now: number): WrittenFile {
  const left: Left[] = [];
  const events = told.flatMap((each) =>
    each.volumes.flatMap((volume, i) => {
      const uid = i === 0 ? each.uid : `${each.uid}.${i}`;
      if (each.gone) return [deletionOf(each, volume, uid, now)];
      const { footprint } = volume;
      if (footprint.type !== "polygon" || footprint.rings.length === 1) return [eventOf(each, volume, uid, now)];
      left.push(leftOut("cot-hole", titleOf(each)));
      return [];
    }),
  );
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n<events>\n${events.join("\n")}\n</events>\n`, left };
}

function eventOf(told: Told, volume: Volume, uid: string, now: number): string {
  const { footprint } = volume;
  const { kind, exercise, precision_m } = told;
  const line = footprint.type === "polygon" ? closed(footprint.rings[0] ?? []) : lineOf(footprint);
  const links = line.map(({ lat, lon }) => `<link point="${decimal(lat)},${decimal(lon)}"/>`).join("");
  const radius = footprint.type === "circle" ? footprint.radius_m : 0;
  const ellipse = radius > 0 ? `<shape><ellipse major="${radius}" minor="${radius}" angle="0"/></shape>` : "";
  const start = volume.window.start ?? now;
  // A site has no end: its client must go on showing it, and forget it only when it hears nothing more for a day.
  const end = kind === "site" ? null : volume.window.end;
  const stale = end ?? Math.max(now, start) + DAY_MS;
  const opex = exercise ? ' opex="e-exercise"' : "";
  const times = `time="${timeOf(now)}" start="${timeOf(start)}" stale="${timeOf(stale)}"`;
  const words = `<contact callsign="${escaped(titleOf(told))}"/><remarks>${escaped(remarksOf(told, volume))}</remarks>`;
  const error = precision_m === null ? UNKNOWN : String(precision_m);
  return `<event version="2.0" uid="${escaped(uid)}" type="${TYPES[footprint.type]}" how="h-g-i-g-o"${opex} ${times}>${pointOf(footprint, error)}<detail>${words}${ellipse}${links}</detail></event>`;
}

/** A client that has the event removes it; one that has not passes it by. */
function deletionOf(told: Told, { footprint }: Volume, uid: string, now: number): string {
  const times = `time="${timeOf(now)}" start="${timeOf(now)}" stale="${timeOf(now + DAY_MS)}"`;
  const detail = `<link uid="${escaped(uid)}" relation="none" type="none"/><__forcedelete/><remarks>${escaped(`${titleOf(told)} was withdrawn.`)}</remarks>`;
  return `<event version="2.0" uid="${escaped(`${uid}.deleted`)}" type="t-x-d-d" how="h-g-i-g-o" ${times}>${pointOf(footprint, UNKNOWN)}<detail>${detail}</detail></event>`;
}

function pointOf(footprint: Footprint, error: string): string {
  const { lat, lon } = anchorOf(footprint);
  return `<point lat="${decimal(lat)}" lon="${decimal(lon)}" hae="${UNKNOWN}" ce="${error}" le="${UNKNOWN}"/>`;
}

/**
 * Told in words are its band, as `hae` is one height above the ellipsoid, which few bands are, and how wide a line is.
 */
function remarksOf({ remarks }: Told, { footprint, height }: Volume): string {
  const band = limitsOf(height).filter((text) => text !== "");
  const width = footprint.type === "corridor" ? `Corridor: ${footprint.width_m} m wide` : "";
  const parts = [remarks, band.length === 0 ? "" : `Height: ${band.join(" to ")}`, width];
  return parts.filter((part) => part !== "").join("\n");
}

function lineOf(footprint: Footprint): readonly Position[] {
  return footprint.type === "corridor" ? footprint.line : [];
}
