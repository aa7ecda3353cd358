/** Faults in files: what is wrong, and where. All of them are collected, so that a file is repaired in one go. */
import { ParleyError } from "../wire/error.ts";
import { deconflictError } from "./errors.ts";

export interface Fault {
  readonly file: string;
  /** JSON Pointer (RFC 6901); "" is the whole file. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** A file as it was read, UTF-8 already decoded. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
}

/** Runs `read`; what it throws becomes a fault of `file`, and null is returned. */
export function collect<T>(file: string, faults: Fault[], path: string, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    const where = error.detail["path"];
    faults.push({ file, path: typeof where === "string" ? where : path, code: error.code, message: error.message });
    return null;
  }
}

/** One step of a JSON Pointer. */
export function step(key: string | number): string {
  return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Throws field-malformed. */
export function asObject(value: unknown, path: string): JsonObject {
  if (isObject(value)) return value;
  throw deconflictError("field-malformed", "An object is expected here.", { detail: { path } });
}

/** Throws field-malformed. */
export function asList(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw deconflictError("field-malformed", "A list is expected here.", { detail: { path } });
}

/** Throws field-malformed. */
export function asString(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  throw deconflictError("field-malformed", "A text is expected here.", { detail: { path } });
}

/** An object of which every field is in `known`. Throws field-malformed, field-unknown. */
export function asKnown(value: unknown, path: string, known: readonly string[]): JsonObject {
  const object = asObject(value, path);
  const extra = Object.keys(object).find((key) => !known.includes(key));
  if (extra === undefined) return object;
  const message = `The field "${extra.slice(0, 40)}" is unknown.`;
  throw deconflictError("field-unknown", message, { detail: { path: `${path}${step(extra)}` } });
}

/** Throws field-missing where the value is undefined. */
export function required(object: JsonObject, key: string, path: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  throw deconflictError("field-missing", `The field "${key}" is missing.`, { detail: { path } });
}
