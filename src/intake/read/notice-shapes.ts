/** What the positions of a notice make: areas "bounded by", circles "within n miles of", tracks, single positions. */
import type { Footprint, Position } from "../../geo/index.ts";
import type { FoundPosition } from "./positions-in-text.ts";

export interface NoticeShape {
  readonly footprint: Footprint;
  /** From and to in the text, the words that say what it is included. */
  readonly from: number;
  readonly to: number;
  /** True of a line whose width the notice does not say. */
  readonly widthless: boolean;
  /** True of a position that is one of the corners of an area, whose others were not found beside it. */
  readonly partial: boolean;
}

const NAUTICAL_MILE_M = 1852;
const COUNTS: Readonly<Record<string, number>> = {
  ONE: 1,
  TWO: 2,
  THREE: 3,
  FOUR: 4,
  FIVE: 5,
  SIX: 6,
  SEVEN: 7,
  EIGHT: 8,
  NINE: 9,
  TEN: 10,
  ELEVEN: 11,
  TWELVE: 12,
  FIFTEEN: 15,
  TWENTY: 20,
  "TWENTY FIVE": 25,
  THIRTY: 30,
  FORTY: 40,
  FIFTY: 50,
  HALF: 0.5,
  "ONE HALF": 0.5,
};
const COUNT = `(\\d{1,4}(?:\\.\\d{1,3})?|${Object.keys(COUNTS)
  .toSorted((a, b) => b.length - a.length)
  .join("|")})`;
const UNIT = "(NAUTICAL MILES?|NM|MILES?|KILOMETERS?|KILOMETRES?|KM|METERS?|METRES?|M)";
const LENGTH = new RegExp(`${COUNT}[ -]?${UNIT}(?![A-Z])`);
const WITHIN = new RegExp(
  `(?:WITHIN(?:: ?[A-Z][.)])?|WI|INSIDE|RADIUS(?: OF)?|CIRCLE(?: OF)?)(?: A)?(?: CIRCLE(?: OF)?)?(?: RADIUS(?: OF)?)? ${COUNT}[ -]?${UNIT}(?![A-Z])|${COUNT}[ -]?${UNIT}[ -]?RADIUS|(?<=(?:^|[ .,;])[A-Z][.)] ?)${COUNT}[ -]?${UNIT} OF(?= $)`,
  "g",
);
const BERTH = new RegExp(`${COUNT}[ -]?${UNIT} BERTH`);
/** What may stand between two positions of one shape. */
const JOINT =
  /^(?:[\s,;.:/-]|AND|TO|THENCE|THEN|BACK|ORIGIN|STARTING|POINT|ALONG|LINE|BY|\((?:[A-Z]|\d)\)|THE|PSN|POSN)*$/;
const AREA = /BOUND(?:ED|ARY)?|AREAS?\b|POLYGON|ENCLOSED|CONTAINED|LIMITS|LATERAL|CORNERS/;
const LINE = /TRACK ?LINE|TRACKS?\b|LINES?\b|ROUTE|CABLES?\b.*JOINING|BETWEEN|JOINING/;

/** `text` is in capitals with single spaces; the positions are in their order, and their places those in `text`. */
export function shapesOf(text: string, positions: readonly FoundPosition[]): NoticeShape[] {
  const runs: FoundPosition[][] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && JOINT.test(text.slice(last.to, position.from))) run.push(position);
    else runs.push([position]);
  }
  let words = "";
  let before = 0;
  return runs.flatMap((run) => {
    const [first, last] = [run[0] as FoundPosition, run.at(-1) as FoundPosition];
    const lead = text.slice(before, first.from);
    // "A.", "B." and the like go on with what was said before them.
    words = /[A-Z]{3}/.test(lead) ? lead : `${words} ${lead}`;
    before = last.to;
    const from = first.from - leadLength(lead);
    return footprintsOf(words, run, text).map((shape) => ({ partial: false, ...shape, from, to: last.to }));
  });
}

/** The words right before the positions that say what they make, so that they count as understood. */
function leadLength(lead: string): number {
  const match =
    /(?:(?:IN |WITHIN |OF )*(?:AREAS?|TRACKLINES?|LINES?)? ?(?:BOUND(?:ED)?|JOINING|WITHIN|RADIUS|CENTERED|CENTRED|BETWEEN)[A-Z0-9 .:]{0,60}|[A-Z][.)] ?[A-Z0-9. ]{1,16} OF |IN |IN VICINITY |VICINITY |AT |OF )$/.exec(
      lead,
    );
  return match?.[0].length ?? 0;
}

type Bare = Omit<NoticeShape, "from" | "to" | "partial"> & { readonly partial?: true };

function footprintsOf(words: string, run: readonly FoundPosition[], text: string): Bare[] {
  const at = run.map((each) => each.at);
  const lengths = [...words.matchAll(WITHIN)];
  const radius = lengthOf(lengths.at(-1)?.[0]);
  const isArea = AREA.test(words) && /BOUND|ENCLOSED|CORNERS|LIMITS|LATERAL|POLYGON|CONTAINED/.test(words);
  const ring = openRing(at);
  const afterRadius = radius === null ? "" : words.slice((lengths.at(-1)?.index ?? 0) + 1);
  if (radius !== null && !/BOUND/.test(afterRadius)) {
    if (at.length > 1 && LINE.test(afterRadius)) return [corridor(at, 2 * radius, false)];
    return at.map((centre) => ({ footprint: { type: "circle", centre, radius_m: radius }, widthless: false }));
  }
  if (isArea && ring.length >= 3) return [{ footprint: { type: "polygon", rings: [ring] }, widthless: false }];
  if (at.length > 1 && LINE.test(words)) return [corridor(at, berthOf(text), berthOf(text) === null, run)];
  if (AREA.test(words) && ring.length >= 4)
    return [{ footprint: { type: "polygon", rings: [ring] }, widthless: false }];
  const partial = /BOUND(?:ED)? ?BY(?![A-Z])|ENCLOSED|POLYGON/.test(words) ? { partial: true as const } : {};
  return at.map((each) => ({ footprint: { type: "point", at: each }, widthless: false, ...partial }));
}

/** Where no width is said, as wide as its positions are precise: no place on the line is missed, none is added. */
function corridor(
  line: readonly Position[],
  width: number | null,
  widthless: boolean,
  run: readonly FoundPosition[] = [],
): Bare {
  const finest = Math.max(1, ...run.map(({ precision_m }) => precision_m));
  return { footprint: { type: "corridor", line, width_m: width ?? Math.ceil(finest) }, widthless };
}

/** "400 METER BERTH REQUESTED" is to both sides. */
function berthOf(text: string): number | null {
  const berth = lengthOf(BERTH.exec(text)?.[0]);
  return berth === null ? null : 2 * berth;
}

function lengthOf(text: string | undefined): number | null {
  const match = text === undefined ? null : LENGTH.exec(text);
  if (match === null) return null;
  const [, count = "", unit = ""] = match;
  const scale = unit.startsWith("K") ? 1000 : unit.startsWith("MET") || unit === "M" ? 1 : NAUTICAL_MILE_M;
  return (COUNTS[count] ?? Number(count)) * scale;
}

/** A ring that returns to its first position; in memory rings are open. */
function openRing(ring: readonly Position[]): readonly Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  const closes = ring.length > 1 && first?.lat === last?.lat && first?.lon === last?.lon;
  return closes ? ring.slice(0, -1) : ring;
}
