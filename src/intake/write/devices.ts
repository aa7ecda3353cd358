/** Files for devices and other systems: GPX, Cursor on Target, Common Alerting Protocol, Volume4D. */
import type { Footprint, Position, Volume } from "../../geo/index.ts";
import { anchorOf, closed, escaped, timeOf, type Told, type WrittenFile } from "./told.ts";

/** Points are waypoints, lines are tracks where they have times and routes where they have none. */
export function writeGpx(told: readonly Told[]): WrittenFile {
  const left: string[] = [];
  const parts = told.flatMap(({ id, name, remarks, volumes, route }) =>
    volumes.flatMap(({ footprint }) => {
      const words = `<name>${escaped(name)}</name><desc>${escaped(remarks)}</desc>`;
      if (footprint.type === "point")
        return [`<wpt lat="${footprint.at.lat}" lon="${footprint.at.lon}">${words}</wpt>`];
      if (footprint.type !== "corridor") {
        left.push(`${name || id}: GPX holds no ${footprint.type}.`);
        return [];
      }
      const fixes = route.length > 0 ? route : footprint.line.map((position) => ({ position, at: null }));
      const timed = fixes.some(({ at }) => at !== null);
      const points = fixes.map((fix) => point(timed ? "trkpt" : "rtept", fix)).join("");
      return [timed ? `<trk>${words}<trkseg>${points}</trkseg></trk>` : `<rte>${words}${points}</rte>`];
    }),
  );
  // The schema has waypoints before routes, and routes before tracks.
  const sorted = parts.toSorted((a, b) => order(a) - order(b)).join("\n");
  const body = `<gpx version="1.1" creator="Parley" xmlns="http://www.topografix.com/GPX/1/1">\n${sorted}\n</gpx>`;
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, left };
}

function order(part: string): number {
  return ["<wpt", "<rte", "<trk"].indexOf(part.slice(0, 4));
}

function point(tag: string, { position, at }: { readonly position: Position; readonly at: number | null }): string {
  const time = at === null ? "" : `<time>${timeOf(at)}</time>`;
  return `<${tag} lat="${position.lat}" lon="${position.lon}">${time}</${tag}>`;
}

/** `now` is when the events are written, milliseconds since the epoch; what has no end goes stale after a day. */
export function writeCot(told: readonly Told[], now: number): WrittenFile {
  const events = told.flatMap((each) => each.volumes.map((volume, i) => event(each, volume, i, now)));
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n<events>\n${events.join("\n")}\n</events>\n`, left: [] };
}

const DAY_MS = 86_400_000;
const COT_TYPES = { point: "b-m-p-s-m", circle: "u-d-c-c", polygon: "u-d-f", corridor: "b-m-r" } as const;

function event({ id, name, remarks }: Told, { footprint, window }: Volume, i: number, now: number): string {
  const { lat, lon } = anchorOf(footprint);
  const line = footprint.type === "polygon" ? closed(footprint.rings[0] ?? []) : lineOf(footprint);
  const links = line.map((at) => `<link point="${at.lat},${at.lon}"/>`).join("");
  const radius = footprint.type === "circle" ? footprint.radius_m : 0;
  const ellipse = radius > 0 ? `<shape><ellipse major="${radius}" minor="${radius}" angle="0"/></shape>` : "";
  const times = `time="${timeOf(now)}" start="${timeOf(window.start ?? now)}" stale="${timeOf(window.end ?? Math.max(now, window.start ?? now) + DAY_MS)}"`;
  const words = `<contact callsign="${escaped(name)}"/><remarks>${escaped(remarks)}</remarks>`;
  return `<event version="2.0" uid="${escaped(i === 0 ? id : `${id}.${i}`)}" type="${COT_TYPES[footprint.type]}" how="h-g-i-g-o" ${times}><point lat="${lat}" lon="${lon}" hae="9999999" ce="9999999" le="9999999"/><detail>${words}${ellipse}${links}</detail></event>`;
}

function lineOf(footprint: Footprint): readonly Position[] {
  return footprint.type === "corridor" ? footprint.line : [];
}

/** An alert each. Points are circles of no radius; a corridor has no form there. */
export function writeCap(told: readonly Told[], now: number): WrittenFile {
  const left: string[] = [];
  const alerts = told.map(({ id, name, remarks, volumes }) => {
    const areas = volumes.flatMap(({ footprint }) => {
      if (footprint.type === "corridor") {
        left.push(`${name || id}: an alert holds no corridor.`);
        return [];
      }
      return [`<area><areaDesc>${escaped(name)}</areaDesc>${areaOf(footprint)}</area>`];
    });
    const end = volumes.map(({ window }) => window.end).find((at) => at !== null) ?? null;
    const expires = end === null ? "" : `<expires>${offset(end)}</expires>`;
    const onset = volumes[0]?.window.start ?? null;
    const begins = onset === null ? "" : `<onset>${offset(onset)}</onset>`;
    const grave = "<urgency>Unknown</urgency><severity>Unknown</severity><certainty>Unknown</certainty>";
    const info = `<info><language>en</language><category>Safety</category><event>${escaped(name)}</event>${grave}${begins}${expires}<headline>${escaped(name)}</headline><description>${escaped(remarks)}</description>${areas.join("")}</info>`;
    const head = `<identifier>${escaped(id.replaceAll(/[\s,]/g, "_"))}</identifier><sender>parley</sender><sent>${offset(now)}</sent><status>Actual</status><msgType>Alert</msgType><scope>Restricted</scope><restriction>For the parties of the line.</restriction>`;
    return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${head}${info}</alert>`;
  });
  const [only] = alerts;
  const body = alerts.length === 1 && only !== undefined ? only : `<feed>\n${alerts.join("\n")}\n</feed>`;
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, left };
}

