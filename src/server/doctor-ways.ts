/** The ways to the others, each tried: straight to a node, and by go-betweens; and this node's own mailboxes. */
import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import type { DoctorStep } from "../api/index.ts";
import type { Mailbox } from "../line/index.ts";
import { isParleyError, type ParleyError } from "../wire/error.ts";
import type { PartyId } from "../wire/id.ts";
import { type Found, found } from "./doctor-findings.ts";
import { Failed, type Finding, inTurn, type Step } from "./doctor-steps.ts";
import { serverError } from "./errors.ts";
import type { WayFacts } from "./exchange/peers.ts";
import type { Node } from "./node.ts";

const PROBE_MS = 5000;
const SILENT: readonly string[] = ["peer-unreachable", "peer-timeout"];

/** Every way to `peer` that there is. What fails beside one that works is a warning: what is said arrives all the same. */
export async function waysTo(node: Node, peer: PartyId): Promise<DoctorStep[]> {
  const { address, carriers } = node.state.roster(peer);
  const mailboxes = carriers?.mailboxes ?? [];
  const direct = address === null && mailboxes.length > 0 ? [] : await inTurn(peer, directSteps(node, peer));
  const isReached = direct.length > 0 && !direct.some(isFailed);
  const posts: readonly Step[] = mailboxes.length === 0 ? [] : [goBetweenStep(node, peer, mailboxes, isReached)];
  const posted = await inTurn(peer, posts);
  const works = isReached || (posted.length > 0 && !posted.some(isFailed)) || isBrought(node, peer);
  const steps = [...direct, ...posted];
  return works ? steps.map((step) => (isFailed(step) ? { ...step, outcome: "warning" } : step)) : steps;
}

function isFailed({ outcome }: DoctorStep): boolean {
  return outcome === "failed";
}

function wayOf({ peers }: Node, peer: PartyId, name: WayFacts["carrier"]): WayFacts | undefined {
  return peers.facts(peer).ways.find(({ carrier }) => carrier === name);
}

/** A person carries it at his own pace; where the charter's timer is slow, so may he be. */
const CARRIED = { ms: 86_400_000, intervals: 4 };

/** Nobody can be tried by courier: it is known that what the party wrote lately came that way, and was taken. */
function isBrought({ courier, state, now }: Node, peer: PartyId): boolean {
  const lately = Math.max(CARRIED.ms, CARRIED.intervals * state.charter.exchange_interval_s * 1000);
  const writtenAt = courier.writtenAt(peer);
  return writtenAt !== null && writtenAt > now() - lately;
}

function directSteps({ state, peers, direct }: Node, peer: PartyId): Step[] {
  const address = (): string => {
    const found = state.roster(peer).address;
    if (found === null) throw serverError("peer-no-address", `${peer} has published no address.`);
    return found;
  };
  return [
    [`address of ${peer}`, () => found("address", { address: address() })],
    [`resolve ${peer}`, () => resolves(address())],
    [`reach ${peer}`, () => connects(address())],
    [
      `${peer} answers`,
      async () => {
        await direct.probe(state.reachable(peer));
        return found(address().startsWith("https:") ? "tls-named" : "in-clear");
      },
    ],
    [
      `exchange with ${peer}`,
      async () => {
        await peers.attempt(peer, "direct");
        return found("exchanged");
      },
    ],
  ];
}

/** A parcel is put into the first mailbox that takes it; that another does not answer is worth knowing before it must. */
function goBetweenStep(node: Node, peer: PartyId, mailboxes: readonly Mailbox[], isReached: boolean): Step {
  const whose = `The go-between of ${peer}`;
  const attempt = async (): Promise<Finding> => {
    const silent = await Promise.all(mailboxes.map((mailbox) => faultOf(whose, () => node.mailbox.answers(mailbox))));
    const [first] = silent.flatMap((fault) => fault ?? []);
    if (first !== undefined && silent.every((fault) => fault !== null)) throw first;
    const refused = await faultOf(whose, () => node.peers.attempt(peer, "go-between"));
    if (refused !== null) throw refused;
    if (first !== undefined) return first;
    if (!isReached && (wayOf(node, peer, "go-between")?.lastHeardAt ?? null) === null) {
      const words = `${whose} takes parcels, and none of ${peer} has come by way of one since this node started.`;
      return serverError("peer-timeout", words);
    }
    return found("answers", { address: mailboxes.map(({ address }) => address).join(", ") });
  };
  return [`go-between of ${peer}`, attempt];
}

/**
 * This node's own: each is asked for what is in it. Where nothing else leads here, nobody is heard any more; but what
 * comes after these steps is still worth looking at, so each stands by itself.
 */
export async function mailboxSteps({ config, mailbox, state }: Node): Promise<DoctorStep[]> {
  const tried = await Promise.all(
    config.mailboxes.map(async (own) => {
      return { address: own.address, fault: await faultOf("Our mailbox", () => mailbox.collects(own)) };
    }),
  );
  const isHeard = state.roster(state.self).address !== null || tried.some(({ fault }) => fault === null);
  const steps = tried.map(({ address, fault }): Step => {
    const attempt = (): Finding => {
      if (fault !== null && !isHeard) throw fault;
      return fault ?? found("answers", { address });
    };
    return [`mailbox at ${address}`, attempt];
  });
  return (await Promise.all(steps.map((step) => inTurn(null, [step])))).flat();
}

/** What goes wrong at a go-between is for whoever runs it, not for the party behind it. */
async function faultOf(whose: string, attempt: () => Promise<void>): Promise<ParleyError | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    if (!isParleyError(error)) throw error;
    const words = `${whose}: ${error.message}`;
    if (SILENT.includes(error.code)) return serverError("go-between-silent", words);
    const said = error.detail["code"];
    return said === "mailbox-full" || said === "mailbox-refused" ? serverError(said, words) : error;
  }
}

async function resolves(address: string): Promise<Found> {
  const name = new URL(address).hostname.replace(/^\[|\]$/g, "");
  if (isIP(name) !== 0) return found("address", { address: name });
  try {
    return found("resolved", { name, address: (await lookup(name)).address });
  } catch (cause) {
    throw serverError("peer-name-unresolved", `The name ${name} is not known.`, { cause });
  }
}

function connects(address: string): Promise<Found> {
  const { hostname, port, protocol } = new URL(address);
  const target = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || (protocol === "https:" ? 443 : 80)) };
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, timeout: PROBE_MS });
    const fail = (why: string): void => {
      socket.destroy();
      reject(new Failed("peer-unreachable", found("unreachable", { address, why })));
    };
    socket.once("connect", () => {
      socket.destroy();
      resolve(found("connects", { address: `${target.host}:${target.port}` }));
    });
    socket.once("timeout", () => fail(`no answer within ${PROBE_MS / 1000} s`));
    socket.once("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
  });
}
