/** Places as a gazetteer holds them: by number, each decoded when it is asked for, so that a hundred thousand cost little. */
import type { GeoBox } from "../../geo/index.ts";
import { type KnownPlace, lineOfPlace, placeOfLine } from "./known.ts";
import { boxOf } from "./outline.ts";

/** A country whose land is known, and the box round it. */
export interface Drawn {
  readonly place: KnownPlace;
  readonly box: GeoBox;
}

export interface Shelf {
  readonly size: number;
  /** ISO 3166-1 alpha-2, or "". */
  readonly country: (number: number) => string;
  readonly names: (number: number) => readonly string[];
  readonly place: (number: number) => KnownPlace;
  readonly codes: ReadonlyMap<string, number>;
  readonly capitals: readonly number[];
  readonly drawn: readonly Drawn[];
}

/** What every shelf of places as they come notes of each. */
abstract class Noted {
  readonly codes = new Map<string, number>();
  readonly capitals: number[] = [];
  readonly drawn: Drawn[] = [];
  readonly #countries: string[] = [];
  /** One string a country, however many places have it. */
  readonly #known = new Map<string, string>();

  get size(): number {
    return this.#countries.length;
  }

  country(number: number): string {
    return this.#countries[number] as string;
  }

  protected note(place: KnownPlace): void {
    const { country, code, level, rings, capital } = place;
    const number = this.size;
    const known = this.#known.get(country) ?? country;
    this.#known.set(known, known);
    this.#countries.push(known);
    if (code !== "") this.codes.set(code, number);
    if (capital) this.capitals.push(number);
    if (level === "country" && rings !== null) this.drawn.push({ place, box: boxOf(rings) });
  }
}

/** A few places, as they are. */
export class Held extends Noted implements Shelf {
  readonly #places: KnownPlace[] = [];

  constructor(places: Iterable<KnownPlace>) {
    super();
    for (const place of places) {
      this.note(place);
      this.#places.push(place);
    }
  }

  place(number: number): KnownPlace {
    return this.#places[number] as KnownPlace;
  }

  names(number: number): readonly string[] {
    return this.place(number).names;
  }
}

/** Many places: their lines, one after another. What has a boundary is held as it is. */
export class Packed extends Noted implements Shelf {
  #bytes = new Uint8Array(1 << 16);
  #end = 0;
  readonly #ends: number[] = [];
  readonly #bounded = new Map<number, KnownPlace>();

  static of(places: Iterable<KnownPlace>): Packed {
    const packed = new Packed();
    for (const place of places) packed.add(place);
    return packed;
  }

  add(place: KnownPlace): void {
    if (place.rings === null) this.#write(lineOfPlace(place));
    else this.#bounded.set(this.size, place);
    this.#ends.push(this.#end);
    this.note(place);
  }

  #write(line: string): void {
    // A UTF-16 unit is at most three bytes.
    const most = this.#end + 3 * line.length;
    if (most > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(most, Math.ceil(1.5 * this.#bytes.length)));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#end += encoder.encodeInto(line, this.#bytes.subarray(this.#end)).written;
  }

  place(number: number): KnownPlace {
    const from = number === 0 ? 0 : (this.#ends[number - 1] as number);
    const line = (): string => decoder.decode(this.#bytes.subarray(from, this.#ends[number]));
    return this.#bounded.get(number) ?? (placeOfLine(line()) as KnownPlace);
  }

  names(number: number): readonly string[] {
    return this.place(number).names;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
