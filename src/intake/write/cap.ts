/** Common Alerting Protocol 1.2 (OASIS): an alert for each window of what is told. */
import { FOOT_M, type Footprint, type Volume } from "../../geo/index.ts";
import { type Left, leftOut } from "./left.ts";
import { anchorOf, closed, decimal, escaped, limitsOf, titleOf, type Told, type WrittenFile } from "./told.ts";

/** Points are circles of no radius; a corridor or a hole has no form there. */
export function writeCap(told: readonly Told[], now: number): WrittenFile {
  const left: Left[] = [];
  const alerts = told.flatMap((each) => alertsOf(each, now, left));
  const [only] = alerts;
  const body = alerts.length === 1 && only !== undefined ? only : `<feed>\n${alerts.join("\n")}\n</feed>`;
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, left };
}

function alertsOf(told: Told, now: number, left: Left[]): string[] {
  const kept = told.volumes.filter(({ footprint }) => {
    const fault = unheld(footprint);
    if (fault !== null) left.push(leftOut(`alert-${fault}`, titleOf(told)));
    return fault === null;
  });
  // An alert has one onset and one expiry: what holds at other times is another alert.
  const byWindow = Map.groupBy(kept, ({ window }) => `${window.start} ${window.end}`);
  return [...byWindow.values()].map((volumes, i) => alertOf(told, volumes, i, now));
}

function unheld(footprint: Footprint): "corridor" | "hole" | null {
  if (footprint.type === "corridor") return "corridor";
  return footprint.type === "polygon" && footprint.rings.length > 1 ? "hole" : null;
}

function alertOf(told: Told, volumes: readonly Volume[], i: number, now: number): string {
  const title = escaped(titleOf(told));
  const window = volumes[0]?.window ?? { start: null, end: null };
  const onset = window.start === null ? "" : `<onset>${offset(window.start)}</onset>`;
  // A site has no end: what expires is no longer shown.
  const expires = window.end === null || told.kind === "site" ? "" : `<expires>${offset(window.end)}</expires>`;
  const grave = "<urgency>Unknown</urgency><severity>Unknown</severity><certainty>Unknown</certainty>";
  const words = `<headline>${title}</headline><description>${escaped(wordsOf(told, volumes))}</description>`;
  const areas = volumes.map(
    (volume) => `<area><areaDesc>${title}</areaDesc>${areaOf(volume.footprint)}${bandOf(volume)}</area>`,
  );
  const info = `<info><language>en</language><category>Safety</category><event>${title}</event>${grave}${onset}${expires}${words}${areas.join("")}</info>`;
  const id = (i === 0 ? told.uid : `${told.uid}.${i}`).replaceAll(/[\s,<>&]/g, "_");
  const head = `<identifier>${escaped(id)}</identifier><sender>parley</sender><sent>${offset(now)}</sent><status>${told.exercise ? "Exercise" : "Actual"}</status><msgType>Alert</msgType><scope>Restricted</scope><restriction>For the parties of the line.</restriction>`;
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${head}${info}</alert>`;
}

/** CAP wants seconds and an offset in numbers, never Z. */
function offset(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}-00:00`;
}

function areaOf(footprint: Footprint): string {
  if (footprint.type === "polygon") {
    const ring = closed(footprint.rings[0] ?? []).map(({ lat, lon }) => `${decimal(lat)},${decimal(lon)}`);
    return `<polygon>${ring.join(" ")}</polygon>`;
  }
  const { lat, lon } = anchorOf(footprint);
  const kilometres = footprint.type === "circle" ? Number((footprint.radius_m / 1000).toFixed(6)) : 0;
  return `<circle>${decimal(lat)},${decimal(lon)} ${decimal(kilometres)}</circle>`;
}

function feet(metres: number): string {
  return decimal(Number((metres / FOOT_M).toFixed(3)));
}

/** Feet above mean sea level; a ceiling only beside an altitude. Other bands are told in words. */
function bandOf({ height }: Volume): string {
  if (height?.datum !== "AMSL" || height.lower_m === null) return "";
  const ceiling = height.upper_m === null ? "" : `<ceiling>${feet(height.upper_m)}</ceiling>`;
  return `<altitude>${feet(height.lower_m)}</altitude>${ceiling}`;
}

function wordsOf({ remarks }: Told, volumes: readonly Volume[]): string {
  const bands = volumes.filter((volume) => volume.height !== null && bandOf(volume) === "");
  const texts = new Set(bands.map(({ height }) => `Height: ${limitsOf(height).filter(Boolean).join(" to ")}`));
  return [remarks, ...texts].filter((part) => part !== "").join("\n");
}
