/** Reads deterministic CBOR (RFC 8949), strictly, and shares no line with the program that wrote it. */

export type Value = number | string | boolean | null | Buffer | Value[] | Map<string | number, Value>;

export class CborFault extends Error {}

export function decode(bytes: Buffer): Value {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw new CborFault("bytes follow");
  return value;
}

export class Reader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  value(depth: number): Value {
    if (depth > 32) throw new CborFault("too deep");
    const { major, argument, info } = this.#head();
    switch (major) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return this.#take(argument);
      case 3:
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.#take(argument));
      case 4: {
        const items: Value[] = [];
        for (let i = 0; i < argument; i++) items.push(this.value(depth + 1));
        return items;
      }
      case 5:
        return this.#map(argument, depth);
      default:
        if (info === 20 || info === 21) return info === 21;
        if (info === 22) return null;
        throw new CborFault(`major ${major}, information ${info}`);
    }
  }

  #map(count: number, depth: number): Value {
    const map = new Map<string | number, Value>();
    let last: Buffer | null = null;
    for (let i = 0; i < count; i++) {
      const start = this.at;
      const key = this.value(depth + 1);
      const raw = this.#bytes.subarray(start, this.at);
      if (typeof key !== "string" && typeof key !== "number") throw new CborFault("a key that is no text or number");
      if (last !== null && Buffer.compare(last, raw) >= 0) throw new CborFault("keys out of order");
      last = raw;
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  #take(count: number): Buffer {
    if (this.at + count > this.#bytes.length) throw new CborFault("cut short");
    this.at += count;
    return this.#bytes.subarray(this.at - count, this.at);
  }

  #head(): { major: number; argument: number; info: number } {
    const first = this.#take(1)[0] as number;
    const [major, info] = [first >> 5, first & 31];
    if (info < 24 || major === 7) return { major, argument: info, info };
    if (info > 27) throw new CborFault("an indefinite length");
    const width = 1 << (info - 24);
    const argument = Number(BigInt(`0x${this.#take(width).toString("hex")}`));
    const least = width === 1 ? 24 : 2 ** ((width / 2) * 8);
    if (argument < least || !Number.isSafeInteger(argument)) throw new CborFault("not the shortest head");
    return { major, argument, info };
  }
}

/** What is expected where, or a fault that names it. */
export function bytesOf(value: Value | undefined, what: string): Buffer {
  if (!Buffer.isBuffer(value)) throw new CborFault(`${what} is no byte string`);
  return value;
}

export function textOf(value: Value | undefined, what: string): string {
  if (typeof value !== "string") throw new CborFault(`${what} is no text`);
  return value;
}

export function numberOf(value: Value | undefined, what: string): number {
  if (typeof value !== "number") throw new CborFault(`${what} is no number`);
  return value;
}

export function arrayOf(value: Value | undefined, what: string): Value[] {
  if (!Array.isArray(value)) throw new CborFault(`${what} is no array`);
  return value;
}

export function mapOf(value: Value | undefined, what: string): Map<string | number, Value> {
  if (!(value instanceof Map)) throw new CborFault(`${what} is no map`);
  return value;
}
