/** What the node itself finds in a draft, whoever made it: in the codes and the form of intake's findings. */
import type { Finding } from "../../api/index.ts";
import { bytesTooMany, type Charter } from "../../line/index.ts";
import { type Message, phraseOf, type ToBeSigned, volumesOf } from "../../message/index.ts";
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

/** An alert that is longer still goes over a narrow link, and is there later: nothing for anybody to confirm. */
export function narrowFindings(charter: Charter, { message, bytes }: ToBeSigned, officers: 1 | 2): Finding[] {
  if (message.kind !== "alert") return [];
  const many = bytesTooMany({ bytes, officers, parties: charter.parties.length });
  if (many <= 0) return [];
  const code = "narrow-too-long";
  const says = `Over a narrow link it comes later than other alerts: it is ${many} bytes too long for their form.`;
  const because = "A letter has one byte in Latin script, two in Cyrillic, Arabic and Kurdish; a place has some 60.";
  return [{ code, gravity: "note", field: "remarks", message: says, suggestion: null, because }];
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
