/** What falls due when: a heap of moments by key, of which each key has one. */

export interface Due {
  /** In place of the key's moment before; `Infinity` takes it away. */
  set(key: string, at: number): void;
  /** The earliest moment; `Infinity` where there is none. */
  next(): number;
  /** Takes the earliest key whose moment is at or before `now`; null where there is none. */
  take(now: number): string | null;
}

interface Mark {
  readonly at: number;
  readonly key: string;
}

/** Marks that no longer count are swept out where they are more than those that do. */
const SPARE = 1000;

export function createDue(): Due {
  const moments = new Map<string, number>();
  let heap: Mark[] = [];
  const counts = ({ at, key }: Mark): boolean => moments.get(key) === at;
  const next = (): number => {
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      if (counts(top)) return top.at;
      pop(heap);
    }
    return Number.POSITIVE_INFINITY;
  };
  return {
    set: (key, at) => {
      if (moments.get(key) === at) return;
      if (at === Number.POSITIVE_INFINITY) return void moments.delete(key);
      moments.set(key, at);
      push(heap, { at, key });
      if (heap.length <= 2 * moments.size + SPARE) return;
      // Sorted, a list is a heap.
      heap = [...moments].map(([known, moment]) => ({ key: known, at: moment })).toSorted((a, b) => a.at - b.at);
    },
    next,
    take: (now) => {
      if (next() > now) return null;
      const { key } = pop(heap);
      moments.delete(key);
      return key;
    },
  };
}

function push(heap: Mark[], mark: Mark): void {
  let place = heap.length;
  for (; place > 0;) {
    const parent = (place - 1) >> 1;
    if ((heap[parent] as Mark).at <= mark.at) break;
    heap[place] = heap[parent] as Mark;
    place = parent;
  }
  heap[place] = mark;
}

/** Of a heap that is not empty. */
function pop(heap: Mark[]): Mark {
  const top = heap[0] as Mark;
  const last = heap.pop() as Mark;
  if (heap.length === 0) return top;
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as Mark).at < (heap[child] as Mark).at) child += 1;
    if ((heap[child] as Mark).at >= last.at) break;
    heap[place] = heap[child] as Mark;
    place = child;
  }
  heap[place] = last;
  return top;
}
