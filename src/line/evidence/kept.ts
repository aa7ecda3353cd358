/** Short byte strings kept under hashes, in a few large pieces of memory (names.ts). */
import type { Suite } from "../../crypto/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { Names } from "./names.ts";

const NAME_BYTES = 32;
/** Places of one piece. */
const IN_PIECE = 1 << 15;
const PIECE_BYTES = 1 << 20;
/** Before each value. */
const LENGTH_BYTES = 3;

export class Kept {
  readonly #names: Names;
  /** Of each value: where it begins, as if the pieces were one. */
  readonly #places: Uint32Array[] = [];
  readonly #values: Bytes[] = [];
  /** Of the last piece of values. */
  #used = PIECE_BYTES;

  constructor(suite: Pick<Suite, "randomBytes">) {
    this.#names = new Names(suite, NAME_BYTES);
  }

  /** Where something is kept under that name already, that stays. `value` has less than 1 MiB; all together, 4 GiB. */
  put(name: Bytes, value: Bytes): void {
    const { count } = this.#names;
    if (this.#names.put(name) < count) return;
    if (count % IN_PIECE === 0) this.#places.push(new Uint32Array(IN_PIECE));
    (this.#places.at(-1) as Uint32Array)[count % IN_PIECE] = this.#written(value);
  }

  has(name: Bytes): boolean {
    return this.#names.find(name) >= 0;
  }

  get(name: Bytes): Bytes | null {
    const number = this.#names.find(name);
    if (number < 0) return null;
    const place = (this.#places[Math.floor(number / IN_PIECE)] as Uint32Array)[number % IN_PIECE] as number;
    const piece = this.#values[Math.floor(place / PIECE_BYTES)] as Bytes;
    const at = (place % PIECE_BYTES) + LENGTH_BYTES;
    const [a, b, c] = piece.subarray(at - LENGTH_BYTES, at) as unknown as [number, number, number];
    return piece.subarray(at, at + ((a << 16) | (b << 8) | c));
  }

  /** Its place. */
  #written(value: Bytes): number {
    const { length } = value;
    if (this.#used + LENGTH_BYTES + length > PIECE_BYTES) {
      this.#values.push(new Uint8Array(PIECE_BYTES));
      this.#used = 0;
    }
    const piece = this.#values.at(-1) as Bytes;
    piece.set([length >> 16, length >> 8, length], this.#used);
    piece.set(value, this.#used + LENGTH_BYTES);
    const place = (this.#values.length - 1) * PIECE_BYTES + this.#used;
    this.#used += LENGTH_BYTES + length;
    return place;
  }
}
