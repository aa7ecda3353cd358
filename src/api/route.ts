import type { z } from "zod";
import type { Access } from "./permissions.ts";

/** A body or a reply: JSON of a schema, bytes, text, server-sent events, or nothing. */
export type Content = z.ZodType | "bytes" | "text" | "events" | "nothing";

export interface Route {
  readonly method: "get" | "post" | "delete";
  /** In OpenAPI's form, `{name}` for a parameter. */
  readonly path: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  /** A parameter that takes the rest of the path, slashes included. */
  readonly rest?: string;
  readonly query?: z.ZodObject;
  readonly body?: Content;
  readonly reply: Content;
  readonly tag: "session" | "line" | "watch" | "messages" | "drafts" | "plans" | "logs" | "carriers";
  /** One sentence, for the OpenAPI document. */
  readonly summary: string;
}
