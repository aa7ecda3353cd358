/** The live index of `src/deconflict` as the bench asks for it. */
import { createIndex, type Subject, uniformRules } from "../../src/deconflict/index.ts";
import type { Volume } from "../../src/geo/index.ts";
import { type Engine, SEPARATION_M } from "./engine.ts";
import { legsOf } from "./route.ts";

export function createEngine(): Engine {
  const index = createIndex();
  const rules = uniformRules({ lateral_m: SEPARATION_M });
  const conflicts = (volumes: readonly Volume[]) => {
    const found = index.query(subjectOf("new", volumes), "plan", rules);
    const [doubt] = found.undecided;
    if (doubt !== undefined) throw new Error(doubt.because);
    return found.conflicts;
  };
  const ids = (volumes: readonly Volume[]) => conflicts(volumes).map(({ against }) => Number(against));
  return {
    load: (piece) => piece.forEach(({ id, volume }) => index.add(subjectOf(String(id), [volume]))),
    ready: () => undefined,
    check: (volume) => ids([volume]),
    checkDetailed: (volume) =>
      conflicts([volume]).map(({ against, distance_m, because }) => ({ id: Number(against), distance_m, because })),
    checkRoute: (route) => ids(legsOf(route)),
    put: (id, volume) => index.add(subjectOf(String(id), [volume])),
    remove: (id) => index.remove(String(id)),
  };
}

function subjectOf(id: string, volumes: readonly Volume[]): Subject {
  return { id, name: null, category: null, volumes };
}
