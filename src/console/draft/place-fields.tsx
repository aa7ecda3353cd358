/** Fields for places and times: any notation goes in, and what was understood is shown in two, at once. */
import { formatCoordinate, formatDtg, formatTime, parseCoordinate, parseTime, type Position } from "../../geo/index.ts";
import { WordsField } from "../view/fields.tsx";
import { Missing, type Problem, problemOf, problemWords } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import type { Said } from "../words/types.ts";

interface PlaceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export type Read<T> =
  | { readonly value: T; readonly error: null }
  | { readonly value: null; readonly error: Said | null };

/** Empty text is neither a value nor a fault yet. */
function reading<T>(text: string, parse: (text: string) => T): Read<T> {
  if (text.trim() === "") return { value: null, error: null };
  try {
    return { value: parse(text), error: null };
  } catch (error) {
    const problem = problemOf(error);
    return { value: null, error: saidOf(problem) };
  }
}

/** In the reader's language; where it has no words for the code, in the English of the parser. */
function saidOf(problem: Problem): Said {
  return (t, has, phrases) => problemWords({ t, has, phrases }, problem) ?? `${problem.message} ${problem.next}`;
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
      throw new Missing((t) => t("missing.number-range", { min, max }));
    }
    return value;
  });
}

export function CoordinateField({ label, value, onChange }: PlaceFieldProps) {
  const { t, has, phrases } = useWords();
  const { value: position, error } = readPosition(value);
  const understood =
    position === null ? (
      t("write.coordinate-hint")
    ) : (
      <span className="mono" dir="ltr">
        {formatCoordinate(position, "dms")} · {formatCoordinate(position, "mgrs")}
      </span>
    );
  return (
    <WordsField
      label={label}
      value={value}
      onChange={onChange}
      hint={understood}
      error={error?.(t, has, phrases) ?? null}
    />
  );
}

export function TimeField({ label, value, onChange }: PlaceFieldProps) {
  const { t, has, phrases } = useWords();
  const { value: at, error } = readTime(value);
  const understood =
    at === null ? (
      t("write.time-hint")
    ) : (
      <span className="mono" dir="ltr">
        {formatTime(at)} · {formatDtg(at)}
      </span>
    );
  return (
    <WordsField
      label={label}
      value={value}
      onChange={onChange}
      hint={understood}
      error={error?.(t, has, phrases) ?? null}
    />
  );
}

export function NumberField({
  label,
  value,
  onChange,
  unit,
  min,
  max,
}: PlaceFieldProps & { readonly unit: "metres" | "minutes" | null; readonly min: number; readonly max: number }) {
  const { t, has, phrases } = useWords();
  const { error } = readNumber(value, min, max);
  return (
    <WordsField
      label={unit === null ? label : t("write.with-unit", { label, unit: t(`write.unit-${unit}`) })}
      value={value}
      onChange={onChange}
      inputMode="decimal"
      error={error?.(t, has, phrases) ?? null}
    />
  );
}
