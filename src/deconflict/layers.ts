/**
 * Several sets of rules in force together, such as the charter's and a node's own: each is asked, and the worst that any
 * of them finds counts. So a set that is added can tighten what the others ask for, and never loosen it.
 */
import { worseFinding } from "./breach.ts";
import { type Conflict, findConflict, type Subject, type Undecided } from "./conflict.ts";
import { type PairRule, type Ruled, ruleFor, type Separation, type SeparationRules } from "./rules.ts";

export type RuleLayers = readonly SeparationRules[];

/** What a thing is to this node: something it intends, something it has, or something that was told. */
export type Role = "plan" | "holding" | "told";

/** Of ours first, and of what it may come too near: what each layer asks for, and whose doing it then is. */
export interface Asked {
  readonly asked: Separation;
  /** True where the rules are asked as of the other's plan against ours: what others do endangers ours, too. */
  readonly turned: boolean;
}

/** Others' activities are asked for as well as ours: their firing near our holding is as bad as ours near theirs. */
export function isDoing({ kind }: { readonly kind?: string | null }): boolean {
  return kind === "activity";
}

/** One's own holding counts only against one's own plan where a rule names holdings. */
export function namesHoldings(asked: Separation): boolean {
  const word = (asked as Partial<PairRule>).against;
  return word !== undefined && (word === "holding" || word.startsWith("holding:"));
}

/** All that is asked for between one of ours and something else, which may be a holding of ours. */
export function askedBetween(
  layers: RuleLayers,
  own: Exclude<Ruled, string | null>,
  other: Exclude<Ruled, string | null>,
  role: Exclude<Role, "plan">,
): readonly Asked[] {
  const straight = layers.map((rules) => ({ asked: ruleFor(rules, own, other), turned: false }));
  if (role === "holding") return straight.filter(({ asked }) => namesHoldings(asked));
  if (!isDoing(other)) return straight;
  return [...straight, ...layers.map((rules) => ({ asked: ruleFor(rules, other, own), turned: true }))];
}

/** The worst that any of them finds; null: they are surely apart. */
export function findAmong(own: Subject, other: Subject, all: readonly Asked[]): Conflict | Undecided | null {
  return all
    .map(({ asked, turned }) => (turned ? findConflict(other, own, asked) : findConflict(own, other, asked)))
    .reduce<Conflict | Undecided | null>(worseFinding, null);
}

/** The longest time separation of all, in milliseconds: as long may something still matter after its end. */
export function graceOf(layers: RuleLayers): number {
  const seconds = layers.flatMap((rules) => [rules.default.time_s, ...rules.pairs.map(({ time_s }) => time_s)]);
  return Math.ceil(1000 * Math.max(0, ...seconds));
}

/** The widest lateral separation of all, in metres. */
export function widestOf(layers: RuleLayers): number {
  return Math.max(0, ...layers.flatMap((rules) => [rules.default.lateral_m, ...rules.pairs.map((p) => p.lateral_m)]));
}
