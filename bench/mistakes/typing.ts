/**
 * Typing from a right source. The model: someone types the two numbers of a position, digit by digit.
 *
 * - A digit is hit wrong with probability `slip`; seven in ten times it becomes a neighbour on the number pad, else any.
 * - A digit is misread from the paper with probability `misread`, as one that looks like it; a second reader of the same
 *   paper misreads the same digit the same way with probability `alike` (`badPaper` on a smudged one), because what
 *   looks like another digit looks so to both.
 * - Two neighbouring digits are exchanged with probability `exchange` a pair.
 *
 * Three persons type: the drafter, who re-keys for the drafter, and who reads back from the paper, not from the screen.
 * Whoever sees a difference looks at the source again. A slip survives where importing says nothing grave of it and
 * both others come within 50 m of the drafter's wrong position. Read-back by a receiver who has only what was sent
 * catches what was heard wrong and none of this; docs/mistakes.md says so.
 */
import { pointDistanceM } from "../../src/geo/index.ts";
import { comparePositions } from "../../src/message/index.ts";
import type { Random } from "../deconflict/random.ts";
import type { Cells } from "./mutate.ts";

export const MODEL = { slip: 0.004, misread: 0.002, alike: 0.05, exchange: 0.001, badPaper: 0.3 } as const;

const PAD: Readonly<Record<string, string>> = {
  "0": "12",
  "1": "024",
  "2": "0135",
  "3": "26",
  "4": "157",
  "5": "2468",
  "6": "359",
  "7": "48",
  "8": "579",
  "9": "68",
};
const LOOKS: Readonly<Record<string, string>> = {
  "0": "6",
  "1": "7",
  "2": "7",
  "3": "8",
  "4": "9",
  "5": "6",
  "6": "0",
  "7": "1",
  "8": "3",
  "9": "4",
};

interface Typed {
  readonly cells: Cells;
  /** Places that were misread, counted over both numbers. */
  readonly misread: ReadonlySet<number>;
}

/** `smudged`: what the one before misread of the same paper, which is misread again with probability `alike`. */
function typed(source: Cells, random: Random, smudged: ReadonlySet<number>, alike: number): Typed {
  const misread = new Set<number>();
  let place = 0;
  const number = (text: string): string => {
    const digits = text.split("").map((digit): string => {
      place++;
      if (!(digit in LOOKS)) return digit;
      if (random() < (smudged.has(place) ? alike : MODEL.misread)) {
        misread.add(place);
        return LOOKS[digit] as string;
      }
      if (random() >= MODEL.slip) return digit;
      const near = random() < 0.7 ? (PAD[digit] as string) : "0123456789".replace(digit, "");
      return near.charAt(Math.floor(random() * near.length));
    });
    for (let i = 0; i + 1 < digits.length; i++) {
      const [one, next] = [digits[i] as string, digits[i + 1] as string];
      if (one in LOOKS && next in LOOKS && random() < MODEL.exchange) [digits[i], digits[i + 1]] = [next, one];
    }
    return digits.join("");
  };
  const [lat, lon] = [number(source.lat), number(source.lon)];
  return { cells: { lat, lon }, misread };
}

/** A drafter's entry that is wrong by more than 100 m, with what was misread in it; null where `tries` made none. */
export function wronglyTyped(source: Cells, random: Random, tries: number): Typed | null {
  for (let i = 0; i < tries; i++) {
    const entry = typed(source, random, new Set(), 0);
    const { lat, lon } = entry.cells;
    if (Math.abs(Number(lat)) > 90 || Math.abs(Number(lon)) > 180) continue;
    if (pointDistanceM(positionOf(source), positionOf(entry.cells)) > 100) return entry;
  }
  return null;
}

/** Whether a second entry from the same paper agrees with the first. */
export function agrees(first: Typed, source: Cells, random: Random, alike: number): boolean {
  const second = typed(source, random, first.misread, alike).cells;
  if (Math.abs(Number(second.lat)) > 90 || Math.abs(Number(second.lon)) > 180) return false;
  return comparePositions(`${first.cells.lat} ${first.cells.lon}`, `${second.lat} ${second.lon}`).same;
}

const positionOf = ({ lat, lon }: Cells) => ({ lat: Number(lat), lon: Number(lon) });
