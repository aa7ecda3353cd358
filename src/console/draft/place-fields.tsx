/** Fields for places and times: any notation goes in, and what was understood is shown in two, at once. */
import { formatCoordinate, formatDtg, formatTime, parseCoordinate, parseTime, type Position } from "../../geo/index.ts";
import { WordsField } from "../view/fields.tsx";
import { problemOf } from "../view/problem.ts";

interface PlaceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export type Read<T> =
  | { readonly value: T; readonly error: null }
  | { readonly value: null; readonly error: string | null };

/** Empty text is neither a value nor a fault yet. */
function reading<T>(text: string, parse: (text: string) => T): Read<T> {
  if (text.trim() === "") return { value: null, error: null };
  try {
    return { value: parse(text), error: null };
  } catch (error) {
    const { message, next } = problemOf(error);
    return { value: null, error: `${message} ${next}` };
  }
}

export function readPosition(text: string): Read<Position> {
  return reading(text, (given) => parseCoordinate(given).position);
}

export function readTime(text: string): Read<number> {
  return reading(text, (given) => parseTime(given, Date.now()).at);
}

export function readNumber(text: string, min: number, max: number): Read<number> {
  return reading(text, (given) => {
    const value = Number(given.trim());
    if (!Number.isFinite(value) || value < min || value > max) {
      throw new RangeError(`Give a number from ${min} to ${max}.`);
    }
    return value;
  });
}

export function CoordinateField({ label, value, onChange }: PlaceFieldProps) {
  const { value: position, error } = readPosition(value);
  const understood =
    position === null ? (
      "Decimal degrees, degrees and minutes, or MGRS"
    ) : (
      <span className="mono">
        {formatCoordinate(position, "dms")} · {formatCoordinate(position, "mgrs")}
      </span>
    );
  return <WordsField label={label} value={value} onChange={onChange} hint={understood} error={error} />;
}

export function TimeField({ label, value, onChange }: PlaceFieldProps) {
  const { value: at, error } = readTime(value);
  const understood =
    at === null ? (
      "Such as 231530ZNOV26 or 2026-11-23 15:30Z"
    ) : (
      <span className="mono">
        {formatTime(at)} · {formatDtg(at)}
      </span>
    );
  return <WordsField label={label} value={value} onChange={onChange} hint={understood} error={error} />;
}

export function NumberField({
  label,
  value,
  onChange,
  unit,
  min,
  max,
}: PlaceFieldProps & { readonly unit: string; readonly min: number; readonly max: number }) {
  const { error } = readNumber(value, min, max);
  return (
    <WordsField
      label={unit === "" ? label : `${label} (${unit})`}
      value={value}
      onChange={onChange}
      inputMode="decimal"
      error={error}
    />
  );
}
