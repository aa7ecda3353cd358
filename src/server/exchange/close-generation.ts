/**
 * Ends this party's own generation and begins the next, while its node does not run: the way on after a restore that
 * nobody can complete, after a split, or when the old node was lost (spec/closing.md). Whoever holds the old keys, a
 * copy of this node or a thief, speaks for nobody once the others know.
 */
import { existsSync, rmSync } from "node:fs";
import type { Signer, Suite } from "../../crypto/index.ts";
import {
  type Appointments,
  type Closing,
  type ClosingCause,
  newest,
  nextRoster,
  rosterHash,
  signClosing,
  signRoster,
  successionsOf,
} from "../../line/index.ts";
import { frontierFrom, rootOf } from "../../log/index.ts";
import { logOrigin, parseLogOrigin } from "../../wire/id.ts";
import { type AtRest, PLAIN } from "../at-rest/at-rest.ts";
import { serverError } from "../errors.ts";
import { receiptsOver } from "./receipts.ts";
import { nodePaths, readKeyring, writeKeyring } from "../node-dir.ts";
import { newestSeeds, publicNodeKeys, withFreshKeys } from "../node-keys.ts";
import { forgottenIn } from "./forgotten.ts";
import { requireAnotherClosing } from "./line-state.ts";
import { type Stopped, whileStopped } from "./stopped.ts";

export interface ClosingOptions {
  readonly cause: ClosingCause;
  /** The number of the generation that begins; null: one more than the newest that is known here. */
  readonly next: number | null;
  /** Whom the roster of the next generation appoints; null: whoever stands in the newest. */
  readonly officers?: Pick<Appointments, "officers" | "units"> | null;
  readonly now: number;
  /** How the directory lies on the disk. */
  readonly rest?: AtRest;
  /** Asked with what is about to be signed. Throws where it is not to be. */
  readonly confirm: (closing: Pick<Closing, "party" | "generation" | "size" | "next">) => Promise<void>;
  /** By the party's identity key. */
  readonly signer: () => Promise<Signer>;
}

/** @throws node-running, node-not-paired, store-missing, succession-unheld, closings-used-up, closing-malformed, closing-signature, and what `confirm` throws */
export function closeGeneration(suite: Suite, dir: string, options: ClosingOptions): Promise<Closing> {
  const closing = async (stopped: Stopped): Promise<Closing> => {
    const closed = await close(suite, dir, stopped, options);
    const { restored, forgotten } = nodePaths(dir);
    // What it said before cannot come up in the generation that begins: of its own log there is nothing to ask any more.
    // Which terms the others have said it must still hear of each.
    if (existsSync(restored)) forgottenIn(forgotten).add(stopped.state.others.map(({ id }) => id));
    rmSync(restored, { force: true });
    return closed;
  };
  return whileStopped(suite, dir, closing, options.rest);
}

/**
 * A closing is taken by an identity key that is known to be the party's. The succession that makes it so stands in the
 * log that ends, which no old key can send any more: where no other party holds it, nobody would ever hear this one again.
 */
function requireHeldSuccession({ state, store }: Stopped): void {
  const succession = state
    .declarations(state.self)
    .findLast(({ declaration }) => declaration.declares === "succession");
  if (succession === undefined || state.present().length === 0) return;
  const { generation, index } = succession.place;
  if (receiptsOver({ state, store }, logOrigin(state.line, state.self, generation), index).length > 0) return;
  throw serverError(
    "succession-unheld",
    `No other party has signed that it holds entry ${index} of our log ${generation}, by which our identity key was succeeded: none could take the closing.`,
  );
}

async function close(
  suite: Suite,
  dir: string,
  { state, store }: Stopped,
  { cause, next: wanted, officers: appointed = null, now, rest = PLAIN, confirm, signer: ask }: ClosingOptions,
): Promise<Closing> {
  requireHeldSuccession({ state, store });
  requireAnotherClosing(state.closings(), state.self);
  const { line, self: party, origin } = state;
  const { generation } = parseLogOrigin(origin);
  const size = store.log(origin)?.size ?? 0;
  const next = wanted ?? generation + 1;
  await confirm({ party, generation, size, next });
  const signer = await ask();
  const ring = withFreshKeys(suite, readKeyring(dir, rest), ["log", "receipt", "parcel", "sealing", "transport"]);
  const { officers, units, address, carriers } = newest(state.history(party)).roster;
  const node = publicNodeKeys(suite, newestSeeds(ring));
  const appointments = { officers, units, ...appointed, node, address, carriers, issued_at: now };
  const roster = await signRoster(nextRoster(state.history(party), appointments), signer);
  const root = rootOf(suite, frontierFrom(size, store.hashReader(origin)));
  const ends = { line, party, generation, size, root, next, cause, issued_at: now };
  const successions = successionsOf(state.declarations(party));
  const signed = await signClosing({ ...ends, roster: rosterHash(suite, roster.bytes) }, roster, signer, successions);
  // The keys are on the disk before anything says that they count.
  writeKeyring(dir, ring, rest);
  const taken = state.close(signed);
  if (taken === null) throw new Error("the closing does not begin a later generation");
  store.commit([
    { write: "closing", party, next, signed, seenAt: now },
    { write: "log", origin: taken.origin, party, generation: next },
  ]);
  return taken.closing;
}
