/**
 * APP-6 symbols for what has one, drawn by milsymbol, which is loaded when the first is wanted. They stand beside words,
 * never in their place. What is protected is neutral, whoever told it; our own is friendly; nobody on a line is hostile.
 */
import type { MapShape } from "../../api/index.ts";

/** Symbol set and entity (APP-6 D). */
const SITES: Readonly<Record<string, string>> = {
  hospital: "20120702",
  clinic: "20120701",
  school: "20120402",
  "displacement-site": "20111901",
  shelter: "20111900",
  "place-of-worship": "20121004",
  water: "20121400",
  power: "20120500",
  warehouse: "20112000",
  office: "20120600",
  "dangerous-works": "20120305",
};
const ACTIVITIES: Readonly<Record<string, string>> = {
  flight: "01110100",
  "unmanned-flight": "01110300",
  patrol: "40130100",
  "search-and-rescue": "40130300",
};
const REPORTS: Readonly<Record<string, string>> = { explosion: "40110600" };

/** The name of a shape's image: its SIDC; null where APP-6 has none for it. */
export function symbolOf({ kind, category, from, state }: MapShape, own: string, isExercise: boolean): string | null {
  const table = kind === "site" ? SITES : kind === "activity" ? ACTIVITIES : kind === "report" ? REPORTS : null;
  const entity = table === null || category === null ? undefined : table[category];
  if (entity === undefined || state !== "in-force") return null;
  const identity = kind !== "site" && from === own ? "3" : "4";
  return `10${isExercise ? "1" : "0"}${identity}${entity.slice(0, 2)}0000${entity.slice(2)}0000`;
}

const SIZE = 20;
/** Sharp on screens with two pixels for one. */
const RATIO = 2;

/** Bars and amplifiers outside of the frame are black: without an edge a dark map hides them. */
const EDGE = { outlineColor: "rgb(239, 239, 239)", outlineWidth: 5 };

/** The picture of a symbol, drawn twice as large as it is shown. */
export async function symbolImage(sidc: string): Promise<{ readonly data: ImageData; readonly pixelRatio: number }> {
  const { default: ms } = await import("milsymbol");
  const canvas = new ms.Symbol(sidc, { size: SIZE * RATIO, simpleStatusModifier: true, ...EDGE }).asCanvas();
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  return { data: pen.getImageData(0, 0, canvas.width, canvas.height), pixelRatio: RATIO };
}
