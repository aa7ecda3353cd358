/** Separation rules: who must keep how far from what. In the charter they are agreed; a node's own are beside them. */
import { ONE_LINE, saidText } from "../../message/index.ts";
import type { CborMap, CborValue } from "../../wire/cbor.ts";
import { asArray, asInteger, asNullable, asOneOf, asRecord, asText } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";

export const GRAVES = ["low", "high", "critical"] as const;
/** How grave a breach is. */
export type Grave = (typeof GRAVES)[number];

/** At or below all three is a conflict; 0 still means that touching counts. */
export interface Separation {
  readonly lateral_m: number;
  readonly vertical_m: number;
  readonly time_s: number;
  /** null: by depth. Overlapping is critical, at most half of `lateral_m` high, else low. */
  readonly grave: Grave | null;
  /** Why it is what it is, for whoever asks why a rule fired. */
  readonly reason?: string;
}

/**
 * A separation for a pair of things. Each side names a category (`hospital`), a category of a kind (`site:hospital`),
 * all of a kind (`site:*`) or anything (`*`).
 */
export interface PairRule extends Separation {
  readonly plan: string;
  readonly against: string;
}

/** In UTF-16 code units: what names a side of a rule, and why the rule is what it is. */
export const RULE_TEXT = { word: 64, reason: 500 } as const;

/** The rules for pairs that an earlier rule names, too. */
export function repeatedPairs(pairs: readonly PairRule[]): readonly PairRule[] {
  const firstOf = (pair: PairRule) => pairs.find(({ plan, against }) => plan === pair.plan && against === pair.against);
  return pairs.filter((pair) => firstOf(pair) !== pair);
}

/** What a charter takes at most: lengths in millimetres, times in seconds. */
export const CHARTER_LIMITS = { length_mm: 1_000_000_000, time_s: 366 * 86_400, rules: 64 } as const;

/** @throws charter-malformed where a number has no whole millimetres or seconds */
export function pairRulesToCbor(rules: readonly PairRule[]): CborValue {
  return rules.map(({ plan, against, lateral_m, vertical_m, time_s, grave, reason }): CborMap => ({
    plan,
    against,
    lateral_mm: whole(lateral_m * 1000, "rules.lateral_m has parts of a millimetre"),
    vertical_mm: whole(vertical_m * 1000, "rules.vertical_m has parts of a millimetre"),
    time_s: whole(time_s, "rules.time_s has parts of a second"),
    grave,
    reason: reason ?? null,
  }));
}

/** At least one, and no pair twice. Strict; faults of shape are cbor-wrong-shape. @throws charter-malformed, text-refused */
export function pairRulesFromCbor(value: CborValue): PairRule[] {
  const rules = asArray(value, "rules", CHARTER_LIMITS.rules).map(ruleFromCbor);
  if (rules.length === 0) throw refused("rules are left out where there are none");
  const [again] = repeatedPairs(rules);
  if (again !== undefined) throw refused(`the pair "${again.plan}" and "${again.against}" has two rules`);
  return rules;
}

function ruleFromCbor(value: CborValue): PairRule {
  const fields = ["plan", "against", "lateral_mm", "vertical_mm", "time_s", "grave", "reason"] as const;
  const map = asRecord(value, "rule", fields);
  const metres = (key: "lateral_mm" | "vertical_mm") =>
    asInteger(map[key], `rules.${key}`, 0, CHARTER_LIMITS.length_mm) / 1000;
  const reason = asNullable(map.reason, (given) => said(given, "rules.reason", RULE_TEXT.reason));
  return {
    plan: said(map.plan, "rules.plan", RULE_TEXT.word),
    against: said(map.against, "rules.against", RULE_TEXT.word),
    lateral_m: metres("lateral_mm"),
    vertical_m: metres("vertical_mm"),
    time_s: asInteger(map.time_s, "rules.time_s", 0, CHARTER_LIMITS.time_s),
    grave: asNullable(map.grave, (grave) => asOneOf(grave, "rules.grave", GRAVES)),
    ...(reason === null ? {} : { reason }),
  };
}

/** One line, not empty, without a space at its ends, which would make another word of what looks the same. */
function said(value: CborValue, where: string, max: number): string {
  const text = saidText(asText(value, where, max), where, ONE_LINE, max);
  if (text === "" || text !== text.trim()) throw refused(`${where} is empty, or has a space at an end`);
  return text;
}

/** Of metres as millimetres the arithmetic may leave less than a thousandth. */
function whole(value: number, fault: string): number {
  const rounded = Math.round(value);
  if (Math.abs(rounded - value) < 1e-3) return rounded;
  throw refused(fault);
}

function refused(fault: string) {
  return lineError("charter-malformed", `The terms do not hold together: ${fault}.`);
}
