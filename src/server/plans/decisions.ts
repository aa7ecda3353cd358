/** GO and NO GO, and the overriding of conflicts: who decided what, on which certificate. */
import { formatTime } from "../../geo/index.ts";
import { apiError, type Conflict, type GivenReplyOf } from "../../api/index.ts";
import {
  certificateHash,
  decodeCertificate,
  formatCertificateFile,
  renderCertificate,
} from "../../deconflict/index.ts";
import type { SignedRoster } from "../../line/index.ts";
import { newest, rosterHash } from "../../line/index.ts";
import type { CertificateRecord, PrivateItem } from "../../store/index.ts";
import type { OfficerId, PlanId } from "../../wire/id.ts";
import { breachesOf } from "./breaches.ts";
import { findingsOf } from "./certificates.ts";
import { logsBehind } from "./certified-heads.ts";
import { serverError } from "../errors.ts";
import type { Node } from "../node.ts";
import { keyOf } from "./conflicts.ts";

type Desk = Pick<Node, "suite" | "state" | "store" | "privateStore" | "plans" | "certificates" | "events" | "now">;
type StateReply = GivenReplyOf<"planState">;
type State = StateReply["state"];

export function planStates(desk: Desk): State[] {
  return desk.privateStore.items("plan").map(({ id }) => stateOf(desk, id));
}

/** Of those that had GO and have it no more, and are not over: somebody may still act on them. */
export function lapsedStates(desk: Desk): State[] {
  const { privateStore, plans } = desk;
  const standing = privateStore.lapsedGo().filter((id) => privateStore.item("plan", id) !== null && !plans.isOver(id));
  return standing.map((id) => stateOf(desk, id));
}

/** @throws not-found */
export function planState(desk: Desk, plan: PlanId): StateReply {
  itemOf(desk, plan);
  return replyOf(desk, plan);
}

/** @throws not-found, plan-over, clock-stepped-back, certificate-behind, plan-breach */
export function go(desk: Desk, plan: PlanId, by: OfficerId, although: string | null): StateReply {
  itemOf(desk, plan);
  refuseUntimely(desk, plan);
  const record = desk.certificates.renew(plan);
  const behind = logsBehind(desk.store);
  const waiting = behind.find((log) => log.waiting > 0) ?? (although === null ? behind[0] : undefined);
  if (record === null || waiting !== undefined) {
    const { party = null, waiting: here = 0, missing = 0 } = waiting ?? {};
    const what = here > 0 ? `${here} entries are not opened yet` : `${missing} entries have not come`;
    throw serverError("certificate-behind", `${plan} is not checked against all that was told: of ${party}, ${what}.`, {
      detail: { party, waiting: here, missing },
    });
  }
  const [breach, ...more] = breachesOf(desk, plan);
  if (breach !== undefined) {
    const also = more.length === 0 ? "" : ` And ${more.length} more.`;
    throw serverError("plan-breach", `No GO for ${plan}: ${breach.because}${also}`, {
      detail: { breaches: more.length + 1, against: keyOf(breach), grave: breach.grave },
    });
  }
  const { salt, bytes, signature } = record;
  const certificate = { salt, bytes, signature };
  const at = desk.now();
  desk.privateStore.commit([{ write: "decision", plan, decision: "GO", by, at, reason: although ?? "", certificate }]);
  return decided(desk, plan);
}

/** A clock may be set by a second or so; behind that, what it says of windows and of the order of things is not true. */
const SET_MS = 2000;

function refuseUntimely(desk: Desk, plan: PlanId): void {
  const kept = desk.privateStore.certificate(plan);
  const at = kept === null ? null : decodeCertificate(kept.bytes).at;
  if (at !== null && desk.now() < at - SET_MS) {
    const words = `this node's clock says ${formatTime(desk.now())}, and ${plan} was certified at ${formatTime(at)}`;
    throw serverError("clock-stepped-back", `No GO: ${words}.`);
  }
  desk.plans.settle();
  if (desk.plans.isOver(plan)) throw serverError("plan-over", `No GO for ${plan}: its time is over.`);
}

