/** What moves sealed parcels between nodes, whatever it is made of. */
import type { CarrierName, Roster } from "../../line/index.ts";
import type { Bytes } from "../../wire/bytes.ts";

/** What a roster says of the way to its party. */
export type Reachable = Pick<Roster, "party" | "address" | "carriers">;

/** With every TLS key that its node may show at this time. */
export type ReachableNode = Reachable & { readonly tlsKeys: readonly Bytes[] };

export interface Carrier {
  readonly name: CarrierName;
  /** Whether it goes to that party at all. */
  reaches(peer: Reachable): boolean;
  /**
   * Hands a sealed parcel over. Resolves with the answer where the carrier brings one at once; with null where it was
   * taken, and answers come by themselves.
   * @throws peer-unreachable, peer-timeout, peer-refused, peer-other-key, mailbox-full
   */
  carry(peer: ReachableNode, sealed: Bytes, signal: AbortSignal): Promise<Bytes | null>;
  /**
   * Brings what others have handed over, until `signal` ends. What `take` returns from is durable here and need not be
   * brought again; it gives true where it was new. What it refuses as no parcel of ours is good for nothing; where it
   * throws anything else, it is brought again.
   */
  collect?(take: (sealed: Bytes) => boolean, heard: CollectFacts, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** How collecting goes, for whoever looks after the node: at each place by itself. */
export interface CollectFacts {
  /** The place where parcels are kept answered. */
  reached(place: string): void;
  failed(place: string, error: unknown): void;
}
