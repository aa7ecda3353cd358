/** One whole message of every kind: an exercise on empty ground, by invented parties. */
import {
  type Body,
  type BodyOf,
  type Kind,
  type Message,
  type MessageOf,
  type Notice,
  parseBody,
} from "../../src/message/index.ts";
import { relationOf } from "../../src/message/index.ts";
import type { Volume } from "../../src/geo/index.ts";
import {
  type LineId,
  type LogOrigin,
  logOrigin,
  type MessageHash,
  parseLineId,
  parseMessageHash,
} from "../../src/wire/id.ts";
import { parseListId, parseMessageId, parsePartyId } from "../../src/wire/id.ts";

export const AT = Date.UTC(2026, 10, 23, 3, 0);
const HOUR = 3_600_000;
export const LINE: LineId = parseLineId("11".repeat(32));
export const TARGET: MessageHash = parseMessageHash("33".repeat(32));
export const NORTHERN = parsePartyId("northern");
export const SOUTHERN = parsePartyId("southern");
export const RELIEF = parsePartyId("relief");

const window = { start: AT + 2 * HOUR, end: AT + 5 * HOUR };
export const CIRCLE: Volume = {
  footprint: { type: "circle", centre: { lat: 36.5, lon: 43.25 }, radius_m: 1500 },
  height: { datum: "AMSL", lower_m: null, upper_m: 1200.5 },
  window,
};
const SQUARE: Volume = {
  footprint: {
    type: "polygon",
    rings: [
      [
        { lat: 36.1, lon: 43.1 },
        { lat: 36.1, lon: 43.3 },
        { lat: 36.3, lon: 43.3 },
        { lat: 36.3, lon: 43.1 },
      ],
      [
        { lat: 36.15, lon: 43.15 },
        { lat: 36.15, lon: 43.2 },
        { lat: 36.2, lon: 43.2 },
      ],
    ],
  },
  height: null,
  window: { start: AT + HOUR, end: null },
};
const CORRIDOR: Volume = {
  footprint: {
    type: "corridor",
    line: [
      { lat: 36.1, lon: 43.1 },
      { lat: 36.2, lon: 43.4 },
    ],
    width_m: 400,
  },
  height: { datum: "WGS84", lower_m: 100, upper_m: 900 },
  window: { start: null, end: null },
};

const BODIES: { readonly [K in Kind]: unknown } = {
  activity: { category: "firing", phase: "planned", volumes: [CIRCLE, SQUARE], precision_m: 100, remarks: "Range 4." },
  site: {
    category: "displacement-site",
    footprint: { type: "point", at: { lat: 36.8663, lon: 43.0021 } },
    names: [
      { lang: "en", text: "Sumel camp" },
      { lang: "ar", text: "مخيم سميل" },
    ],
    people: 1240,
    verified_by: "Relief field team 2",
    verified_at: AT - 24 * HOUR,
    valid_from: AT - 24 * HOUR,
    valid_until: AT + 720 * HOUR,
    place: { country: "Iraq", governorate: "Dahuk", district: "Sumel" },
    source_id: "1103007",
  },
  movement: {
    phase: "planned",
    decision: "undecided",
    route: [
      { position: { lat: 36.8663, lon: 43.0021 }, at: AT + 2 * HOUR, name: "Depot" },
      { position: { lat: 36.6, lon: 43.05 } },
      { position: { lat: 36.34, lon: 43.13 }, at: AT + 4 * HOUR, name: "Crossing" },
    ],
    tolerance_s: 1800,
    width_m: 200,
    vehicles: [{ type: "truck", count: 6, marks: "white, blue roof panel", marks_night: "amber beacon on the roof" }],
    people: { total: 14 },
    escort: { type: "none", vehicles: 0 },
    contact: [{ means: "satellite-phone", number: "+000 555 0101", who: "Convoy leader" }],
  },
  presence: { claim: "none", volumes: [CORRIDOR] },
  stance: {
    topic: "Crossing at the bridge",
    stands: "under-consideration",
    words: "We look at opening it to relief convoys by day.",
    said: "only-here",
  },
  assessment: {
    country: "Iraq",
    governorate: "Dahuk",
    district: "Sumel",
    day: "2026-11-22",
    control: "held",
    held_by: "Northern Command",
    confidence: "moderate",
    grade: { reliability: "B", credibility: "2" },
    origin: "own-observation",
  },
  report: {
    type: "hazard",
    category: "unexploded-ordnance",
    volumes: [CIRCLE],
    grade: { reliability: "C", credibility: "3" },
    precision_m: 500,
  },
  warning: { site: TARGET, alleged: "Vehicles with mounted weapons in the yard.", time_limit: AT + 48 * HOUR },
  query: { about: "object", question: "Is the white aircraft over the range yours?", due_at: AT + HOUR },
  alert: { alert: "STOP", volumes: [CIRCLE], remarks: "Firing on the convoy." },
  call: {
    parties: ["northern", "southern"],
    began_at: AT - HOUR,
    ended_at: AT - HOUR + 240_000,
    challenge: "copper",
    response: "lantern",
    challenge_result: "passed",
    minutes: "Both sides said that the crossing stays closed until first light.",
  },
  text: { words: "Thank you.\nWe will come back to it tomorrow." },
  answer: { answer: "CONCERN", reason: "The route passes 900 m from a range in use." },
  read: {},
  readback: {
    entries: [
      { field: "route.0.position", position: { lat: 36.8663, lon: 43.0021 } },
      { field: "route.0.at", at: AT + 2 * HOUR },
    ],
    result: "different",
    differences: [{ field: "route.0.position", distance_m: 1234.5 }],
  },
  withdrawal: { reason: "Told twice." },
  countersignature: { scope: "list" },
};

