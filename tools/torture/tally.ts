/** What a run has counted. Everything from `lost` on must be 0. */

export const FAULTS = [
  "lost",
  "duplicated",
  "false_receipts",
  "honest_accused",
  "forged_accepted",
  "crashes",
  "internal_errors",
  "alerts_late",
  "not_settled",
] as const;
export type Fault = (typeof FAULTS)[number];

export class Tally {
  kills = 0;
  powerCuts = 0;
  fuzzInputs = 0;
  released = 0;
  alerts = 0;
  episodes: Record<string, number> = {};
  readonly faults: Record<Fault, number> = Object.fromEntries(FAULTS.map((each) => [each, 0])) as Record<Fault, number>;
  readonly #say: (text: string) => void;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Something that must not be, in words for whoever looks for its cause. */
  fault(fault: Fault, what: string, count = 1): void {
    this.faults[fault] += count;
    this.#say(`FAULT ${fault}: ${what}`);
  }

  isClean(): boolean {
    return FAULTS.every((each) => this.faults[each] === 0);
  }
}
