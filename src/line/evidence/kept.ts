/**
 * Short byte strings kept under hashes, in a few large pieces of memory: a million objects and their names would take
 * ten times as much. Names are hashes of 32 bytes, which nobody can choose to fall into one place.
 */
import type { Bytes } from "../../wire/bytes.ts";

const NAME_BYTES = 32;
/** Names, and places, of one piece. */
const IN_PIECE = 1 << 15;
const PIECE_BYTES = 1 << 20;
const FIRST_SLOTS = 1 << 10;

export class Kept {
  readonly #names: Bytes[] = [];
  /** Of each value: its piece, where it begins there, and its length. */
  readonly #places: Uint32Array[] = [];
  readonly #values: Bytes[] = [];
  /** Of the last piece of values. */
  #used = PIECE_BYTES;
  #count = 0;
  /** Open addressing: 1 and the number of what is kept; 0 where nothing is. Never more than half full. */
  #slots = new Uint32Array(FIRST_SLOTS);

  /** False where something is kept under that name already, which stays. `value` has at most 1 MiB. */
  put(name: Bytes, value: Bytes): boolean {
    if (2 * this.#count >= this.#slots.length) this.#grow();
    const slot = this.#slotOf(name);
    if (this.#slots[slot] !== 0) return false;
    const number = this.#count % IN_PIECE;
    if (number === 0) {
      this.#names.push(new Uint8Array(IN_PIECE * NAME_BYTES));
      this.#places.push(new Uint32Array(IN_PIECE * 3));
    }
    this.#names.at(-1)?.set(name, number * NAME_BYTES);
    this.#places.at(-1)?.set(this.#written(value), number * 3);
    this.#count += 1;
    this.#slots[slot] = this.#count;
    return true;
  }

  get(name: Bytes): Bytes | null {
    const number = (this.#slots[this.#slotOf(name)] as number) - 1;
    if (number < 0) return null;
    const begin = (number % IN_PIECE) * 3;
    const place = (this.#places[Math.floor(number / IN_PIECE)] as Uint32Array).subarray(begin, begin + 3);
    const [piece, at, length] = place as unknown as [number, number, number];
    return (this.#values[piece] as Bytes).subarray(at, at + length);
  }

  /** Its place. */
  #written(value: Bytes): readonly [number, number, number] {
    if (this.#values.length === 0 || this.#used + value.length > PIECE_BYTES) {
      this.#values.push(new Uint8Array(PIECE_BYTES));
      this.#used = 0;
    }
    const at = this.#used;
    this.#values.at(-1)?.set(value, at);
    this.#used += value.length;
    return [this.#values.length - 1, at, value.length];
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#count; number++) {
      const begin = (number % IN_PIECE) * NAME_BYTES;
      const piece = this.#names[Math.floor(number / IN_PIECE)] as Bytes;
      this.#slots[this.#slotOf(piece.subarray(begin, begin + NAME_BYTES))] = number + 1;
    }
  }

  #slotOf(name: Bytes): number {
    const [a, b, c, d] = name as unknown as [number, number, number, number];
    const mask = this.#slots.length - 1;
    let slot = ((a << 24) | (b << 16) | (c << 8) | d) & mask;
    while (this.#slots[slot] !== 0 && !this.#isNamed((this.#slots[slot] as number) - 1, name)) slot = (slot + 1) & mask;
    return slot;
  }

  #isNamed(number: number, name: Bytes): boolean {
    const piece = this.#names[Math.floor(number / IN_PIECE)] as Bytes;
    const begin = (number % IN_PIECE) * NAME_BYTES;
    for (let i = 0; i < NAME_BYTES; i++) if (piece[begin + i] !== name[i]) return false;
    return true;
  }
}
