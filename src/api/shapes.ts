/** The small shapes that the requests and replies are made of. Times are milliseconds since the epoch, UTC. */
import { z } from "zod";
import { CARRIERS } from "../line/index.ts";
import { CODES } from "../message/index.ts";
import { isParleyError } from "../wire/error.ts";
import {
  parseDraftId,
  parseHandoverId,
  parseListId,
  parseLogOrigin,
  parseMessageHash,
  parseOfficerId,
  parsePartyId,
  parsePersonId,
  parsePlanId,
  parseStatementId,
  parseUnitId,
} from "../wire/id.ts";

/** A string that one of the strict parsers of `src/wire/id.ts` takes; its output carries the brand. */
function id<Id extends string>(parse: (text: string) => Id, description: string, example: string) {
  const schema = z
    .string()
    .max(200)
    .check((context) => {
      try {
        parse(context.value);
      } catch (error) {
        if (!isParleyError(error)) throw error;
        context.issues.push({ code: "custom", message: error.message, input: context.value });
      }
    });
  return schema.meta({ description, example }) as unknown as z.ZodType<Id, string>;
}

const HASH_EXAMPLE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

export const hash = id(parseMessageHash, "A SHA-256 hash, 64 lower-case hexadecimal digits", HASH_EXAMPLE);
export const party = id(parsePartyId, "A party's short name", "northern");
export const officer = id(parseOfficerId, "An officer's name on the line", "watch-1");
export const person = id(parsePersonId, "The person behind an officer's key", "person-3");
export const unit = id(parseUnitId, "A unit's short name", "unit-4");
export const draftId = id(parseDraftId, "A draft on this node", "0f1e2d3c4b5a69788796a5b4c3d2e1f0");
export const listId = id(parseListId, "A list", "0f1e2d3c4b5a69788796a5b4c3d2e1f0");
export const planId = id(parsePlanId, "A plan's or holding's own name on this node", "MSN-0412");
export const handoverId = id(parseHandoverId, "A watch handed over, by the hash of its bytes", HASH_EXAMPLE);
export const statementId = id(
  parseStatementId,
  "A public statement in this node's register",
  "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
);
export const origin = id(
  (text) => parseLogOrigin(text).origin,
  "The origin of a party's log",
  `parley/${HASH_EXAMPLE}/northern/0`,
);

export const time = z.int().min(-8.64e15).max(8.64e15).meta({ description: "Milliseconds since the epoch, UTC" });
export const size = z.int().min(0).meta({ description: "How many entries" });
export const base64 = z.base64().meta({ description: "Base64 with padding (RFC 4648 section 4)" });
export const code = z.string().max(64).meta({ description: "A code from the closed list in docs/errors.md" });
export const carrier = z.enum(CARRIERS).meta({ description: "What moves parcels" });
export const words = z.string().max(2000);

/** Of a list that comes in pages: nothing is ever cut at a limit without saying so. */
export const page = {
  limit: z.coerce.number().int().min(1).max(5000).optional(),
  before: z.string().max(200).optional().meta({ description: "The cursor `more` of the page before" }),
};
export const pageQuery = z.strictObject(page);
export const more = z
  .string()
  .nullable()
  .meta({ description: "Give it as `before` for the next page; null where there is none" });

/** Any JSON value, never changed in place. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export const jsonObject = z
  .record(z.string().max(64), z.unknown() as unknown as z.ZodType<Json>)
  .meta({ description: "A body in the form of its kind" });

const degrees = (limit: number) => z.number().min(-limit).max(limit);

export const position = z
  .strictObject({ lat: degrees(90), lon: degrees(180) })
  .meta({ id: "Position", description: "Degrees WGS 84" });

const metres = z.number().min(0).max(20_100_000).meta({ description: "Metres" });

export const footprint = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("point"), at: position }),
    z.strictObject({ type: z.literal("circle"), centre: position, radius_m: metres }),
    z.strictObject({ type: z.literal("polygon"), rings: z.array(z.array(position).max(10_000)).max(100) }),
    z.strictObject({ type: z.literal("corridor"), line: z.array(position).max(10_000), width_m: metres }),
  ])
  .meta({
    id: "Footprint",
    description: "Rings are open: the first vertex is not repeated. A width is the whole width.",
  });

const bound = z.number().min(-1000).max(1_000_000).nullable();

export const heightBand = z
  .strictObject({ datum: z.enum(["AGL", "AMSL", "WGS84"]), lower_m: bound, upper_m: bound })
  .meta({ id: "HeightBand", description: "Metres, closed at both ends; null is unbounded" });

export const timeWindow = z
  .strictObject({ start: time.nullable(), end: time.nullable() })
  .meta({ id: "TimeWindow", description: "Closed at both ends; null is unbounded" });

export const volume = z
  .strictObject({ footprint, height: heightBand.nullable(), window: timeWindow })
  .meta({ id: "Volume", description: "A footprint, a height band (null: all heights) and a time window" });

const planHeight = z
  .strictObject({ datum: z.enum(["AGL", "AMSL", "WGS84", "FL"]), lower_m: bound, upper_m: bound })
  .meta({ id: "PlanHeightBand", description: "As HeightBand; of FL the metres are of pressure altitude" });

/** What a plan or a holding may be beyond what is told: it may recur, move along a corridor, and fly by levels. */
export const planVolume = z
  .strictObject({
    footprint,
    height: planHeight.nullable(),
    window: timeWindow,
    recurs: z
      .strictObject({ every_days: z.int(), from_ms: z.int(), for_ms: z.int() })
      .nullable()
      .optional()
      .meta({ description: "It holds for `for_ms` from `from_ms` after midnight UTC, on every `every_days`th day" }),
    motion: z
      .strictObject({ times: z.array(time.nullable()).max(10_000), tolerance_s: z.number() })
      .nullable()
      .optional()
      .meta({
        description: "The times of a corridor's positions; the window is that of the times with their tolerance",
      }),
  })
  .meta({ id: "PlanVolume", description: "A volume of a plan or a holding (spec/volume.md)" });

