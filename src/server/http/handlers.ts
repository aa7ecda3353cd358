import type { GivenReplyOf, NodeEvent, ParsedRequestOf, RouteId } from "../../api/index.ts";
import type { SignedIn } from "../sessions.ts";

/** What a handler knows of its caller beside the parsed request. */
export interface Caller {
  /** Null on routes that anyone may ask. */
  readonly session: SignedIn | null;
  readonly token: string | null;
  /** Ends when the caller has gone. */
  readonly signal: AbortSignal;
}

type Given<Id extends RouteId> =
  GivenReplyOf<Id> extends AsyncIterable<NodeEvent>
    ? (listener: (event: NodeEvent) => void) => () => void
    : GivenReplyOf<Id> | ReadableStream<Uint8Array>;

export type Handler<Id extends RouteId> = (
  request: ParsedRequestOf<Id>,
  caller: Caller,
) => Given<Id> | Promise<Given<Id>>;

/** One for each route of the table: a route without its handler does not compile. */
export type Handlers = { readonly [Id in RouteId]: Handler<Id> };
export type HandlersOf<Id extends RouteId> = Pick<Handlers, Id>;
