import { nodeAsOf } from "../messages/as-of.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import { stancesOf } from "../messages/stances.ts";
import { addStatement, removeStatement, statementRecords, statementView } from "../messages/statements.ts";
import { whoKnows } from "../messages/who-knows.ts";
import { officerOf } from "./line.ts";

export function tableRoutes(
  node: Node,
): HandlersOf<"stances" | "whoKnows" | "statements" | "addStatement" | "removeStatement"> {
  return {
    stances: ({ query }) => {
      const then = nodeAsOf(node, query.as_of);
      return { topics: stancesOf(then), as_of: then.now() };
    },
    whoKnows: ({ query }) => whoKnows(node, query),
    statements: () => ({
      statements: statementRecords(node.privateStore).map((record) => statementView(node, record)),
    }),
    addStatement: ({ body }, caller) => addStatement(node, body, officerOf(caller)),
    removeStatement: ({ params }, caller) => removeStatement(node, params.id, officerOf(caller)),
  };
}