/** CAP wants seconds and an offset in numbers, never Z. */
function offset(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}-00:00`;
}

function areaOf(footprint: Exclude<Footprint, { type: "corridor" }>): string {
  if (footprint.type === "polygon") {
    const ring = closed(footprint.rings[0] ?? []).map(({ lat, lon }) => `${lat},${lon}`);
    return `<polygon>${ring.join(" ")}</polygon>`;
  }
  const { lat, lon } = anchorOf(footprint);
  const kilometres = footprint.type === "circle" ? Number((footprint.radius_m / 1000).toFixed(6)) : 0;
  return `<circle>${lat},${lon} ${kilometres}</circle>`;
}

/** Lists of volumes by id. A point is a circle of no radius; a corridor or a hole has no form there. */
export function writeVolume4d(told: readonly Told[]): WrittenFile {
  const left: string[] = [];
  const lists = told.map(({ id, name, volumes }) => {
    const list = volumes.flatMap((volume) => {
      const outline = outlineOf(volume.footprint);
      if (outline === null) left.push(`${name || id}: a Volume4D holds no corridor and no hole.`);
      return outline === null ? [] : [{ volume: { ...outline, ...altitudesOf(volume) }, ...windowOf(volume) }];
    });
    return [id, list] as const;
  });
  const kept = Object.fromEntries(lists.filter(([, list]) => list.length > 0));
  return { content: `${JSON.stringify(kept)}\n`, left };
}

function outlineOf(footprint: Footprint) {
  if (footprint.type === "polygon") {
    const [outer = [], ...holes] = footprint.rings;
    return holes.length > 0 ? null : { outline_polygon: { vertices: outer.map(vertex) } };
  }
  if (footprint.type === "corridor") return null;
  const value = footprint.type === "circle" ? footprint.radius_m : 0;
  return { outline_circle: { center: vertex(anchorOf(footprint)), radius: { value, units: "M" } } };
}

function altitudesOf({ height }: Volume) {
  if (height === null) return {};
  const reference = height.datum === "WGS84" ? "W84" : height.datum;
  const altitude = (value: number | null) => (value === null ? undefined : { value, reference, units: "M" });
  return { altitude_lower: altitude(height.lower_m), altitude_upper: altitude(height.upper_m) };
}

function windowOf({ window }: Volume) {
  return { time_start: time(window.start), time_end: time(window.end) };
}

function vertex({ lat, lon }: Position) {
  return { lat, lng: lon };
}

function time(at: number | null) {
  return at === null ? undefined : { value: timeOf(at), format: "RFC3339" };
}
