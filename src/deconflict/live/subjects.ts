/** Who is in the live index, by number: ids, sorts and the order in which they came; names only where there are any. */
import type { Subject } from "../conflict.ts";
import { createRecords, recordOffset, recordPage } from "./pool.ts";

/** A subject but for its volumes. */
export type Head = Omit<Subject, "volumes">;

/** What the rules know of a subject. */
export type Sort = Pick<Subject, "category" | "kind">;

/** A record in doubles: its order, then as integers its first volume and its sort. */
const RECORD = 2;
const INTS = { first: 2, sort: 3 } as const;

export interface Subjects {
  readonly size: number;
  /** All sorts that were ever there; a subject's is told by its place here. */
  readonly sorts: readonly Sort[];
  /** The number of a subject, or -1. */
  find(id: string): number;
  /** Takes a subject in that is not there yet. `first` is its first volume. */
  add(subject: Subject, first: number): number;
  remove(number: number): void;
  head(number: number): Head;
  id(number: number): string;
  name(number: number): string | null;
  first(number: number): number;
  sortOf(number: number): number;
  /** Larger for those that came later. */
  order(number: number): number;
}

export function createSubjects(): Subjects {
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  const heads = new Map<number, Head>();
  const sorts: Sort[] = [];
  const sortNumbers = new Map<string, number>();
  const records = createRecords(RECORD);
  let order = 0;
  const readInt = (number: number, field: number) =>
    (records.ints[recordPage(number)] as Int32Array)[2 * RECORD * recordOffset(number) + field] as number;
  let lastSort = -1;
  const numberOf = ({ category, kind }: Sort): number => {
    const last = sorts[lastSort];
    if (last !== undefined && last.category === category && last.kind === kind) return lastSort;
    const key = JSON.stringify(kind === undefined ? [category] : [category, kind]);
    lastSort = sortNumbers.get(key) ?? sorts.length;
    if (lastSort === sorts.length) {
      sorts.push(kind === undefined ? { category } : { category, kind });
      sortNumbers.set(key, lastSort);
    }
    return lastSort;
  };
  const add = (subject: Subject, first: number): number => {
    const number = records.take();
    if (subject.name !== null || Object.keys(subject).length !== (subject.kind === undefined ? 4 : 5)) {
      const { volumes: _, ...head } = subject;
      heads.set(number, head);
    }
    numbers.set(subject.id, number);
    ids[number] = subject.id;
    const at = RECORD * recordOffset(number);
    (records.doubles[recordPage(number)] as Float64Array)[at] = order++;
    const ints = records.ints[recordPage(number)] as Int32Array;
    ints[2 * at + INTS.first] = first;
    ints[2 * at + INTS.sort] = numberOf(subject);
    return number;
  };
  const sortOf = (number: number) => readInt(number, INTS.sort);
  return {
    get size() {
      return numbers.size;
    },
    sorts,
    find: (id) => numbers.get(id) ?? -1,
    add,
    remove: (number) => {
      numbers.delete(ids[number] as string);
      ids[number] = "";
      heads.delete(number);
      records.give(number);
    },
    head: (number) =>
      heads.get(number) ?? { id: ids[number] as string, name: null, ...(sorts[sortOf(number)] as Sort) },
    id: (number) => ids[number] as string,
    name: (number) => heads.get(number)?.name ?? null,
    first: (number) => readInt(number, INTS.first),
    sortOf,
    order: (number) => (records.doubles[recordPage(number)] as Float64Array)[RECORD * recordOffset(number)] as number,
  };
}
