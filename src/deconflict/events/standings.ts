/** The conflicts that stand, found by either side, and what has changed of them since they were last watched. */
import { type Change, changeOf, type Standing } from "./standing.ts";

export interface Standings {
  /** In place of how the pair stood before. Returns the pair's key. */
  keep(standing: Standing): string;
  /** All of one of ours, or of something told. Returns their keys. */
  dropOf(id: string): readonly string[];
  readonly size: number;
  get(key: string): Standing | undefined;
  of(id: string): readonly Standing[];
  all(): Iterable<Standing>;
  /** From now on changes are noted. */
  watch(): void;
  /** What is different from when `watch` was called: each pair once. */
  changes(): readonly Change[];
}

export function createStandings(): Standings {
  const standing = new Map<string, Standing>();
  const byId = new Map<string, Set<string>>();
  let touched = new Map<string, Standing | null>();
  const touch = (key: string): void => {
    if (!touched.has(key)) touched.set(key, standing.get(key) ?? null);
  };
  const link = (id: string, key: string): void => {
    const keys = byId.get(id);
    if (keys === undefined) byId.set(id, new Set([key]));
    else keys.add(key);
  };
  const unlink = (id: string, key: string): void => {
    const keys = byId.get(id);
    keys?.delete(key);
    if (keys?.size === 0) byId.delete(id);
  };
  const keysOf = (id: string) => [...(byId.get(id) ?? [])];
  return {
    keep: (one) => {
      const key = keyOf(one);
      touch(key);
      standing.set(key, one);
      link(one.own, key);
      link(one.other, key);
      return key;
    },
    dropOf: (id) => {
      const keys = keysOf(id);
      for (const key of keys) {
        touch(key);
        const { own, other } = standing.get(key) as Standing;
        standing.delete(key);
        unlink(own, key);
        unlink(other, key);
      }
      return keys;
    },
    get size() {
      return standing.size;
    },
    get: (key) => standing.get(key),
    of: (id) => keysOf(id).map((key) => standing.get(key) as Standing),
    all: () => standing.values(),
    watch: () => void (touched = new Map()),
    changes: () =>
      [...touched].flatMap(([key, before]) => {
        const change = changeOf(before, standing.get(key) ?? null);
        return change === null ? [] : [change];
      }),
  };
}

/** No id holds the mark between them. */
function keyOf({ own, other }: Pick<Standing, "own" | "other">): string {
  return `${own}\n${other}`;
}
