/** A list that is drafted as one: new, or the difference of one that was told before. */
import { apiError, type DraftRequest } from "../../api/index.ts";
import type { Kind, Message } from "../../message/index.ts";
import { toHex } from "../../wire/bytes.ts";
import { type ListId, parseListId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { Node } from "../node.ts";

export interface ListOf {
  readonly id: ListId;
  readonly name: string;
  /** Its members' kind; null of a new one. */
  readonly kind: Kind | null;
  /** Which place each item of the draft takes in it; null of one that supersedes or withdraws. */
  readonly places: readonly (number | null)[];
  /** How many places it has once this is told. */
  readonly count: number;
}

/**
 * The list that a draft is, or whose difference it is: changed members supersede, missing ones are withdrawn, new ones get
 * the places behind the last, all under the same id (spec/message.md).
 * @throws not-found, target-refused, request-malformed
 */
export function listOf(node: Node, request: DraftRequest): ListOf | null {
  const name = request.list_name ?? null;
  const id = request.list ?? null;
  if (id === null && name === null) return null;
  if (id !== null && name !== null) {
    throw apiError(
      "request-malformed",
      "list_name makes a new list, list names one that was told: give one of the two.",
    );
  }
  if (id === null) {
    const fresh = parseListId(toHex(node.suite.randomBytes(16)));
    const places = request.items.map((_, i) => i);
    return { id: fresh, name: name as string, kind: null, places, count: places.length };
  }
  return differenceOf(node, request, parseListId(id));
}

function differenceOf({ book, state }: Node, { items }: DraftRequest, id: ListId): ListOf {
  const members = book.listed(state.self, id).map(({ hash }) => book.message(hash));
  const [first] = members;
  if (first === undefined || first.list === null) throw apiError("not-found", `This party has told no list ${id}.`);
  const { kind, list } = first;
  const next = 1 + members.reduce((most, member) => Math.max(most, member.list?.index ?? 0), 0);
  let count = next;
  const places = items.map((item) => {
    if (item.re !== undefined && item.re !== null) return null;
    if (item.kind !== kind)
      throw serverError("target-refused", `The list "${list.name}" holds ${kind}s, not a ${item.kind}.`);
    return count++;
  });
  return { id, name: list.name, kind, places, count };
}

/** What replaces a member of a list takes its place there; what is added a new one. */
export function listPlace(
  { book }: Node,
  kind: Kind,
  re: Message["re"],
  item: number,
  list: ListOf | null,
): Message["list"] {
  const target = re === null || book.get(re.message) === null ? null : book.message(re.message).list;
  if (list === null) return re?.relation === "supersedes" ? target : null;
  const place = list.places[item] ?? null;
  if (place !== null) return { id: list.id, name: list.name, index: place, count: list.count };
  if (target?.id !== list.id) {
    throw serverError(
      "target-refused",
      `A ${kind} that belongs to the list "${list.name}" replaces or withdraws one of its members.`,
    );
  }
  return re?.relation === "supersedes" ? target : null;
}
