/** Messages against recipients: each cell is a ladder's reached rungs, as this node knew them at a moment. */
import type { WhoKnows } from "../../api/index.ts";
import { CONTENT_KINDS, decodeMessage } from "../../message/index.ts";
import type { PartyId } from "../../wire/id.ts";
import { nodeAsOf } from "./as-of.ts";
import { search, type SearchQuery } from "../map/search.ts";
import { laddersOf } from "./view.ts";
import type { Node } from "../node.ts";

const PAGE = 100;
/** Replies are on the ladders of what they answer, and have rows of their own only where they are asked for. */
const TOLD = CONTENT_KINDS.join(",");

/** @throws request-malformed */
export async function whoKnows(
  node: Node,
  query: SearchQuery & { readonly to?: PartyId | undefined },
): Promise<WhoKnows> {
  const { to, ...asked } = query;
  const then = nodeAsOf(node, query.as_of);
  const { total, messages, more } = await search(then, { kinds: TOLD, ...asked, limit: asked.limit ?? PAGE });
  const recipients = node.state.charter.parties.filter(({ id }) => to === undefined || id === to);
  const rows = messages.flatMap((message): WhoKnows["rows"] => {
    const record = then.store.message(message.hash);
    if (record === null) return [];
    const ladders = laddersOf(then, record, decodeMessage(record.bytes));
    const cells = ladders
      .filter(({ party }) => to === undefined || party === to)
      .map(({ party, rungs, beside }) => ({
        party,
        rungs: rungs.flatMap(({ rung, at, by, says }) => (at === null ? [] : [{ rung, at, by, says }])),
        beside,
      }));
    return [{ message, cells }];
  });
  return {
    recipients: recipients.map(({ id, name }) => ({ party: id, name })),
    rows,
    total,
    as_of: then.now(),
    more,
  };
}
