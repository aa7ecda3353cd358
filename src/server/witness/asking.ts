/**
 * Asks the witnesses of `parley.toml` to cosign this node's own newest checkpoint, in the background: one request at a
 * time to each, with growing pauses while one does not answer. Nothing in the node waits for any of it.
 */
import type { Suite } from "../../crypto/index.ts";
import {
  consistencyProof,
  cosignatureFrom,
  formatAddCheckpoint,
  formatVkey,
  parseCheckpoint,
  sizeFrom,
} from "../../log/index.ts";
import type { CheckpointRecord, LineStore } from "../../store/index.ts";
import { isParleyError, type ParleyError } from "../../wire/error.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { WitnessToAsk } from "./config.ts";
import type { Cosignatures } from "./cosignatures.ts";
import { post } from "./post.ts";

export interface WitnessFacts {
  readonly name: string;
  readonly url: string;
  /** Entries of this node's log that it has cosigned; 0 and null where none. */
  readonly size: number;
  /** When it says that it did, by its clock. */
  readonly at: number | null;
  /** Of the last attempt; null where it went well. */
  readonly fault: { readonly error: ParleyError; readonly at: number } | null;
}

export interface Asking {
  /** There may be a new checkpoint. It returns at once. */
  kick(): void;
  facts(): readonly WitnessFacts[];
  stop(): Promise<void>;
}

export interface AskingContext {
  readonly suite: Suite;
  readonly origin: () => LogOrigin;
  readonly store: LineStore;
  readonly cosignatures: Cosignatures;
  readonly logger: Logger;
  readonly now: () => number;
}

/** What comes at once is cosigned together: a witness sees no more than one checkpoint in so long. */
const REST_MS = 500;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 600_000;

export function asking(context: AskingContext, witnesses: readonly WitnessToAsk[]): Asking {
  const ending = new AbortController();
  const all = witnesses.map((witness) => askingOne(context, witness, ending.signal));
  return {
    kick: () => all.forEach((each) => each.kick()),
    facts: () => all.map((each) => each.facts()),
    stop: async () => {
      ending.abort();
      await Promise.all(all.map((each) => each.ended()));
    },
  };
}

interface AskingOne {
  kick(): void;
  facts(): WitnessFacts;
  ended(): Promise<void>;
}

function askingOne(context: AskingContext, witness: WitnessToAsk, ending: AbortSignal): AskingOne {
  const { suite, cosignatures, logger, now } = context;
  const id = formatVkey(suite, "cosignature", witness.key);
  let fault: WitnessFacts["fault"] = null;
  let [failures, timer, running]: [number, NodeJS.Timeout | null, Promise<void> | null] = [0, null, null];
  const schedule = (ms: number): void => {
    if (timer === null && running === null && !ending.aborted) timer = setTimeout(begin, ms);
  };
  const attempt = async (): Promise<void> => {
    try {
      await round(context, witness, id, ending);
      if (failures > 0) logger.info("witness-works", { witness: witness.key.name, failures });
      [failures, fault] = [0, null];
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      fault = { error: asFault(error), at: now() };
      const { code } = fault.error;
      if ((failures & (failures - 1)) === 0)
        logger.warn("witness-failed", { witness: witness.key.name, code, failures });
    }
  };
  const begin = (): void => {
    timer = null;
    running = attempt().finally(() => {
      running = null;
      if (failures > 0) schedule(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
      else if (dueOf(context, id) !== null) schedule(REST_MS);
    });
  };
  return {
    kick: () => schedule(REST_MS),
    facts: () => {
      const newest = cosignatures.newest(id, context.origin());
      const { name } = witness.key;
      return { name, url: witness.url, size: newest?.size ?? 0, at: newest?.at ?? null, fault };
    },
    ended: async () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await running;
    },
  };
}

/** The newest checkpoint of what this node itself holds of its log; null where the witness has cosigned that one. */
function dueOf({ store, origin, cosignatures }: AskingContext, id: string): CheckpointRecord | null {
  const newest = store.checkpoint(origin(), store.log(origin())?.size ?? 0);
  const cosigned = cosignatures.newest(id, origin())?.size ?? -1;
  return newest === null || newest.size <= cosigned ? null : newest;
}

/** @throws witness-unanswered, witness-refused, witness-ahead, witness-disagrees, witness-reply-malformed, cosignature-… */
async function round(
  context: AskingContext,
  { url, key }: WitnessToAsk,
  id: string,
  ending: AbortSignal,
): Promise<void> {
  const { suite, store, cosignatures } = context;
  const due = dueOf(context, id);
  if (due === null) return;
  const { checkpoint } = parseCheckpoint(due.note);
  const { origin } = checkpoint;
  const read = store.hashReader(origin as LogOrigin);
  const ask = (oldSize: number) => {
    const proof = consistencyProof(suite, oldSize, checkpoint.size, read);
    return post(`${url}/add-checkpoint`, formatAddCheckpoint({ oldSize, proof, note: due.note }), ending);
  };
  let seen = cosignatures.newest(id, origin)?.size ?? 0;
  let reply = await ask(seen);
  if (reply.status === 409) {
    const told = sizeFrom(reply.text);
    requireBelow(key.name, checkpoint.size, told, told === seen);
    seen = told;
    reply = await ask(seen);
  }
  // A witness that another request overtook meanwhile is asked again like any that fails.
  if (reply.status === 409) requireBelow(key.name, checkpoint.size, sizeFrom(reply.text), seen === checkpoint.size);
  if (reply.status === 422)
    throw serverError(
      "witness-disagrees",
      `The witness ${key.name} says that this log did not grow from what it cosigned.`,
    );
  if (reply.status !== 200)
    throw serverError("witness-refused", `The witness ${key.name} refused (status ${reply.status}).`);
  const { line, at } = cosignatureFrom(suite, checkpoint, reply.text, key);
  cosignatures.keep({ witness: id, origin, size: checkpoint.size, line, at });
}

/** A witness's size is signed by nobody: it proves nothing, and people must hear of it. */
function requireBelow(name: string, own: number, told: number, disagrees: boolean): void {
  if (told > own) {
    throw serverError(
      "witness-ahead",
      `The witness ${name} says that it saw ${told} entries of this log; this node holds ${own}.`,
    );
  }
  if (disagrees)
    throw serverError("witness-disagrees", `The witness ${name} says that it saw another log of ${told} entries.`);
}

function asFault(error: unknown): ParleyError {
  return isParleyError(error) ? error : serverError("internal", "The node met a fault of its own.", { cause: error });
}
