import { handoverDesk } from "../watch/handovers.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import { cursorOf } from "./cursor.ts";
import { officerOf } from "./line.ts";

const PAGE = 50;

export function handoverRoutes(
  node: Node,
): HandlersOf<"handovers" | "handover" | "composeHandover" | "giveHandover" | "takeHandover"> {
  const desk = handoverDesk(node);
  return {
    handovers: ({ query: { limit = PAGE, before } }) => {
      const { shown, more } = desk.page(limit, cursorOf(before));
      return { handovers: shown, more };
    },
    handover: ({ params }) => desk.one(params.id),
    composeHandover: ({ body }, caller) => desk.compose(officerOf(caller), body.words),
    giveHandover: ({ params, body }, caller) => desk.give(params.id, officerOf(caller), body.signature),
    takeHandover: ({ params, body }, caller) => desk.take(params.id, officerOf(caller), body.signature),
  };
}
