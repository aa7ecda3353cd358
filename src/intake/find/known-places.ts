/**
 * A list beside a gazetteer: outside what the row names, away from the place that it names, in the sea, in the middle of
 * a capital. Where boundaries are known they decide; a name alone only speaks where it names one place.
 */
import type { Position } from "../../geo/index.ts";
import { type Finding, finding } from "../codes.ts";
import type { ImportableKind } from "../importable.ts";
import { countryOf } from "../gazetteer/countries.ts";
import type { Gazetteer } from "../gazetteer/gazetteer.ts";
import type { KnownPlace } from "../gazetteer/known.ts";
import { alike, fold } from "../gazetteer/names.ts";
import { reason } from "../words/sentence.ts";
import { type ListedPlace } from "./place.ts";
import { likelySlip, slipsOf, suggested, wholeSlips } from "./slips.ts";
import { metresApart } from "./sphere.ts";

/** Boundaries are drawn so coarsely, metres: Natural Earth's for countries and coasts, what a node is given below them. */
const SLACK_M = { country: 10_000, governorate: 5000, district: 3000, coast: 3000 } as const;
/**
 * So many times its reach, and so far, must a position lie from a named place before it is doubted; one that is known
 * to `exact_m` was confirmed as this very site, and what lies beyond is another.
 */
const AWAY = { times: 2, least_m: 10_000, exact_m: 1000 } as const;
/** Further outside than this, no figure is given, metres. */
const FAR_OFF_M = 200_000;
/** A slip leads home where it comes so near to what is named, metres. */
const HOME_M = 5000;
/** The same of a place that is only a namesake. */
const NAMESAKE_M = 1500;
/** A list lies in every country that so large a share of its positions do. */
const SHARE = 0.2;

export interface BesideGazetteer {
  readonly found: Map<number, Finding[]>;
  /** Rows whose position the gazetteer confirms. */
  readonly vouched: ReadonlySet<number>;
}

/** `country`: of rows that name none, as it was given for the file. */
export function besideGazetteer(
  places: readonly ListedPlace[],
  gazetteer: Gazetteer,
  { kind, country }: { readonly kind: ImportableKind; readonly country: string | null },
): BesideGazetteer {
  const found = new Map<number, Finding[]>();
  const vouched = new Set<number>();
  const usual = countriesOf(places, gazetteer);
  for (const place of places) {
    const named = countryOf(place.country === "" ? (country ?? "") : place.country);
    const look = new Look(place, gazetteer, named === null ? usual : [named], named);
    const findings = look.findings(kind);
    if (findings.length > 0) found.set(place.row, findings);
    else if (look.vouched) vouched.add(place.row);
  }
  return { found, vouched };
}

function countriesOf(places: readonly ListedPlace[], gazetteer: Gazetteer): string[] {
  if (places.every(({ country }) => countryOf(country) !== null)) return [];
  // A few hundred say as much as all.
  const step = Math.max(1, Math.floor(places.length / 300));
  const some = places.filter((_, i) => i % step === 0);
  const at = Map.groupBy(some, (place) => gazetteer.countryAt(place.at) ?? "");
  return [...at].flatMap(([code, here]) => (code !== "" && here.length >= SHARE * some.length ? [code] : []));
}

type Located = KnownPlace & { readonly at: Position };

function isExact({ reach_m }: KnownPlace): boolean {
  return reach_m <= AWAY.exact_m;
}

function nearTo(place: KnownPlace): number {
  return Math.max(isExact(place) ? 0 : HOME_M, AWAY.times * place.reach_m);
}

/** The place where all of them are one, as two sources have one town; null where there is none or there are several. */
function oneOf(places: readonly Located[]): Located | null {
  const [first] = places;
  return first !== undefined && places.every(({ at }) => metresApart(at, first.at) <= HOME_M) ? first : null;
}

/** One row beside what is known. */
class Look {
  readonly #place: ListedPlace;
  readonly #gazetteer: Gazetteer;
  readonly #countries: readonly string[];
  readonly #country: string | null;
  vouched = false;

  constructor(place: ListedPlace, gazetteer: Gazetteer, countries: readonly string[], country: string | null) {
    this.#place = place;
    this.#gazetteer = gazetteer;
    this.#countries = countries;
    this.#country = country;
  }

  /** The first that speaks: what lies outside its country needs not be told that it lies outside its district too. */
  findings(kind: ImportableKind): Finding[] {
    const onLand = kind === "site" || kind === "report";
    const first =
      this.#outsideCountry() ??
      (onLand ? this.#inSea() : null) ??
      this.#outsideUnit() ??
      this.#farFromName() ??
      this.#capital();
    return first === null ? [] : [first];
  }

  #outsideCountry(): Finding | null {
    const country = this.#country === null ? null : this.#gazetteer.country(this.#country);
    return country === null ? null : this.#outsideOf([country], "country", SLACK_M.country);
  }

