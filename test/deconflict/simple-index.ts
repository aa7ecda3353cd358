/**
 * A live index written another way, as plainly as could be: the oracle of the fast one. Every candidate is compared
 * exactly.
 */
import { type AnyFootprint, type AnyVolume, shapeOf } from "../../src/geo/index.ts";
import { createCells } from "./cells.ts";
import type { Breach, Doubt } from "../../src/deconflict/breach.ts";
import { compareVolumes, readingOf } from "../../src/deconflict/compare.ts";
import { type Conflict, report, type Subject, type Undecided, worseOf } from "../../src/deconflict/conflict.ts";
import type { Findings, LiveIndex, Side } from "../../src/deconflict/index.ts";
import { ruleFor, type SeparationRules, widestReach } from "../../src/deconflict/rules.ts";

interface Item {
  readonly subject: Subject;
  readonly volume: AnyVolume;
  readonly order: number;
}

interface Held {
  readonly subject: Subject;
  readonly items: readonly Item[];
}

/** Of the live index all but `hits` and `except`. */
export type SimpleIndex = Omit<LiveIndex, "hits" | "query"> & {
  query(subject: Subject, side: Side, rules: SeparationRules): Findings;
};

export function createSimpleIndex(): SimpleIndex {
  const held = new Map<string, Held>();
  const cells = createCells<Item>();
  /** Volumes of which nobody can say where they are. */
  const anywhere = new Set<Item>();
  let order = 0;

  const remove = (id: string): boolean => {
    const found = held.get(id);
    if (found === undefined) return false;
    held.delete(id);
    for (const item of found.items) {
      const reading = readingOf(item.volume.footprint);
      if (reading === null) anywhere.delete(item);
      else cells.remove(item, shapeOf(reading).box);
    }
    return true;
  };

  const add = (subject: Subject): void => {
    remove(subject.id);
    order += 1;
    const items = subject.volumes.map((volume) => ({ subject, volume, order }));
    held.set(subject.id, { subject, items });
    for (const item of items) {
      const reading = readingOf(item.volume.footprint);
      if (reading === null) anywhere.add(item);
      else cells.add(item, shapeOf(reading).box);
    }
  };

  const nearby = (footprint: AnyFootprint, reach_m: number, visit: (item: Item) => void): void => {
    const reading = readingOf(footprint);
    if (reading === null) {
      for (const { items } of held.values()) items.forEach(visit);
      return;
    }
    cells.search(shapeOf(reading).box, reach_m, visit);
    anywhere.forEach(visit);
  };

  const query = (subject: Subject, side: Side, rules: SeparationRules): Findings => {
    const found = new Map<Subject, { order: number; worst: Breach | Doubt }>();
    const reach = widestReach(rules) + 1;
    for (const volume of subject.volumes) {
      nearby(volume.footprint, reach, (item) => {
        if (item.subject === subject) return;
        const outcome = compareInOrder(subject, volume, item, side, rules);
        if (outcome === null) return;
        const worst = worseOf(found.get(item.subject)?.worst ?? null, outcome) as Breach | Doubt;
        found.set(item.subject, { order: item.order, worst });
      });
    }
    return findings(subject, side, found);
  };

  return {
    add,
    remove,
    get: (id) => held.get(id)?.subject,
    get size() {
      return held.size;
    },
    query,
  };
}

function compareInOrder(subject: Subject, volume: AnyVolume, item: Item, side: Side, rules: SeparationRules) {
  const [mine, theirs] = [subject, item.subject];
  return side === "plan"
    ? compareVolumes(volume, item.volume, ruleFor(rules, mine, theirs))
    : compareVolumes(item.volume, volume, ruleFor(rules, theirs, mine));
}

function findings(subject: Subject, side: Side, found: ReadonlyMap<Subject, { order: number; worst: Breach | Doubt }>) {
  const conflicts: Conflict[] = [];
  const undecided: Undecided[] = [];
  for (const [other, { worst }] of [...found].toSorted((a, b) => a[1].order - b[1].order)) {
    const reported = side === "plan" ? report(subject, other, worst) : report(other, subject, worst);
    if (reported.outcome === "conflict") conflicts.push(reported);
    else undecided.push(reported);
  }
  return { conflicts, undecided };
}
