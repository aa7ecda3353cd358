/** Our own files, read back by other people's programs and held against what was written. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Told, writeFile, type WrittenFormat } from "../../src/intake/index.ts";
import { NOW, told } from "../../test/intake/invented.ts";
import { type Program, run } from "./outside.ts";

interface Trial {
  readonly what: string;
  readonly programs: readonly Program[];
  /** Every difference in words. */
  readonly trial: (folder: string) => readonly string[];
}

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly coordinates: unknown } | null;
}

const ALL = told();
const isPlace = ({ volumes }: Told): boolean => /point|circle/.test(volumes[0]?.footprint.type ?? "");
const isLine = ({ volumes }: Told): boolean => volumes[0]?.footprint.type === "corridor";

function put(folder: string, format: WrittenFormat, all: readonly Told[] = ALL): string {
  const name = `ours.${format === "cap" || format === "cot" ? "xml" : format}`;
  writeFileSync(join(folder, name), writeFile(format, all, NOW).content);
  return name;
}

/** What GDAL reads, as it writes it again. */
function gdal(folder: string, ...args: readonly string[]): Feature[] {
  const text = run(folder, "ogr2ogr", ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9", "/vsistdout/", ...args]);
  return (JSON.parse(text) as { features: Feature[] }).features;
}

function flat(value: unknown): number[] {
  return Array.isArray(value) ? value.flatMap(flat) : [Number(value)];
}

/** Longitude and latitude in turn, rings closed, as files have them. */
function numbersOf({ volumes }: Told): number[] {
  const footprint = volumes[0]?.footprint;
  const lines =
    footprint?.type === "polygon"
      ? footprint.rings.map((ring) => [...ring, ...ring.slice(0, 1)])
      : footprint?.type === "corridor"
        ? [footprint.line]
        : footprint?.type === "circle"
          ? [[footprint.centre]]
          : [footprint === undefined ? [] : [footprint.at]];
  return lines.flat().flatMap(({ lat, lon }) => [lon, lat]);
}

/** Positions without their heights. */
function flatPositions(coordinates: unknown): number[] {
  if (!Array.isArray(coordinates)) return [];
  return typeof coordinates[0] === "number" ? flat(coordinates.slice(0, 2)) : coordinates.flatMap(flatPositions);
}

interface Names {
  readonly id: string;
  readonly name: string;
  readonly name_ar: string;
}

const PLAIN: Names = { id: "id", name: "name", name_ar: "name_ar" };

function held(features: readonly Feature[], wanted: readonly Told[], names: Names, withShape = true): string[] {
  if (features.length !== wanted.length) return [`${features.length} features, not ${wanted.length}`];
  return wanted.flatMap((each) => {
    const feature = features.find(({ properties }) => String(properties[names.id]) === each.id);
    if (feature === undefined) return [`nothing has the id ${each.id}`];
    const { properties, geometry } = feature;
    const numbers = flatPositions(geometry?.coordinates);
    const want = numbersOf(each);
    const isNear = numbers.length === want.length && numbers.every((at, i) => Math.abs(at - (want[i] ?? 0)) < 2e-9);
    const arabic = each.fields.find(([field]) => field === "name_ar")?.[1];
    return [
      ...(withShape && !isNear ? [`${each.id} lies at ${numbers.join(" ")}, not ${want.join(" ")}`] : []),
      ...(properties[names.name] === each.name ? [] : [`${each.id} is called ${String(properties[names.name])}`]),
      ...(arabic === undefined || properties[names.name_ar] === arabic ? [] : [`${each.id} lost its Arabic name`]),
    ];
  });
}

/** Of the line with times: what another program says of when it is where. */
function times(features: readonly Feature[], field: string): string[] {
  const wanted = ALL.flatMap(({ route }) => route.map(({ at }) => at));
  const found = features.map(({ properties }) => Date.parse(String(properties[field]).replaceAll("/", "-")));
  return found.join() === wanted.join() ? [] : [`times ${found.join(" ")} are not ${wanted.join(" ")}`];
}

/** A table as LibreOffice shows it: what it would have run is text, and numbers are what they were. */
function shown(folder: string, format: "csv" | "xlsx"): string[] {
  const name = put(folder, format);
  const out = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true";
  const filter = format === "csv" ? ["--infilter=CSV:44,34,76,1,1/2,1033,false,true"] : [];
  run(folder, "soffice", [...filter, "--convert-to", out, "--outdir", "shown", name]);
  const text = readFileSync(join(folder, "shown", "ours.csv"), "utf8");
  const wanted = ALL.flatMap(({ id, name: title }) => [id, title.replaceAll('"', '""')]);
  const gone = wanted.filter((each) => !text.includes(each)).map((each) => `"${each}" is not shown`);
  const isRun = !text.includes("=HYPERLINK(");
  return [
    ...gone,
    ...(isRun ? ["a formula was run"] : []),
    ...(text.includes("36.3402125") ? [] : ["a latitude is gone"]),
  ];
}

export const OURS: readonly Trial[] = [
  {
    what: "GeoJSON",
    programs: ["ogr2ogr"],
    trial: (folder) => held(gdal(folder, put(folder, "geojson")), ALL, PLAIN),
  },
  {
    what: "KML",
    programs: ["ogr2ogr"],
    trial: (folder) => held(gdal(folder, put(folder, "kml")), ALL, { ...PLAIN, name: "Name" }),
  },
  {
    what: "KMZ",
    programs: ["ogr2ogr"],
    trial: (folder) => held(gdal(folder, put(folder, "kmz")), ALL, { ...PLAIN, name: "Name" }),
  },
  {
    what: "GPX, waypoints",
    programs: ["ogr2ogr"],
    trial: (folder) => {
      const points = ALL.filter(({ volumes }) => volumes[0]?.footprint.type === "point");
      const names = { id: "parley_id", name: "name", name_ar: "parley_name_ar" };
      return held(gdal(folder, put(folder, "gpx"), "waypoints"), points, names);
    },
  },
  {
    what: "GPX, times of a track",
    programs: ["ogr2ogr"],
    trial: (folder) => times(gdal(folder, put(folder, "gpx"), "track_points"), "time"),
  },
  {
    what: "CSV, places",
    programs: ["ogr2ogr"],
    trial: (folder) => {
      const columns = ["-oo", "X_POSSIBLE_NAMES=longitude", "-oo", "Y_POSSIBLE_NAMES=latitude"];
      return held(gdal(folder, put(folder, "csv", ALL.filter(isPlace)), ...columns), ALL.filter(isPlace), PLAIN);
    },
  },
  {
    what: "CSV, areas and lines",
    programs: ["ogr2ogr"],
    trial: (folder) => {
      const shapes = ALL.filter((each) => !isPlace(each));
      return held(gdal(folder, put(folder, "csv", shapes), "-oo", "GEOM_POSSIBLE_NAMES=wkt"), shapes, PLAIN);
    },
  },
  {
    what: "XLSX, cells",
    programs: ["ogr2ogr"],
    trial: (folder) => held(gdal(folder, put(folder, "xlsx"), "-oo", "FIELD_TYPES=STRING"), ALL, PLAIN, false),
  },
  { what: "CSV, as shown", programs: ["soffice"], trial: (folder) => shown(folder, "csv") },
  { what: "XLSX, as shown", programs: ["soffice"], trial: (folder) => shown(folder, "xlsx") },
  {
    what: "GPX, waypoints and track",
    programs: ["gpsbabel", "ogr2ogr"],
    trial: (folder) => {
      run(folder, "gpsbabel", ["-t", "-w", "-i", "gpx", "-f", put(folder, "gpx"), "-o", "gpx", "-F", "again.gpx"]);
      const names = gdal(folder, "again.gpx", "waypoints").map(({ properties }) => properties["name"]);
      const points = ALL.filter(({ volumes }) => volumes[0]?.footprint.type === "point").map(({ name }) => name);
      const isSame = names.join() === points.join();
      return [
        ...(isSame ? [] : [`${names.join()} are not ${points.join()}`]),
        ...times(gdal(folder, "again.gpx", "track_points"), "time"),
      ];
    },
  },
  {
    what: "KML, track",
    programs: ["gpsbabel", "ogr2ogr"],
    trial: (folder) => {
      const file = put(folder, "kml", ALL.filter(isLine));
      run(folder, "gpsbabel", ["-t", "-i", "kml", "-f", file, "-o", "gpx", "-F", "again.gpx"]);
      return times(gdal(folder, "again.gpx", "track_points"), "time");
    },
  },
  { what: "CAP 1.2, by a schema of the standard", programs: ["xmllint"], trial: capTrial },
  {
    what: "Cursor on Target, by a schema of the event",
    programs: ["xmllint"],
    trial: (folder) =>
      valid(folder, put(folder, "cot", [...ALL, ...ALL.map((each) => ({ ...each, gone: true }))]), "cot-event.xsd"),
  },
];

function valid(folder: string, file: string, schema: string): string[] {
  run(folder, "xmllint", ["--noout", "--nonet", "--schema", join(import.meta.dirname, schema), file]);
  return [];
}

/** An alert a file, as the standard has it; an exercise is one of them. */
function capTrial(folder: string): string[] {
  const kept = [...ALL, ...ALL.map((each) => ({ ...each, exercise: true }))];
  return kept.flatMap((each) => {
    const { left, content } = writeFile("cap", [each], NOW);
    if (left.length > 0 && !String(content).includes("<alert")) return [];
    const file = put(folder, "cap", [each]);
    return valid(folder, file, "cap-1.2.xsd");
  });
}
