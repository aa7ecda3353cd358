/** Which of many positions are nearest: a static index (flatbush) over a plane that fits where the positions lie. */
import Flatbush from "flatbush";
import type { Position } from "../../geo/index.ts";
import { DEGREE_M, metresApart, middleOf, turnFrom } from "./sphere.ts";

export interface Neighbour {
  /** Its place among the positions that the index was built of. */
  readonly index: number;
  readonly metres: number;
}

export class NearIndex {
  readonly #positions: readonly Position[];
  readonly #tree: Flatbush | null;
  readonly #base: number;
  readonly #shrink: number;

  constructor(positions: readonly Position[]) {
    const middle = middleOf(positions);
    this.#positions = positions;
    this.#base = positions.length === 0 ? 0 : middle.lon;
    this.#shrink = Math.max(0.05, Math.cos(((positions.length === 0 ? 0 : middle.lat) * Math.PI) / 180));
    this.#tree = positions.length === 0 ? null : new Flatbush(positions.length);
    for (const at of positions) {
      const [x, y] = this.#plane(at);
      this.#tree?.add(x, y, x, y);
    }
    this.#tree?.finish();
  }

  #plane(at: Position): readonly [number, number] {
    return [turnFrom(this.#base, at.lon) * this.#shrink, at.lat];
  }

  /** The `count` nearest, nearest first; `take` leaves out what must not vouch, such as the position itself. */
  nearest(at: Position, count: number, take: (index: number) => boolean = () => true): Neighbour[] {
    const [x, y] = this.#plane(at);
    const found = this.#tree?.neighbors(x, y, count, Infinity, take) ?? [];
    return this.#measured(at, found).toSorted((a, b) => a.metres - b.metres);
  }

  /** All that lie within `metres`, in no order. */
  within(at: Position, metres: number): Neighbour[] {
    const [x, y] = this.#plane(at);
    const high = metres / DEGREE_M;
    const wide =
      (high * this.#shrink) / Math.max(0.01, Math.cos((Math.min(89, Math.abs(at.lat) + high) * Math.PI) / 180));
    const found = this.#tree?.search(x - wide, y - high, x + wide, y + high) ?? [];
    return this.#measured(at, found).filter((each) => each.metres <= metres);
  }

  #measured(at: Position, found: readonly number[]): Neighbour[] {
    return found.map((index) => ({ index, metres: metresApart(at, this.#positions[index] as Position) }));
  }
}
