/**
 * Positions, footprints, height bands, windows and volumes as fields of a body. In CBOR they are short arrays, because
 * an alert must fit a narrow link: positions in nanodegrees, lengths in millimetres, times in milliseconds.
 *
 * A receiver takes every shape whose numbers are in range, also a ring that crosses itself: a site is not dropped for
 * being drawn badly, the engine reports it as undecided. An author's JSON goes through the full check before release.
 */
import { z } from "zod";
import { type Footprint, formatCoordinate, formatTime, type HeightBand, type Position } from "../geo/index.ts";
import { type TimeWindow, validVolume, type Volume } from "../geo/index.ts";
import { ParleyError } from "../wire/error.ts";
import type { CborValue } from "../wire/cbor.ts";
import { asArray, asInteger, asNullable, asOneOf } from "../wire/shape.ts";
import { CODES } from "./codes.ts";
import { messageError } from "./errors.ts";
import { type Field, instant, MAX_INSTANT, metres, type Speaker, wholeNumber } from "./field.ts";

const NANO = 1e9;
const MAX_VERTICES = 10_000;
const MAX_RINGS = 1_000;
/** Half way round the earth and a little: no radius, width or height is larger. */
const MAX_METRES = 20_100_000;
const radius = metres(0, MAX_METRES);
const height = metres(-20_000, 1_000_000);
const when = instant();

export function position(): Field<Position> {
  return {
    json: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
    encode: ({ lat, lon }) => [wholeNumber(lat * NANO), wholeNumber(lon * NANO)],
    decode: (value, where) => {
      const [lat, lon] = exactly(value, where, 2);
      return {
        lat: asInteger(lat, `${where}.lat`, -90 * NANO, 90 * NANO) / NANO,
        lon: asInteger(lon, `${where}.lon`, -180 * NANO, 180 * NANO) / NANO,
      };
    },
    show: showPosition,
  };
}

/** A position in two notations, so that a slip in one shows in the other. */
export function showPosition(at: Position): string {
  return `${formatCoordinate(at, "decimal")} (${formatCoordinate(at, "mgrs")})`;
}

const place = position();

function exactly(value: CborValue | undefined, where: string, length: number): readonly CborValue[] {
  const items = asArray(value, where, length);
  if (items.length !== length) throw messageError("value-refused", `${where} does not have ${length} parts.`);
  return items;
}

function positions(value: CborValue | undefined, where: string, min: number): Position[] {
  const items = asArray(value, where, MAX_VERTICES);
  if (items.length < min) throw messageError("value-refused", `${where} has fewer than ${min} positions.`);
  return items.map((item, i) => place.decode(item, `${where}.${i}`));
}

const SHAPES = ["point", "circle", "polygon", "corridor"] as const;

export function footprint(): Field<Footprint> {
  return {
    json: footprintJson().superRefine((value, context) => {
      const probe = { footprint: value, height: null, window: { start: null, end: null } };
      geoFault(probe, (message) => context.addIssue({ code: "custom", message }));
    }),
    encode: encodeFootprint,
    decode: decodeFootprint,
    show: showFootprint,
  };
}

function footprintJson(): z.ZodType<Footprint> {
  const vertex = place.json;
  return z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("point"), at: vertex }),
    z.strictObject({ type: z.literal("circle"), centre: vertex, radius_m: radius.json }),
    z.strictObject({
      type: z.literal("polygon"),
      rings: z.array(z.array(vertex).min(3).max(MAX_VERTICES)).min(1).max(MAX_RINGS),
    }),
    z.strictObject({
      type: z.literal("corridor"),
      line: z.array(vertex).min(2).max(MAX_VERTICES),
      width_m: radius.json,
    }),
  ]);
}

/** What `src/geo` has against a volume, as a sentence. */
function geoFault(volume: unknown, report: (message: string) => void): void {
  try {
    validVolume(volume);
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    report(error.message);
  }
}

function encodeFootprint(value: Footprint): CborValue {
  switch (value.type) {
    case "point":
      return [value.type, place.encode(value.at)];
    case "circle":
      return [value.type, place.encode(value.centre), radius.encode(value.radius_m)];
    case "polygon":
      return [value.type, value.rings.map((ring) => ring.map(place.encode))];
    case "corridor":
      return [value.type, value.line.map(place.encode), radius.encode(value.width_m)];
  }
}

function decodeFootprint(value: CborValue, where: string): Footprint {
  const [tag, ...rest] = asArray(value, where, 3);
  const type = asOneOf(tag, `${where}.type`, SHAPES);
  const wide = type === "circle" || type === "corridor";
  const [shape, size] = exactly(rest, where, wide ? 2 : 1);
  switch (type) {
    case "point":
      return { type, at: place.decode(shape as CborValue, `${where}.at`) };
    case "circle": {
      const centre = place.decode(shape as CborValue, `${where}.centre`);
      return { type, centre, radius_m: radius.decode(size as CborValue, `${where}.radius_m`) };
    }
    case "polygon": {
      const rings = asArray(shape, `${where}.rings`, MAX_RINGS);
      if (rings.length === 0) throw messageError("value-refused", `${where}.rings is empty.`);
      return { type, rings: rings.map((ring, i) => positions(ring, `${where}.rings.${i}`, 3)) };
    }
    case "corridor": {
      const line = positions(shape, `${where}.line`, 2);
      return { type, line, width_m: radius.decode(size as CborValue, `${where}.width_m`) };
    }
  }
}

