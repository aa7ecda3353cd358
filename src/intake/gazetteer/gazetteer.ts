/** Everything that is known of places: what comes with Parley, what was given to the node, what its lines confirmed. */
import { type FindPlaces, type GeoBox, type Position } from "../../geo/index.ts";
import { DEGREE_M, metresApart } from "../find/sphere.ts";
import type { KnownPlace, Level } from "./known.ts";
import { alike, fold, soundOf } from "./names.ts";
import { NameIndex } from "./name-index.ts";
import { Outline } from "./outline.ts";
import { type Drawn, Held, type Shelf } from "./shelf.ts";

/** Two sources put one town's middle so far apart. */
const ONE_M = 10_000;
/** A capital's middle, as geocoders and lists write it, to the last digit and nearly. */
const CENTRE_M = 150;
/** No less in latitude, so that nearly all are ruled out without their distance. */
const CENTRE_DEGREES = 0.01;

/** Sounds of fewer consonants are never alike (names.ts). */
const TELLING = 2;
/** Places between two pauses of what is made ready beforehand. */
const SLICE = 500;
/** Of one that is decoded again and again, the same is given. */
const MOST_DECODED = 4096;

export type Source = Iterable<KnownPlace> | Shelf;

export class Gazetteer {
  readonly #shelves: readonly Shelf[];
  /** The number of each shelf's first place among all. */
  readonly #firsts: number[] = [];
  readonly #byCountry = new Map<string, number[]>();
  readonly #indexes = new Map<string, NameIndex>();
  readonly #outlines = new Map<KnownPlace, Outline>();
  readonly #decoded = new Map<number, KnownPlace>();
  #lastFound: KnownPlace | null = null;
  #capitals: readonly KnownPlace[] | null = null;
  #exact: NameIndex | null = null;
  #knownBelow: Gazetteer | null = null;
  readonly #makeBelow: (() => Gazetteer) | null;

  /** `below` is what was known before: it is looked in too, stays as it is, and is made when it is first looked in. */
  constructor(sources: readonly Source[], below: Gazetteer | (() => Gazetteer) | null = null) {
    this.#makeBelow = below instanceof Gazetteer ? () => below : below;
    this.#shelves = sources.map((source) => ("place" in source ? source : new Held(source)));
    let number = 0;
    for (const shelf of this.#shelves) {
      this.#firsts.push(number);
      for (let i = 0; i < shelf.size; i++, number++) {
        const country = shelf.country(i);
        const here = this.#byCountry.get(country);
        if (here === undefined) this.#byCountry.set(country, [number]);
        else here.push(number);
      }
    }
  }

  get #below(): Gazetteer | null {
    return (this.#knownBelow ??= this.#makeBelow?.() ?? null);
  }

  #shelfOf(number: number): readonly [Shelf, number] {
    const shelf = this.#firsts.findLastIndex((first) => first <= number);
    return [this.#shelves[shelf] as Shelf, number - (this.#firsts[shelf] as number)];
  }

