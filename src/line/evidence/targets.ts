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
  /** The name of the list that it belongs to; null where it belongs to none, or is not here. */
  listOf(hash: MessageHash): string | null;
}

/** What many have alike. */
interface Alike {
  readonly kind: Kind;
  readonly from: PartyId;
  readonly relation: string | null;
  readonly releasedBy: PersonId;
}

export function keptTargets(suite: Pick<Suite, "randomBytes">): Targets {
  const values = new Kept(suite);
  const alike: Alike[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (each: Alike): number => {
    const key = `${each.kind} ${each.from} ${each.relation} ${each.releasedBy}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, alike.length);
    return alike.push(each) - 1;
  };
  const partsOf = (hash: MessageHash): Parts | null => {
    const value = values.get(fromHex(hash, 32));
    return value === null ? null : (decodeCbor(value, value.length) as unknown as Parts);
  };
  return {
    add: (hash, { kind, from, re, list, body }, releasedBy) => {
      const number = numberOf({ kind, from, relation: re?.relation ?? null, releasedBy });
      const about = re === null ? null : fromHex(re.message, 32);
      const listed = list === null ? null : fromHex(list.id, 16);
      values.put(hash, encodeCbor([number, about, isAsked(kind) ? encodeBody(kind, body) : null, listed]));
    },
    has: (hash) => values.has(fromHex(hash, 32)),
    get: (hash, line) => {
      const parts = partsOf(hash);
      return parts === null ? null : targetFrom(alike[parts[0]] as Alike, parts, line);
    },
    listOf: (hash) => {
      const [number = 0, , , listed = null] = partsOf(hash) ?? [];
      return listed === null ? null : listName(alike[number] as Alike, toHex(listed));
    },
  };
}

/** A list is all messages of one author, kind and list id. */
export function listName({ from, kind }: Pick<Message, "from" | "kind">, id: string): string {
  return `${from} ${kind} ${id}`;
}

/** A body only where it is confirmed, restated or read back. */
function isAsked(kind: Kind): boolean {
  return kind === "answer" || kind === "stance" || KIND_RULES[kind].readBack;
}

/** As they were put in. */
type Parts = [number, Bytes | null, CborValue, Bytes | null];

function targetFrom(alike: Alike, [, about, said, listed]: Parts, line: LineId): Target {
  const { kind, from, relation, releasedBy } = alike;
  const re = about === null ? null : { relation, message: toHex(about) };
  const rest = {
    list: listed === null ? null : LISTED,
    body: said === null ? null : decodeBody(kind, said),
  };
  return {
    message: { line, kind, from, re, subject: "", heads: [], ...rest } as unknown as Message,
    releasedBy,
  };
}

/** That it is of a list is all that is asked. */
const LISTED = { name: "", index: 0, count: 1 } as NonNullable<MessageEnvelope["list"]>;
