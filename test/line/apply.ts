/** A holder of logs that takes parcels and opens nothing: what the exchange alone does, for vectors. */
import {
  accept,
  type Effect,
  type HeldReceipt,
  type LineFile,
  type LineView,
  originOf,
  type Parcel,
} from "../../src/line/index.ts";
import { parseCheckpoint } from "../../src/log/index.ts";
import type { LogOrigin, PartyId } from "../../src/wire/id.ts";
import { suite } from "./sides.ts";
import { HeldLog } from "./held-log.ts";

/** Gives a function that takes one parcel after another and says what each did. */
export function accepted(file: LineFile, self: PartyId): (parcel: Parcel) => Effect[] {
  const logs = new Map<LogOrigin, HeldLog>();
  for (const [party, history] of file.histories) {
    const origin = originOf(file.line, party);
    logs.set(origin, new HeldLog(origin, party, history));
  }
  const receipts: HeldReceipt[] = [];
  const terms = new Map(file.charter.parties.map(({ id }) => [id, 0]));
  return (parcel) => {
    const views = new Map([...logs].map(([origin, log]) => [origin, log.view()]));
    const at = { line: file.line, self, logs: views, closings: [] };
    const view: LineView = { ...at, receipts, terms, settled: true };
    const effects = accept(suite, view, parcel, "perhaps-old");
    for (const effect of effects) {
      if (effect.type === "store-term") terms.set(effect.party, effect.term);
      apply(logs, receipts, effect);
    }
    return effects;
  };
}

function apply(logs: ReadonlyMap<LogOrigin, HeldLog>, receipts: HeldReceipt[], effect: Effect): void {
  if (effect.type === "store-receipt") receipts.push(effect);
  const log = "origin" in effect && effect.origin !== null ? logs.get(effect.origin) : undefined;
  if (log === undefined) return;
  if (effect.type === "store-head") log.head = effect.checkpoint;
  if (effect.type === "split-record") log.split = effect.record;
  if (effect.type !== "store-segment") return;
  log.append(effect.entries, effect.subtrees);
  log.checkpoints.set(effect.size, effect.checkpoint);
  if (log.head !== null && parseCheckpoint(log.head).checkpoint.size <= log.size) log.head = null;
}
