/**
 * The way by a go-between: parcels are put into the other party's mailbox, and taken out of this node's own. Whatever a
 * go-between says is hostile: what it brings must still be a parcel that opens, and what it repeats brings nothing new.
 */
import type { Suite } from "../../crypto/index.ts";
import {
  CHALLENGE_BYTES,
  collectSeed,
  decodeCollected,
  type Mailbox,
  MAX_COLLECTED_BYTES,
  signCollect,
} from "../../line/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { serverError } from "../errors.ts";
import type { Carrier } from "./carrier.ts";
import { ask } from "./request.ts";
import { PinnedAgent } from "./tls.ts";

export interface MailboxOptions {
  readonly suite: Suite;
  /** From which the keys to this node's own mailboxes are made. */
  readonly seed: Bytes;
  /** This node's own. */
  readonly mailboxes: readonly Mailbox[];
}

export interface MailboxCarrier extends Carrier {
  /** Asks whether the go-between of that mailbox answers, with the right key. @throws peer-unreachable, peer-timeout, peer-other-key */
  answers(mailbox: Mailbox): Promise<void>;
  /** Asks for what is in this node's own mailbox, and leaves it there. @throws the same, peer-refused, mailbox-malformed */
  collects(mailbox: Mailbox): Promise<void>;
}

const TIMEOUT_MS = 30_000;
const PROBE_MS = 5000;
const WAIT_MS = 25_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;
/** Nothing came, and nobody waited for it. */
const AT_ONCE_MS = 1000;

type Extra = Partial<Parameters<typeof ask>[0]>;

function placeOf({ address, id }: Mailbox): string {
  return `${address.replace(/\/$/, "")}/go-between/v1/mailboxes/${toHex(id)}`;
}

/** Requests about mailboxes, over connections that are kept. */
function poster() {
  const agents = new Map<string, PinnedAgent>();
  const agentFor = ({ tls }: Mailbox): PinnedAgent => {
    const name = toHex(tls);
    const agent = agents.get(name) ?? new PinnedAgent([tls], null);
    agents.set(name, agent);
    return agent;
  };
  const post = (mailbox: Mailbox, verb: string, body: Bytes, extra: Extra) =>
    ask({
      url: `${placeOf(mailbox)}/${verb}`,
      body,
      maxBytes: CHALLENGE_BYTES,
      timeoutMs: TIMEOUT_MS,
      agent: agentFor(mailbox),
      signal: new AbortController().signal,
      ...extra,
    });
  return { post, close: (): void => agents.forEach((agent) => agent.destroy()) };
}

type Post = ReturnType<typeof poster>["post"];

/** Requests to collect: what is in a mailbox is given to who signs a challenge. */
function collector({ suite, seed }: MailboxOptions, post: Post) {
  const challengeOf = async (mailbox: Mailbox, extra: Extra): Promise<Bytes> => {
    const challenge = await post(mailbox, "challenge", new Uint8Array(0), extra);
    if (challenge.length !== CHALLENGE_BYTES) throw serverError("peer-refused", "The go-between's challenge is none.");
    return challenge;
  };
  const collectOnce = async (mailbox: Mailbox, state: Collecting, signal: AbortSignal): Promise<readonly Bytes[]> => {
    const challenge = state.challenge ?? (await challengeOf(mailbox, { signal }));
    state.challenge = null;
    const { tls, id } = mailbox;
    const asked = { tls, id, challenge, deleted: [...state.done.values()], waitMs: state.full ? 0 : WAIT_MS };
    const request = signCollect(suite, asked, collectSeed(suite, seed, id));
    const reply = decodeCollected(
      await post(mailbox, "collect", request, {
        maxBytes: MAX_COLLECTED_BYTES,
        timeoutMs: TIMEOUT_MS + WAIT_MS,
        signal,
      }),
    );
    state.done.clear();
    state.challenge = reply.challenge;
    state.full = reply.more;
    return reply.parcels;
  };
  return { challengeOf, collectOnce };
}

export function mailboxCarrier(options: MailboxOptions): MailboxCarrier {
  const { suite, mailboxes } = options;
  const { post, close } = poster();
  const { challengeOf, collectOnce } = collector(options, post);
  return {
    name: "go-between",
    reaches: ({ carriers }) => (carriers?.mailboxes.length ?? 0) > 0,
    carry: async ({ party, carriers }, sealed, signal) => {
      let fault: unknown = serverError("peer-no-address", `${party} has published no mailbox.`);
      for (const mailbox of carriers?.mailboxes ?? []) {
        try {
          await post(mailbox, "deposit", sealed, { signal, authorization: toHex(mailbox.deposit) });
          return null;
        } catch (error) {
          fault = error;
        }
      }
      throw fault;
    },
    collect: async (take, heard, signal) => {
      await Promise.all(
        mailboxes.map((mailbox) => {
          const state: Collecting = { challenge: null, done: new Map(), full: false };
          const once = async (): Promise<boolean> => {
            const parcels = await collectOnce(mailbox, state, signal);
            const isNew = takeAll(suite, parcels, state, take);
            // What was brought and could not be taken is no success.
            heard.reached(placeOf(mailbox));
            return isNew;
          };
          const failed = (error: unknown): void => {
            state.challenge = null;
            heard.failed(placeOf(mailbox), error);
          };
          return collectForEver(once, failed, signal);
        }),
      );
    },
    answers: async (mailbox) => void (await challengeOf(mailbox, { timeoutMs: PROBE_MS })),
    collects: async (mailbox) => {
      const challenge = await challengeOf(mailbox, { timeoutMs: PROBE_MS });
      await collectOnce(mailbox, { challenge, done: new Map(), full: true }, new AbortController().signal);
    },
    close,
  };
}

/** `once` gives true where something new came. Who repeats old parcels, or answers at once with nothing, is asked less often. */
async function collectForEver(
  once: () => Promise<boolean>,
  failed: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let pause = 0; !signal.aborted;) {
    if (pause > 0) await paused(pause, signal);
    if (signal.aborted) return;
    const began = Date.now();
    let useful = false;
    try {
      useful = (await once()) || Date.now() - began >= AT_ONCE_MS;
    } catch (error) {
      if (!signal.aborted) failed(error);
    }
    pause = useful ? 0 : Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pause * 2));
  }
}

interface Collecting {
  challenge: Bytes | null;
  /** Digests of parcels that need not be kept any more, each once however often they were brought. */
  readonly done: Map<string, Bytes>;
  full: boolean;
}

const MAX_DONE = 128;

/** True where one of them was new. What is no parcel of ours is good for nothing, and may go too. */
function takeAll(
  suite: Suite,
  parcels: readonly Bytes[],
  state: Collecting,
  take: (sealed: Bytes) => boolean,
): boolean {
  let isNew = false;
  for (const sealed of parcels) {
    try {
      isNew = take(sealed) || isNew;
    } catch (error) {
      if (!isParleyError(error) || !error.code.startsWith("parcel-")) throw error;
    }
    const digest = suite.sha256(sealed);
    if (state.done.size < MAX_DONE) state.done.set(toHex(digest), digest);
  }
  return isNew;
}

function paused(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
