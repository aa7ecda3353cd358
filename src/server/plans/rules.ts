/**
 * The separation rules in force on this node: what the charter asks for, what Parley asks for where nobody says more, and
 * what this side asks for itself. Each is asked beside the others, so none can loosen what another asks.
 */
import { resolve } from "node:path";
import {
  DEFAULT_RULES,
  type Fault,
  readRulesFile,
  type RuleLayers,
  type Separation,
  type SeparationRules,
  uniformRules,
} from "../../deconflict/index.ts";
import type { Charter } from "../../line/index.ts";
import type { NodeConfig } from "../config.ts";
import { serverError } from "../errors.ts";
import { readTextIfThere } from "../files.ts";

export const RULE_SETS = ["charter", "defaults", "own"] as const;
/** Whose rules they are. */
export type RuleSet = (typeof RULE_SETS)[number];

export interface RulesInForce {
  /** In the order in which they are asked. */
  readonly layers: RuleLayers;
  /** Which of them a separation comes from. */
  setOf(asked: Separation): RuleSet;
}

type CharterRules = Pick<Charter, "separation_m" | "time_separation_s" | "rules">;

export function rulesInForce(charter: CharterRules, own: SeparationRules | null): RulesInForce {
  const sets: readonly (readonly [RuleSet, SeparationRules])[] = [
    ["charter", agreedIn(charter)],
    ["defaults", DEFAULT_RULES],
    ...(own === null ? [] : [["own", own] as const]),
  ];
  return {
    layers: sets.map(([, rules]) => rules),
    setOf: (asked) => sets.find(([, rules]) => holds(rules, asked))?.[0] ?? "own",
  };
}

/** The rules that the parties agreed on for pairs, and for all other things the one separation. */
function agreedIn({ separation_m, time_separation_s, rules: pairs = [] }: CharterRules): SeparationRules {
  const reason =
    pairs.length === 0
      ? "The charter asks for it, whatever the two things are."
      : "The charter asks for it of all that its rules for pairs do not name.";
  return { ...uniformRules({ lateral_m: separation_m, time_s: time_separation_s, reason }), pairs };
}

function holds({ default: preset, pairs }: SeparationRules, asked: Separation): boolean {
  return preset === asked || pairs.some((pair) => pair === asked);
}

/** What this side asks for beyond the rest: the file that `parley.toml` names. @throws config-malformed */
export function ownRules(dir: string, { rules }: Pick<NodeConfig, "rules">): SeparationRules | null {
  if (rules === null) return null;
  const text = readTextIfThere(resolve(dir, rules));
  if (text === null) throw serverError("config-malformed", `parley.toml: rules: there is no file ${rules}.`);
  const faults: Fault[] = [];
  const read = readRulesFile({ name: rules, text }, faults);
  if (read !== null) return read;
  const named = faults.map(({ path, message }) => `${path === "" ? "" : `${path}: `}${message}`);
  throw serverError("config-malformed", `${rules}: ${named.join(" ")}`, { detail: { faults: faults.length } });
}
