/** Every step of the line in its order, each tried in turn: the first that fails is the one to mend. */
import { accessSync, constants, statSync } from "node:fs";
import type { Doctor, DoctorStep } from "../api/index.ts";
import { FOUNDING_ROSTER_INDEX, type Have, lineError } from "../line/index.ts";
import { equalBytes } from "../wire/bytes.ts";
import { isParleyError, ParleyError } from "../wire/error.ts";
import type { PartyId } from "../wire/id.ts";
import { found } from "./doctor-findings.ts";
import { fault, type Finding, inTurn, notTried, type Step } from "./doctor-steps.ts";
import { mailboxSteps, waysTo } from "./doctor-ways.ts";
import { serverError } from "./errors.ts";
import { sizeHeldBy } from "./exchange/exchange.ts";
import type { Node } from "./node.ts";
import { testCallOf } from "./watch/health.ts";
import { requireOwnKeys } from "./node-dir.ts";
import { closedBecause } from "./exchange/line-standing.ts";

const CLOCK_MS = 60_000;

export async function runDoctor(node: Node): Promise<Doctor> {
  const own = [...(await inTurn(null, ownSteps(node))), ...(await mailboxSteps(node))];
  const peers = await Promise.all(node.state.present().map(({ id }) => stepsWith(node, id)));
  const steps = [...own, ...peers.flat()];
  return { ok: steps.every(({ outcome }) => outcome !== "failed"), steps };
}

async function stepsWith(node: Node, peer: PartyId): Promise<DoctorStep[]> {
  const came = await inTurn(peer, unverifiedSteps(node, peer));
  const ways = await waysTo(node, peer);
  const isCut = ways.some(({ outcome }) => outcome === "failed");
  const rest = isCut ? notTried(peer, peerSteps(node, peer)) : await inTurn(peer, peerSteps(node, peer));
  return [...came, ...ways, ...rest];
}

function ownSteps(node: Node): Step[] {
  const { state, store, rest, now } = node;
  const ownLog: Step = ["own log", () => ownLogStep(node)];
  const steps: Step[] = [
    ["store", () => found("entries", { count: store.log(state.origin)?.size ?? 0 })],
    ["at rest", () => (rest.isEncrypted ? found("sealed") : fault("stores-plain", found("unsealed")))],
    [
      "node keys",
      () => {
        requireOwnKeys(state.roster(state.self), state.keys);
        return found("keys-newest");
      },
    ],
    ["TLS key", () => tlsKey(node)],
    ["clock", () => clock(node)],
    ["charter", () => closedBecause(state, now()) ?? found("in-force")],
    ["own address", () => ownAddress(node)],
    ["siren", () => sirenStep(node)],
    ...witnessSteps(node),
  ];
  // Last, for all of the others are worth looking at though it fails. But where another node speaks for this party, that
  // is the reason for whatever else fails.
  return isLocked(node) ? [ownLog, ...steps] : [...steps, ownLog];
}

/** That it was behind is over by now, and why it was is still to be found. */
function ownLogStep(node: Node): Finding {
  const { outbound, restored } = node;
  outbound.requireOpen();
  const others = saysRestored(node);
  if (others.length > 0) {
    const who = others.join(" and ");
    const message = `By the word of ${who}, this party's node was restored since, and this is the one of before.`;
    return serverError("own-log-elsewhere", message);
  }
  const count = restored.unannounced();
  if (count === 0) return found("may-speak");
  const entries = count === 1 ? "an entry" : `${count} entries`;
  return serverError(
    "own-log-taken-back",
    `This node had lost ${entries} of its own log, and took them back from others since it started.`,
  );
}

/** Who names a later term of the own log than this node ever wrote in: nobody but a restore raises it. */
function saysRestored({ state, store, peers }: Node): PartyId[] {
  const own = store.term(state.self);
  const isLater = ({ origin, term }: Have): boolean => origin === state.origin && (term ?? 0) > own;
  return state.others.map(({ id }) => id).filter((id) => peers.have(id)?.some(isLater) === true);
}

function isLocked({ state }: Node): boolean {
  try {
    state.requireUnlocked();
    return false;
  } catch (error) {
    if (!isParleyError(error, "node-locked")) throw error;
    return true;
  }
}

/** Nobody is asked here: what the last asking came to is said. */
function witnessSteps({ witnessing, store, state, config }: Node): Step[] {
  const { asking, own } = witnessing;
  const steps = asking.facts().map(({ name, size, at, fault }): Step => {
    const held = store.log(state.origin)?.size ?? 0;
    const cosigned = at === null ? found("cosigned-none") : found("cosigned", { size, held, at });
    return [`witness ${name}`, () => fault?.error ?? cosigned];
  });
  if (own === null) return steps;
  return [
    ...steps,
    ["own witness", () => found("witnessing", { count: config.witness?.logs.length ?? 0, key: own.vkey })],
  ];
}

