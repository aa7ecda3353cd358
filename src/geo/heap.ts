/** A binary heap: takes things in any order and gives back the one of least value first. */
export interface Heap<Item> {
  readonly size: number;
  push(item: Item, value: number): void;
  /** The item of least value; undefined where there is none. */
  pop(): Item | undefined;
}

export function createHeap<Item>(): Heap<Item> {
  const items: Item[] = [];
  const values: number[] = [];
  const value = (i: number) => values[i] as number;
  const swap = (i: number, j: number) => {
    [items[i], items[j]] = [items[j] as Item, items[i] as Item];
    [values[i], values[j]] = [value(j), value(i)];
  };
  return {
    get size() {
      return items.length;
    },
    push: (item, at) => {
      items.push(item);
      values.push(at);
      for (let i = items.length - 1; i > 0;) {
        const parent = (i - 1) >> 1;
        if (value(parent) <= value(i)) break;
        swap(i, parent);
        i = parent;
      }
    },
    pop: () => {
      if (items.length === 0) return undefined;
      swap(0, items.length - 1);
      const least = items.pop();
      values.pop();
      for (let i = 0; ;) {
        const left = 2 * i + 1;
        if (left >= items.length) break;
        const child = left + 1 < items.length && value(left + 1) < value(left) ? left + 1 : left;
        if (value(i) <= value(child)) break;
        swap(i, child);
        i = child;
      }
      return least;
    },
  };
}
