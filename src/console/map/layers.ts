/** From the node's reply to the collections that the map is fed with. */
import type { Conflict, MapReply, MapShape } from "../../api/index.ts";
import type { Position } from "../../geo/index.ts";
import {
  cellFeatures,
  collection,
  conflictFeatures,
  measureFeatures,
  movingFeatures,
  shapeFeatures,
} from "./shapes.ts";
import { symbolOf } from "./symbols.ts";
import type { LayerData } from "./feeder.ts";

export interface Telling {
  readonly own: string;
  readonly isExercise: boolean;
  readonly placeOf: (party: string) => number;
  readonly shapeWords: (shape: MapShape) => string;
  readonly countWords: (count: number) => string;
  readonly conflictWords: (conflict: Conflict) => string;
}

const isTold = ({ type }: MapShape): boolean => type === "message";

/** Beyond so many shapes only what is urgent bears its name: the list has them all. */
const NAMED = 350;

export function layersOf(reply: MapReply, telling: Telling): { data: LayerData; symbols: ReadonlySet<string> } {
  const isCrowded = reply.shapes.length > NAMED;
  const symbols = new Set<string>();
  const featuresOf = (shape: MapShape) => {
    const symbol = symbolOf(shape, telling.own, telling.isExercise) ?? "";
    if (symbol !== "" && !isCrowded) symbols.add(symbol);
    const isNamed = shape.index === 0 && (!isCrowded || shape.conflict !== null || shape.kind === "alert");
    return shapeFeatures(shape, {
      place: shape.from === null ? 0 : telling.placeOf(shape.from),
      words: isNamed ? telling.shapeWords(shape) : "",
      symbol: isCrowded || shape.index > 0 ? "" : symbol,
    });
  };
  const data: LayerData = {
    told: collection(reply.shapes.filter(isTold).flatMap(featuresOf)),
    plans: collection(reply.shapes.filter((shape) => !isTold(shape)).flatMap(featuresOf)),
    cells: collection(reply.cells.flatMap((cell) => cellFeatures(cell, telling.countWords))),
    conflicts: collection(conflictFeatures(reply.conflicts, telling.conflictWords)),
  };
  return { data, symbols };
}

export function movingLayer(reply: MapReply, placeOf: Telling["placeOf"], moment: number): LayerData {
  const moving = reply.shapes.flatMap((shape) =>
    movingFeatures(shape, shape.from === null ? 0 : placeOf(shape.from), moment),
  );
  return { moving: collection(moving) };
}

export function measureLayer(points: readonly Position[]): LayerData {
  return { measure: collection(points.length === 0 ? [] : measureFeatures(points)) };
}
