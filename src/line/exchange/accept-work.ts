/** What the parts of one parcel have in common while they are taken one by one. */
import type { Suite } from "../../crypto/index.ts";
import type { Checkpoint, HashReader } from "../../log/index.ts";
import type { LogOrigin } from "../../wire/id.ts";
import type { Effect, UnverifiedCode } from "./effect.ts";
import type { LineView, LogView } from "./view.ts";

/** A log as this parcel has changed it so far. */
export interface Log {
  readonly view: LogView;
  size: number;
  read: HashReader;
  checkpoint: string | null;
  head: string | null;
  /** Notes of this parcel beyond what is held, by size. */
  readonly heard: Map<number, string>;
  split: boolean;
}

export interface Work {
  readonly suite: Suite;
  readonly view: LineView;
  readonly logs: ReadonlyMap<LogOrigin, Log>;
  readonly effects: Effect[];
  /** Notes of this parcel that were looked at already: many receipts are over one checkpoint. */
  readonly notes: Map<string, Checkpoint | null>;
  readonly receipts: Map<string, number>;
}

export function unverified(
  work: Work,
  code: UnverifiedCode,
  message: string,
  origin: LogOrigin | null,
  index: number | null,
): void {
  work.effects.push({ type: "unverified", code, origin, index, message });
}