/** Nothing is rung here: what the last ring came to is said. */
function sirenStep({ siren, config }: Node): Finding {
  const { configured: how, lastRungAt: at, fault: failure } = siren.facts();
  if (failure !== null) return serverError("siren-failed", failure.message);
  if (how === "none") return { remark: found("siren-none") };
  const target = config.watch.siren?.target;
  if (target?.type === "command" && !isProgram(target.argv[0])) {
    return serverError("siren-failed", `There is no program ${target.argv[0]} that this user may run.`);
  }
  return at === null ? found("siren-ready", { how }) : found("siren-rung", { how, at });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A new one is shown when every other party holds the roster that names it. */
function tlsKey({ state, store }: Node): Finding {
  const history = state.history(state.self);
  const key = state.roster(state.self).carriers?.tls;
  if (key === undefined) return found("tls-none");
  const since = history.findLast((_, i) => {
    const before = history[i - 1]?.roster.carriers?.tls;
    return before === undefined || !equalBytes(before, key);
  });
  const index = since?.index ?? 0;
  const without = state
    .present()
    .filter(({ id }) => sizeHeldBy(store, state.origin, id) <= index)
    .map(({ id }) => id);
  if (index <= FOUNDING_ROSTER_INDEX || without.length === 0) return found("tls-newest");
  return fault("tls-key-pending", found("tls-pending", { parties: without.join(" and ") }));
}

function clock({ state, now }: Node): Finding {
  const at = now();
  if (at >= state.charter.founded_at - CLOCK_MS) return found("clock-at", { at });
  return fault("clock-before-charter", found("clock-early", { at }));
}

async function ownAddress({ state, direct, config }: Node): Promise<Finding> {
  const own = state.reachable(state.self);
  const { address } = own;
  if (address === null) return serverError("own-address-missing", "This party's roster names no address of its node.");
  // What answers where the roster sends the others may be the machine of before.
  const set = config.publicAddress;
  if (set !== null && set !== address) return fault("own-address-other", found("elsewhere", { own: set, address }));
  try {
    await direct.probe(own);
    return found("answers", { address });
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return fault("own-address-silent", found("silent", { address }));
  }
}

function peerSteps(node: Node, peer: PartyId): Step[] {
  const { state, store } = node;
  return [
    [
      `log of ${peer}`,
      () => {
        const log = store.log(state.originOf(peer));
        const { taken, until } = node.quota.facts(peer);
        if (until !== null) {
          return fault("quota-exceeded", found("quota-taken", { party: peer, bytes: taken, at: until }));
        }
        const at = node.quota.heldBackUntil(peer);
        if (at !== null) return fault("quota-held-back", found("quota-held", { party: peer, at }));
        if (log?.split !== true) return found("held", { count: log?.size ?? 0 });
        return serverError("peer-split", `There is a split record of the log of ${peer}.`);
      },
    ],
    [`clock of ${peer}`, () => peerClock(node, peer)],
    [`receipts of ${peer}`, () => receipts(node, peer)],
    [`test call to ${peer}`, () => testCall(node, peer)],
  ];
}

/** What comes now and then is asked for again, and nobody has anything to do about it. */
const PASSING: readonly string[] = ["unverified-place", "unverified-closed"];
const LATELY = { ms: 600_000, intervals: 4 };

/** Only where something of it did not verify of late; first, for it came whether or not that party is reached from here. */
function unverifiedSteps({ state, unverified, now }: Node, peer: PartyId): Step[] {
  const lately = Math.max(LATELY.ms, LATELY.intervals * state.charter.exchange_interval_s * 1000);
  const facts = unverified.facts(peer).filter(({ code, lastAt }) => !PASSING.includes(code) && lastAt > now() - lately);
  return facts.map(({ code, message, times, lastAt }): Step => {
    const last = `at ${new Date(lastAt).toISOString()}`;
    const count = times === 1 ? `once, ${last}` : `${times} times since this node started, the last ${last}`;
    return [`parcels of ${peer}`, () => lineError(code, `${message} It came ${count}.`)];
  });
}

function testCall(node: Node, peer: PartyId): Finding {
  const { state, calledAt, lastEchoAt } = testCallOf(node, peer);
  if (state === "missed" && calledAt !== null) {
    return fault("test-call-missed", found("call-missed", { party: peer, at: calledAt }));
  }
  return lastEchoAt === null ? found("call-none") : found("call-echoed", { at: lastEchoAt });
}

function peerClock({ peers }: Node, peer: PartyId): Finding {
  const ahead = Math.round((peers.facts(peer).clockAheadMs ?? 0) / 1000);
  const shown = found(ahead < 0 ? "clock-behind" : "clock-ahead", { seconds: Math.abs(ahead) });
  if (Math.abs(ahead) * 1000 <= CLOCK_MS) return shown;
  return { error: serverError("peer-clock-differs", `The clock of ${peer} is ${shown.message}.`), found: shown };
}

function receipts({ state, store }: Node, peer: PartyId): Finding {
  const size = store.log(state.origin)?.size ?? 0;
  const held = sizeHeldBy(store, state.origin, peer);
  if (held >= size) return found("receipted", { count: size });
  return fault("peer-receipt-behind", found("receipts-owed", { party: peer, held, size }));
}
