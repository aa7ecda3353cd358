/**
 * What of a volume is still to come at a moment. A volume is over only once its end lies further back than the grace,
 * the longest time separation of the rules, so that what runs late by as much as the rules allow for still counts.
 */
import {
  type AnyVolume,
  firstBackwards,
  isMoving,
  motionWindow,
  type MovingVolume,
  type Occurrence,
  occurrenceFrom,
  occurrenceUntil,
} from "../../geo/index.ts";

export interface Present {
  /** What is left of the volume; null: it is over. */
  readonly volume: AnyVolume | null;
  /** The moment, at or before the one asked for, from which on this is all that is left. */
  readonly since: number;
  /** The first moment at which less is left; `Infinity`: never. */
  readonly until: number;
}

/** `now` and `grace_ms` in milliseconds. What is left of what is left is the same as what is left of the whole. */
export function presentOf(volume: AnyVolume, now: number, grace_ms: number): Present {
  if (isMoving(volume)) return routeLeft(volume, now, grace_ms);
  if ((volume.recurs ?? null) !== null) return occurrencesLeft(volume, now, grace_ms);
  return whole(volume, now, grace_ms);
}

function over(end: number, grace_ms: number): number {
  return end + grace_ms + 1;
}

function whole(volume: AnyVolume, now: number, grace_ms: number): Present {
  const { end } = volume.window;
  const until = end === null ? Number.POSITIVE_INFINITY : over(end, grace_ms);
  if (until > now) return { volume, since: Number.NEGATIVE_INFINITY, until };
  return { volume: null, since: until, until: Number.POSITIVE_INFINITY };
}

/**
 * From the first occurrence on that is not over. It is over, too, once the next has begun: whatever is not over itself is
 * then as near to that, and nobody may be told that something is past while it is there again.
 */
function occurrencesLeft(volume: AnyVolume, now: number, grace_ms: number): Present {
  const { recurs, window } = volume;
  if (recurs === undefined || recurs === null) return whole(volume, now, grace_ms);
  const begun = occurrenceUntil(recurs, window, now);
  const isLeft = begun !== null && over(begun.end, grace_ms) > now;
  const first = isLeft ? begun : occurrenceFrom(recurs, window, Math.max(now, (begun?.end ?? now - 1) + 1));
  const before = first === null ? begun : occurrenceUntil(recurs, window, first.start - 1);
  if (first === null) return { volume: null, since: overBy(before, null, grace_ms), until: Number.POSITIVE_INFINITY };
  const left = before === null ? volume : { ...volume, window: { start: first.start, end: window.end } };
  const next = occurrenceFrom(recurs, window, first.end + 1);
  return { volume: left, since: overBy(before, first, grace_ms), until: overBy(first, next, grace_ms) };
}

/** From when on an occurrence is over; that none is, is so from the beginning. */
function overBy(occurrence: Occurrence | null, next: Occurrence | null, grace_ms: number): number {
  if (occurrence === null) return Number.NEGATIVE_INFINITY;
  return Math.min(over(occurrence.end, grace_ms), next?.start ?? Number.POSITIVE_INFINITY);
}

/** Without the legs that are over: it begins at the last position that it has surely left behind. */
function routeLeft(volume: AnyVolume & MovingVolume, now: number, grace_ms: number): Present {
  const all = whole(volume, now, grace_ms);
  const { times, tolerance_s } = volume.motion;
  if (all.volume === null || firstBackwards(times) >= 0) return all;
  const late = tolerance_s * 1000;
  const leftAt = times.map((time) =>
    time === null ? Number.POSITIVE_INFINITY : over(Math.ceil(time + late), grace_ms),
  );
  const first = Math.max(
    0,
    leftAt.findLastIndex((at) => at <= now),
  );
  const until = Math.min(all.until, ...leftAt.slice(1).filter((at) => at > now));
  if (first === 0) return { ...all, until };
  const motion = { times: times.slice(first), tolerance_s };
  const footprint = { ...volume.footprint, line: volume.footprint.line.slice(first) };
  return {
    volume: { ...volume, footprint, motion, window: motionWindow(motion) },
    since: leftAt[first] as number,
    until,
  };
}
