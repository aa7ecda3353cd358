import { CODES } from "../message/index.ts";
import { cliError } from "./errors.ts";
import { footprintsFrom, heightFrom, metresFrom, positionFrom, secondsFrom, timeFrom, volumesFrom } from "./places.ts";

export interface FormField {
  readonly flag: string;
  readonly says: string;
  readonly many?: true;
  /** Asked for where it is not given. */
  readonly needed?: true;
}

type Values = Readonly<Record<string, unknown>>;

export interface Form {
  readonly kind: string;
  readonly description: string;
  readonly example: string;
  readonly fields: readonly FormField[];
  /** Option names any of which stands in for the needed ones. */
  readonly instead?: readonly string[];
  readonly body: (values: Values, now: number) => Record<string, unknown>;
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const oneOf = (codes: readonly string[]): string => codes.join(", ");
const when = (value: unknown, now: number): number | null =>
  text(value) === undefined ? null : timeFrom(text(value) as string, now);
const whole = (value: unknown, what: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0)
    throw cliError("usage", `${what} "${String(value)}" is not a whole number.`);
  return number;
};

const SHAPES: readonly FormField[] = [
  { flag: "--point <position>", says: "where: a point", many: true },
  {
    flag: '--circle <"position / radius">',
    says: 'where: a circle, such as "36.34 43.13 / 500 m"',
    many: true,
    needed: true,
  },
  { flag: '--polygon <"position; position; …">', says: "where: a polygon", many: true },
  { flag: '--corridor <"position; position / width">', says: "where: a line with its whole width", many: true },
];
const SHAPE_NAMES = ["point", "circle", "polygon", "corridor"];
const TIMES: readonly FormField[] = [
  { flag: "--from <time>", says: "from when, such as 240600ZNOV26 or 2026-11-24T06:00Z" },
  { flag: "--until <time>", says: "until when" },
];
const HEIGHT: FormField = {
  flag: '--height <"datum lower upper">',
  says: 'AGL, AMSL or WGS84 and metres, such as "AGL 0 300"',
};
const REMARKS: FormField = { flag: "--remarks <words>", says: "remarks" };

const volumes = (values: Values, now: number) => volumesFrom(values, now);
const remarks = (values: Values): string => text(values["remarks"]) ?? "";

export const MOVEMENT: Form = {
  kind: "movement",
  description: "a movement that must not be hit: its route with times, vehicles, marks, escort, people, contact",
  example:
    'draft movement --subject "Convoy of 6 trucks, Dahuk to Mosul" --leg "240600ZNOV26 | 36.8669 42.9503 | Dahuk" --leg "240900ZNOV26 | 36.3402 43.1301 | Mosul" --width "400 m" --vehicle "6 truck | white, blue flag | lit panel on the roof" --people 14 --contact "satellite-phone | +88 16 1234 5678 | Ms Haddad" --dir relief --as drafter-1',
  fields: [
    {
      flag: '--leg <"time | position | name">',
      says: 'a point of the route in order; time "-" if not known, name optional',
      many: true,
      needed: true,
    },
    { flag: "--width <metres>", says: "whole width of the corridor round the route (default: 400 m)" },
    { flag: "--tolerance <time>", says: "how far it may be ahead of its times, or behind (default: 15 min)" },
    {
      flag: '--vehicle <"count type | marks | marks by night">',
      says: "vehicles of a type, and what can be seen of them",
      many: true,
    },
    { flag: "--people <number>", says: "how many people" },
    { flag: "--children <number>", says: "how many of them are children" },
    { flag: "--wounded <number>", says: "how many of them are wounded" },
    { flag: '--escort <"type vehicles remarks">', says: `${oneOf(CODES.escort)}; how many vehicles; remarks` },
    {
      flag: '--contact <"means | number | who">',
      says: `how its vehicles are reached: ${oneOf(CODES.contact_means)}`,
      many: true,
    },
    { flag: "--phase <phase>", says: `${oneOf(CODES.movement_phase)} (default: planned)` },
    { flag: "--decision <decision>", says: `${oneOf(CODES.movement_decision)} (default: undecided)` },
    REMARKS,
  ],
  body: (values, now) => ({
    phase: text(values["phase"]) ?? "planned",
    decision: text(values["decision"])?.toUpperCase().replace("UNDECIDED", "undecided") ?? "undecided",
    route: texts(values["leg"]).map((leg) => legOf(leg, now)),
    tolerance_s: secondsFrom(text(values["tolerance"]) ?? "15 min"),
    width_m: metresFrom(text(values["width"]) ?? "400 m"),
    vehicles: texts(values["vehicle"]).map(vehicleOf),
    people: values["people"] === undefined ? null : peopleOf(values),
    escort: escortOf(text(values["escort"])),
    contact: texts(values["contact"]).map(contactOf),
    precision_m: null,
    remarks: remarks(values),
  }),
};

