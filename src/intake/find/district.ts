/** What the rows of one list say about each other: sites that name one district lie together, as close as that list shows. */
import type { Position } from "../../geo/index.ts";
import { type Finding, finding } from "../codes.ts";
import { NearIndex, type Neighbour } from "./near.ts";
import { fold } from "../gazetteer/names.ts";
import { type ListedPlace } from "./place.ts";
import { reason } from "../words/sentence.ts";
import { likelySlip, slipsOf, suggested } from "./slips.ts";
import { metresApart, middleOf, quantile } from "./sphere.ts";

/**
 * A site is doubted where the nearest other of its district is further off than nine in ten of that district's sites
 * are from theirs: by `alone` times, or by `among` times where `others` sites of other districts lie nearer. Districts
 * have outskirts, so in both cases one slip of a digit must also lead amid the district, as well as `home` of what its
 * own sites have. Without that, it is doubted by `hard` times, or by `apart` where `strangers` others lie nearer.
 */
const FAR = { least_m: 5000, alone: 2, among: 1.2, others: 8, home: 0.7, hard: 12, apart: 2.5, strangers: 20 } as const;
/** So many sites' worth of the whole list's spacing count in a district that has few itself. */
const LENT = 3;
/** Two sites of a town may lie side by side; the spacing of a district is never taken to be less. */
const CLOSE_M = 300;
/** Of how many of a district's sites it is asked how close they lie. */
const SAMPLE = 60;
/** How many nearest sites must all be of another district for that to be proposed. */
const AROUND = 5;
/** Looking for what was meant is the costly part, and no one reads more of them. */
const MAX_SUGGESTIONS = 1000;

interface Member {
  readonly place: ListedPlace;
  /** It lies so far from the middle of its district that it vouches for nothing. */
  readonly astray: boolean;
  /** The nearest two others of its district that are not astray. */
  readonly near: readonly Neighbour[];
}

interface District {
  readonly members: readonly Member[];
  readonly index: NearIndex;
  /** What is named: the district, or the governorate or country where it stands alone; null: nothing, it is the whole list. */
  readonly name: string | null;
}

/** True where something else vouches for the place, such as a gazetteer that has it there. */
export type Vouched = (place: ListedPlace) => boolean;

/** Warnings by row, for every place that lies far from the rest of what it names. */
export function farFromDistrict(places: readonly ListedPlace[], vouched: Vouched = () => false): Map<number, Finding> {
  const found = new Map<number, Finding>();
  const all = new NearIndex(places.map(({ at }) => at));
  for (const level of LEVELS) {
    const groups = [...Map.groupBy(places, level.keyOf)]
      .filter(([key]) => key !== null)
      .map(([, group]) => districtFrom(group, level));
    const usual = {
      spacing: quantile(
        groups.flatMap(({ members }) => members.flatMap(({ near }) => near[0]?.metres || [])),
        0.9,
      ),
      count: quantile(
        groups.flatMap(({ members }) => members.map(() => members.length)),
        0.5,
      ),
    };
    for (const district of groups) {
      district.members.forEach((member, i) => {
        if (found.has(member.place.row) || vouched(member.place)) return;
        const far = farBy(district, i, level.close ? { usual, places, all } : null);
        if (far !== null) found.set(member.place.row, farFinding(district, i, far, found.size < MAX_SUGGESTIONS));
      });
    }
  }
  return found;
}

interface Level {
  readonly keyOf: (place: ListedPlace) => string | null;
  readonly nameOf: (place: ListedPlace) => string | null;
  /** Nothing nearer to its middle is astray, metres. */
  readonly astray_m: number;
  /** Sites of one lie close enough together that the spacing says something. */
  readonly close: boolean;
}

const LEVELS: readonly Level[] = [
  { keyOf: districtOf, nameOf: ({ district }) => district, astray_m: 60_000, close: true },
  {
    keyOf: ({ country, governorate }) =>
      governorate === "" ? null : JSON.stringify([fold(country), fold(governorate)]),
    nameOf: ({ governorate }) => governorate,
    astray_m: 150_000,
    close: false,
  },
  {
    keyOf: ({ country }) => (country === "" ? null : fold(country)),
    nameOf: ({ country }) => country,
    astray_m: 300_000,
    close: false,
  },
  { keyOf: ({ country }) => (country === "" ? "" : null), nameOf: () => null, astray_m: 300_000, close: false },
];

function districtOf({ governorate, district }: ListedPlace): string | null {
  return district === "" ? null : JSON.stringify([fold(governorate), fold(district)]);
}

/** A position is astray that lies so many times as far from the middle of what it names as three in four do. */
const ASTRAY_TIMES = 4;

function districtFrom(places: readonly ListedPlace[], { nameOf, astray_m }: Level): District {
  const index = new NearIndex(places.map(({ at }) => at));
  const middle = middleOf(places.map(({ at }) => at));
  const away = places.map(({ at }) => metresApart(at, middle));
  const limit = Math.max(astray_m, ASTRAY_TIMES * quantile(away, 0.75));
  const astray = away.map((metres) => metres > limit);
  const first = new Map<string, number>();
  places.forEach(({ at }, i) => first.set(positionKey(at), first.get(positionKey(at)) ?? i));
  const distinct = new Set(first.values());
  const members = places.map((place, i) => {
    // What lies at the very same position tells nothing of how close the others lie.
    const self = first.get(positionKey(place.at)) as number;
    const near =
      self === i
        ? index.nearest(place.at, 2, (other) => other !== i && astray[other] === false && distinct.has(other))
        : [{ index: self, metres: 0 }];
    return { place, astray: astray[i] as boolean, near };
  });
  return { members, index, name: nameOf(places[0] as ListedPlace) };
}

