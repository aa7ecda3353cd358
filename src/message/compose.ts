/** Fields made of fields: records, lists, and what may be unsaid. */
import { z } from "zod";
import type { CborValue } from "../wire/cbor.ts";
import { asArray, asRecord } from "../wire/shape.ts";
import { messageError } from "./errors.ts";
import type { Field, Line, Speaker, Told } from "./field.ts";

type Members = Readonly<Record<string, Field<never>>>;
type RecordOf<M> = { readonly [K in keyof M]: Told<M[K]> };

export interface RecordField<M> extends Field<RecordOf<M>> {
  readonly members: M;
}

interface RecordOptions<M> {
  /** What must hold between the members, here and at the receiver: a sentence where it does not. */
  readonly check?: (value: RecordOf<M>) => string | null;
  /** How it is shown on one line, where "label: value; label: value" would not read well. */
  readonly show?: (value: RecordOf<M>, speaker: Speaker) => string;
}

/** A map with exactly these members, in JSON and CBOR alike. */
export function record<const M extends Members>(members: M, options: RecordOptions<M> = {}): RecordField<M> {
  const names = Object.keys(members) as (keyof M & string)[];
  const of = (name: keyof M): Field<unknown> => members[name] as unknown as Field<unknown>;
  const shape = Object.fromEntries(names.map((name) => [name, of(name).json]));
  const each = <T>(make: (name: keyof M & string) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, make(name)]));
  const fault = options.check ?? (() => null);
  const json = z.strictObject(shape) as unknown as z.ZodType<RecordOf<M>>;
  return {
    members,
    json: options.check === undefined ? json : refined(json, fault),
    encode: (value) => each((name) => of(name).encode(value[name])),
    decode: (value, where) => {
      const map = asRecord(value, where, names) as Readonly<Record<string, CborValue>>;
      const told = each((name) => of(name).decode(map[name] as CborValue, `${where}.${name}`)) as RecordOf<M>;
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
    lines: (value, _name, speaker) => names.flatMap((name) => linesOf(of(name), value[name], name, speaker)),
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

/** The lines in which a field shows itself under its name. */
export function linesOf<T>(field: Field<T>, value: T, name: string, speaker: Speaker): Line[] {
  return field.lines?.(value, name, speaker) ?? [{ label: speaker.field(name), value: field.show(value, speaker) }];
}

/** `min` to `max` items, in the order that they were given. */
export function list<T>(item: Field<T>, min: number, max: number): Field<readonly T[]> {
  const json = z.array(item.json).min(min).max(max);
  return {
    json: (min === 0 ? json.default([]) : json) as unknown as z.ZodType<readonly T[]>,
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

/** What may be left unsaid: null, which is shown as such and never as a zero. */
export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    json: field.json.nullable().default(null) as unknown as z.ZodType<T | null>,
    encode: (value) => (value === null ? null : field.encode(value)),
    decode: (value, where) => (value === null ? null : field.decode(value, where)),
    show: (value, speaker) => (value === null ? speaker.not_said : field.show(value, speaker)),
  };
}
