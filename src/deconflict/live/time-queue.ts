/** Moments to come, the next first: what begins, ends or lapses is looked at when its time has come, and never before. */

export interface TimeQueue<Item extends object> {
  /** Puts an item in at a moment, in place of its earlier moment; null takes it out. */
  set(item: Item, at: number | null): void;
  /** Takes out the first item whose moment is at or before `now`. */
  take(now: number): Item | undefined;
  /** Items in it. */
  readonly size: number;
}

interface Node<Item> {
  readonly item: Item;
  readonly at: number;
}

/** A binary heap. What was set anew leaves its old node behind; before these are half of all they are swept out. */
export function createTimeQueue<Item extends object>(): TimeQueue<Item> {
  const moments = new Map<Item, number>();
  let heap: Node<Item>[] = [];
  const push = (node: Node<Item>): void => {
    heap.push(node);
    rise(heap, heap.length - 1);
  };
  const sweep = (): void => {
    heap = [...moments].map(([item, at]) => ({ item, at })).toSorted((a, b) => a.at - b.at);
  };
  return {
    set: (item, at) => {
      if (moments.get(item) === (at ?? undefined)) return;
      if (at === null) moments.delete(item);
      else {
        moments.set(item, at);
        push({ item, at });
      }
      if (heap.length > 64 && heap.length > 2 * moments.size) sweep();
    },
    take: (now) => {
      for (let first = heap[0]; first !== undefined && first.at <= now; first = heap[0]) {
        pop(heap);
        if (moments.get(first.item) !== first.at) continue;
        moments.delete(first.item);
        return first.item;
      }
      return undefined;
    },
    get size() {
      return moments.size;
    },
  };
}

function rise<Item>(heap: Node<Item>[], from: number): void {
  const node = heap[from] as Node<Item>;
  let at = from;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if ((heap[above] as Node<Item>).at <= node.at) break;
    heap[at] = heap[above] as Node<Item>;
    at = above;
  }
  heap[at] = node;
}

/** Takes the first node out. */
function pop<Item>(heap: Node<Item>[]): void {
  const node = heap.pop();
  if (node === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && (heap[below + 1] as Node<Item>).at < (heap[below] as Node<Item>).at) below += 1;
    if ((heap[below] as Node<Item>).at >= node.at) break;
    heap[at] = heap[below] as Node<Item>;
    at = below;
  }
  heap[at] = node;
}