  #names(number: number): readonly string[] {
    const [shelf, own] = this.#shelfOf(number);
    return shelf.names(own);
  }

  #place(number: number): KnownPlace {
    const before = this.#decoded.get(number);
    if (before !== undefined) return before;
    const [shelf, own] = this.#shelfOf(number);
    const place = shelf.place(own);
    if (this.#decoded.size >= MOST_DECODED) this.#decoded.clear();
    this.#decoded.set(number, place);
    return place;
  }

  /** Places and areas that may be called so, of these countries; of no known country always. */
  named(name: string, countries: readonly string[]): KnownPlace[] {
    if (fold(name) === "") return [];
    const own = [...new Set([...countries, ""])].flatMap((country) => this.#namedIn(country, name));
    return this.#below === null ? own : [...own, ...this.#below.named(name, countries)];
  }

  /** Those written the same first, then those that sound so. */
  #namedIn(country: string, name: string): KnownPlace[] {
    const index = this.#index(country);
    if (index === null) return [];
    const folded = fold(name);
    const sound = soundOf(name);
    const same = index.find(folded).filter((number) => this.#names(number).some((each) => fold(each) === folded));
    const near = sound.length < TELLING ? [] : index.find(`~${sound}`);
    const sounding = near.filter((number) => this.#names(number).some((each) => alike(each, name)));
    return [...new Set([...same, ...sounding])].map((number) => this.#place(number));
  }

  #index(country: string): NameIndex | null {
    const made = this.#indexes.get(country);
    if (made !== undefined) return made;
    for (const _ of this.#indexing(country));
    return this.#indexes.get(country) ?? null;
  }

  /** Yields after every few places, so that whoever has the time waits for no more. */
  *#indexing(country: string): Generator<void> {
    const places = this.#byCountry.get(country);
    if (places === undefined || this.#indexes.has(country)) return;
    const index = new NameIndex();
    for (const number of places) {
      for (const name of this.#names(number)) {
        index.add(fold(name), number);
        const sound = soundOf(name);
        if (sound.length >= TELLING) index.add(`~${sound}`, number);
      }
      if (number % SLICE === 0) yield;
    }
    index.sort();
    this.#indexes.set(country, index);
  }

  /** Makes ready what these countries will be asked for, those of its own places if none are said, a little at each step. */
  *prepare(countries: readonly string[] = [...this.#byCountry.keys()]): Generator<void> {
    for (const country of countries) yield* this.#indexing(country);
    if (this.#below !== null) yield* this.#below.prepare(countries);
  }

  /** Governorates or districts of that name; of a district, those in that governorate where both say theirs. */
  units(level: "governorate" | "district", name: string, governorate: string, countries: readonly string[]) {
    return this.named(name, countries).filter(
      (place) => place.level === level && (level === "governorate" || this.isWithin(place, "governorate", governorate)),
    );
  }

  /** False only where the place's source names another; a name that is not said, or not known there, is no other. */
  isWithin(place: KnownPlace, level: "governorate" | "district", name: string): boolean {
    const names = this.namesWithin(place, level);
    return name === "" || names.length === 0 || names.some((each) => alike(each, name));
  }

  /** What the larger thing is called in which the place lies, in every script. */
  namesWithin(place: KnownPlace, level: "governorate" | "district"): readonly string[] {
    return place[level].flatMap((each) => this.#coded(each)?.names ?? (CODE.test(each) ? [] : [each]));
  }

  #coded(code: string): KnownPlace | null {
    // What was added last is right.
    for (const shelf of this.#shelves.toReversed()) {
      const number = shelf.codes.get(code);
      if (number !== undefined) return shelf.place(number);
    }
    return this.#below === null ? null : this.#below.#coded(code);
  }

  outlineOf(place: KnownPlace): Outline | null {
    const made = this.#outlines.get(place);
    if (made !== undefined) return made;
    // Taken once: a country's are made when they are asked for.
    const { rings } = place;
    if (rings === null) return null;
    const outline = new Outline(rings);
    this.#outlines.set(place, outline);
    return outline;
  }

  #drawn(): Drawn[] {
    return this.#shelves.flatMap(({ drawn }) => drawn);
  }

  country(code: string): KnownPlace | null {
    const own = this.#drawn().find(({ place }) => place.country === code);
    return own?.place ?? this.#below?.country(code) ?? null;
  }

  /** The country on whose land a position lies, or within `slack_m` of it; null: none is known there. */
  countryAt(at: Position, slack_m = 0): string | null {
    // A list lies in one country nearly everywhere: the last that was found is asked first.
    const last = this.#lastFound;
    if (last !== null && this.outlineOf(last)?.contains(at) === true) return last.country;
    const near = this.#drawn().flatMap(({ place, box }) => (reaches(box, at, slack_m) ? [place] : []));
    const there =
      near.find((country) => this.outlineOf(country)?.contains(at)) ??
      near.find(
        (country) => slack_m > 0 && (this.outlineOf(country)?.metresToEdge(at, slack_m) ?? Infinity) <= slack_m,
      );
    if (there === undefined) return this.#below?.countryAt(at, slack_m) ?? null;
    this.#lastFound = there;
    return there.country;
  }

  /** False where no coastline is known at all. */
  knowsLand(): boolean {
    return this.#shelves.some(({ drawn }) => drawn.length > 0) || this.#below?.knowsLand() === true;
  }

  /** The capital at whose very middle a position lies. */
  capitalAt(at: Position): KnownPlace | null {
    this.#capitals ??= this.#shelves.flatMap((shelf) => shelf.capitals.map((number) => shelf.place(number)));
    const isNear = (capital: Position): boolean =>
      Math.abs(capital.lat - at.lat) < CENTRE_DEGREES && metresApart(capital, at) <= CENTRE_M;
    const own = this.#capitals.find((capital) => capital.at !== null && isNear(capital.at));
    return own ?? this.#below?.capitalAt(at) ?? null;
  }

  /**
   * For positions that are told by a name. Where `countries` are said, only their places; otherwise those of the whole
   * world, written exactly so. What several sources have is one place.
   */
  finder(countries: readonly string[]): FindPlaces {
    return (name) => {
      const found = countries.length > 0 ? this.named(name, countries) : this.#anywhere(fold(name));
      return onePerPlace(found.filter(({ at, level }) => at !== null && level !== "country"));
    };
  }

  #anywhere(name: string): KnownPlace[] {
    const own = this.#exactly(name);
    return this.#below === null ? own : [...own, ...this.#below.#anywhere(name)];
  }

  #exactly(name: string): KnownPlace[] {
    this.#exact ??= this.#indexOfAll();
    const found = this.#exact.find(name).filter((number) => this.#names(number).some((each) => fold(each) === name));
    // Country by country, as they were first told of.
    const groups = Map.groupBy(
      found.map((number) => this.#place(number)),
      ({ country }) => country,
    );
    return [...this.#byCountry.keys()].flatMap((country) => groups.get(country) ?? []);
  }

  #indexOfAll(): NameIndex {
    const index = new NameIndex();
    for (const numbers of this.#byCountry.values()) {
      for (const number of numbers) for (const name of this.#names(number)) index.add(fold(name), number);
    }
    index.sort();
    return index;
  }
}

/** By the box round a country, so that no outline is made ready that is not needed. */
function reaches(box: GeoBox, { lat, lon }: Position, slack_m: number): boolean {
  const slack = (2 * slack_m) / DEGREE_M / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  return lat >= box.south - slack && lat <= box.north + slack && lon >= box.west - slack && lon <= box.east + slack;
}

/** Codes of administrative units, which are not names. */
const CODE = /^[A-Z]{2}[.\dA-Z]*\d[.\dA-Z]*$/;

const ORDER: Readonly<Record<Level, number>> = { place: 0, locality: 1, district: 2, governorate: 3, country: 4 };

/** The place rather than the district that is called after it, and the larger of two sources' one town. */
function onePerPlace(found: readonly KnownPlace[]) {
  const kept: { readonly name: string; readonly at: Position; readonly radius_m: number }[] = [];
  for (const { names, at, reach_m } of found.toSorted(
    (a, b) => ORDER[a.level] - ORDER[b.level] || b.people - a.people,
  )) {
    if (at === null || kept.some((other) => metresApart(other.at, at) <= ONE_M)) continue;
    kept.push({ name: names[0] ?? "", at, radius_m: reach_m });
  }
  return kept;
}
