/** A file beside a list that this side told: what it changes is drafted, and nothing else. */
import { allMembers, itemsOfDifference, type ListSummary } from "../api/index.ts";
import { type ImportResult, type ListDifference, listDifference, type ToldMember } from "../intake/index.ts";
import { decodeMessage, messageHash } from "../message/index.ts";
import { fromBase64 } from "../wire/bytes.ts";
import type { Outcome } from "./action.ts";
import { confirmOrStop } from "./confirm.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import type { Officer } from "./node.ts";
import { compose, signDraft } from "./signing.ts";
import { count, pairs, short } from "./table.ts";

interface ListChange {
  readonly list: ListSummary;
  readonly difference: ListDifference;
  readonly items: ReturnType<typeof itemsOfDifference>;
}

/** `wanted` is the list's name, its id or the first digits of it. What the file no longer has is withdrawn for `reason` only. */
async function changeOf(
  context: Context,
  { client, session }: Officer,
  wanted: string,
  result: ImportResult,
  reason: string | null,
): Promise<ListChange> {
  const own = (await client.lists()).lists.filter((each) => each.own);
  const found = own.filter(({ id, name }) => name === wanted || id === wanted);
  const [list, ...more] = found.length > 0 ? found : own.filter(({ id }) => id.startsWith(wanted));
  if (list === undefined) throw cliError("id-unknown", `This side has told no list "${wanted}".`);
  if (more.length > 0)
    throw cliError(
      "id-ambiguous",
      `Several lists are meant: ${[list, ...more].map(({ id }) => short(id)).join(", ")}.`,
    );
  const members = await allMembers(client, { from: session.party, id: list.id });
  const told = members.map(({ bytes, message }): ToldMember => {
    const read = fromBase64(bytes);
    if (messageHash(context.suite, read) !== message.hash)
      throw cliError("draft-differs", "The node names a message by another hash than its own.");
    const { kind, subject, body } = decodeMessage(read);
    return { hash: message.hash, kind, subject, body };
  });
  const difference = listDifference(told, result.rows);
  return { list, difference, items: itemsOfDifference(difference, reason) };
}

function changeText({ list, difference }: ListChange, reason: string | null): string {
  const { added, changed, removed, same, refused } = difference;
  const moved = changed
    .filter(({ moved_m }) => moved_m !== null && moved_m > 0)
    .toSorted((a, b) => (b.moved_m ?? 0) - (a.moved_m ?? 0));
  const furthest = moved
    .slice(0, 10)
    .map(({ member, moved_m }) => [`  ${member.subject}`, `moved ${moved_m} m`] as const);
  const gone = removed.slice(0, 10).map(({ subject }) => [`  ${subject}`, ""] as const);
  const text = pairs([
    ["list", `${list.name} (${count(list.in_force, "member")} in force)`],
    ["as it was told", String(same)],
    ["added", String(added.length)],
    ["changed", String(changed.length)],
    ...furthest,
    ["no longer there", String(removed.length)],
    ...gone,
  ]);
  const stays =
    removed.length === 0 || reason !== null
      ? ""
      : "\nWhat is no longer there stays in force; --withdraw REASON withdraws it.";
  const doubt =
    refused === 0 || removed.length === 0 ? "" : "\nRows were refused: what seems gone may stand in one of them.";
  return `${text}${stays}${doubt}\n`;
}

/** Drafts and signs the difference as one, or leaves nothing behind. */
export async function draftChange(
  context: Context,
  who: Officer,
  result: ImportResult,
  { into, withdraw, yes }: { readonly into: string; readonly withdraw: string | null; readonly yes: boolean },
): Promise<Outcome> {
  const change = await changeOf(context, who, into, result, withdraw);
  const { items, list, difference } = change;
  context.say(`${changeText(change, withdraw)}\n`);
  const json = {
    list: list.id,
    messages: items.length,
    added: difference.added.length,
    changed: difference.changed.length,
    removed: difference.removed.length,
    same: difference.same,
  };
  if (items.length === 0) {
    return {
      status: 0,
      json: { draft: null, ...json },
      text: "The file says what was told: there is nothing to draft.",
    };
  }
  const { draft, items: bytes } = await compose(context, who, { items, list: list.id });
  try {
    await confirmOrStop(context, yes, `Sign ${count(items.length, "message")} as the difference of "${list.name}"?`);
    await signDraft(context, who, draft, bytes);
  } catch (error) {
    await who.client.deleteDraft({ params: { id: draft.id } });
    throw error;
  }
  const text = `${count(items.length, "message")} drafted and signed as the difference of "${list.name}". A second officer releases it: parley release ${short(draft.id)}`;
  return { status: 0, json: { draft: draft.id, ...json }, text };
}
