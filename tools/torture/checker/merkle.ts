/** The tree of RFC 6962 section 2.1, from its leaves: the roots at whatever sizes are asked for, in one pass. */
import { sha256 } from "./crypto.ts";

export function leafHash(leaf: Buffer): Buffer {
  return sha256(Buffer.from([0]), leaf);
}

export class Tree {
  size = 0;
  /** Roots of perfect subtrees, the largest first, as the bits of `size` have them. */
  readonly #peaks: { readonly height: number; readonly hash: Buffer }[] = [];

  push(leaf: Buffer): void {
    let [height, hash] = [0, leaf];
    for (let last = this.#peaks.at(-1); last?.height === height; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      hash = sha256(Buffer.from([1]), last.hash, hash);
      height += 1;
    }
    this.#peaks.push({ height, hash });
    this.size += 1;
  }

  root(): Buffer {
    const [last, ...rest] = this.#peaks.map(({ hash }) => hash).toReversed();
    if (last === undefined) return sha256();
    return rest.reduce((right, left) => sha256(Buffer.from([1]), left, right), last);
  }
}
