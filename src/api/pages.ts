/** Whole lists, page by page, through the typed client. */
import type { Client } from "./client.ts";
import type { DraftSummary } from "./drafts.ts";
import type { ListMember } from "./lists.ts";
import type { MessageSummary } from "./messages.ts";

const PAGE = 1000;

type Cursor = { readonly limit: number; readonly before?: string };

async function* pages<Page extends { readonly more: string | null }>(
  ask: (page: Cursor) => Promise<Page>,
): AsyncGenerator<Page> {
  for (let before: string | null = null; ;) {
    const page = await ask({ limit: PAGE, ...(before === null ? {} : { before }) });
    yield page;
    if (page.more === null) return;
    before = page.more;
  }
}

type Wanted = { readonly kind?: MessageSummary["kind"]; readonly from?: string; readonly list?: string };

/** Every message that passes, newest first. */
export async function* allMessages(client: Client, query: Wanted = {}): AsyncGenerator<MessageSummary> {
  for await (const { messages } of pages((page) => client.messages({ query: { ...query, ...page } }))) yield* messages;
}

/** Every member of a list that is in force. */
export async function allMembers(client: Client, params: { from: string; id: string }): Promise<ListMember[]> {
  const members: ListMember[] = [];
  for await (const page of pages((query) => client.list({ params, query }))) members.push(...page.members);
  return members;
}

/** Every draft, newest first. */
export async function allDrafts(client: Client): Promise<DraftSummary[]> {
  const drafts: DraftSummary[] = [];
  for await (const page of pages((query) => client.drafts({ query }))) drafts.push(...page.drafts);
  return drafts;
}
