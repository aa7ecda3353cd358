/** The types that follow from the route table, for those who ask and for those who answer. */
import type { z } from "zod";
import type { Bytes } from "../wire/bytes.ts";
import type { NodeEvent } from "./logs.ts";
import type { RouteId, RouteOf } from "./routes.ts";

type Of<Kind, What extends "input" | "output"> = Kind extends "bytes"
  ? Bytes
  : Kind extends "text"
    ? string
    : Kind extends "events"
      ? AsyncIterable<NodeEvent>
      : Kind extends "nothing"
        ? void
        : Kind extends z.ZodType
          ? What extends "input"
            ? z.input<Kind>
            : z.output<Kind>
          : never;

type Part<R, Key extends string, What extends "input" | "output"> =
  R extends Record<Key, infer Kind> ? { readonly [K in Key]: Of<Kind, What> } : unknown;

/** A query has only optional fields, so it may be left out. */
type AskedQuery<R> = R extends { readonly query: infer Query } ? { readonly query?: Of<Query, "input"> } : unknown;

/** What a caller gives: path parameters, query and body, as far as the route has them. */
export type RequestOf<Id extends RouteId> = Part<RouteOf<Id>, "params", "input"> &
  AskedQuery<RouteOf<Id>> &
  Part<RouteOf<Id>, "body", "input">;

/** What a handler gets, parsed: identifiers carry their brands. */
export type ParsedRequestOf<Id extends RouteId> = Part<RouteOf<Id>, "params", "output"> &
  Part<RouteOf<Id>, "query", "output"> &
  Part<RouteOf<Id>, "body", "output">;

/** What a caller gets back. */
export type ReplyOf<Id extends RouteId> = Of<RouteOf<Id>["reply"], "output">;

/** What a handler gives back: identifiers need not carry their brands. */
export type GivenReplyOf<Id extends RouteId> = Of<RouteOf<Id>["reply"], "input">;
