/**
 * A number for each of many names, in a few large pieces of memory: a million objects would take ten times as much.
 * Whoever writes a file chooses its ids and, by trying, how its hashes begin. So where a name is looked for depends on
 * numbers that nobody knew before, and no file can make all names be looked for in one place.
 */
import type { Suite } from "../../crypto/index.ts";
import type { Bytes } from "../../wire/bytes.ts";

/** Names of one piece. */
const IN_PIECE = 1 << 15;
const FIRST_BITS = 10;

export class Names {
  readonly #bytes: number;
  readonly #pieces: Bytes[] = [];
  #count = 0;
  /** Open addressing: 1 and a name's number; 0 where there is none. Never more than half full. */
  #slots = new Uint32Array(1 << FIRST_BITS);
  #shift = 32 - FIRST_BITS;
  /** Odd, and drawn by lot. */
  readonly #first: number;
  readonly #second: number;

  /** Each name has so many bytes, eight at least. */
  constructor({ randomBytes }: Pick<Suite, "randomBytes">, bytes: number) {
    this.#bytes = bytes;
    const lot = randomBytes(8);
    this.#first = word(lot, 0) | 1;
    this.#second = word(lot, 4) | 1;
  }

  get count(): number {
    return this.#count;
  }

  /** The name's number: they are given from 0 on. A new one has the `count` of before. */
  put(name: Bytes): number {
    if (2 * this.#count >= this.#slots.length) this.#grow();
    const slot = this.#slotOf(name, 0);
    const held = this.#slots[slot] as number;
    if (held !== 0) return held - 1;
    const number = this.#count % IN_PIECE;
    if (number === 0) this.#pieces.push(new Uint8Array(IN_PIECE * this.#bytes));
    const piece = this.#pieces.at(-1) as Bytes;
    for (let i = 0; i < this.#bytes; i++) piece[number * this.#bytes + i] = name[i] as number;
    this.#count += 1;
    this.#slots[slot] = this.#count;
    return this.#count - 1;
  }

  /** -1 where it was not put in. */
  find(name: Bytes): number {
    return (this.#slots[this.#slotOf(name, 0)] as number) - 1;
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    this.#shift -= 1;
    for (let number = 0; number < this.#count; number++) {
      const piece = this.#pieces[Math.floor(number / IN_PIECE)] as Bytes;
      this.#slots[this.#slotOf(piece, (number % IN_PIECE) * this.#bytes)] = number + 1;
    }
  }

  /** Where the name is that stands in `bytes` from there on, or where it would be put. Multiply-shift, Dietzfelbinger 1997. */
  #slotOf(bytes: Bytes, at: number): number {
    const mixed = Math.imul(word(bytes, at), this.#first) + Math.imul(word(bytes, at + 4), this.#second);
    const mask = this.#slots.length - 1;
    let slot = (mixed >>> this.#shift) & mask;
    while (this.#slots[slot] !== 0 && !this.#isNamed((this.#slots[slot] as number) - 1, bytes, at)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isNamed(number: number, bytes: Bytes, at: number): boolean {
    const piece = this.#pieces[Math.floor(number / IN_PIECE)] as Bytes;
    const begin = (number % IN_PIECE) * this.#bytes;
    for (let i = 0; i < this.#bytes; i++) if (piece[begin + i] !== bytes[at + i]) return false;
    return true;
  }
}

function word(bytes: Bytes, at: number): number {
  const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] as [number, number, number, number];
  return (a << 24) | (b << 16) | (c << 8) | d;
}
