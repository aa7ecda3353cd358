/** Goes to every state that a small line can be in, each once, and says how it came to one that breaks a law. */
import { keyOf, type State } from "./state.ts";
import { Broken, type Steps } from "./steps.ts";

export interface Explored {
  readonly states: number;
  /** How the first broken law came about, a step a line; null where none was found. */
  readonly broken: readonly string[] | null;
  /** False where the limit was reached first: then nothing was shown for the rest. */
  readonly exhaustive: boolean;
}

interface Place {
  readonly state: State;
  readonly name: string;
  readonly before: Place | null;
}

/** Breadth first: what is found has the fewest steps. `law` throws Broken, and is asked of each state. */
export function explore(steps: Steps, first: State, limit: number): Explored {
  const seen = new Set([keyOf(first)]);
  let edge: Place[] = [{ state: first, name: "at first", before: null }];
  while (edge.length > 0) {
    const further: Place[] = [];
    for (const place of edge) {
      try {
        for (const { name, next } of steps.from(place.state)) {
          const key = keyOf(next);
          if (seen.has(key)) continue;
          seen.add(key);
          further.push({ state: next, name, before: place });
        }
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        return { states: seen.size, broken: [...pathTo(place), error.message], exhaustive: false };
      }
      if (seen.size > limit) return { states: seen.size, broken: null, exhaustive: false };
    }
    edge = further;
  }
  return { states: seen.size, broken: null, exhaustive: true };
}

function pathTo(place: Place | null): string[] {
  return place === null ? [] : [...pathTo(place.before), place.name];
}

/** One history at random, of at most `length` steps. `pick` gives a whole number below its argument. @throws Broken */
export function wander(steps: Steps, first: State, length: number, pick: (below: number) => number): State {
  let state = first;
  for (let i = 0; i < length; i++) {
    const possible = steps.from(state).filter(({ next }) => keyOf(next) !== keyOf(state));
    const step = possible[pick(possible.length)];
    if (step === undefined) return state;
    state = step.next;
  }
  return state;
}
