/** What officers asked of their nodes and what they were told: the only word of the nodes that counts beside exports. */

export interface Said {
  readonly party: string;
  readonly hash: string;
  readonly subject: string;
  readonly kind: string;
  /**
   * `tried`: nobody knows, for the answer never came. `released`: the officer was told that it is released. `refused`: he
   * was told that it is not.
   */
  outcome: "tried" | "released" | "refused";
  /** When he was told, by the clock of `lived.ts`. */
  toldAt: number;
}

export class Journal {
  readonly #said = new Map<string, Said>();
  /** Refusals by their code, for the report. */
  readonly refusals = new Map<string, number>();

  tried(said: Omit<Said, "outcome" | "toldAt">): Said {
    const entry: Said = { ...said, outcome: "tried", toldAt: 0 };
    this.#said.set(said.hash, entry);
    return entry;
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  get(hash: string): Said | null {
    return this.#said.get(hash) ?? null;
  }

  all(): Said[] {
    return [...this.#said.values()];
  }

  released(): Said[] {
    return this.all().filter(({ outcome }) => outcome === "released");
  }
}