const showAll = (list: readonly Position[], { figures }: Speaker): string =>
  list.map((at) => figures(showPosition(at))).join(", ");

function showFootprint(value: Footprint, speaker: Speaker): string {
  const { shapes, units, figures } = speaker;
  switch (value.type) {
    case "point":
      return figures(showPosition(value.at));
    case "circle":
      return `${shapes.circle} ${value.radius_m} ${units.metres}, ${figures(showPosition(value.centre))}`;
    case "polygon": {
      const [outer = [], ...holes] = value.rings;
      const cut =
        holes.length === 0 ? "" : `; ${shapes.holes} ${holes.map((hole) => showAll(hole, speaker)).join("; ")}`;
      return `${shapes.polygon} ${showAll(outer, speaker)}${cut}`;
    }
    case "corridor":
      return `${shapes.corridor} ${value.width_m} ${units.metres}, ${showAll(value.line, speaker)}`;
  }
}

export function heightBand(): Field<HeightBand> {
  const bound = height.json.nullable();
  return {
    json: z
      .strictObject({ datum: z.enum(CODES.datum), lower_m: bound, upper_m: bound })
      .refine((band) => isOrdered(band.lower_m, band.upper_m), "The upper height is below the lower one."),
    encode: ({ datum, lower_m, upper_m }) => [datum, orNull(lower_m, height.encode), orNull(upper_m, height.encode)],
    decode: (value, where) => {
      const [datum, lower, upper] = exactly(value, where, 3);
      const band = {
        datum: asOneOf(datum, `${where}.datum`, CODES.datum),
        lower_m: asNullable(lower, (v) => height.decode(v, `${where}.lower_m`)),
        upper_m: asNullable(upper, (v) => height.decode(v, `${where}.upper_m`)),
      };
      return ordered(band, band.lower_m, band.upper_m, where);
    },
    show: ({ datum, lower_m, upper_m }, { heights, units, code }) => {
      const low = lower_m === null ? heights.ground_up : `${lower_m} ${units.metres}`;
      const high = upper_m === null ? heights.no_top : `${upper_m} ${units.metres}`;
      return `${low} – ${high} ${datum} (${code("datum", datum)})`;
    },
  };
}

export function timeWindow(): Field<TimeWindow> {
  const bound = z.int().min(0).max(MAX_INSTANT).nullable();
  return {
    json: z
      .strictObject({ start: bound, end: bound })
      .refine((window) => isOrdered(window.start, window.end), "The window ends before it starts."),
    encode: ({ start, end }) => [start, end],
    decode: (value, where) => {
      const [start, end] = exactly(value, where, 2);
      const window = {
        start: asNullable(start, (v) => when.decode(v, `${where}.start`)),
        end: asNullable(end, (v) => when.decode(v, `${where}.end`)),
      };
      return ordered(window, window.start, window.end, where);
    },
    show: ({ start, end }, { times, figures }) => {
      if (start !== null && end !== null) return figures(`${formatTime(start)} – ${formatTime(end)}`);
      if (start !== null) return `${times.from} ${figures(formatTime(start))}`;
      return end === null ? times.always : `${times.until} ${figures(formatTime(end))}`;
    },
  };
}

const orNull = <T>(value: T | null, encode: (value: T) => CborValue): CborValue =>
  value === null ? null : encode(value);

const isOrdered = (low: number | null, high: number | null): boolean => low === null || high === null || low <= high;

function ordered<T>(whole: T, low: number | null, high: number | null, where: string): T {
  if (!isOrdered(low, high)) throw messageError("value-refused", `${where} ends before it begins.`);
  return whole;
}

export function volume(): Field<Volume> {
  const shape = footprint();
  const band = heightBand();
  const window = timeWindow();
  return {
    json: z.strictObject({ footprint: shape.json, height: band.json.nullable().default(null), window: window.json }),
    encode: (value) => [shape.encode(value.footprint), orNull(value.height, band.encode), window.encode(value.window)],
    decode: (value, where) => {
      const [area, heights, times] = exactly(value, where, 3);
      return {
        footprint: shape.decode(area as CborValue, `${where}.footprint`),
        height: asNullable(heights, (v) => band.decode(v, `${where}.height`)),
        window: window.decode(times as CborValue, `${where}.window`),
      };
    },
    show: (value, speaker) =>
      [
        shape.show(value.footprint, speaker),
        value.height === null ? speaker.heights.all : band.show(value.height, speaker),
        window.show(value.window, speaker),
      ].join("; "),
  };
}
