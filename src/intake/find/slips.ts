/** The single mistakes of writing that could have led to a position, each undone: what was probably meant is among them. */
import type { Position } from "../../geo/index.ts";
import { nanodegree } from "../value.ts";
import { reason, type ReasonKey, type Sentence } from "../words/sentence.ts";

export interface Slip {
  readonly at: Position;
  /** How often this mistake is made beside the others: only the order of size matters. */
  readonly weight: number;
  /** One digit changed, doubled, or exchanged with the next. */
  readonly single: boolean;
  /** Which mistake, and what it makes of the number. */
  readonly reason: Sentence;
}

type WholeReason = Extract<ReasonKey, "exchanged" | `sign${string}` | `zone-${string}`>;
type DigitReason = Extract<ReasonKey, "digit" | "order" | "doubled" | "lost">;

/** Decimals in which a slip moves a position by 100 m or more. */
const DECIMALS = 3;
const WEIGHT = { whole: 1, minutes: 0.3, zone: 0.3, order: 0.1, doubled: 0.1, digit: 0.05, missing: 0.02 } as const;

/** Every position that one mistake could have turned into `at`. Nothing here says that there was one. */
export function slipsOf(at: Position): Slip[] {
  return [...wholeSlips(at), ...minuteSlips(at), ...numberSlips(at)].filter(({ at: { lat, lon } }) => {
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === at.lat && lon === at.lon);
  });
}

/** What is proposed, of a finding that a slip explains. */
export function suggested({ at, reason }: Pick<Slip, "at" | "reason">) {
  return { suggestion: { latitude: at.lat, longitude: at.lon }, reason };
}

/** Of both numbers as they stand: exchanged, a sign, a grid zone. */
export function wholeSlips({ lat, lon }: Position): Slip[] {
  const whole = (slip: Position, why: WholeReason, weight: number = WEIGHT.whole): Slip => ({
    at: slip,
    weight,
    single: false,
    reason: reason(why, {}),
  });
  return [
    whole({ lat: lon, lon: lat }, "exchanged"),
    whole({ lat: -lat, lon }, "sign-latitude"),
    whole({ lat, lon: -lon }, "sign-longitude"),
    whole({ lat: -lat, lon: -lon }, "signs", WEIGHT.zone),
    whole({ lat, lon: nanodegree(lon + 6) }, "zone-west", WEIGHT.zone),
    whole({ lat, lon: nanodegree(lon - 6) }, "zone-east", WEIGHT.zone),
  ];
}

/** 36.2030 for 36°20.30', and the reverse, in both numbers or in one. */
function minuteSlips({ lat, lon }: Position): Slip[] {
  const slips: Slip[] = [];
  const [down, up] = [asMinutes(lat), asMinutes(lon)];
  if (down !== null && up !== null) slips.push(minuteSlip({ lat: down, lon: up }, "minutes"));
  const [out, over] = [asDecimals(lat), asDecimals(lon)];
  if (out !== null && over !== null) slips.push(minuteSlip({ lat: out, lon: over }, "decimals"));
  return slips;
}

function minuteSlip(at: Position, why: "minutes" | "decimals"): Slip {
  return { at, weight: WEIGHT.minutes, single: false, reason: reason(why, {}) };
}

function asMinutes(degrees: number): number | null {
  const [whole, rest] = parts(degrees);
  return rest >= 0.6 ? null : nanodegree(whole + (Math.sign(degrees) || 1) * (rest / 0.6));
}

function asDecimals(degrees: number): number | null {
  const [whole, rest] = parts(degrees);
  return nanodegree(whole + (Math.sign(degrees) || 1) * rest * 0.6);
}

function parts(degrees: number): readonly [number, number] {
  const whole = Math.trunc(degrees);
  return [whole, Math.abs(degrees - whole)];
}

function numberSlips({ lat, lon }: Position): Slip[] {
  return [
    ...textSlips(lat).map(({ value, ...rest }) => ({ at: { lat: value, lon }, ...said(lat, value, rest) })),
    ...textSlips(lon).map(({ value, ...rest }) => ({ at: { lat, lon: value }, ...said(lon, value, rest) })),
  ];
}

interface TextSlip {
  readonly value: number;
  readonly weight: number;
  readonly what: DigitReason;
}

function said(from: number, to: number, { weight, what }: Omit<TextSlip, "value">): Omit<Slip, "at"> {
  const why = reason(what, { written: String(from), meant: String(to) });
  return { weight, single: weight !== WEIGHT.missing, reason: why };
}

/** Numbers one slip of typing away in the digits that matter. A slip never turns a number into itself. */
function textSlips(degrees: number): TextSlip[] {
  const text = String(degrees);
  if (text.includes("e")) return [];
  const point = text.includes(".") ? text.indexOf(".") : text.length;
  const end = Math.min(text.length, point + 1 + DECIMALS);
  const slips = new Map<number, TextSlip>();
  const add = (changed: string, weight: number, what: DigitReason): void => {
    const value = nanodegree(Number(changed));
    if (/^-?\d{1,3}(?:\.\d*)?$/.test(changed) && value !== degrees && !slips.has(value)) {
      slips.set(value, { value, weight, what });
    }
  };
  for (let i = 0; i < end; i++) {
    const [digit, next] = [text.charAt(i), text.charAt(i + 1)];
    if (!isDigit(digit)) continue;
    if (isDigit(next)) add(`${text.slice(0, i)}${next}${digit}${text.slice(i + 2)}`, WEIGHT.order, "order");
    if (digit === next) add(text.slice(0, i) + text.slice(i + 1), WEIGHT.doubled, "doubled");
    for (const other of "0123456789") {
      if (other !== digit) add(text.slice(0, i) + other + text.slice(i + 1), WEIGHT.digit, "digit");
    }
  }
  for (let i = 0; i <= end; i++) {
    for (const other of "0123456789") add(text.slice(0, i) + other + text.slice(i), WEIGHT.missing, "lost");
  }
  return [...slips.values()];
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

/** Below this share of all that could be meant, nothing is proposed: a wrong proposal is worse than none. */
const CLEAR = 0.4;

/**
 * The slip that was probably made, where one stands out. `home` says how well a position fits, from 0 (not at all) to
 * 1; null where nothing fits or several do about as well.
 */
export function likelySlip(at: Position, home: (candidate: Position) => number): Slip | null {
  const weighed = slipsOf(at)
    .map((slip) => ({ slip, weight: slip.weight * home(slip.at) }))
    .filter(({ weight }) => weight > 0);
  const sum = weighed.reduce((all, { weight }) => all + weight, 0);
  const best = weighed.reduce<(typeof weighed)[number] | null>(
    (a, b) => (a === null || b.weight > a.weight ? b : a),
    null,
  );
  return best !== null && best.weight >= CLEAR * sum ? best.slip : null;
}
