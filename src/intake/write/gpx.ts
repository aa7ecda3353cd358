/** GPX 1.1: points are waypoints, lines are tracks where they have times and routes where they have none. */
import type { Volume } from "../../geo/index.ts";
import type { RecordFix } from "../record.ts";
import { type Left, leftOut } from "./left.ts";
import { decimal, escaped, limitsOf, timeOf, titleOf, type Told, type WrittenFile } from "./told.ts";

/** Names of what GPX itself has no element for; other software keeps extensions or passes them by. */
const OWN = "urn:parley:gpx";

export function writeGpx(told: readonly Told[]): WrittenFile {
  const left: Left[] = [];
  const parts = told.flatMap((each) => each.volumes.flatMap((volume) => partOf(each, volume, left)));
  // The schema has waypoints before routes, and routes before tracks.
  const sorted = parts.toSorted((a, b) => order(a) - order(b)).join("\n");
  const body = `<gpx version="1.1" creator="Parley" xmlns="http://www.topografix.com/GPX/1/1" xmlns:parley="${OWN}">\n${sorted}\n</gpx>`;
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, left };
}

function order(part: string): number {
  return ["<wpt", "<rte", "<trk"].indexOf(part.slice(0, 4));
}

function partOf(told: Told, volume: Volume, left: Left[]): string[] {
  const { footprint, window } = volume;
  const words = `<name>${escaped(titleOf(told))}</name><desc>${escaped(told.remarks)}</desc>`;
  if (footprint.type === "point") {
    const time = window.start === null ? "" : `<time>${timeOf(window.start)}</time>`;
    const { lat, lon } = footprint.at;
    return [`<wpt lat="${decimal(lat)}" lon="${decimal(lon)}">${time}${words}${extensions(told, volume)}</wpt>`];
  }
  if (footprint.type !== "corridor") {
    left.push(leftOut(`gpx-${footprint.type}`, titleOf(told)));
    return [];
  }
  const fixes: readonly RecordFix[] =
    told.route.length > 0 ? told.route : footprint.line.map((position) => ({ position, at: null, name: null }));
  const isTimed = fixes.some(({ at }) => at !== null);
  const points = fixes.map((fix) => pointOf(isTimed ? "trkpt" : "rtept", fix)).join("");
  const head = words + extensions(told, volume);
  return [isTimed ? `<trk>${head}<trkseg>${points}</trkseg></trk>` : `<rte>${head}${points}</rte>`];
}

function pointOf(tag: string, { position: { lat, lon }, at, name }: RecordFix): string {
  const time = at === null ? "" : `<time>${timeOf(at)}</time>`;
  const named = name === null ? "" : `<name>${escaped(name)}</name>`;
  return `<${tag} lat="${decimal(lat)}" lon="${decimal(lon)}">${time}${named}</${tag}>`;
}

function extensions({ id, kind, fields }: Told, { footprint, height, window }: Volume): string {
  const [lower, upper] = limitsOf(height);
  const isLine = footprint.type === "corridor";
  const all: (readonly [string, string])[] = [
    ["id", id],
    ["kind", kind],
    ["starts", timeOf(window.start)],
    ["ends", timeOf(window.end)],
    ["lower", lower],
    ["upper", upper],
    ...(isLine ? [["width_m", String(footprint.width_m)] as const] : []),
    ...fields,
  ];
  const written = all
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<parley:${name}>${escaped(value)}</parley:${name}>`);
  return `<extensions>${written.join("")}</extensions>`;
}
