/** What later messages ask of those that they refer to, kept small: a long export holds a million that somebody may name. */
import {
  decodeBody,
  encodeBody,
  type Kind,
  KIND_RULES,
  type Message,
  type MessageEnvelope,
} from "../../message/index.ts";
import { type Bytes, fromHex, toHex } from "../../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import type { LineId, MessageHash, PartyId, PersonId } from "../../wire/id.ts";
import type { Target } from "../check-message.ts";
import { Kept } from "./kept.ts";

export interface Targets {
  add(hash: Bytes, message: Message, releasedBy: PersonId): void;
  has(hash: MessageHash): boolean;
  /** Its subject and heads are left out, and its body where nothing refers to what it says. All are of `line`. */
  get(hash: MessageHash, line: LineId): Target | null;
}

export function keptTargets(): Targets {
  const values = new Kept();
  return {
    add: (hash, message, releasedBy) => void values.put(hash, encodeCbor(partsOf(message, releasedBy))),
    has: (hash) => values.get(fromHex(hash, 32)) !== null,
    get: (hash, line) => {
      const value = values.get(fromHex(hash, 32));
      return value === null ? null : targetFrom(decodeCbor(value, value.length), line);
    },
  };
}

/** A body only where it is confirmed, restated or read back. */
function isAsked(kind: Kind): boolean {
  return kind === "answer" || kind === "stance" || KIND_RULES[kind].readBack;
}

function partsOf({ kind, from, re, list, body }: Message, releasedBy: PersonId): CborValue {
  const refers = re === null ? null : [re.relation, fromHex(re.message, 32)];
  return [kind, from, refers, list !== null, releasedBy, isAsked(kind) ? encodeBody(kind, body) : null];
}

/** As they were put in. */
type Parts = [Kind, PartyId, [string, Bytes] | null, boolean, PersonId, CborValue];

function targetFrom(value: CborValue, line: LineId): Target {
  const [kind, from, refers, isListed, releasedBy, body] = value as unknown as Parts;
  const re = refers === null ? null : { relation: refers[0], message: toHex(refers[1]) };
  const rest = { list: isListed ? LISTED : null, body: body === null ? null : decodeBody(kind, body) };
  return { message: { line, kind, from, re, subject: "", heads: [], ...rest } as unknown as Message, releasedBy };
}

/** That it is of a list is all that is asked. */
const LISTED = { name: "", index: 0, count: 1 } as NonNullable<MessageEnvelope["list"]>;
