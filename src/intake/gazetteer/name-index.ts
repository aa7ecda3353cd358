/** Names to the numbers of places, eight bytes a name: sorted hashes. Whoever looks up compares the names themselves. */

const ID_BITS = 24;
const IDS = 2 ** ID_BITS;

export class NameIndex {
  /** A hash of 29 bits before a number of 24: a double holds both exactly. */
  #keys = new Float64Array(1024);
  #count = 0;

  add(name: string, id: number): void {
    if (id >= IDS) throw new RangeError(`A gazetteer numbers at most ${IDS} places.`);
    if (this.#count === this.#keys.length) {
      const longer = new Float64Array(2 * this.#count);
      longer.set(this.#keys);
      this.#keys = longer;
    }
    this.#keys[this.#count++] = hashOf(name) * IDS + id;
  }

  /** After the last name. */
  sort(): void {
    this.#keys = this.#keys.subarray(0, this.#count).toSorted();
  }

  /** The numbers of all that may have this name, ascending, each once. */
  find(name: string): number[] {
    const first = hashOf(name) * IDS;
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] as number) < first) low = middle + 1;
      else high = middle;
    }
    const ids: number[] = [];
    for (; low < this.#count && (this.#keys[low] as number) < first + IDS; low++) {
      const id = (this.#keys[low] as number) - first;
      if (ids.at(-1) !== id) ids.push(id);
    }
    return ids;
  }
}

/** FNV-1a over UTF-16 units. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 3;
}
