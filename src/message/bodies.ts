/** The body of every kind. */
import type { z } from "zod";
import type { CborValue } from "../wire/cbor.ts";
import type { Kind } from "./codes.ts";
import type { RecordField } from "./compose.ts";
import { messageError } from "./errors.ts";
import type { Field, Told } from "./field.ts";
import { ACTIVITY } from "./kinds/activity.ts";
import { ALERT } from "./kinds/alert.ts";
import { ANSWER } from "./kinds/answer.ts";
import { ASSESSMENT } from "./kinds/assessment.ts";
import { CALL } from "./kinds/call.ts";
import { COUNTERSIGNATURE } from "./kinds/countersignature.ts";
import { MOVEMENT } from "./kinds/movement.ts";
import { PRESENCE } from "./kinds/presence.ts";
import { QUERY } from "./kinds/query.ts";
import { READ } from "./kinds/read.ts";
import { READBACK } from "./kinds/readback.ts";
import { REPORT } from "./kinds/report.ts";
import { SITE } from "./kinds/site.ts";
import { STANCE } from "./kinds/stance.ts";
import { TEXT } from "./kinds/text.ts";
import { WARNING } from "./kinds/warning.ts";
import { WITHDRAWAL } from "./kinds/withdrawal.ts";

export const BODIES = {
  activity: ACTIVITY,
  site: SITE,
  movement: MOVEMENT,
  presence: PRESENCE,
  stance: STANCE,
  assessment: ASSESSMENT,
  report: REPORT,
  warning: WARNING,
  query: QUERY,
  alert: ALERT,
  call: CALL,
  text: TEXT,
  answer: ANSWER,
  read: READ,
  readback: READBACK,
  withdrawal: WITHDRAWAL,
  countersignature: COUNTERSIGNATURE,
} as const satisfies Readonly<Record<Kind, unknown>>;

export type BodyOf<K extends Kind> = Told<(typeof BODIES)[K]>;
export type Body = { [K in Kind]: BodyOf<K> }[Kind];

/** The zod schema of a kind's JSON body: a strictObject, with the field names of the CBOR body and of memory. */
export function bodySchema<K extends Kind>(kind: K): z.ZodType<BodyOf<K>> {
  return bodyField(kind).json;
}

/**
 * A body out of JSON that an officer, a file or a browser gave.
 * @throws body-invalid, naming every field that is wrong
 */
export function parseBody<K extends Kind>(kind: K, json: unknown): BodyOf<K> {
  const parsed = bodySchema(kind).safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || kind}: ${issue.message}`);
  throw messageError("body-invalid", faults.slice(0, 20).join("; "), {
    detail: { fields: parsed.error.issues.map((issue) => issue.path.join(".")).join(" "), faults: faults.length },
  });
}

/**
 * Those fields of a body that are given, each as strict as in a whole one: what a party has said in public of a thing.
 * @throws body-invalid, naming every field that is wrong
 */
export function parsePartOfBody<K extends Kind>(kind: K, json: object): Partial<BodyOf<K>> {
  const members = bodyField(kind).members as Readonly<Record<string, Field<unknown>>>;
  const faults: string[] = [];
  const read = Object.entries(json).flatMap(([name, value]) => {
    const parsed = Object.hasOwn(members, name) ? members[name]?.json.safeParse(value) : undefined;
    if (parsed?.success === true) return [[name, parsed.data] as const];
    faults.push(
      parsed === undefined ? `${name}: is no field of a ${kind}` : `${name}: ${parsed.error?.issues[0]?.message}`,
    );
    return [];
  });
  if (faults.length > 0) throw messageError("body-invalid", faults.join("; "), { detail: { faults: faults.length } });
  return Object.fromEntries(read) as Partial<BodyOf<K>>;
}

export function encodeBody(kind: Kind, body: Body): CborValue {
  return (bodyField(kind) as Field<Body>).encode(body);
}

export function decodeBody<K extends Kind>(kind: K, value: CborValue): BodyOf<K> {
  return bodyField(kind).decode(value, kind);
}

/** The one place where a kind's description is taken as a field of that kind's body. */
export function bodyField<K extends Kind>(kind: K): RecordField<BodyOf<K>> {
  return BODIES[kind] as unknown as RecordField<BodyOf<K>>;
}