const parts = (value: string): string[] => value.split("|").map((part) => part.trim());

function legOf(leg: string, now: number) {
  const [time, position, name] = parts(leg);
  if (position === undefined) throw cliError("usage", `--leg "${leg}": write "TIME | POSITION | NAME".`);
  return {
    at: time === "-" || time === "" ? null : timeFrom(time ?? "", now),
    position: positionFrom(position),
    name: name || null,
  };
}

function vehicleOf(vehicle: string) {
  const [head, marks, night] = parts(vehicle);
  const match = /^(\d+)\s+(.+)$/.exec(head as string);
  if (match === null) throw cliError("usage", `--vehicle "${vehicle}": write "COUNT TYPE | MARKS | MARKS BY NIGHT".`);
  return { type: match[2], count: Number(match[1]), marks: marks ?? "", marks_night: night ?? "" };
}

function peopleOf(values: Values) {
  const some = (name: string) => (values[name] === undefined ? null : whole(values[name], `--${name}`));
  return { total: whole(values["people"], "--people"), children: some("children"), wounded: some("wounded") };
}

function escortOf(escort: string | undefined) {
  if (escort === undefined) return null;
  const [type, vehicles, ...rest] = escort.trim().split(/\s+/);
  return {
    type,
    vehicles: vehicles === undefined ? 0 : whole(vehicles, "--escort's vehicles"),
    remarks: rest.join(" "),
  };
}

function contactOf(contact: string) {
  const [means, number, who] = parts(contact);
  if (number === undefined) throw cliError("usage", `--contact "${contact}": write "MEANS | NUMBER | WHO".`);
  return { means, number, who: who || null };
}

export const SITE: Form = {
  kind: "site",
  description: "what must not be hit: what it is, where, its names, who is there, who verified it",
  example:
    'draft site --subject "Hospital, Al-Qayyarah" --category hospital --circle "35.7986 43.2931 / 120 m" --site-name "en: Al-Qayyarah hospital" --site-name "ar: مستشفى القيارة" --people 240 --verified-by "Field office" --verified-at 220900ZNOV26 --dir relief --as drafter-1',
  fields: [
    { flag: "--category <category>", says: oneOf(CODES.site_category), needed: true },
    ...SHAPES,
    HEIGHT,
    { flag: '--site-name <"language: name">', says: "a name in a language", many: true },
    { flag: "--people <number>", says: "how many people are there" },
    { flag: "--verified-by <words>", says: "who verified it" },
    { flag: "--verified-at <time>", says: "when" },
    { flag: "--from <time>", says: "valid from" },
    { flag: "--until <time>", says: "confirmed until; past it, it is shown as unconfirmed and still protected" },
    { flag: '--place <"country / governorate / district / locality">', says: "where it is, in names" },
    { flag: "--source-id <id>", says: "its number in your own list" },
    REMARKS,
  ],
  instead: SHAPE_NAMES,
  body: (values, now) => {
    const [footprint, ...more] = footprintsFrom(values);
    if (more.length > 0) throw cliError("usage", "A site has one footprint; draft one site for each.");
    return {
      category: text(values["category"]),
      footprint,
      height: text(values["height"]) === undefined ? null : heightFrom(text(values["height"]) as string),
      names: texts(values["siteName"]).map(nameOf),
      people: values["people"] === undefined ? null : whole(values["people"], "--people"),
      verified_by: text(values["verifiedBy"]) ?? null,
      verified_at: when(values["verifiedAt"], now),
      valid_from: when(values["from"], now),
      valid_until: when(values["until"], now),
      place: placeOf(text(values["place"])),
      precision_m: null,
      source_id: text(values["sourceId"]) ?? null,
      remarks: remarks(values),
    };
  },
};

function nameOf(name: string) {
  const match = /^([A-Za-z-]{2,35}):\s*(.+)$/.exec(name);
  if (match === null)
    throw cliError("usage", `--site-name "${name}": write "LANGUAGE: NAME", such as "en: Main hospital".`);
  return { lang: match[1], text: match[2] };
}

function placeOf(place: string | undefined) {
  if (place === undefined) return null;
  const [country, governorate, district, locality] = place.split("/").map((part) => part.trim() || null);
  return {
    country: country ?? null,
    governorate: governorate ?? null,
    district: district ?? null,
    locality: locality ?? null,
  };
}

