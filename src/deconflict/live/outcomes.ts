/** What a question has found of each subject so far: mostly a handful, for which a `Map` costs more than all its entries. */
type Outcome = "conflict" | "undecided";

export interface Outcomes {
  clear(): void;
  /** Nothing where the subject was not found yet. */
  of(number: number): Outcome | undefined;
  /** A conflict stands, whatever is found after it. */
  note(number: number, outcome: Outcome): void;
  /** In the order in which they were found. */
  each(visit: (number: number, outcome: Outcome) => void): void;
}

/** Up to this many are looked through one by one. */
const FEW = 16;

export function createOutcomes(): Outcomes {
  const numbers: number[] = [];
  const outcomes: Outcome[] = [];
  /** Where in these each subject stands, once they are many. */
  const places = new Map<number, number>();
  let count = 0;
  const placeOf = (number: number): number => {
    if (count > FEW) return places.get(number) ?? -1;
    for (let i = 0; i < count; i++) if (numbers[i] === number) return i;
    return -1;
  };
  const append = (number: number, outcome: Outcome): void => {
    numbers[count] = number;
    outcomes[count] = outcome;
    count += 1;
    if (count === FEW + 1) for (let i = 0; i < FEW; i++) places.set(numbers[i] as number, i);
    if (count > FEW) places.set(number, count - 1);
  };
  return {
    clear: () => {
      if (count > FEW) {
        places.clear();
        numbers.length = 0;
        outcomes.length = 0;
      }
      count = 0;
    },
    of: (number) => {
      const place = placeOf(number);
      return place < 0 ? undefined : outcomes[place];
    },
    note: (number, outcome) => {
      const place = placeOf(number);
      if (place < 0) append(number, outcome);
      else if (outcome === "conflict") outcomes[place] = outcome;
    },
    each: (visit) => {
      for (let i = 0; i < count; i++) visit(numbers[i] as number, outcomes[i] as Outcome);
    },
  };
}
