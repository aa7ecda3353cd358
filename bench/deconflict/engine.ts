/** What the bench asks of a deconfliction engine. The separation and the rules are the engine's from its making. */
import type { Volume } from "../../src/geo/index.ts";
import type { Route } from "./route.ts";
import type { Numbered } from "./world.ts";

/** Metres that everything must keep from everything else, on the ground; heights and times need only not meet. */
export const SEPARATION_M = 2000;

/** A finding with all that a person is told about it. The bench counts these and reads the id. */
export interface Detailed {
  readonly id: number;
  readonly distance_m: number;
  readonly because: string;
}

export interface Engine {
  /** Takes a piece of what is to be held; after the last one comes `ready`. */
  load(piece: readonly Numbered[]): void;
  /** Whatever is left to do before the first check. */
  ready(): void;
  /** All that `volume` comes too near, as ids in any order, none left out. Throws where something is undecided. */
  check(volume: Volume): readonly number[];
  checkDetailed(volume: Volume): readonly Detailed[];
  checkRoute(route: Route): readonly number[];
  /** Puts a volume in, in place of one with the same id; the next check sees it. */
  put(id: number, volume: Volume): void;
  /** False where there was none. */
  remove(id: number): boolean;
}
