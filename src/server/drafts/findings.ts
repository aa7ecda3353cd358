/** What the node itself finds in a draft, whoever made it: in the codes and the form of intake's findings. */
import type { Finding } from "../../api/index.ts";
import type { Charter } from "../../line/index.ts";
import { type Message, phraseOf, volumesOf } from "../../message/index.ts";
import { type Footprint, formatTime, type Position } from "../../geo/index.ts";
import { finerThanFloor, type PublicStatement, stanceContradiction } from "../../release/index.ts";

export function ownFindings(charter: Charter, message: Message, statements: readonly PublicStatement[]): Finding[] {
  const found: Finding[] = [];
  if (finerThanFloor(message, charter.precision_floor_m)) {
    found.push({
      code: "precision-too-fine",
      gravity: "refuse",
      field: null,
      message: `The charter lets no position out that is more precise than ${charter.precision_floor_m} m: coarsen it.`,
      suggestion: { precision_m: charter.precision_floor_m },
      because: null,
    });
  }
  const outside = volumesOf(message)
    .flatMap(({ footprint }) => positionsOf(footprint))
    .find((at) => !isWithin(at, charter.area));
  if (outside !== undefined) {
    found.push({
      code: "outside-area",
      gravity: "warn",
      field: null,
      message: `The position ${outside.lat}, ${outside.lon} lies outside the line's area of interest.`,
      suggestion: null,
      because: null,
    });
  }
  const contradiction = stanceContradiction(statements, message);
  if (contradiction !== null) {
    const { statement, in_public, here } = contradiction;
    const when = formatTime(statement.said_at);
    found.push({
      code: "contradicts-public",
      gravity: "warn",
      field: "stands",
      message: `In public this party says "${phraseOf("stance", in_public)}", and here "${phraseOf("stance", here)}".`,
      suggestion: null,
      because: `${statement.where}, ${when}`.slice(0, 2000),
    });
  }
  return found;
}

function positionsOf(footprint: Footprint): readonly Position[] {
  switch (footprint.type) {
    case "point":
      return [footprint.at];
    case "circle":
      return [footprint.centre];
    case "polygon":
      return footprint.rings.flat();
    case "corridor":
      return footprint.line;
  }
}

function isWithin({ lat, lon }: Position, { west, south, east, north }: Charter["area"]): boolean {
  const across = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
  return lat >= south && lat <= north && across;
}
