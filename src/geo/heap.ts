/** A binary heap: takes things in any order and gives back the one of least value first, of equals that of least `tie`. */
export interface Heap<Item> {
  readonly size: number;
  push(item: Item, value: number, tie?: number): void;
  /** The item of least value; undefined where there is none. */
  pop(): Item | undefined;
}

export function createHeap<Item>(): Heap<Item> {
  const items: Item[] = [];
  const values: number[] = [];
  const ties: number[] = [];
  const value = (i: number) => values[i] as number;
  const isAfter = (i: number, j: number) =>
    value(i) === value(j) ? (ties[i] as number) > (ties[j] as number) : value(i) > value(j);
  const swap = (i: number, j: number) => {
    [items[i], items[j]] = [items[j] as Item, items[i] as Item];
    [values[i], values[j]] = [value(j), value(i)];
    [ties[i], ties[j]] = [ties[j] as number, ties[i] as number];
  };
  return {
    get size() {
      return items.length;
    },
    push: (item, at, tie = 0) => {
      items.push(item);
      values.push(at);
      ties.push(tie);
      for (let i = items.length - 1; i > 0;) {
        const parent = (i - 1) >> 1;
        if (!isAfter(parent, i)) break;
        swap(i, parent);
        i = parent;
      }
    },
    pop: () => {
      if (items.length === 0) return undefined;
      swap(0, items.length - 1);
      const least = items.pop();
      values.pop();
      ties.pop();
      for (let i = 0; ;) {
        const left = 2 * i + 1;
        if (left >= items.length) break;
        const child = left + 1 < items.length && isAfter(left, left + 1) ? left + 1 : left;
        if (!isAfter(i, child)) break;
        swap(i, child);
        i = child;
      }
      return least;
    },
  };
}
