import type { GivenReplyOf, Plan } from "../../api/index.ts";
import type { PlanId } from "../../wire/id.ts";
import { certificateFile, go, lapsedStates, noGo, override, planState, planStates } from "../plans/decisions.ts";
import { logsBehind } from "../plans/certified-heads.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import { officerOf } from "./line.ts";

export function planStateRoutes(
  node: Node,
): HandlersOf<
  "planStates" | "planState" | "planSuggestions" | "planCertificate" | "goPlan" | "noGoPlan" | "overridePlan"
> {
  return {
    planStates: ({ query }) => ({ items: query.lapsed === "yes" ? lapsedStates(node) : planStates(node) }),
    planState: ({ params }) => planState(node, params.id),
    planSuggestions: ({ params }) => suggestionsOf(node, params.id),
    planCertificate: ({ params, query }) => certificateFile(node, params.id, query.opened === "yes"),
    goPlan: async ({ params, body }, caller) => {
      // What was told while this node was down is asked for first.
      await node.ready;
      await opened(node);
      return go(node, params.id, officerOf(caller).id, body.although_behind);
    },
    noGoPlan: ({ params, body }, caller) => noGo(node, params.id, officerOf(caller).id, body.reason),
    overridePlan: ({ params, body }, caller) => override(node, params.id, officerOf(caller).id, body),
  };
}

function suggestionsOf({ plans }: Node, plan: PlanId): GivenReplyOf<"planSuggestions"> {
  const { suggestions, troubles } = plans.advise(plan);
  return {
    suggestions: suggestions.map(({ change, says, plan: changed }) => {
      return { change, says, volumes: changed.volumes as Plan["volumes"] };
    }),
    troubles: troubles.map(({ against, at, where, because }) => ({ against, at, where: { ...where }, because })),
  };
}

const PATIENCE_MS = 2000;
const STEP_MS = 20;

/** What has just come is opened in a moment; GO waits for that, and not for more. */
async function opened({ store }: Node): Promise<void> {
  for (
    let waited = 0;
    waited < PATIENCE_MS && logsBehind(store).some(({ waiting }) => waiting > 0);
    waited += STEP_MS
  ) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
