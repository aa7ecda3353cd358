/** Every step of the line in its order, each tried in turn: the first that fails is the one to mend. */
import { lookup } from "node:dns/promises";
import { connect } from "node:net";
import type { Doctor, DoctorStep } from "../api/index.ts";
import { FOUNDING_ROSTER_INDEX } from "../line/index.ts";
import { equalBytes } from "../wire/bytes.ts";
import { ParleyError } from "../wire/error.ts";
import type { PartyId } from "../wire/id.ts";
import { serverError } from "./errors.ts";
import { sizeHeldBy } from "./exchange/exchange.ts";
import type { Node } from "./node.ts";
import { testCallOf } from "./watch/health.ts";
import { requireOwnKeys } from "./node-dir.ts";
import { closedBecause } from "./exchange/line-standing.ts";

/** What was found, or a fault: thrown where the step failed, handed back where it is only a warning. */
type Finding = string | ParleyError;
type Step = readonly [name: string, attempt: () => Finding | Promise<Finding>];

const PROBE_MS = 5000;
const CLOCK_MS = 60_000;

export async function runDoctor(node: Node): Promise<Doctor> {
  const own = await inTurn(null, ownSteps(node));
  const peers = await Promise.all(node.state.others.map(({ id }) => inTurn(id, peerSteps(node, id))));
  const steps = [...own, ...peers.flat()];
  return { ok: steps.every(({ outcome }) => outcome === "ok" || outcome === "warning"), steps };
}

/** After a failure the rest is not tried: it could only fail for the same reason. */
async function inTurn(party: PartyId | null, steps: readonly Step[]): Promise<DoctorStep[]> {
  const done: DoctorStep[] = [];
  let failed = false;
  for (const [step, attempt] of steps) {
    if (failed) {
      done.push({ step, party, outcome: "not-tried", code: null, message: "A step before it failed.", next: null });
      continue;
    }
    const found = await tried(attempt);
    failed = found.outcome === "failed";
    done.push({ step, party, ...found });
  }
  return done;
}

async function tried(attempt: Step[1]): Promise<Omit<DoctorStep, "step" | "party">> {
  try {
    const found = await attempt();
    if (typeof found === "string") return { outcome: "ok", code: null, message: found, next: null };
    return { outcome: "warning", code: found.code, message: found.message, next: found.next };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return { outcome: "failed", code: error.code, message: error.message, next: error.next };
  }
}

function ownSteps(node: Node): Step[] {
  const { state, store, now } = node;
  return [
    ["store", () => `${store.log(state.origin)?.size ?? 0} entries in this party's log`],
    [
      "node keys",
      () => {
        requireOwnKeys(state.roster(state.self), state.keys);
        return "they are the ones in the newest roster";
      },
    ],
    ["TLS key", () => tlsKey(node)],
    ["clock", () => clock(node)],
    ["charter", () => closedBecause(state, now()) ?? "in force"],
    ["own address", () => ownAddress(node)],
    ["siren", () => sirenStep(node)],
    ...witnessSteps(node),
  ];
}

/** Nobody is asked here: what the last asking came to is said. */
function witnessSteps({ witnessing, store, state, config }: Node): Step[] {
  const { asking, own } = witnessing;
  const steps = asking.facts().map(({ name, size, at, fault }): Step => {
    const held = store.log(state.origin)?.size ?? 0;
    const cosigned =
      at === null ? "nothing cosigned yet" : `${size} of ${held} entries cosigned at ${new Date(at).toISOString()}`;
    return [`witness ${name}`, () => fault?.error ?? cosigned];
  });
  if (own === null) return steps;
  return [...steps, ["own witness", () => `of ${config.witness?.logs.length ?? 0} logs, with the key ${own.vkey}`]];
}

/** Nothing is rung here: what the last ring came to is said. */
function sirenStep({ siren }: Node): Finding {
  const { configured, lastRungAt, fault } = siren.facts();
  if (fault !== null) return serverError("siren-failed", fault.message);
  if (configured === "none") return "none is set up: without an open page nothing sounds (docs/watch.md)";
  return lastRungAt === null
    ? `${configured}, not rung yet`
    : `${configured}, rung at ${new Date(lastRungAt).toISOString()}`;
}

/** A new one is shown when every other party holds the roster that names it. */
function tlsKey({ state, store }: Node): Finding {
  const history = state.history(state.self);
  const key = state.roster(state.self).carriers?.tls;
  if (key === undefined) return "the roster names none";
  const since = history.findLast((_, i) => {
    const before = history[i - 1]?.roster.carriers?.tls;
    return before === undefined || !equalBytes(before, key);
  });
  const index = since?.index ?? 0;
  const without = state.others.filter(({ id }) => sizeHeldBy(store, state.origin, id) <= index).map(({ id }) => id);
  if (index <= FOUNDING_ROSTER_INDEX || without.length === 0) return "the one in the newest roster is shown";
  const message = `The TLS key before is still shown: ${without.join(" and ")} has not yet received the roster with the new one.`;
  return serverError("tls-key-pending", message);
}

