/**
 * Re-keying: a position is entered a second time, by someone who does not see the first, and the two are compared. It
 * catches slips of typing and reading; a source that is wrong it cannot catch.
 */
import { formatCoordinate, parseCoordinate, pointDistanceM, type Position } from "../geo/index.ts";
import { READ_BACK_TOLERANCE } from "./readback.ts";

/** A stretch of one text that stands otherwise in the other; both are "" nowhere at once. */
interface TextDifference {
  /** Where it begins in the first text, counted from 0. */
  readonly at: number;
  readonly first: string;
  readonly second: string;
}

interface PositionComparison {
  readonly first: Position;
  readonly second: Position;
  readonly distance_m: number;
  /** Within what read-back takes for the same. */
  readonly same: boolean;
  /** Where the digits differ; empty where the two are written in different notations. */
  readonly differences: readonly TextDifference[];
}

/**
 * Two entries of one position, in any notation that positions are read in.
 * @throws what `parseCoordinate` throws for either
 */
export function comparePositions(first: string, second: string): PositionComparison {
  const [a, b] = [parseCoordinate(first), parseCoordinate(second)];
  const distance_m = Math.round(pointDistanceM(a.position, b.position) * 10) / 10;
  return {
    first: a.position,
    second: b.position,
    distance_m,
    same: distance_m <= READ_BACK_TOLERANCE.position_m,
    differences: a.notation === b.notation ? textDifferences(first.trim(), second.trim()) : [],
  };
}

/** One piece of a text; `differs` where the other text has another there. */
interface TextPiece {
  readonly text: string;
  readonly differs: boolean;
}

/**
 * A position that was drafted and one that was entered, both written in the notation of what was entered, in pieces: the
 * digits that differ stand out.
 * @throws what `parseCoordinate` throws for `entered`
 */
export function positionsInPieces(
  drafted: Position,
  entered: string,
): { readonly drafted: readonly TextPiece[]; readonly entered: readonly TextPiece[]; readonly distance_m: number } {
  const { position, notation: written } = parseCoordinate(entered);
  const notation = written === "place" ? "decimal" : written;
  const [first, second] = [formatCoordinate(drafted, notation), formatCoordinate(position, notation)];
  const { differences, distance_m } = comparePositions(first, second);
  let shift = 0;
  const places = differences.map((each) => {
    const at = each.at + shift;
    shift += each.second.length - each.first.length;
    return { at, length: each.second.length };
  });
  return {
    drafted: inPieces(
      first,
      differences.map((each) => ({ at: each.at, length: each.first.length })),
    ),
    entered: inPieces(second, places),
    distance_m,
  };
}

function inPieces(text: string, marked: readonly { readonly at: number; readonly length: number }[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const { at, length } of marked) {
    pieces.push({ text: text.slice(done, at), differs: false }, { text: text.slice(at, at + length), differs: true });
    done = at + length;
  }
  return [...pieces, { text: text.slice(done), differs: false }].filter((piece) => piece.text !== "");
}

/** The shortest changes that make one text of the other, each with where it begins; at most 200 characters of each. */
function textDifferences(first: string, second: string): TextDifference[] {
  const [a, b] = [Array.from(first.slice(0, 200)), Array.from(second.slice(0, 200))];
  const common = commonLengths(a, b);
  const differences: TextDifference[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      [i, j] = [i + 1, j + 1];
      continue;
    }
    const [fromA, fromB] = [i, j];
    while ((i < a.length || j < b.length) && a[i] !== b[j]) {
      const [down, right] = [common[i + 1]?.[j] ?? -1, common[i]?.[j + 1] ?? -1];
      if (i < a.length && (j >= b.length || down >= right)) i++;
      else j++;
    }
    differences.push({ at: fromA, first: a.slice(fromA, i).join(""), second: b.slice(fromB, j).join("") });
  }
  return differences;
}

/** Length of the longest common part of what begins at `i` and at `j`. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i] as number[];
      row[j] =
        a[i] === b[j]
          ? ((lengths[i + 1] as number[])[j + 1] as number) + 1
          : Math.max((lengths[i + 1] as number[])[j] as number, row[j + 1] as number);
    }
  }
  return lengths;
}
