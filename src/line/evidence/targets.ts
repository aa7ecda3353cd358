/** What later messages ask of those that they refer to, kept small: a long export holds a million that somebody may name. */
import type { Suite } from "../../crypto/index.ts";
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

/** What many have alike. */
interface Alike {
  readonly kind: Kind;
  readonly from: PartyId;
  readonly isListed: boolean;
  readonly relation: string | null;
  readonly releasedBy: PersonId;
}

export function keptTargets(suite: Pick<Suite, "randomBytes">): Targets {
  const values = new Kept(suite);
  const alike: Alike[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (each: Alike): number => {
    const key = `${each.kind} ${each.from} ${each.isListed} ${each.relation} ${each.releasedBy}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, alike.length);
    return alike.push(each) - 1;
  };
  return {
    add: (hash, { kind, from, re, list, body }, releasedBy) => {
      const number = numberOf({ kind, from, isListed: list !== null, relation: re?.relation ?? null, releasedBy });
      const about = re === null ? null : fromHex(re.message, 32);
      values.put(hash, encodeCbor([number, about, isAsked(kind) ? encodeBody(kind, body) : null]));
    },
    has: (hash) => values.has(fromHex(hash, 32)),
    get: (hash, line) => {
      const value = values.get(fromHex(hash, 32));
      if (value === null) return null;
      const [number, about, body] = decodeCbor(value, value.length) as unknown as Parts;
      return targetFrom(alike[number] as Alike, about, body, line);
    },
  };
}

/** A body only where it is confirmed, restated or read back. */
function isAsked(kind: Kind): boolean {
  return kind === "answer" || kind === "stance" || KIND_RULES[kind].readBack;
}

/** As they were put in. */
type Parts = [number, Bytes | null, CborValue];

function targetFrom(alike: Alike, about: Bytes | null, said: CborValue, line: LineId): Target {
  const { kind, from, isListed, relation, releasedBy } = alike;
  const re = about === null ? null : { relation, message: toHex(about) };
  const rest = { list: isListed ? LISTED : null, body: said === null ? null : decodeBody(kind, said) };
  return { message: { line, kind, from, re, subject: "", heads: [], ...rest } as unknown as Message, releasedBy };
}

/** That it is of a list is all that is asked. */
const LISTED = { name: "", index: 0, count: 1 } as NonNullable<MessageEnvelope["list"]>;
