/** Mistakes as people make them, put into cells that were right. Each says what was right before. */
import type { Random } from "../deconflict/random.ts";

/** The two numbers of a position, as they stand in their cells. */
export interface Cells {
  readonly lat: string;
  readonly lon: string;
}

export type Mutation = (cells: Cells, random: Random) => Cells | null;

const pick = <Item>(items: readonly Item[], random: Random): Item | undefined =>
  items[Math.floor(random() * items.length)];

/** Changes one of the two numbers by `change`; null where it leaves no number of degrees. */
function inOne(change: (text: string, random: Random) => string | null): Mutation {
  return ({ lat, lon }, random) => {
    const ofLat = random() < 0.5;
    const changed = change(ofLat ? lat : lon, random);
    if (changed === null || !/^-?\d{1,3}(?:\.\d+)?$/.test(changed)) return null;
    const next = ofLat ? { lat: changed, lon } : { lat, lon: changed };
    return Math.abs(Number(next.lat)) > 90 || Math.abs(Number(next.lon)) > 180 ? null : next;
  };
}

const digitsOf = (text: string): number[] =>
  text
    .split("")
    .flatMap((character, i) => (/\d/.test(character) ? [i] : []))
    .slice(0, 6);

/** Any of the first six digits to any other: a slip of typing, reading or hearing. */
export const wrongDigit = inOne((text, random) => {
  const at = pick(digitsOf(text), random);
  const digit = pick(
    "0123456789".split("").filter((each) => each !== text.charAt(at ?? 0)),
    random,
  );
  return at === undefined ? null : text.slice(0, at) + digit + text.slice(at + 1);
});

export const missingDigit = inOne((text, random) => {
  const at = pick(digitsOf(text), random);
  return at === undefined ? null : text.slice(0, at) + text.slice(at + 1);
});

export const doubledDigit = inOne((text, random) => {
  const at = pick(digitsOf(text), random);
  return at === undefined ? null : text.slice(0, at) + text.charAt(at) + text.slice(at);
});

export const transposedDigits = inOne((text, random) => {
  const pairs = digitsOf(text).filter((i) => /\d/.test(text.charAt(i + 1)) && text.charAt(i) !== text.charAt(i + 1));
  const at = pick(pairs, random);
  return at === undefined ? null : text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
});

const negated = (text: string): string => (text.startsWith("-") ? text.slice(1) : `-${text}`);

export const swapped: Mutation = ({ lat, lon }) => ({ lat: lon, lon: lat });
export const wrongSign: Mutation = ({ lat, lon }, random) =>
  random() < 0.5 ? { lat: negated(lat), lon } : { lat, lon: negated(lon) };
/** A hemisphere's letter left out or read wrong, in both. */
export const wrongHemispheres: Mutation = ({ lat, lon }) => ({ lat: negated(lat), lon: negated(lon) });
export const zero: Mutation = () => ({ lat: "0", lon: "0" });
/** What a geocoder writes that found nothing better: the middle of Baghdad, as GeoNames has it. */
export const capital: Mutation = () => ({ lat: "33.34058", lon: "44.40088" });

/** The grid reference read in the zone beside its own: six degrees of longitude. */
export const wrongZone: Mutation = ({ lat, lon }, random) => {
  const moved = Number(lon) + (random() < 0.5 ? 6 : -6);
  return Math.abs(moved) > 180 ? null : { lat, lon: moved.toFixed(lon.split(".")[1]?.length ?? 0) };
};

/** Degrees and minutes with a point between them, read as decimals: 36°20.30' as 36.2030. */
export const minutesAsDecimals: Mutation = ({ lat, lon }) => ({ lat: inMinutes(lat), lon: inMinutes(lon) });

function inMinutes(text: string): string {
  const [whole, rest] = text.split(".");
  return `${whole}.${((Number(`0.${rest ?? 0}`) * 60) / 100).toFixed(6).slice(2)}`;
}

/** Cut to one decimal, as when a column is too narrow. */
export const truncated: Mutation = ({ lat, lon }) => ({
  lat: lat.replace(/(\.\d).*$/, "$1"),
  lon: lon.replace(/(\.\d).*$/, "$1"),
});

/** Day and month exchanged in an ISO day; null where that changes nothing or is no day. */
export function dayAndMonth(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return day === undefined || month === day || Number(day) > 12 ? null : `${year}-${day}-${month}`;
}
