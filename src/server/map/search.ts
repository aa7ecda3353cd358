/** The search over everything said: the same rule as the map's, over what has a place and what has none. */
import { apiError, type MessageSummary } from "../../api/index.ts";
import type { GeoBox } from "../../geo/index.ts";
import type { Node } from "../node.ts";
import { summaryByHash } from "../messages/view.ts";
import { partsOf } from "./columns.ts";
import { type Filter, filterOf, type FilterQuery, holdsWithin, placeHolds } from "./filter.ts";
import type { Said, SaidDesk } from "./said.ts";

export type SearchQuery = FilterQuery & {
  readonly [Side in keyof GeoBox]?: number | undefined;
} & { readonly limit?: number | undefined; readonly before?: string | undefined };

const PAGE = 200;

/** @throws request-malformed */
export async function search(
  node: Node,
  query: SearchQuery,
): Promise<{ total: number; messages: MessageSummary[]; more: string | null }> {
  const found = await foundBy(node, query);
  const begin = query.before === undefined ? 0 : found.findIndex(({ fact }) => fact.hash === query.before) + 1;
  if (query.before !== undefined && begin === 0) throw apiError("request-malformed", "before: no page ended there.");
  const shown = found.slice(begin, begin + (query.limit ?? PAGE));
  const last = shown.at(-1);
  return {
    total: found.length,
    messages: shown.flatMap(({ fact }) => summaryByHash(node, fact.hash) ?? []),
    more: last !== undefined && begin + shown.length < found.length ? last.fact.hash : null,
  };
}

/** All that passes, newest first. @throws request-malformed */
export async function foundBy(node: Node, query: SearchQuery): Promise<readonly Said[]> {
  const filter = await filterOf(node, query);
  const desk = await node.said.open();
  const view = viewOf(query);
  return [...passing(desk, filter, view === null ? null : partsOf(view))].toReversed();
}

function* passing(desk: SaidDesk, filter: Filter, parts: readonly GeoBox[] | null): Generator<Said> {
  for (const said of desk.all()) {
    if (filter.said(said) === null) continue;
    const holds = (number: number) =>
      (parts === null || desk.columns.meets(number, parts)) && placeHolds(desk.place(number), filter);
    // What has no place is judged by when it was said.
    const passes =
      said.places.length > 0
        ? said.places.some(holds)
        : parts === null && holdsWithin({ start: said.fact.at, end: said.fact.at }, filter);
    if (passes) yield said;
  }
}

/** @throws request-malformed */
function viewOf({ west, south, east, north }: SearchQuery): GeoBox | null {
  if (west === undefined && south === undefined && east === undefined && north === undefined) return null;
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) {
    return { west, south, east, north };
  }
  throw apiError("request-malformed", "west, south, east and north are given together or not at all.");
}