export function sampleBody<K extends Kind>(kind: K): BodyOf<K> {
  return parseBody(kind, BODIES[kind]);
}

export function sample<K extends Kind>(kind: K, changes: Partial<MessageOf<K>> = {}): MessageOf<K> {
  const relation = relationOf(kind);
  const heads = [RELIEF, SOUTHERN].map((party, i) => ({
    origin: logOrigin(LINE, party, 0),
    size: 40 + i,
    root: `4${i}`.repeat(32),
  }));
  const body: Body = sampleBody(kind);
  const message = {
    line: LINE,
    charter: "22".repeat(32),
    from: NORTHERN,
    id: parseMessageId("0123456789abcdef0123456789abcdef"),
    kind,
    version: 1,
    subject: `A sample ${kind}`,
    re: relation === null ? null : { relation, message: TARGET },
    list: kind === "site" ? { id: parseListId("55".repeat(16)), name: "Camps", index: 3, count: 40 } : null,
    heads,
    at: AT,
    expires: kind === "site" || kind === "alert" ? null : AT + 24 * HOUR,
    lang: "en",
    exercise: true,
    sole_reason: null,
    body,
  } as Message;
  return { ...message, ...changes } as MessageOf<K>;
}

export const SOUTHERN_LOG: LogOrigin = logOrigin(LINE, SOUTHERN, 0);
/** An item of every code. */
export const NOTICE: Notice = {
  line: LINE,
  from: NORTHERN,
  at: AT,
  exercise: true,
  items: [
    { code: "opened", origin: SOUTHERN_LOG, from: 3, to: 9 },
    { code: "held", origin: SOUTHERN_LOG, index: 40, message: TARGET },
    { code: "unopened", origin: SOUTHERN_LOG, index: 9, why: "no-share" },
    { code: "refused", origin: SOUTHERN_LOG, index: 10, why: "same-person" },
    { code: "overdue", message: TARGET, party: SOUTHERN, due_at: AT - 1 },
    { code: "split", origin: SOUTHERN_LOG, size: 12, record: "77".repeat(32) },
    { code: "quota", origin: SOUTHERN_LOG, bytes: 1 << 20, since: AT - 10, until: AT + 10 },
    { code: "test-call", id: "0123456789abcdef0123456789abcdef", echo: false, at: AT },
  ],
};
