/** Whole numbers of 32 bits in a row, in room that is used again and again: an array would be made anew each time. */
export interface List {
  ints: Int32Array;
  count: number;
}

export function createList(): List {
  return { ints: new Int32Array(256), count: 0 };
}

/** Makes sure that there is room for `more` numbers after those that are there. */
export function makeRoom(list: List, more: number): void {
  if (list.count + more <= list.ints.length) return;
  const grown = new Int32Array(2 * (list.count + more));
  grown.set(list.ints);
  list.ints = grown;
}

export function append(list: List, value: number): void {
  makeRoom(list, 1);
  list.ints[list.count++] = value;
}
