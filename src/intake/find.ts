/**
 * What looks for mistakes in records. A finder of a record sees it alone; a finder of a list sees all records of one
 * file, or of one part of it where the file is too long to be held at once (limits.ts).
 */
import { type Area, outsideOf } from "./area.ts";
import type { Finding } from "./codes.ts";
import { namesOf } from "./draft.ts";
import type { ImportableKind } from "./importable.ts";
import { middleOf } from "./geometry.ts";
import { farFromDistrict } from "./find/district.ts";
import { heightsIn } from "./find/heights.ts";
import { farFromKin } from "./find/kin.ts";
import { besideGazetteer } from "./find/known-places.ts";
import { disguisedNames, namesOfOtherRows } from "./find/names.ts";
import { placesOf } from "./find/place.ts";
import { repeated } from "./find/repeats.ts";
import { elsewhereThanItsName } from "./find/same-name.ts";
import { changedSince } from "./find/since.ts";
import { dayAndMonthIn, farFromNow, timesOf } from "./find/times.ts";
import { trackOf } from "./find/track.ts";
import { forgottenZones } from "./find/zones.ts";
import type { Gazetteer } from "./gazetteer/gazetteer.ts";
import { type IntakeRecord, isRefused } from "./record.ts";

/** What a finder may know beside the records. */
export interface FindContext {
  readonly kind: ImportableKind;
  /** What lies outside is warned of. */
  readonly area: Area | null;
  /** The records of the list before; null where there is none. */
  readonly since: readonly IntakeRecord[] | null;
  /** What is known of places; null where nothing is. */
  readonly gazetteer: Gazetteer | null;
  /** Of rows that name none. */
  readonly country: string | null;
  /** Milliseconds since the epoch; null where it is not known. */
  readonly now: number | null;
}

type RecordFinder = (record: IntakeRecord, context: FindContext) => readonly Finding[];
/** Findings by row. */
type ListFinder = (records: readonly IntakeRecord[], context: FindContext) => ReadonlyMap<number, readonly Finding[]>;

const RECORD_FINDERS: readonly RecordFinder[] = [
  outsideArea,
  timesOf,
  trackOf,
  (record) => disguisedNames(namesOf(record, "en")),
];
const LIST_FINDERS: readonly ListFinder[] = [
  apartFromTheRest,
  elsewhereThanItsName,
  twice,
  sinceThen,
  farFromNow,
  dayAndMonthIn,
  forgottenZones,
  heightsIn,
  namesOfOtherRows,
];

/** The findings of every record that was not refused when it was read, by row. */
export function findIn(records: readonly IntakeRecord[], context: FindContext): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>();
  const add = (row: number, more: readonly Finding[]): void => {
    if (more.length > 0) found.set(row, [...(found.get(row) ?? []), ...more]);
  };
  const taken = records.filter((record) => !isRefused(record));
  for (const record of taken) {
    for (const find of RECORD_FINDERS) add(record.row, find(record, context));
  }
  for (const find of LIST_FINDERS) {
    for (const [row, more] of find(taken, context)) add(row, more);
  }
  return found;
}

function outsideArea(record: IntakeRecord, { area }: FindContext): readonly Finding[] {
  const [volume] = record.volumes;
  return volume === undefined || area === null ? [] : outsideOf(middleOf(volume.footprint), area);
}

/** The rest of the list and the gazetteer look at a position together: what one confirms, the other does not doubt. */
function apartFromTheRest(records: readonly IntakeRecord[], context: FindContext): ReadonlyMap<number, Finding[]> {
  const places = placesOf(records);
  const { gazetteer } = context;
  const { found, vouched } =
    gazetteer === null
      ? { found: new Map<number, Finding[]>(), vouched: new Set<number>() }
      : besideGazetteer(places, gazetteer, context);
  const apart = farFromDistrict(places, ({ row }) => vouched.has(row));
  const kin = farFromKin(places, (row) => vouched.has(row) || found.has(row) || apart.has(row));
  for (const [row, what] of [...apart, ...kin]) found.set(row, [what, ...(found.get(row) ?? [])]);
  return found;
}

/** Two events may well be at one place; two sites hardly. */
function twice(records: readonly IntakeRecord[], { kind }: FindContext): ReadonlyMap<number, Finding[]> {
  return kind === "site" ? repeated(records) : new Map();
}

function sinceThen(records: readonly IntakeRecord[], { since }: FindContext): ReadonlyMap<number, Finding[]> {
  return since === null ? new Map() : changedSince(records, since);
}
