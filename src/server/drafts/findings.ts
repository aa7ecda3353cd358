/** What the node itself finds in a draft, whoever made it: in the codes and the form of intake's findings. */
import type { Finding } from "../../api/index.ts";
import { outsideOf, reason, sentence, spoken } from "../../intake/index.ts";
import { bytesTooMany, type Charter } from "../../line/index.ts";
import { type Message, type ToBeSigned, volumesOf } from "../../message/index.ts";
import { type Footprint, formatTime, type Position } from "../../geo/index.ts";
import { finerThanFloor, type PublicStatement, stanceContradiction } from "../../release/index.ts";

export function ownFindings(charter: Charter, message: Message, statements: readonly PublicStatement[]): Finding[] {
  const found: Finding[] = [];
  if (finerThanFloor(message, charter.precision_floor_m)) {
    found.push({
      code: "precision-too-fine",
      gravity: "refuse",
      field: null,
      suggestion: { precision_m: charter.precision_floor_m },
      ...spoken([sentence("precision-too-fine", { floor: { metres: charter.precision_floor_m } })], null),
    });
  }
  const outside = volumesOf(message)
    .flatMap(({ footprint }) => positionsOf(footprint))
    .map((at) => outsideOf(at, charter.area))
    .find(({ length }) => length > 0);
  found.push(...(outside ?? []));
  const contradiction = stanceContradiction(statements, message);
  if (contradiction !== null) {
    const { statement, in_public, here } = contradiction;
    const when = formatTime(statement.said_at);
    found.push({
      code: "contradicts-public",
      gravity: "warn",
      field: "stands",
      suggestion: null,
      ...spoken(
        [sentence("contradicts-public", { in_public: { stance: in_public }, here: { stance: here } })],
        reason("public", { where: statement.where.slice(0, 1900), at: when }),
      ),
    });
  }
  return found;
}

/**
 * What a drafter's machine found, in this node's own words: were its English taken as it came, a releaser could be shown
 * one thing on the command line and another on the console.
 */
export function restated<Each extends Pick<Finding, "message" | "says" | "because" | "reason">>(finding: Each): Each {
  const said = spoken(finding.says ?? [], finding.reason ?? null);
  return said.message === "" ? finding : { ...finding, ...said };
}

/** An alert that is longer still goes over a narrow link, and is there later: nothing for anybody to confirm. */
export function narrowFindings(charter: Charter, { message, bytes }: ToBeSigned, officers: 1 | 2): Finding[] {
  if (message.kind !== "alert") return [];
  const many = bytesTooMany({ bytes, officers, parties: charter.parties.length });
  if (many <= 0) return [];
  const says = spoken([sentence("narrow-too-long", { bytes: many })], reason("letters", {}));
  return [{ code: "narrow-too-long", gravity: "note", field: "remarks", suggestion: null, ...says }];
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
