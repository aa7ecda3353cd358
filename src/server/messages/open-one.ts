/** What one entry turns out to be, as far as its bytes and this node's keys say: nothing here asks a store or a roster. */
import type { Suite } from "../../crypto/index.ts";
import { readSigned, type Refused } from "../../line/index.ts";
import { decodeEntry, openEntry, type OpenEntry, openOwnEntry, type Verified } from "../../message/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LogOrigin, parseLogOrigin, type PartyId } from "../../wire/id.ts";
import { type SealingKey, sealingFor } from "../own-keys.ts";

export interface OpeningKeys {
  /** Whose own log its archive key opens: its own entries come back to a node that was restored. */
  readonly self: PartyId;
  readonly archive: Bytes;
  readonly sealing: readonly SealingKey[];
}

export interface ClosedEntry {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly bytes: Bytes;
}

export type Looked =
  /** Why it does not open. */
  | { readonly opened: false; readonly code: string }
  | { readonly opened: true; readonly content: Exclude<OpenEntry, { type: "message" }> }
  | {
      readonly opened: true;
      readonly content: Extract<OpenEntry, { type: "message" }>;
      /** Read, with both signatures checked; who may sign, the roster says. */
      readonly read: Verified | Refused;
    };

export function lookInto(suite: Suite, keys: OpeningKeys, { origin, index, bytes }: ClosedEntry): Looked {
  try {
    const place = { origin, index };
    const entry = decodeEntry(bytes);
    const content =
      parseLogOrigin(origin).party === keys.self
        ? openOwnEntry(suite, entry, place, keys.archive)
        : openEntry(
            suite,
            entry,
            place,
            sealingFor(
              keys.sealing,
              entry.shares.map(({ kid }) => kid),
            ),
          );
    if (content.type !== "message") return { opened: true, content };
    return { opened: true, content, read: readSigned(suite, content.message) };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return { opened: false, code: error.code };
  }
}
