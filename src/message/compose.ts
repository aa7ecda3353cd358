/** Fields made of fields: records, lists, and what may be unsaid. */
import { z } from "zod";
import type { CborValue } from "../wire/cbor.ts";
import { asArray, asRecord } from "../wire/shape.ts";
import { messageError } from "./errors.ts";
import type { Field, Line, Speaker } from "./field.ts";

type Members<T> = { readonly [K in keyof T]: Field<T[K]> };

/** A line, and the member of the body that it shows. */
export interface FieldLine extends Line {
  readonly field: string;
}

export interface RecordField<T> extends Field<T> {
  readonly members: Members<T>;
  /** A body's lines, one or more for each member that is there. Empty words make none; with `brief`, what is unsaid neither. */
  readonly bodyLines: (value: Partial<T>, speaker: Speaker, brief: boolean) => FieldLine[];
}

interface RecordOptions<T> {
  /** What must hold between the members, here and at the receiver: a sentence where it does not. */
  readonly check?: (value: T) => string | null;
  /** How it is shown on one line, where "label: value; label: value" would not read well. */
  readonly show?: (value: T, speaker: Speaker) => string;
}

/** A map with exactly these members, in JSON and CBOR alike. */
export function record<T extends object>(members: Members<T>, options: RecordOptions<T> = {}): RecordField<T> {
  const names = Object.keys(members) as (keyof T & string)[];
  const of = (name: keyof T): Field<unknown> => members[name] as Field<unknown>;
  const shape = Object.fromEntries(names.map((name) => [name, of(name).json]));
  const each = <V>(make: (name: keyof T & string) => V): Record<string, V> =>
    Object.fromEntries(names.map((name) => [name, make(name)]));
  const fault = options.check ?? (() => null);
  const json = z.strictObject(shape) as unknown as z.ZodType<T>;
  return {
    members,
    json: options.check === undefined ? json : refined(json, fault),
    encode: (value) => each((name) => of(name).encode(value[name])),
    decode: (value, where) => {
      const map = asRecord(value, where, names) as Readonly<Record<string, CborValue>>;
      const told = each((name) => of(name).decode(map[name] as CborValue, `${where}.${name}`)) as T;
      const wrong = fault(told);
      if (wrong !== null) throw messageError("value-refused", `${where}: ${wrong}`);
      return told;
    },
    show:
      options.show ??
      ((value, speaker) =>
        names
          .filter((name) => isSaid(value[name]))
          .map((name) => `${speaker.field(name)}: ${of(name).show(value[name], speaker)}`)
          .join("; ") || speaker.none),
    bodyLines: (value, speaker, brief) =>
      names
        .filter((name) => value[name] !== undefined && value[name] !== "" && !(brief && !isSaid(value[name])))
        .flatMap((field) => linesOf(of(field), value[field], field, speaker).map((line) => ({ field, ...line }))),
  };
}

function refined<T>(json: z.ZodType<T>, fault: (value: T) => string | null): z.ZodType<T> {
  return json.superRefine((value, context) => {
    const message = fault(value);
    if (message !== null) context.addIssue({ code: "custom", message });
  });
}

function isSaid(value: unknown): boolean {
  return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

function linesOf<T>(field: Field<T>, value: T, name: string, speaker: Speaker): Line[] {
  return field.lines?.(value, name, speaker) ?? [{ label: speaker.field(name), value: field.show(value, speaker) }];
}

/** `min` to `max` items, in the order that they were given. */
export function list<T>(item: Field<T>, min: number, max: number): Field<readonly T[]> {
  const json = z.array(item.json).min(min).max(max);
  return {
    json: min === 0 ? json.default([]) : json,
    encode: (value) => value.map((each) => item.encode(each)),
    decode: (value, where) => {
      const items = asArray(value, where, max);
      if (items.length < min) throw messageError("value-refused", `${where} has fewer than ${min}.`);
      return items.map((each, i) => item.decode(each, `${where}.${i}`));
    },
    show: (value, speaker) => value.map((each) => item.show(each, speaker)).join(", ") || speaker.none,
    lines: (value, name, speaker) => {
      const label = speaker.field(name);
      if (value.length === 0) return [{ label, value: speaker.none }];
      const numbered = (i: number): string => (value.length === 1 ? label : `${label} ${i + 1}`);
      return value.map((each, i) => ({ label: numbered(i), value: item.show(each, speaker) }));
    },
  };
}

/** A field that JSON may leave out, and then is `value`. */
export function usually<T>(field: Field<T>, value: T): Field<T> {
  return { ...field, json: field.json.default(value as never) };
}

/** What may be left unsaid: null, which is shown as such and never as a zero. */
export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    json: field.json.nullable().default(null),
    encode: (value) => (value === null ? null : field.encode(value)),
    decode: (value, where) => (value === null ? null : field.decode(value, where)),
    show: (value, speaker) => (value === null ? speaker.not_said : field.show(value, speaker)),
  };
}