export const ACTIVITY: Form = {
  kind: "activity",
  description: "what we are about to do, do, or did: where, when, how high, how precise that is",
  example:
    'draft activity --subject "Demolition of mines, two hours" --category demolition --circle "36.3402 43.1301 / 800 m" --from 240700ZNOV26 --until 240900ZNOV26 --height "AGL 0 300" --dir north --as drafter-1',
  fields: [
    { flag: "--category <category>", says: oneOf(CODES.activity_category), needed: true },
    ...SHAPES,
    ...TIMES,
    HEIGHT,
    { flag: "--phase <phase>", says: `${oneOf(CODES.activity_phase)} (default: planned)` },
    { flag: "--precision <metres>", says: "you vouch for no more than this (default: 100 m)" },
    REMARKS,
  ],
  instead: SHAPE_NAMES,
  body: (values, now) => ({
    category: text(values["category"]),
    phase: text(values["phase"]) ?? "planned",
    volumes: volumes(values, now),
    precision_m: metresFrom(text(values["precision"]) ?? "100 m"),
    remarks: remarks(values),
  }),
};

export const PRESENCE: Form = {
  kind: "presence",
  description: "none of ours here, some of ours here, or we cannot stop fire here; for an area and a time",
  example:
    'draft presence --subject "None of ours at the bridge" --claim none --circle "36.3402 43.1301 / 1 km" --from 240600ZNOV26 --until 241200ZNOV26 --dir south --as drafter-1',
  fields: [
    { flag: "--claim <claim>", says: oneOf(CODES.presence_claim), needed: true },
    ...SHAPES,
    ...TIMES,
    HEIGHT,
    REMARKS,
  ],
  instead: SHAPE_NAMES,
  body: (values, now) => ({
    claim: text(values["claim"]),
    volumes: volumes(values, now),
    precision_m: null,
    remarks: remarks(values),
  }),
};

export const ALERT: Form = {
  kind: "alert",
  description: "STOP, accident, hazard, is-this-yours: one officer releases it, in one step; it is never stale",
  example:
    'draft alert --subject "STOP: you are hitting our convoy" --alert STOP --circle "36.3402 43.1301 / 2 km" -y --dir relief --as watch-1',
  fields: [
    { flag: "--alert <alert>", says: oneOf(CODES.alert), needed: true },
    ...SHAPES,
    ...TIMES,
    { flag: "--about <message>", says: "the whole hash of the message that it concerns" },
    REMARKS,
  ],
  instead: SHAPE_NAMES,
  body: (values, now) => ({
    alert: text(values["alert"]),
    volumes: volumes(values, now),
    message: text(values["about"]) ?? null,
    remarks: remarks(values),
  }),
};

export const REPORT: Form = {
  kind: "report",
  description: "an incident or a hazard: where, when, and how far it is to be believed",
  example:
    'draft report --subject "Road mined east of Zumar" --type hazard --category mine --grade B2 --circle "36.65 42.60 / 300 m" --from 231200ZNOV26 --dir relief --as drafter-1',
  fields: [
    { flag: "--type <type>", says: oneOf(CODES.report_type), needed: true },
    { flag: "--category <category>", says: oneOf(CODES.report_category), needed: true },
    { flag: "--grade <grade>", says: "source A to F and information 1 to 6, such as B2", needed: true },
    ...SHAPES,
    ...TIMES,
    REMARKS,
  ],
  instead: SHAPE_NAMES,
  body: (values, now) => {
    const grade = /^([A-F])([1-6])$/.exec(text(values["grade"])?.toUpperCase() ?? "");
    if (grade === null)
      throw cliError("usage", `--grade "${String(values["grade"])}": write a letter A to F and a digit 1 to 6.`);
    return {
      type: text(values["type"]),
      category: text(values["category"]),
      volumes: volumes(values, now),
      grade: { reliability: grade[1], credibility: grade[2] },
      precision_m: null,
      remarks: remarks(values),
    };
  },
};

export const QUERY: Form = {
  kind: "query",
  description: "a question about a message, a place or an object seen, with the time by which an answer is needed",
  example:
    'draft query --subject "Is the drone over Zumar yours?" --about object --question "Small fixed wing, 300 m, since 1415Z" --due 231530ZNOV26 --circle "36.65 42.60 / 2 km" --dir north --as drafter-1',
  fields: [
    { flag: "--about <what>", says: oneOf(CODES.query_about), needed: true },
    { flag: "--question <words>", says: "the question", needed: true },
    { flag: "--due <time>", says: "by when an answer is needed", needed: true },
    { flag: "--message <message>", says: "the whole hash of the message that it is about" },
    ...SHAPES.map(({ flag, says, many = true }): FormField => ({ flag, says, many })),
    ...TIMES,
  ],
  body: (values, now) => ({
    about: text(values["about"]),
    message: text(values["message"]) ?? null,
    volumes: volumes(values, now),
    question: text(values["question"]),
    due_at: when(values["due"], now),
  }),
};

export const TEXT: Form = {
  kind: "text",
  description: "words, in the language that --lang names",
  example:
    'draft text --subject "Bridge at Zumar" --words "The bridge is open to traffic again." --lang en --dir north --as drafter-1',
  fields: [{ flag: "--words <words>", says: "the words", needed: true }],
  body: (values) => ({ words: text(values["words"]) }),
};
