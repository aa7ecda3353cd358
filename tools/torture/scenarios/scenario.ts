import type { Program } from "../line/fleet.ts";
import type { Random } from "../random.ts";
import type { Tally } from "../tally.ts";

export interface Episode {
  readonly program: Program;
  readonly tally: Tally;
  readonly random: Random;
  /** When it should come to its end, milliseconds since the epoch. */
  readonly until: number;
  /** Of the whole run, milliseconds. */
  readonly leftMs: number;
  readonly say: (text: string) => void;
}

export interface Scenario {
  readonly name: string;
  /** Of a long run, beside the others. */
  readonly weight: number;
  /** Why it cannot be played here; null where it can. */
  readonly impossible?: (program: Program) => string | null;
  run(episode: Episode): Promise<void>;
}
