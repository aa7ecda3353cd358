/** Separation rules as a set: which of them holds between two things, and how they are read from a file. */
import { type Grave, GRAVES, type PairRule, repeatedPairs, RULE_TEXT, type Separation } from "../line/index.ts";
import { ParleyError } from "../wire/error.ts";
import { deconflictError } from "./errors.ts";
import { kindOfCategory } from "./kinds.ts";

export { type Grave, GRAVES, type PairRule, type Separation };

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

/** What a rule is asked for: a category alone, or a thing with its kind. */
export type Ruled = string | null | { readonly kind?: string | null; readonly category: string | null };

/**
 * The separation that holds between two things: of the rules that fit, the one that names both, else the one that
 * names the plan's, else the one that names what it is against, else `*` and `*`, else the default. Of several that
 * name as much, the one that names the plan's more closely, then the other's: `site:hospital`, `hospital`, `site:*`.
 */
export function ruleFor(rules: SeparationRules, plan: Ruled, against: Ruled): Separation {
  if (rules.pairs.length === 0) return rules.default;
  const [own, other] = [termsOf(plan), termsOf(against)];
  let best: Separation = rules.default;
  let rank = -1;
  for (const pair of rules.pairs) {
    const [mine, theirs] = [closeness(pair.plan, own), closeness(pair.against, other)];
    if (mine < 0 || theirs < 0) continue;
    const named = (mine > 0 ? 32 : 0) + (theirs > 0 ? 16 : 0) + 4 * mine + theirs;
    if (named > rank) [best, rank] = [pair, named];
  }
  return best;
}

/** Whether any rule names plans of this category, and not only anything: a word that is mistyped is named by none. */
export function namesPlan({ pairs }: SeparationRules, category: Ruled): boolean {
  const terms = termsOf(category);
  return pairs.some(({ plan }) => closeness(plan, terms) > 0);
}

/** The words by which rules name plans. */
export function planWords(all: readonly SeparationRules[]): readonly string[] {
  return [...new Set(all.flatMap(({ pairs }) => pairs.map(({ plan }) => plan)))].filter((word) => word !== "*");
}

interface Terms {
  readonly kind: string | null;
  readonly category: string | null;
}

function termsOf(ruled: Ruled): Terms {
  if (ruled === null || typeof ruled === "string") return { kind: kindOfCategory(ruled), category: ruled };
  return { kind: ruled.kind ?? kindOfCategory(ruled.category), category: ruled.category };
}

/** How closely a rule's word names a thing: 0 as anything, up to 3; below 0 where it does not. */
function closeness(word: string, { kind, category }: Terms): number {
  if (word === "*") return 0;
  if (word === category) return 2;
  const at = word.indexOf(":");
  if (at < 0 || kind !== word.slice(0, at)) return -1;
  const named = word.slice(at + 1);
  return named === "*" ? 1 : named === category ? 3 : -1;
}

/** No separation is larger: half way round the Earth, 1,000 km of height, 100 years. */
const LIMITS = { lateral_m: 20_010_000, vertical_m: 1_000_000, time_s: 3_155_760_000 } as const;

/**
 * Reads rules from a decoded JSON value (spec/check.md). Throws rules-malformed with the place as `detail.path`; where
 * `tell` is given, every fault is told to it instead, and only what is sound is returned.
 */
export function parseRules(value: unknown, tell: (fault: ParleyError) => void = raise): SeparationRules {
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      tell(error);
      return null;
    }
  };
  const record = attempt(() => asObject(value, "")) ?? {};
  attempt(() => onlyKnown(record, "", ["default", "pairs"]));
  const preset = record["default"];
  const read = attempt(() => readSeparation(asRecord(preset ?? {}, "/default", FIELDS), "/default"));
  const listed = attempt(() => asPairs(record["pairs"] ?? [])) ?? [];
  const pairs = listed.map((pair, i) => attempt(() => readPair(pair, `/pairs/${i}`))).filter((pair) => pair !== null);
  for (const pair of repeatedPairs(pairs)) {
    attempt(() => {
      throw malformed(`The pair "${pair.plan}" and "${pair.against}" has two rules.`, `/pairs/${pairs.indexOf(pair)}`);
    });
  }
  return { default: preset === undefined || read === null ? NO_SEPARATION : read, pairs };
}

function raise(fault: ParleyError): never {
  throw fault;
}

function asPairs(pairs: unknown): readonly unknown[] {
  if (Array.isArray(pairs)) return pairs;
  throw malformed("A list of pairs is expected here.", "/pairs");
}

const FIELDS = ["lateral_m", "vertical_m", "time_s", "grave", "reason"] as const;

function malformed(message: string, path: string) {
  return deconflictError("rules-malformed", message, { detail: { path } });
}

function asRecord(value: unknown, path: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  const record = asObject(value, path);
  onlyKnown(record, path, known);
  return record;
}

function asObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) throw malformed("An object is expected here.", path);
  return value as Record<string, unknown>;
}

function onlyKnown(record: Readonly<Record<string, unknown>>, path: string, known: readonly string[]): void {
  const extra = Object.keys(record).find((key) => !known.includes(key));
  if (extra !== undefined) throw malformed(`The field "${extra.slice(0, 40)}" is unknown.`, path);
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
  if (typeof value === "string" && value.length > 0 && value.length <= RULE_TEXT.word) return value;
  throw malformed('A category, or "*", is expected here.', path);
}

function readSeparation(record: Readonly<Record<string, unknown>>, path: string): Separation {
  const grave = record["grave"] ?? null;
  if (grave !== null && !GRAVES.some((known) => known === grave)) {
    throw malformed(`A breach is one of ${GRAVES.join(", ")}.`, `${path}/grave`);
  }
  const read = (key: keyof typeof LIMITS) => readAmount(record[key] ?? 0, key, `${path}/${key}`);
  const reason = readReason(record["reason"], `${path}/reason`);
  return {
    lateral_m: read("lateral_m"),
    vertical_m: read("vertical_m"),
    time_s: read("time_s"),
    grave: grave as Grave | null,
    ...(reason === null ? {} : { reason }),
  };
}

function readReason(value: unknown, path: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.length > 0 && value.length <= RULE_TEXT.reason) return value;
  throw malformed(`A reason is a text of at most ${RULE_TEXT.reason} characters.`, path);
}

/** A separation of one kind, given by itself. Throws rules-malformed. */
export function readAmount(value: unknown, key: keyof typeof LIMITS, path: string): number {
  if (typeof value === "number" && value >= 0 && value <= LIMITS[key]) return value;
  throw malformed(`A separation is a number from 0 to ${LIMITS[key]}.`, path);
}
