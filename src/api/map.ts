/** The map and the search: everything that was said and what is private here, within a view, counted where it is dense. */
import { z } from "zod";
import { LEFT_CODES } from "../intake/write/left.ts";
import { CONTENT_KINDS } from "../message/index.ts";
import { messageSummary } from "./messages.ts";
import { base64, conflict, footprint, more, page, party, position, size, time, timeWindow } from "./shapes.ts";

export const SAID_STATES = ["in-force", "superseded", "withdrawn", "expired"] as const;
/** Shapes drawn singly in one view; the rest is counted. */
export const MOST_SHAPES = 2000;
/** Conflicts drawn in one view. */
export const MOST_CONFLICTS = 500;

const names = z.string().regex(/^[a-z0-9-]{1,64}(?:,[a-z0-9-]{1,64}){0,63}$/);
const moment = z.coerce.number().int().min(-8.64e15).max(8.64e15);
const longitude = z.coerce.number().min(-180).max(180);
const latitude = z.coerce.number().min(-90).max(90);

/** What is asked for, the same for the map, the list beside it and the search. */
const filter = {
  text: z.string().max(200).optional().meta({ description: "Each word must begin a word of the message" }),
  kinds: names.optional().meta({ description: "Kinds, parted by commas; all where it is left out" }),
  from: names.optional().meta({ description: "Parties, parted by commas" }),
  states: names.optional().meta({ description: `Of ${SAID_STATES.join(", ")}, parted by commas` }),
  since: moment
    .optional()
    .meta({ description: "Only what holds at or after this time; without a place: what was said" }),
  until: moment.optional().meta({ description: "Only what holds at or before this time" }),
  as_of: moment.optional().meta({ description: "What this node knew then; now where it is left out" }),
};

const box = {
  west: longitude.meta({ description: "Degrees; greater than `east` where the view crosses the antimeridian" }),
  south: latitude,
  east: longitude,
  north: latitude,
};

export const mapQuery = z.strictObject({
  ...box,
  zoom: z.coerce.number().min(0).max(22).meta({ description: "Of a Mercator world 512 pixels wide at zoom 0" }),
  most: z.coerce.number().int().min(0).max(MOST_SHAPES).default(MOST_SHAPES).meta({
    description: "Shapes drawn singly, where fewer are wanted; the rest is counted all the same",
  }),
  ...filter,
});

export const searchQuery = z.strictObject({
  west: box.west.optional(),
  south: box.south.optional(),
  east: box.east.optional(),
  north: box.north.optional().meta({ description: "All four or none: only what has a place within them" }),
  ...filter,
  ...page,
});

/** As intake writes them (spec/import.md). */
export const TOLD_FORMATS = ["csv", "xlsx", "geojson", "kml", "kmz", "gpx", "cot", "cap", "volume4d"] as const;
/** What a format cannot hold is named up to here; the rest is counted. */
export const MOST_LEFT = 500;

export const toldQuery = z.strictObject({
  format: z.enum(TOLD_FORMATS),
  west: box.west.optional(),
  south: box.south.optional(),
  east: box.east.optional(),
  north: box.north.optional().meta({ description: "All four or none: only what has a place within them" }),
  list: z.string().max(200).optional().meta({ description: "Only the messages of this list, by its name or its id" }),
  ...filter,
});

export const toldReply = z
  .strictObject({
    file_name: z.string(),
    media_type: z.string(),
    content: base64,
    written: size.meta({ description: "How many messages are in it" }),
    without_place: size.meta({ description: "How many that pass say of no place where it is, or are over" }),
    left: z
      .array(
        z.strictObject({
          code: z.enum(LEFT_CODES),
          name: z.string().meta({ description: "Whose it is" }),
          column: z.string().nullable().meta({ description: "Of a workbook's cell" }),
          characters: size.nullable().meta({ description: "As many as the cell would have to hold" }),
        }),
      )
      .max(MOST_LEFT)
      .meta({ description: "What the format cannot hold, each named" }),
    left_out: size.meta({ description: "How many more of these there are" }),
  })
  .meta({ id: "ToldFile", description: "What was told, as a file for other software (spec/import.md)" });

export const mapShape = z
  .strictObject({
    type: z.enum(["message", "plan", "holding"]),
    id: z.string().meta({ description: "The message's hash, or the plan's or holding's id" }),
    index: size.meta({ description: "Which of its volumes" }),
    name: z.string(),
    from: party.nullable().meta({ description: "null: this node's own, told to nobody" }),
    kind: z.enum(CONTENT_KINDS).nullable(),
    category: z.string().nullable().meta({ description: "Of a site, an activity, an alert, a report, a plan" }),
    state: z.enum(SAID_STATES),
    at: time.nullable(),
    footprint: footprint
      .nullable()
      .meta({ description: "Simplified to the zoom; null where it is smaller than a dot" }),
    middle: position.meta({ description: "Where its dot or its name stands, within the view" }),
    window: timeWindow,
    motion: z
      .strictObject({ times: z.array(time.nullable()), tolerance_s: z.number().min(0) })
      .nullable()
      .meta({ description: "Of a corridor along which it moves: when it is at each position" }),
    conflict: z.enum(["low", "high", "critical"]).nullable(),
  })
  .meta({ id: "MapShape", description: "One volume of something that was told, or of a plan or holding" });

export const mapCell = z
  .strictObject({
    middle: position.meta({ description: "The mean of what is in it" }),
    told: size,
    private: size,
    conflicts: size.meta({ description: "How many of them are in conflict" }),
    box: z.strictObject({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }),
  })
  .meta({ id: "MapCell", description: "What is too dense to be drawn: it opens as one comes nearer" });

export const mapReply = z.strictObject({
  at: time.meta({ description: "The node's clock" }),
  total: size.meta({ description: "Shapes in the view: those drawn and those in cells add up to it" }),
  things: size.meta({ description: "Messages, plans and holdings that they belong to" }),
  shapes: z.array(mapShape).max(MOST_SHAPES),
  cells: z.array(mapCell),
  conflicts: z.array(conflict).max(MOST_CONFLICTS),
  conflicts_left_out: size,
});

export const searchReply = z.strictObject({
  total: size.meta({ description: "All that was found, on every page" }),
  messages: z.array(messageSummary).meta({ description: "Newest first" }),
  more,
});

export const extentReply = z
  .strictObject({
    box: z.strictObject({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }).nullable(),
  })
  .meta({ id: "MapExtent", description: "The box round everything in force that has a place; null where nothing has" });

export type MapReply = z.output<typeof mapReply>;
export type MapShape = z.output<typeof mapShape>;
export type MapCell = z.output<typeof mapCell>;
export type ToldQuery = z.output<typeof toldQuery>;
export type ToldFile = z.output<typeof toldReply>;
