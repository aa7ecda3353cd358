/** Who is in the live index, by number: ids, sorts and the order in which they came; names only where there are any. */
import type { Subject } from "../conflict.ts";
import { createIds } from "./ids.ts";
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
  /** Puts a subject in the place of the one of this number, which has the same id: as if it had come just now. */
  change(number: number, subject: Subject, first: number): void;
  /** It has no volumes any more. */
  empty(number: number): void;
  /** Takes the one of this id and number out. */
  remove(id: string, number: number): void;
  head(number: number): Head;
  id(number: number): string;
  name(number: number): string | null;
  first(number: number): number;
  sortOf(number: number): number;
  /** Larger for those that came later. */
  order(number: number): number;
}

export function createSubjects(): Subjects {
  const ids = createIds();
  const heads = new Map<number, Head>();
  const { sorts, numberOf } = createSorts();
  const records = createRecords(RECORD);
  let order = 0;
  const readInt = (number: number, field: number) =>
    (records.ints[recordPage(number)] as Int32Array)[2 * RECORD * recordOffset(number) + field] as number;
  const dropHead = (number: number): void => {
    if (heads.size > 0) heads.delete(number);
  };
  const change = (number: number, subject: Subject, first: number): void => {
    if (isPlain(subject)) dropHead(number);
    else {
      const { volumes: _, ...head } = subject;
      heads.set(number, head);
    }
    const at = RECORD * recordOffset(number);
    (records.doubles[recordPage(number)] as Float64Array)[at] = order++;
    const ints = records.ints[recordPage(number)] as Int32Array;
    ints[2 * at + INTS.first] = first;
    ints[2 * at + INTS.sort] = numberOf(subject);
  };
  const add = (subject: Subject, first: number): number => {
    const number = records.take();
    ids.add(subject.id, number);
    change(number, subject, first);
    return number;
  };
  const sortOf = (number: number) => readInt(number, INTS.sort);
  return {
    get size() {
      return ids.size;
    },
    sorts,
    find: (id) => ids.find(id),
    add,
    change,
    empty: (number) => {
      const ints = records.ints[recordPage(number)] as Int32Array;
      ints[2 * RECORD * recordOffset(number) + INTS.first] = -1;
    },
    remove: (id, number) => {
      ids.remove(id, number);
      dropHead(number);
      records.give(number);
    },
    head: (number) => heads.get(number) ?? { id: ids.of(number), name: null, ...(sorts[sortOf(number)] as Sort) },
    id: (number) => ids.of(number),
    name: (number) => heads.get(number)?.name ?? null,
    first: (number) => readInt(number, INTS.first),
    sortOf,
    order: (number) => (records.doubles[recordPage(number)] as Float64Array)[RECORD * recordOffset(number)] as number,
  };
}

/** True where its id and its sort are all that there is to say of it. */
function isPlain(subject: Subject): boolean {
  return subject.name === null && Object.keys(subject).length === (subject.kind === undefined ? 4 : 5);
}

function createSorts(): { readonly sorts: readonly Sort[]; readonly numberOf: (sort: Sort) => number } {
  const sorts: Sort[] = [];
  const numbers = new Map<string, number>();
  /** Most are like the one before. */
  let last = -1;
  const numberOf = ({ category, kind }: Sort): number => {
    const like = sorts[last];
    if (like !== undefined && like.category === category && like.kind === kind) return last;
    const key = JSON.stringify(kind === undefined ? [category] : [category, kind]);
    last = numbers.get(key) ?? sorts.length;
    if (last === sorts.length) {
      sorts.push(kind === undefined ? { category } : { category, kind });
      numbers.set(key, last);
    }
    return last;
  };
  return { sorts, numberOf };
}
