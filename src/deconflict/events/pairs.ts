/** What one entry comes too near, or cannot be decided against: each pair once, for the worst that any rules find. */
import { worseFinding } from "../breach.ts";
import type { Conflict, Subject, Undecided } from "../conflict.ts";
import { isDoing, namesHoldings, type Role } from "../layers.ts";
import type { LiveIndex } from "../live/index.ts";
import { ruleFor, type SeparationRules } from "../rules.ts";
import type { Presence } from "./presence.ts";
import type { Standing } from "./standing.ts";

export type Pair = Omit<Standing, "phase">;
type Found = Conflict | Undecided;

export function pairsOf(
  presence: Presence,
  { role, subject }: { readonly role: Role; readonly subject: Subject },
): Pair[] {
  const { layers } = presence;
  const worst = new Map<string, Pair>();
  const take = (own: string, other: string, found: Found): void => {
    const key = own === subject.id ? other : own;
    const before = worst.get(key)?.found ?? null;
    worst.set(key, { own, other, found: worseFinding(before, found) as Found });
  };
  // Ours as the plan comes before others' doings as the plan, and in each the layers in their order: of two that are
  // equally bad the first is told, whichever of the two entries came last.
  for (const rules of layers) straight(presence, role, subject, rules, take);
  for (const rules of layers) turned(presence, role, subject, rules, take);
  return [...worst.values()];
}

type Take = (own: string, other: string, found: Found) => void;

function straight(presence: Presence, role: Role, subject: Subject, rules: SeparationRules, take: Take): void {
  const { plans, holdings, doings, others } = presence;
  if (role === "told") {
    for (const index of [plans, holdings]) {
      for (const found of all(index, subject, "against", rules)) take(found.plan, subject.id, found);
    }
    return;
  }
  for (const index of [doings, others]) {
    for (const found of all(index, subject, "plan", rules)) take(subject.id, found.against, found);
  }
  if (!rules.pairs.some(namesHoldings)) return;
  if (role === "plan") {
    for (const found of all(holdings, subject, "plan", rules)) {
      if (isAskedFor(rules, subject, holdings.get(found.against))) take(subject.id, found.against, found);
    }
    return;
  }
  for (const found of all(plans, subject, "against", rules)) {
    if (isAskedFor(rules, plans.get(found.plan), subject)) take(found.plan, subject.id, found);
  }
}

function isAskedFor(rules: SeparationRules, plan: Subject | undefined, holding: Subject | undefined): boolean {
  return plan !== undefined && holding !== undefined && namesHoldings(ruleFor(rules, asRuled(plan), asRuled(holding)));
}

function asRuled({ kind = null, category }: Subject) {
  return { kind, category };
}

function turned(presence: Presence, role: Role, subject: Subject, rules: SeparationRules, take: Take): void {
  const { plans, holdings, doings } = presence;
  if (role !== "told") {
    for (const found of all(doings, subject, "against", rules)) take(subject.id, found.plan, found);
    return;
  }
  if (!isDoing(subject)) return;
  for (const index of [plans, holdings]) {
    for (const found of all(index, subject, "plan", rules)) take(found.against, subject.id, found);
  }
}

function all(index: LiveIndex, subject: Subject, side: "plan" | "against", rules: SeparationRules): readonly Found[] {
  if (index.size === 0) return [];
  const { conflicts, undecided } = index.query(subject, side, rules);
  return [...conflicts, ...undecided];
}
