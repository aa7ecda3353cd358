/**
 * What each plan is certified for. A certificate is issued when a plan is put and whenever what was found changes; the
 * one before lapses then, and a GO that rested on it ends. Nothing of this leaves the private store by itself.
 */
import { MOST_LAPSED } from "../../api/index.ts";
import type { Suite } from "../../crypto/index.ts";
import {
  type CertifiedHead,
  commitmentOf,
  decodeCertificate,
  type Finding,
  findingsHash,
  outcomeOf,
  rulesHash,
  SALT_BYTES,
  signCertificate,
} from "../../deconflict/index.ts";
import type { CertificateRecord, LineStore, PrivateStore, PrivateWrite } from "../../store/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { PlanId } from "../../wire/id.ts";
import { breachesOf } from "./breaches.ts";
import { certifiedHeads } from "./certified-heads.ts";
import type { EventHub } from "../events.ts";
import type { LineState } from "../exchange/line-state.ts";
import { keyOf } from "./conflicts.ts";
import type { ChangedPlans, PlanDesk } from "./desk.ts";
import type { RulesInForce } from "./rules.ts";

export interface CertificateDesk {
  /** Looks at every plan: at a start, where the node may have died between a conflict and its certificate. */
  recheck(): void;
  /** The plan checked anew at the newest heads, and signed; null where there is no such plan, or it was over when it was put. */
  renew(plan: PlanId): CertificateRecord | null;
}

interface Desk {
  readonly suite: Suite;
  readonly state: LineState;
  readonly store: LineStore;
  readonly privateStore: PrivateStore;
  readonly plans: Pick<PlanDesk, "conflictsOfPlan" | "settle" | "isOver" | "onChanged">;
  readonly rules: RulesInForce;
  readonly events: EventHub;
  readonly now: () => number;
}

/** From now on every change of a plan, or of what it conflicts with, is looked at. */
export function certificateDesk(desk: Desk): CertificateDesk {
  desk.plans.onChanged((changed) => look(desk, changed));
  return {
    recheck: () => {
      const plans = desk.privateStore.items("plan").map(({ id }) => id);
      look(desk, { put: new Set(), removed: new Set(), touched: new Set(plans) });
    },
    renew: (plan) => renew(desk, plan),
  };
}

/** What a plan conflicts with now, as a certificate counts it. */
export function findingsOf(plans: Pick<PlanDesk, "conflictsOfPlan">, plan: PlanId): Finding[] {
  return plans.conflictsOfPlan(plan).map((conflict) => {
    return { against: keyOf(conflict), grave: conflict.grave, undecided: conflict.undecided };
  });
}

/** What all certificates of one moment have in common: they cost a signature each, and no more. */
interface Moment {
  readonly at: number;
  readonly heads: readonly CertifiedHead[];
  readonly rules: string;
}

function momentOf({ suite, state, store, rules, now }: Desk): Moment {
  return { at: now(), heads: certifiedHeads(state, store), rules: rulesHash(suite, rules.layers) };
}

function issue(
  { suite, state }: Desk,
  { at, heads, rules }: Moment,
  { salt, plan, findings }: { readonly salt: Bytes; readonly plan: string; readonly findings: readonly Finding[] },
) {
  const { line, self: party, charter, keys } = state;
  const found = { findings: findingsHash(suite, salt, findings), outcome: outcomeOf(findings) };
  const certificate = { line, party, exercise: charter.exercise, at, plan, rules, heads, ...found };
  return { salt, ...signCertificate(suite, certificate, keys.seed("parcel", state.roster(party).node.parcel)) };
}

function look(desk: Desk, { put, removed, touched }: ChangedPlans): void {
  if (put.size + removed.size + touched.size === 0) return;
  const moment = momentOf(desk);
  const { at } = moment;
  const writes: PrivateWrite[] = [];
  const [lapsed, goLapsed] = [new Set<PlanId>(), new Set<PlanId>()];
  const end = (plan: PlanId): void => {
    const decision = desk.privateStore.decision(plan);
    if (decision?.decision !== "GO" || decision.lapsedAt !== null) return;
    goLapsed.add(plan);
    writes.push({ write: "go-lapsed", plan, at });
  };
  for (const plan of [...put, ...removed]) {
    end(plan);
    if (desk.privateStore.overrides(plan).length > 0) writes.push({ write: "overrides-ended", plan, at });
  }
  for (const plan of put) {
    const issued = desk.plans.isOver(plan) ? null : first(desk, moment, plan);
    if (issued !== null) writes.push({ write: "certificate", ...issued });
  }
  for (const plan of touched) {
    // Nothing is certified any more of what is over: what time has ended has not become clear.
    if (put.has(plan) || removed.has(plan) || desk.plans.isOver(plan)) continue;
    const issued = again(desk, moment, plan);
    if (issued !== null || breachesOf(desk, plan).length > 0) end(plan);
    if (issued === null) continue;
    if (issued.lapsed !== null) lapsed.add(plan);
    writes.push({ write: "certificate", ...issued });
  }
  desk.privateStore.commit(writes);
  // Those without their GO come first.
  const all = [...new Set([...goLapsed, ...lapsed])];
  if (all.length === 0) return;
  const plans = all.slice(0, MOST_LAPSED).map((id) => ({ id, go: goLapsed.has(id) }));
  desk.events.emit({ type: "certificate", at, lapsed: lapsed.size, go_lapsed: goLapsed.size, plans });
}

/** The first of a plan as it was put, under a salt of its own. */
function first(desk: Desk, moment: Moment, plan: PlanId): CertificateRecord | null {
  const item = desk.privateStore.item("plan", plan);
  if (item === null) return null;
  const salt = desk.suite.randomBytes(SALT_BYTES);
  const findings = findingsOf(desk.plans, plan);
  const committed = commitmentOf(desk.suite, salt, item);
  return { plan, ...issue(desk, moment, { salt, plan: committed, findings }), lapsed: null };
}

/** The next of a plan, where what was found has changed or other rules hold; null where the one that it has stands. */
function again(desk: Desk, moment: Moment, plan: PlanId): CertificateRecord | null {
  const kept = desk.privateStore.certificate(plan);
  if (kept === null) return first(desk, moment, plan);
  const { salt } = kept;
  const was = decodeCertificate(kept.bytes);
  const findings = findingsOf(desk.plans, plan);
  if (was.rules === moment.rules && was.findings === findingsHash(desk.suite, salt, findings)) return null;
  const issued = issue(desk, moment, { salt, plan: was.plan, findings });
  return { plan, ...issued, lapsed: { at: moment.at, outcome: JSON.stringify(was.outcome) } };
}

function renew(desk: Desk, plan: PlanId): CertificateRecord | null {
  const { privateStore, plans } = desk;
  plans.settle();
  look(desk, { put: new Set(), removed: new Set(), touched: new Set([plan]) });
  const kept = privateStore.certificate(plan);
  // Of a plan that is over, what it was last certified for stands.
  if (kept === null || plans.isOver(plan)) return kept;
  const was = decodeCertificate(kept.bytes);
  const findings = findingsOf(plans, plan);
  const renewed = { ...kept, ...issue(desk, momentOf(desk), { salt: kept.salt, plan: was.plan, findings }) };
  privateStore.commit([{ write: "certificate", ...renewed }]);
  return renewed;
}
