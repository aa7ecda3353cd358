import type { HandlersOf } from "../http/handlers.ts";
import { listOfParty, listsOf } from "../messages/lists.ts";
import type { Node } from "../node.ts";
import { cursorOf } from "./cursor.ts";
import { officerOf } from "./line.ts";

const PAGE = 200;

export function listRoutes(node: Node): HandlersOf<"lists" | "list"> {
  return {
    lists: (_, caller) => ({ lists: listsOf(node, officerOf(caller)) }),
    list: ({ params: { from, id }, query: { limit = PAGE, before } }, caller) =>
      listOfParty(node, from, id, { beyond: cursorOf(before) ?? 0, limit }, officerOf(caller)),
  };
}
