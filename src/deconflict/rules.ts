/** Separation rules: who must keep how far from what. Plain data, in the charter and in a node's own settings. */
import { deconflictError } from "./errors.ts";

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
}

/** A separation for a pair of categories; `*` is any. */
export interface PairRule extends Separation {
  readonly plan: string;
  readonly against: string;
}

export interface SeparationRules {
  readonly default: Separation;
  readonly pairs: readonly PairRule[];
}

/** They conflict if they touch. */
export const NO_SEPARATION: Separation = { lateral_m: 0, vertical_m: 0, time_s: 0, grave: null };

/** The same separation between everything. */
export function uniformRules(separation: Partial<Separation>): SeparationRules {
  return { default: { ...NO_SEPARATION, ...separation }, pairs: [] };
}

/**
 * The separation that holds between two categories: of the rules that fit, the one that names both, else the one that
 * names the plan's, else the one that names what it is against, else `*` and `*`, else the default.
 */
export function ruleFor(rules: SeparationRules, plan: string | null, against: string | null): Separation {
  let best: Separation = rules.default;
  let rank = -1;
  for (const pair of rules.pairs) {
    if ((pair.plan !== "*" && pair.plan !== plan) || (pair.against !== "*" && pair.against !== against)) continue;
    const named = (pair.plan === "*" ? 0 : 2) + (pair.against === "*" ? 0 : 1);
    if (named > rank) [best, rank] = [pair, named];
  }
  return best;
}

/** The farthest that any of the rules looks, in metres. */
export function widestReach(rules: SeparationRules): number {
  return Math.max(rules.default.lateral_m, ...rules.pairs.map((pair) => pair.lateral_m));
}

/** No separation is larger: half way round the Earth, 1,000 km of height, 100 years. */
const LIMITS = { lateral_m: 20_010_000, vertical_m: 1_000_000, time_s: 3_155_760_000 } as const;

/** Reads rules from a decoded JSON value (spec/check.md). Throws rules-malformed with the place as `detail.path`. */
export function parseRules(value: unknown): SeparationRules {
  const record = asRecord(value, "", ["default", "pairs"]);
  const pairs = record["pairs"] ?? [];
  if (!Array.isArray(pairs)) throw malformed("A list of pairs is expected here.", "/pairs");
  const read = pairs.map((pair: unknown, i) => readPair(pair, `/pairs/${i}`));
  read.forEach((pair, i) => {
    const again = read.findIndex((other) => other.plan === pair.plan && other.against === pair.against);
    if (again !== i) throw malformed(`The pair "${pair.plan}" and "${pair.against}" has two rules.`, `/pairs/${i}`);
  });
  const preset = record["default"];
  const separation =
    preset === undefined ? NO_SEPARATION : readSeparation(asRecord(preset, "/default", FIELDS), "/default");
  return { default: separation, pairs: read };
}

const FIELDS = ["lateral_m", "vertical_m", "time_s", "grave"] as const;

function malformed(message: string, path: string) {
  return deconflictError("rules-malformed", message, { detail: { path } });
}

function asRecord(value: unknown, path: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) throw malformed("An object is expected here.", path);
  const extra = Object.keys(value).find((key) => !known.includes(key));
  if (extra !== undefined) throw malformed(`The field "${extra.slice(0, 40)}" is unknown.`, path);
  return value as Record<string, unknown>;
}

function readPair(value: unknown, path: string): PairRule {
  const record = asRecord(value, path, ["plan", "against", ...FIELDS]);
  return {
    plan: readCategory(record["plan"], `${path}/plan`),
    against: readCategory(record["against"], `${path}/against`),
    ...readSeparation(record, path),
  };
}

function readCategory(value: unknown, path: string): string {
  if (typeof value === "string" && value.length > 0 && value.length <= 64) return value;
  throw malformed('A category, or "*", is expected here.', path);
}

function readSeparation(record: Readonly<Record<string, unknown>>, path: string): Separation {
  const grave = record["grave"] ?? null;
  if (grave !== null && !GRAVES.some((known) => known === grave)) {
    throw malformed(`A breach is one of ${GRAVES.join(", ")}.`, `${path}/grave`);
  }
  const read = (key: keyof typeof LIMITS) => readAmount(record[key] ?? 0, key, `${path}/${key}`);
  return {
    lateral_m: read("lateral_m"),
    vertical_m: read("vertical_m"),
    time_s: read("time_s"),
    grave: grave as Grave | null,
  };
}

/** A separation of one kind, given by itself. Throws rules-malformed. */
export function readAmount(value: unknown, key: keyof typeof LIMITS, path: string): number {
  if (typeof value === "number" && value >= 0 && value <= LIMITS[key]) return value;
  throw malformed(`A separation is a number from 0 to ${LIMITS[key]}.`, path);
}
