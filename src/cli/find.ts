/** Hashes and ids by their first digits, as people type them. */
import { allDrafts, allMessages, type Client, type DraftSummary, type MessageSummary } from "../api/index.ts";
import type { MessageHash } from "../wire/id.ts";
import { parseMessageHash } from "../wire/id.ts";
import { cliError } from "./errors.ts";

const SHORTEST = 4;

/** The message that `text` names: a whole hash, or its first four digits or more. */
export async function findMessage(client: Client, text: string): Promise<MessageHash> {
  if (text.length === 64) return parseMessageHash(text);
  refuseNoPrefix(text, "a message");
  const found: MessageSummary[] = [];
  for await (const message of allMessages(client)) if (message.hash.startsWith(text)) found.push(message);
  return only(found, text, "message", (message) => `${message.hash} ${message.subject}`).hash;
}

/** The draft that `text` names. */
export async function findDraft(client: Client, text: string): Promise<DraftSummary> {
  refuseNoPrefix(text, "a draft");
  const drafts = await allDrafts(client);
  const found = drafts.filter(({ id }) => id.startsWith(text));
  return only(found, text, "draft", (draft) => `${draft.id} ${draft.subject}`);
}

function refuseNoPrefix(text: string, what: string): void {
  if (/^[0-9a-f]{4,64}$/.test(text)) return;
  throw cliError("usage", `"${text}" is not ${what}: give at least ${SHORTEST} of its digits (0-9, a-f).`);
}

function only<T>(found: readonly T[], text: string, what: string, show: (one: T) => string): T {
  const [first, ...more] = found;
  if (first === undefined) throw cliError("id-unknown", `No ${what} begins with ${text}.`);
  if (more.length === 0) return first;
  const shown = found.slice(0, 5).map((one) => `  ${show(one)}`);
  throw cliError("id-ambiguous", `${found.length} ${what}s begin with ${text}:\n${shown.join("\n")}`);
}
