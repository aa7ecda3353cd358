/** How each file of `test/intake/outside` was made, and is made again: by which program, from which of the seeds. */
import type { Program } from "./outside.ts";

export type SeedName = "places" | "areas" | "track";
export type Lost = "id" | "name_ar" | "people" | "date" | "remarks";

export interface Recipe {
  readonly file: string;
  readonly seed: SeedName;
  /** Where the last step leaves it. */
  readonly made: string;
  /** Program and arguments, parted by spaces; `{…}` stands for one of FILTERS. */
  readonly steps: readonly string[];
  /** What the program itself does not carry over, so that no reader could find it. */
  readonly without: readonly Lost[];
}

/** LibreOffice's words for how a CSV file is read and written: the separator, UTF-8, the first column as text. */
const FILTERS: Readonly<Record<string, string>> = {
  in: "--infilter=CSV:44,34,76,1,1/2,1033,false,true",
  out: "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true",
};

export function commandOf(step: string): readonly [Program, ...string[]] {
  const words = step.split(" ").map((word) => FILTERS[/^\{(\w+)\}$/.exec(word)?.[1] ?? ""] ?? word);
  return words as unknown as [Program, ...string[]];
}

function places(file: string, without: readonly Lost[], ...steps: readonly string[]): Recipe {
  return { file, seed: "places", made: file, steps, without };
}

function areas(file: string, step: string): Recipe {
  return { file, seed: "areas", made: file, steps: [step], without: ["people", "date", "remarks"] };
}

function track(file: string, step: string): Recipe {
  return { file, seed: "track", made: file, steps: [step], without: ["id", "name_ar", "people"] };
}

/** GPSBabel keeps a waypoint's name and place, and none of the extensions of another program. */
const BABEL: readonly Lost[] = ["id", "name_ar", "people", "date", "remarks"];
const WAYPOINTS = "ogr2ogr -f GPX waypoints.gpx places.geojson -dsco GPX_USE_EXTENSIONS=YES";
const TO_ODS = "soffice {in} --convert-to ods --outdir ods places.csv";

export const RECIPES: readonly Recipe[] = [
  places("places.gdal.kml", [], "ogr2ogr -f LIBKML places.gdal.kml places.geojson"),
  places("places.gdal.kmz", [], "ogr2ogr -f LIBKML places.gdal.kmz places.geojson"),
  places("places.gdal.gpx", [], "ogr2ogr -f GPX -dsco GPX_USE_EXTENSIONS=YES places.gdal.gpx places.geojson"),
  places("places.gdal.csv", [], "ogr2ogr -f CSV -lco GEOMETRY=AS_XY places.gdal.csv places.geojson"),
  places(
    "places-semicolon.gdal.csv",
    [],
    "ogr2ogr -f CSV -lco GEOMETRY=AS_YX -lco SEPARATOR=SEMICOLON -lco WRITE_BOM=YES -lco LINEFORMAT=CRLF places-semicolon.gdal.csv places.geojson",
  ),
  places("places.gdal.xlsx", [], "ogr2ogr -f XLSX places.gdal.xlsx places.csv -oo AUTODETECT_TYPE=YES"),
  places("places.gdal.geojson", [], "ogr2ogr -f GeoJSON -lco ID_FIELD=id places.gdal.geojson places.geojson"),
  places("places-lines.gdal.geojson", [], "ogr2ogr -f GeoJSONSeq places-lines.gdal.geojson places.geojson"),
  areas("areas.gdal.kml", "ogr2ogr -f KML areas.gdal.kml areas.geojson"),
  areas("areas.gdal.csv", "ogr2ogr -f CSV -lco GEOMETRY=AS_WKT areas.gdal.csv areas.geojson"),
  areas("areas.gdal.geojson", "ogr2ogr -f GeoJSON -lco RFC7946=YES areas.gdal.geojson areas.geojson"),
  places("places.gpsbabel.gpx", BABEL, WAYPOINTS, "gpsbabel -w -i gpx -f waypoints.gpx -o gpx -F places.gpsbabel.gpx"),
  places("places.gpsbabel.kml", BABEL, WAYPOINTS, "gpsbabel -w -i gpx -f waypoints.gpx -o kml -F places.gpsbabel.kml"),
  track("track.gpsbabel.gpx", "gpsbabel -t -i gpx -f track.gpx -o gpx -F track.gpsbabel.gpx"),
  track("track.gpsbabel.kml", "gpsbabel -t -i gpx -f track.gpx -o kml,points=0,track=1,lines=0 -F track.gpsbabel.kml"),
  {
    ...places("places.libreoffice.xlsx", [], "soffice {in} --convert-to xlsx --outdir made places.csv"),
    made: "made/places.xlsx",
  },
  {
    ...places("places-ods.libreoffice.xlsx", [], TO_ODS, "soffice --convert-to xlsx --outdir made ods/places.ods"),
    made: "made/places.xlsx",
  },
  {
    ...places("places.libreoffice.csv", [], TO_ODS, "soffice --convert-to {out} --outdir made ods/places.ods"),
    made: "made/places.csv",
  },
];
