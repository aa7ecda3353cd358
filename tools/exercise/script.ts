/** What the script's officers say, in words of the API. Times are counted from the convoy's departure. */
import type { DraftItemRequest } from "../../src/api/index.ts";
import { compareReadBack, decodeMessage, type ReadBackEntry, readBackOf } from "../../src/message/index.ts";
import { fromBase64 } from "../../src/wire/bytes.ts";
import { CONCERN, CONVOY, PLAN, SITES, WHILE_DOWN } from "./places.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The full hour that is two to three hours away. */
export function departureAfter(now: number): number {
  return now - (now % HOUR) + 3 * HOUR;
}

export function siteItems(now: number): DraftItemRequest[] {
  return SITES.map(({ name, category, centre, radius_m, people }, i) => ({
    kind: "site",
    subject: name,
    body: {
      category,
      footprint: { type: "circle", centre: { ...centre }, radius_m },
      height: null,
      names: [{ lang: "en", text: name }],
      people,
      verified_by: "Relief Coordination, site team (invented)",
      verified_at: now - (now % HOUR) - 20 * HOUR,
      valid_from: null,
      valid_until: now - (now % HOUR) + 30 * 24 * HOUR,
      place: null,
      precision_m: null,
      source_id: `RC-${String(i + 1).padStart(3, "0")}`,
      remarks: "Invented for the exercise, on empty ground.",
    },
  }));
}

export function convoyItem(departure: number): DraftItemRequest {
  return {
    kind: "movement",
    subject: CONVOY.subject,
    body: {
      phase: "planned",
      decision: "undecided",
      route: CONVOY.route.map(({ position, minutes, name }) => ({
        position: { ...position },
        at: departure + minutes * MINUTE,
        name,
      })),
      tolerance_s: 900,
      width_m: 400,
      vehicles: [
        {
          type: "lorry, 10 t",
          count: 6,
          marks: "white, red stripe on both doors, flag on the roof",
          marks_night: "amber strobe on the cab",
        },
        { type: "ambulance", count: 1, marks: "white, red crescent on roof and sides", marks_night: "blue strobe" },
      ],
      people: { total: 19, children: 0, wounded: 0 },
      escort: { type: "none", vehicles: 0, remarks: "" },
      contact: [{ means: "satellite-phone", number: "+881 600 000 041", who: "convoy leader" }],
      precision_m: null,
      remarks: "Food and medicine for Camp Tamarisk. The lorries return empty next morning.",
    },
  };
}

export function planItem(departure: number) {
  const window = { start: departure + PLAN.fromMinutes * MINUTE, end: departure + PLAN.untilMinutes * MINUTE };
  const footprint = { type: "circle" as const, centre: { ...PLAN.centre }, radius_m: PLAN.radius_m };
  const { id, name, category } = PLAN;
  return {
    id,
    name,
    category,
    volumes: [{ footprint, height: null, window }],
    remarks: "Engineers, two hours on site.",
  };
}

export function readItem(hash: string): DraftItemRequest {
  const re = { relation: "reads" as const, message: hash };
  return { kind: "read", subject: CONVOY.subject, body: { scope: "message" }, re };
}

/** The script's officer plots well: he enters exactly what was sent. */
export function readBackItem(hash: string, bytes: string): DraftItemRequest {
  const message = decodeMessage(fromBase64(bytes));
  const entries = readBackOf(message).map(({ field, type }): ReadBackEntry => {
    const value = field
      .split(".")
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], message.body);
    return { field, position: null, at: null, height_m: null, [type]: value };
  });
  const { result, differences } = compareReadBack(message, entries);
  const body = {
    entries: entries.map((entry) => ({ ...entry })),
    result,
    differences: differences.map((one) => ({ ...one })),
  };
  return {
    kind: "readback",
    subject: CONVOY.subject,
    body,
    re: { relation: "reads-back", message: hash },
  };
}

export function concernItem(hash: string): DraftItemRequest {
  return {
    kind: "answer",
    subject: `CONCERN: ${CONVOY.subject}`,
    body: { answer: "CONCERN", scope: "message", reason: CONCERN, words: "", until: null, at: null },
    re: { relation: "answers", message: hash },
  };
}

export function whileDownItem(): DraftItemRequest {
  return { kind: "text", subject: WHILE_DOWN.subject, body: { words: WHILE_DOWN.words } };
}