function clock({ state, now }: Node): Finding {
  const at = new Date(now()).toISOString();
  if (now() >= state.charter.founded_at - CLOCK_MS) return at;
  return serverError("clock-before-charter", `This machine says that it is ${at}, before the line was founded.`);
}

async function ownAddress({ state, direct }: Node): Promise<Finding> {
  const own = state.reachable(state.self);
  const { address } = own;
  if (address === null) return serverError("own-address-missing", "This party's roster names no address of its node.");
  try {
    await direct.probe(own);
    return `${address} answers`;
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return serverError("own-address-silent", `${address} does not answer from this machine.`);
  }
}

function peerSteps(node: Node, peer: PartyId): Step[] {
  const { state, store, peers, direct } = node;
  const address = (): string => {
    const found = state.roster(peer).address;
    if (found === null) throw serverError("peer-no-address", `${peer} has published no address.`);
    return found;
  };
  return [
    [`address of ${peer}`, address],
    [`resolve ${peer}`, () => resolves(address())],
    [`reach ${peer}`, () => connects(address())],
    [
      `${peer} answers`,
      async () => {
        await direct.probe(state.reachable(peer));
        return address().startsWith("https:")
          ? "with the TLS key that its roster names"
          : "on this machine, in the clear";
      },
    ],
    [
      `exchange with ${peer}`,
      async () => {
        await peers.attempt(peer);
        return "its parcel opened, by the keys of both rosters";
      },
    ],
    [
      `log of ${peer}`,
      () => {
        const log = store.log(state.originOf(peer));
        const { taken, until } = node.quota.facts(peer);
        if (until !== null) {
          const message = `${peer} has sent more than the charter allows a day (${taken} bytes were taken): nothing more until ${new Date(until).toISOString()}.`;
          return serverError("quota-exceeded", message);
        }
        const held = node.quota.heldBackUntil(peer);
        if (held !== null) {
          return serverError(
            "quota-held-back",
            `${peer} takes nothing more of our log until ${new Date(held).toISOString()}.`,
          );
        }
        if (log?.split !== true) return `${log?.size ?? 0} entries held`;
        return serverError("peer-split", `There is a split record of the log of ${peer}.`);
      },
    ],
    [`clock of ${peer}`, () => peerClock(node, peer)],
    [`receipts of ${peer}`, () => receipts(node, peer)],
    [`test call to ${peer}`, () => testCall(node, peer)],
  ];
}

function testCall(node: Node, peer: PartyId): Finding {
  const { state, calledAt, lastEchoAt } = testCallOf(node, peer);
  const since = calledAt === null ? "" : new Date(calledAt).toISOString();
  if (state === "missed") {
    return serverError("test-call-missed", `${peer} has not echoed the test call of ${since}.`);
  }
  return lastEchoAt === null ? "none echoed yet" : `echoed at ${new Date(lastEchoAt).toISOString()}`;
}

function peerClock({ peers }: Node, peer: PartyId): Finding {
  const ahead = Math.round((peers.facts(peer).clockAheadMs ?? 0) / 1000);
  const shown = `${Math.abs(ahead)} s ${ahead < 0 ? "behind" : "ahead of"} this one`;
  if (Math.abs(ahead) * 1000 <= CLOCK_MS) return shown;
  return serverError("peer-clock-differs", `The clock of ${peer} is ${shown}.`);
}

function receipts({ state, store }: Node, peer: PartyId): Finding {
  const size = store.log(state.origin)?.size ?? 0;
  const held = sizeHeldBy(store, state.origin, peer);
  if (held >= size) return `for all ${size} entries of this party's log`;
  return serverError("peer-receipt-behind", `${peer} has receipted ${held} of ${size} entries.`);
}

async function resolves(address: string): Promise<string> {
  const name = new URL(address).hostname.replace(/^\[|\]$/g, "");
  try {
    return `${name} is ${(await lookup(name)).address}`;
  } catch (cause) {
    throw serverError("peer-name-unresolved", `The name ${name} is not known.`, { cause });
  }
}

function connects(address: string): Promise<string> {
  const { hostname, port, protocol } = new URL(address);
  const target = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || (protocol === "https:" ? 443 : 80)) };
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, timeout: PROBE_MS });
    const fail = (why: string): void => {
      socket.destroy();
      reject(serverError("peer-unreachable", `Nothing listens at ${address} (${why}).`));
    };
    socket.once("connect", () => {
      socket.destroy();
      resolve(`${target.host}:${target.port} takes connections`);
    });
    socket.once("timeout", () => fail(`no answer within ${PROBE_MS / 1000} s`));
    socket.once("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
  });
}