  #outsideUnit(): Finding | null {
    const { district, governorate } = this.#place;
    if (district !== "") {
      const units = drawn(this.#gazetteer.units("district", district, governorate, this.#countries));
      if (units.length > 0) {
        const outside = this.#outsideOf(units, "district", SLACK_M.district);
        this.vouched ||= outside === null;
        return outside;
      }
    }
    if (governorate === "") return null;
    const units = drawn(this.#gazetteer.units("governorate", governorate, "", this.#countries));
    return units.length === 0 ? null : this.#outsideOf(units, "governorate", SLACK_M.governorate);
  }

  #outsideOf(
    units: readonly KnownPlace[],
    field: "country" | "governorate" | "district",
    slack_m: number,
  ): Finding | null {
    const { at } = this.#place;
    const outlines = units.flatMap((unit) => this.#gazetteer.outlineOf(unit) ?? []);
    if (outlines.some((outline) => outline.holds(at, slack_m))) return null;
    // Land whose state is disputed has no code of its own: nothing is said of it.
    if (field === "country" && this.#gazetteer.countryAt(at) === "") return null;
    const off = Math.min(...outlines.map((outline) => outline.metresToEdge(at, FAR_OFF_M)));
    const name = this.#place[field] === "" ? (units[0]?.names[0] ?? "") : this.#place[field];
    const slip = likelySlip(at, (each) => (outlines.some((outline) => outline.contains(each)) ? 1 : 0));
    const elsewhere = field === "country" ? this.#gazetteer.countryAt(at) : null;
    const drawn = elsewhere === null ? reason("boundary", {}) : reason("lies-in", { country: { country: elsewhere } });
    const [way, metres] =
      off === Infinity ? (["outside-named/far", FAR_OFF_M] as const) : (["outside-named", off] as const);
    return finding(way, "position", { off: { metres }, name }, slip === null ? { reason: drawn } : suggested(slip));
  }

  #inSea(): Finding | null {
    const { at } = this.#place;
    if (!this.#gazetteer.knowsLand() || this.#gazetteer.countryAt(at, SLACK_M.coast) !== null) return null;
    const home = wholeSlips(at).filter((slip) => this.#countries.includes(this.#gazetteer.countryAt(slip.at) ?? ""));
    const [slip, ...more] = home;
    const meant = slip === undefined || more.length > 0 ? {} : suggested(slip);
    return finding("in-sea", "position", { at: { at }, coast: { metres: SLACK_M.coast } }, meant);
  }

  #farFromName(): Finding | null {
    const { at, names, locality, district, governorate } = this.#place;
    const called = [...names.map(({ text }) => text), locality].filter((text) => text !== "");
    const known = [...new Set(called.flatMap((name) => this.#gazetteer.named(name, this.#countries)))].filter(
      (place): place is Located => place.at !== null && place.level !== "country" && place.level !== "governorate",
    );
    if (known.length === 0) return null;
    const near = known.find((place) => metresApart(place.at, at) <= nearTo(place));
    if (near !== undefined) {
      this.vouched = true;
      return null;
    }
    const said = known.filter(
      (place) =>
        this.#isSaid(place, "district", district) ||
        (district === "" && this.#isSaid(place, "governorate", governorate)),
    );
    const only = oneOf(said);
    const least = only !== null && isExact(only) ? 0 : AWAY.least_m;
    if (only !== null && metresApart(only.at, at) > Math.max(least, AWAY.times * only.reach_m))
      return this.#awayFrom(only);
    // A namesake somewhere in the country proves nothing, but that one slip of a digit leads to its very place does.
    const slips = slipsOf(at).filter(({ single }) => single);
    const home = oneOf(known.filter((place) => slips.some((slip) => metresApart(slip.at, place.at) <= NAMESAKE_M)));
    return home !== null && metresApart(home.at, at) > AWAY.least_m ? this.#awayFrom(home) : null;
  }

  /** True where the place's source says that it lies in what the row names. */
  #isSaid(place: KnownPlace, level: "district" | "governorate", name: string): boolean {
    return name !== "" && this.#gazetteer.namesWithin(place, level).some((each) => alike(each, name));
  }

  #awayFrom(place: Located): Finding {
    const { at } = this.#place;
    const away = { metres: metresApart(place.at, at) };
    const slip = likelySlip(at, (each) => Math.exp(-metresApart(each, place.at) / HOME_M));
    const leads = slip !== null && metresApart(slip.at, place.at) <= Math.max(HOME_M, place.reach_m);
    const given = { place: place.names[0] ?? "", at: { at: place.at }, away };
    return finding("far-from-name/known", "position", given, leads ? suggested(slip) : {});
  }

  #capital(): Finding | null {
    const { at, names, locality, district, governorate } = this.#place;
    const capital = this.#gazetteer.capitalAt(at);
    if (capital === null) return null;
    const said = [...names.map(({ text }) => text), locality, district, governorate];
    if (said.some((text) => capital.names.some((name) => alike(name, text) || includes(text, name)))) return null;
    return finding("position-of-capital", "position", { capital: capital.names[0] ?? "" });
  }
}

function drawn(units: readonly KnownPlace[]): KnownPlace[] {
  return units.filter(({ rings }) => rings !== null);
}

function includes(text: string, name: string): boolean {
  return ` ${fold(text)} `.includes(` ${fold(name)} `);
}