/** @throws not-found */
export function noGo(desk: Desk, plan: PlanId, by: OfficerId, reason: string): StateReply {
  itemOf(desk, plan);
  const at = desk.now();
  desk.privateStore.commit([
    { write: "go-lapsed", plan, at },
    { write: "decision", plan, decision: "NO GO", by, at, reason, certificate: null },
  ]);
  return decided(desk, plan);
}

/** @throws not-found, override-refused */
export function override(
  desk: Desk,
  plan: PlanId,
  by: OfficerId,
  { against, reason }: { readonly against: string; readonly reason: string },
): StateReply {
  itemOf(desk, plan);
  const conflict = conflictsOf(desk, plan).find((each) => keyOf(each) === against);
  if (conflict === undefined) {
    throw serverError("override-refused", `${plan} has no conflict with ${against.slice(0, 8)} now.`);
  }
  const { grave } = conflict;
  desk.privateStore.commit([{ write: "override", plan, against, grave, by, at: desk.now(), reason }]);
  return decided(desk, plan);
}

function decided(desk: Desk, plan: PlanId): StateReply {
  desk.events.emit({ type: "plan", at: desk.now(), count: 1 });
  return replyOf(desk, plan);
}

function replyOf(desk: Desk, plan: PlanId): StateReply {
  const record = desk.privateStore.certificate(plan);
  return {
    state: stateOf(desk, plan),
    conflicts: [...conflictsOf(desk, plan)],
    rendered: record === null ? null : renderedOf(record),
    behind: logsBehind(desk.store),
  };
}

/** The certificate as a file for others, with the plan only where it is to be opened. @throws not-found */
export function certificateFile(desk: Desk, plan: PlanId, opened: boolean): string {
  const item = itemOf(desk, plan);
  const record = desk.certificates.renew(plan);
  if (record === null) throw apiError("not-found", `There is no certificate of ${plan} on this node.`);
  const { salt, bytes, signature } = record;
  const { self } = desk.state;
  const findings = findingsOf(desk.plans, plan);
  return formatCertificateFile({
    bytes,
    signature,
    identity: desk.state.party(self).identity,
    roster: ownRoster(desk),
    opening: opened ? { salt, plan: item, findings } : null,
  });
}

/** The roster in force, as it was signed. */
function ownRoster({ suite, state, store }: Desk): SignedRoster {
  const { hash } = newest(state.history(state.self));
  const inLog = store.rosters().find(({ party, bytes }) => party === state.self && rosterHash(suite, bytes) === hash);
  const signed = inLog ?? state.foundingRosters.get(state.self);
  if (signed === undefined) throw new Error("the roster in force is nowhere");
  return signed;
}

function itemOf({ privateStore }: Desk, plan: PlanId): PrivateItem {
  const item = privateStore.item("plan", plan);
  if (item === null) throw apiError("not-found", `There is no plan ${plan} on this node.`);
  return item;
}

function conflictsOf({ plans }: Desk, plan: PlanId): readonly Conflict[] {
  return plans.conflictsOfPlan(plan);
}

function renderedOf({ bytes }: CertificateRecord) {
  const { title, lines, notice } = renderCertificate(decodeCertificate(bytes));
  return { title, lines: [...lines], notice };
}

function stateOf(desk: Desk, plan: PlanId): State {
  const { suite, privateStore } = desk;
  const record = privateStore.certificate(plan);
  const decision = privateStore.decision(plan);
  return {
    plan,
    certificate: record === null ? null : certificateOf(desk, record),
    lapsed: record?.lapsed == null ? null : { at: record.lapsed.at, outcome: JSON.parse(record.lapsed.outcome) },
    decision:
      decision === null
        ? null
        : {
            decision: decision.decision,
            by: decision.by,
            at: decision.at,
            reason: decision.reason,
            certificate: decision.certificate === null ? null : certificateHash(suite, decision.certificate.bytes),
            lapsed_at: decision.lapsedAt,
          },
    overrides: privateStore.overrides(plan).map(({ against, grave, by, at, reason }) => {
      return { against, grave: grave as Conflict["grave"], by, at, reason };
    }),
    breaches: breachesOf(desk, plan).length,
  };
}

function certificateOf({ suite }: Desk, { bytes }: CertificateRecord): State["certificate"] {
  const { at, outcome } = decodeCertificate(bytes);
  return { hash: certificateHash(suite, bytes), at, outcome };
}