function positionKey({ lat, lon }: Position): string {
  return `${lat} ${lon}`;
}

/** What nine in ten sites of all districts are from another, and how many sites stand in the district of half of them. */
interface Usual {
  readonly spacing: number;
  readonly count: number;
}

/** What the whole list says of spacing. */
interface Around {
  readonly usual: Usual;
  readonly places: readonly ListedPlace[];
  readonly all: NearIndex;
}

interface Far {
  readonly metres: number;
  /** null where what is named is too large for that to say anything. */
  readonly spacing: number | null;
  /** Sites of other districts that lie nearer, the nearest first and no more than are asked for. */
  readonly nearer: readonly ListedPlace[];
}

function farBy(district: District, i: number, around: Around | null): Far | null {
  const { place, near, astray } = district.members[i] as Member;
  const metres = near[0]?.metres;
  if (metres === undefined || metres < FAR.least_m) return null;
  if (around === null) return astray ? { metres, spacing: null, nearer: [] } : null;
  const spacing = spacingWithout(district.members, i, around.usual);
  const times = metres / spacing;
  if (times < FAR.among && !astray) return null;
  const nearer = around.all
    .nearest(place.at, FAR.strangers, (other) => around.places[other] !== place)
    .filter(({ metres: away }) => away < metres)
    .map(({ index }) => around.places[index] as ListedPlace);
  const far = { metres, spacing, nearer };
  if (astray || times >= FAR.hard || (times >= FAR.apart && nearer.length >= FAR.strangers)) return far;
  const doubted = times >= FAR.alone || nearer.length >= FAR.others;
  return doubted && isOneSlipAway(district, i, { metres, spacing }) ? far : null;
}

/** True where changing one digit leads about as far into the district as its own sites lie. */
function isOneSlipAway(
  { members, index }: District,
  i: number,
  { metres, spacing }: { readonly metres: number; readonly spacing: number },
): boolean {
  const reach = reachOf(spacing, metres);
  const { place } = members[i] as Member;
  const own = members.slice(0, SAMPLE).flatMap(({ place: other }, j) =>
    j === i
      ? []
      : [
          closeness(
            index.nearest(other.at, 5, (each) => each !== i && each !== j),
            reach,
          ),
        ],
  );
  const usual = FAR.home * quantile(own, 0.5);
  const home = homeOf(index, i, spacing, metres);
  return slipsOf(place.at).some((slip) => slip.single && home(slip.at) >= usual);
}

/**
 * Within which distance of another of the district nine in ten of the others lie, the one at `i` left out. A district
 * of few sites is lent what the others have; fewer sites on the same ground lie further apart.
 */
function spacingWithout(members: readonly Member[], i: number, usual: Usual): number {
  const others = members.flatMap(({ near }, j) => {
    const next = near.find(({ index }) => index !== i);
    return j === i || next === undefined || next.metres === 0 ? [] : [next.metres];
  });
  const lent = Math.log(usual.spacing * Math.sqrt(Math.max(1, usual.count / members.length)));
  if (others.length === 0) return Math.exp(lent);
  const own = Math.log(Math.max(CLOSE_M, quantile(others, 0.9)));
  return Math.exp((others.length * own + LENT * lent) / (others.length + LENT));
}

function farFinding({ members, index, name }: District, i: number, far: Far, withSlip: boolean): Finding {
  const { place } = members[i] as Member;
  const found = (more: Parameters<typeof finding>[3]): Finding => {
    const away = { metres: far.metres };
    if (name === null) return finding("far-from-district/list", "position", { away }, more);
    if (far.spacing === null) return finding("far-from-district/larger", "position", { name, away }, more);
    return finding("far-from-district", "position", { name, away, usual: { metres: far.spacing } }, more);
  };
  const slip = withSlip ? likelySlip(place.at, homeOf(index, i, far.spacing ?? far.metres / 3, far.metres)) : null;
  if (slip !== null) return found(suggested(slip));
  const around = far.nearer.slice(0, AROUND);
  const [first] = around;
  if (
    first !== undefined &&
    first.district !== "" &&
    around.length === AROUND &&
    around.every((other) => districtOf(other) === districtOf(first))
  ) {
    const { governorate, district } = first;
    const away = { metres: metresApart(first.at, place.at) };
    return found({ suggestion: { governorate, district }, reason: reason("around", { district, away }) });
  }
  return found(name === null ? {} : { reason: reason("others", { name, rows: members.length - 1 }) });
}

/** How well a position fits the district: 1 amid its sites, falling off with the distance to the nearest few. */
function homeOf(index: NearIndex, i: number, spacing: number, away: number): (candidate: Position) => number {
  const reach = reachOf(spacing, away);
  return (candidate) => {
    const near = index.nearest(candidate, 5, (other) => other !== i);
    return near.length === 0 || (near[0]?.metres ?? Infinity) > 3 * reach ? 0 : closeness(near, reach);
  };
}

function reachOf(spacing: number, away: number): number {
  return Math.max(2000, Math.min(spacing, away / 3));
}

function closeness(near: readonly Neighbour[], reach: number): number {
  return near.reduce((all, { metres }) => all + Math.exp(-metres / reach), 0) / Math.max(1, near.length);
}
