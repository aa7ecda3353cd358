/** What a format of other software cannot hold: whose it is, and why. Each reader says it in his own words. */

export const LEFT_CODES = [
  "alert-corridor",
  "alert-hole",
  "cot-hole",
  "gpx-circle",
  "gpx-polygon",
  "kml-position-names",
  "table-route-times",
  "workbook-cell",
  "volume4d-outline",
] as const;
export type LeftCode = (typeof LEFT_CODES)[number];

export interface Left {
  readonly code: LeftCode;
  /** What people know it by. */
  readonly name: string;
  /** Of a cell: its column, and how long its text is; else null. */
  readonly column: string | null;
  readonly characters: number | null;
}

export function leftOut(code: LeftCode, name: string): Left {
  return { code, name, column: null, characters: null };
}

/** In English, without the name and the full stop. */
export function leftWords({ code, column, characters }: Left): string {
  switch (code) {
    case "alert-corridor":
      return "an alert holds no corridor";
    case "alert-hole":
      return "an alert holds no hole";
    case "cot-hole":
      return "Cursor on Target holds no hole";
    case "gpx-circle":
      return "GPX holds no circle";
    case "gpx-polygon":
      return "GPX holds no polygon";
    case "kml-position-names":
      return "KML holds no names of a route's positions";
    case "table-route-times":
      return "a table holds no times of a route but its first and last";
    case "workbook-cell":
      return `a cell of a workbook holds no ${characters} characters ("${column}")`;
    case "volume4d-outline":
      return "a Volume4D holds no corridor and no hole";
  }
}
