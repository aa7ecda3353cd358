/**
 * The live index: everything that is to be checked against, ready to be asked at any moment, and nothing ever cut.
 *
 * A check goes through three sieves: the grid (cells and slices of time), the entries' balls, seconds and heights, and
 * the plane on which two footprints are laid (sketch.ts). What passes them is decided; the few pairs that lie so near to
 * the limit that the curve of the Earth matters, or that are not plain, are compared exactly.
 *
 * More than a third of a check is waiting for memory, so what is read together stands together (pool.ts): the marks of a
 * bucket (bucket.ts), the record of a volume with its footprint behind it (volumes.ts), hashes and numbers of ids (ids.ts).
 */
import type { Subject } from "../conflict.ts";
import { hits, type Question, query } from "./ask.ts";
import { askedCache } from "./asked.ts";
import { createHeld, put, subjectOf, takeOut } from "./hold.ts";
import type { LiveIndex, Side } from "./types.ts";
import type { SeparationRules } from "../rules.ts";

export type { LiveIndex } from "./types.ts";

export function createIndex(): LiveIndex {
  const held = createHeld();
  const { subjects } = held;
  const cache = askedCache();
  const questionOf = (subject: Subject, side: Side, rules: SeparationRules, except: string | null): Question => ({
    subject,
    side,
    asked: cache.of(rules, subject, side, subjects.sorts),
    except: except === null ? -1 : subjects.find(except),
  });
  return {
    add: (subject) => put(held, subject),
    remove: (id) => takeOut(held, id),
    get: (id) => {
      const number = subjects.find(id);
      return number < 0 ? undefined : subjectOf(held, number);
    },
    get size() {
      return subjects.size;
    },
    query: (subject, side, rules, except = null) => query(held, questionOf(subject, side, rules, except)),
    hits: (subject, side, rules, except = null) => hits(held, questionOf(subject, side, rules, except)),
  };
}