/** As `src/intake/words/sentence.ts` has it. */
const quantity = z.union([
  z.strictObject({ metres: z.number().min(0).max(1e9) }),
  z.strictObject({ at: z.strictObject({ lat: z.number(), lon: z.number() }) }),
  z.strictObject({ names: z.array(z.string().max(300)).max(200).readonly() }),
  z.strictObject({ country: z.string().max(100) }),
  z.strictObject({ weekday: z.int().min(0).max(6) }),
  z.strictObject({ stance: z.enum(CODES.stance) }),
]);
const sentence = z
  .strictObject({
    key: z.string().max(100),
    given: z.record(z.string().max(40), z.union([words, z.number(), quantity])),
  })
  .meta({
    id: "Sentence",
    description: "A sentence of the catalogue (spec/import.md), and the figures, names and places that stand in it",
  });

export const finding = z
  .strictObject({
    code,
    gravity: z.enum(["refuse", "warn", "note"]),
    field: z.string().max(200).nullable(),
    message: words.meta({ description: "In English; `says` for programs and for other languages" }),
    says: z.array(sentence).max(3).readonly().optional(),
    suggestion: jsonObject.nullable(),
    because: words.nullable(),
    reason: sentence.nullable().optional(),
    file_row: z.int().min(0).nullable().optional().meta({ description: "Of a file: the row that it is about" }),
  })
  .meta({ id: "Finding", description: "A likely mistake in what was drafted" });

export const rendered = z
  .strictObject({
    title: z.string(),
    lines: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    notice: z.string().nullable(),
  })
  .meta({ id: "Rendered", description: "A message in words, made from its bytes" });

const grave = z.enum(["low", "high", "critical"]);
const conflictPhase = z.enum(["ahead", "now", "past"]).nullable().meta({
  description:
    "Of its time; past stays until neither of the two can still be late. null where nothing could be decided",
});
const own = { type: z.enum(["plan", "holding", "draft"]), id: z.string() };
const against = {
  type: z.enum(["message", "plan", "holding"]),
  id: z.string().meta({ description: "The message's hash, or the plan's or holding's id" }),
};

export const conflictChange = z
  .strictObject({
    change: z.enum(["began", "changed", "ended"]),
    own: z.strictObject(own),
    against: z.strictObject(against),
    grave,
    phase: conflictPhase,
  })
  .meta({ id: "ConflictChange", description: "In ids alone" });

/** What a conflict of a plan is called in what is said about it: a message's hash, or `holding:` and its id. */
export const conflictKey = z.string().min(1).max(200);

export const conflict = z
  .strictObject({
    own: z.strictObject({ ...own, name: z.string() }),
    against: z.strictObject({
      ...against,
      from: party.nullable(),
      kind: z.string().nullable(),
      name: z.string(),
    }),
    distance_m: z.number().min(0).nullable().meta({ description: "Geodesic; 0 where they overlap" }),
    vertical_gap_m: z.number().min(0).nullable(),
    time: timeWindow,
    closest: z.tuple([position, position]).nullable(),
    grave,
    undecided: code.nullable().meta({ description: "Why it could not be decided; null where it was" }),
    because: words,
    phase: conflictPhase,
    why: z
      .strictObject({
        set: z.enum(["charter", "defaults", "own"]).meta({ description: "Whose rule it is" }),
        rule: z
          .strictObject({ plan: z.string(), against: z.string() })
          .nullable()
          .meta({ description: "The words by which it names the two; null: the default of its set" }),
        asked: z.strictObject({ lateral_m: z.number(), vertical_m: z.number(), time_s: z.number() }),
        reason: words.nullable(),
        because: words,
      })
      .nullable()
      .meta({ description: "Which rule fired, and why; null where nothing could be decided" }),
  })
  .meta({ id: "Conflict", description: "Something of this node's own, nearer to something told than the rules allow" });

export const errorReply = z
  .strictObject({
    error: z.strictObject({
      code,
      message: z.string(),
      next: z.string().meta({ description: "What to do next" }),
      exit: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  })
  .meta({ id: "Error" });

export type Conflict = z.output<typeof conflict>;
export type ConflictChange = z.output<typeof conflictChange>;
export type Finding = z.output<typeof finding>;
