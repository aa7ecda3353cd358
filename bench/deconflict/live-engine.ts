/** The live index of `src/deconflict` as the bench asks for it. */
import { createIndex, type Subject, uniformRules } from "../../src/deconflict/index.ts";
import type { AnyVolume, Volume } from "../../src/geo/index.ts";
import { type Engine, SEPARATION_M } from "./engine.ts";
import { legsOf } from "./route.ts";

export function createEngine(): Engine {
  const index = createIndex();
  const rules = uniformRules({ lateral_m: SEPARATION_M });
  const ids = (volumes: readonly AnyVolume[]) => {
    const { conflicts, undecided } = index.hits(subjectOf("new", volumes), "plan", rules);
    if (undecided.length > 0) throw new Error(`Volume ${undecided[0]} cannot be decided.`);
    return conflicts.map(Number);
  };
  const detailed = (volumes: readonly Volume[]) => {
    const { conflicts, undecided } = index.query(subjectOf("new", volumes), "plan", rules);
    if (undecided[0] !== undefined) throw new Error(undecided[0].because);
    return conflicts;
  };
  return {
    load: (piece) => piece.forEach(({ id, volume }) => index.add(subjectOf(String(id), [volume]))),
    ready: () => undefined,
    check: (volume) => ids([volume]),
    checkDetailed: (volume) =>
      detailed([volume]).map(({ against, distance_m, because }) => ({ id: Number(against), distance_m, because })),
    checkRoute: (route) => ids(legsOf(route)),
    put: (id, volume) => index.add(subjectOf(String(id), [volume])),
    remove: (id) => index.remove(String(id)),
  };
}

function subjectOf(id: string, volumes: readonly AnyVolume[]): Subject {
  return { id, name: null, category: null, volumes };
}
