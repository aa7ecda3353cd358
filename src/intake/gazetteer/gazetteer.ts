/** Everything that is known of places: what comes with Parley, what was given to the node, what its lines confirmed. */
import { type FindPlaces, type GeoBox, type Position } from "../../geo/index.ts";
import { DEGREE_M, metresApart } from "../find/sphere.ts";
import type { KnownPlace, Level } from "./known.ts";
import { alike, fold, soundOf } from "./names.ts";
import { boxOf, Outline } from "./outline.ts";

/** Two sources put one town's middle so far apart. */
const ONE_M = 10_000;
/** A capital's middle, as geocoders and lists write it, to the last digit and nearly. */
const CENTRE_M = 150;

/** Names of one country by their letters and their sound; made when the country is first asked about. */
class CountryIndex {
  readonly #byName = new Map<string, KnownPlace[]>();

  constructor(places: readonly KnownPlace[]) {
    for (const place of places) {
      const keys = new Set(place.names.flatMap((name) => [fold(name), `~${soundOf(name)}`]));
      for (const key of keys) {
        const found = this.#byName.get(key);
        if (found === undefined) this.#byName.set(key, [place]);
        else found.push(place);
      }
    }
  }

  named(name: string): KnownPlace[] {
    const same = this.#byName.get(fold(name)) ?? [];
    const sounding = (this.#byName.get(`~${soundOf(name)}`) ?? []).filter((place) =>
      place.names.some((each) => alike(each, name)),
    );
    return [...new Set([...same, ...sounding])];
  }
}

export class Gazetteer {
  readonly #byCountry = new Map<string, KnownPlace[]>();
  readonly #byCode = new Map<string, KnownPlace>();
  readonly #indexes = new Map<string, CountryIndex>();
  readonly #outlines = new Map<KnownPlace, Outline>();
  readonly #countries: KnownPlace[] = [];
  readonly #boxes = new Map<KnownPlace, GeoBox>();
  #lastFound: KnownPlace | null = null;
  readonly #capitals: KnownPlace[] = [];
  readonly #exact = new Map<string, Map<string, KnownPlace[]>>();

  readonly #below: Gazetteer | null;

  /** `below` is what was known before: it is looked in too, and stays as it is. */
  constructor(sources: readonly Iterable<KnownPlace>[], below: Gazetteer | null = null) {
    this.#below = below;
    for (const source of sources) for (const place of source) this.#add(place);
  }

  #add(place: KnownPlace): void {
    const { country, code, level, rings, capital } = place;
    const here = this.#byCountry.get(country);
    if (here === undefined) this.#byCountry.set(country, [place]);
    else here.push(place);
    if (code !== "") this.#byCode.set(code, place);
    if (level === "country" && rings !== null) this.#countries.push(place);
    if (capital) this.#capitals.push(place);
  }

  /** Places and areas that may be called so, of these countries; of no known country always. */
  named(name: string, countries: readonly string[]): KnownPlace[] {
    if (fold(name) === "") return [];
    const own = [...new Set([...countries, ""])].flatMap((country) => this.#index(country)?.named(name) ?? []);
    return this.#below === null ? own : [...own, ...this.#below.named(name, countries)];
  }

  #index(country: string): CountryIndex | null {
    const places = this.#byCountry.get(country);
    if (places === undefined) return null;
    let index = this.#indexes.get(country);
    if (index === undefined) this.#indexes.set(country, (index = new CountryIndex(places)));
    return index;
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
    const own = this.#byCode.get(code) ?? null;
    return own === null && this.#below !== null ? this.#below.#coded(code) : own;
  }

  outlineOf(place: KnownPlace): Outline | null {
    if (place.rings === null) return null;
    let outline = this.#outlines.get(place);
    if (outline === undefined) this.#outlines.set(place, (outline = new Outline(place.rings)));
    return outline;
  }

  country(code: string): KnownPlace | null {
    return this.#countries.find(({ country }) => country === code) ?? this.#below?.country(code) ?? null;
  }

  /** The country on whose land a position lies, or within `slack_m` of it; null: none is known there. */
  countryAt(at: Position, slack_m = 0): string | null {
    // A list lies in one country nearly everywhere: the last that was found is asked first.
    const last = this.#lastFound;
    if (last !== null && this.outlineOf(last)?.contains(at) === true) return last.country;
    const near = this.#countries.filter((country) => this.#reaches(country, at, slack_m));
    const there =
      near.find((country) => this.outlineOf(country)?.contains(at)) ??
      near.find(
        (country) => slack_m > 0 && (this.outlineOf(country)?.metresToEdge(at, slack_m) ?? Infinity) <= slack_m,
      );
    if (there === undefined) return this.#below?.countryAt(at, slack_m) ?? null;
    this.#lastFound = there;
    return there.country;
  }

  /** By the box round it, so that no outline is made ready that is not needed. */
  #reaches(country: KnownPlace, { lat, lon }: Position, slack_m: number): boolean {
    let box = this.#boxes.get(country);
    if (box === undefined) this.#boxes.set(country, (box = boxOf(country.rings ?? [])));
    const slack = (2 * slack_m) / DEGREE_M / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
    return lat >= box.south - slack && lat <= box.north + slack && lon >= box.west - slack && lon <= box.east + slack;
  }

  /** False where no coastline is known at all. */
  knowsLand(): boolean {
    return this.#countries.length > 0 || this.#below?.knowsLand() === true;
  }

  /** The capital at whose very middle a position lies. */
  capitalAt(at: Position): KnownPlace | null {
    const own = this.#capitals.find((capital) => capital.at !== null && metresApart(capital.at, at) <= CENTRE_M);
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
    const own = [...this.#byCountry.keys()].flatMap((country) => this.#exactly(name, country));
    return this.#below === null ? own : [...own, ...this.#below.#anywhere(name)];
  }

  #exactly(name: string, country: string): KnownPlace[] {
    let here = this.#exact.get(country);
    if (here === undefined) {
      const entries = (this.#byCountry.get(country) ?? []).flatMap((place) =>
        place.names.map((each) => [fold(each), place] as const),
      );
      const grouped = Map.groupBy(entries, ([each]) => each);
      here = new Map([...grouped].map(([each, group]) => [each, group.map(([, place]) => place)]));
      this.#exact.set(country, here);
    }
    return here.get(name) ?? [];
  }
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
