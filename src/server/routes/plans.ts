import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import type { PrivateKind, PrivateVolume } from "../../store/index.ts";
import type { Plan } from "../../api/index.ts";
import { namesPlan, planWords, type RuleLayers } from "../../deconflict/index.ts";
import { validAnyVolume, validFootprint } from "../../geo/index.ts";
import { officerOf } from "./line.ts";

export function planRoutes(
  node: Node,
): HandlersOf<
  "plans" | "putPlans" | "deletePlan" | "holdings" | "putHoldings" | "deleteHolding" | "check" | "conflicts"
> {
  const { plans } = node;
  const put = (kind: PrivateKind, items: readonly Plan[], by: ReturnType<typeof officerOf>) => {
    const sound = items.map((item) => ({ ...item, volumes: item.volumes.map((volume) => soundVolume(volume)) }));
    const { layers } = node.rules;
    const unruled = kind === "plan" ? unruledIn(layers, items) : [];
    return {
      changed: items.length,
      conflicts: [...plans.put(kind, sound, by.id)],
      unruled,
      ruled: unruled.length === 0 ? [] : [...planWords(layers)],
    };
  };
  return {
    plans: () => ({ items: [...plans.items("plan")] }),
    putPlans: ({ body }, caller) => put("plan", body.items, officerOf(caller)),
    deletePlan: ({ params }) => plans.remove("plan", params.id),
    holdings: () => ({ items: [...plans.items("holding")] }),
    putHoldings: ({ body }, caller) => put("holding", body.items, officerOf(caller)),
    deleteHolding: ({ params }) => plans.remove("holding", params.id),
    check: ({ body }) => {
      const volumes = body.volumes.map((volume) => soundVolume(volume));
      if (body.plan !== undefined) return { conflicts: [...plans.checkPlan({ ...body.plan, volumes })] };
      return {
        conflicts: [
          ...plans.check({ type: "draft", id: "check", name: "what was asked" }, { category: null, volumes }),
        ],
      };
    },
    conflicts: () => ({ conflicts: [...plans.conflicts()] }),
  };
}

/** A category that is mistyped, or of somebody's own, must not loosen what is asked in silence. */
function unruledIn(layers: RuleLayers, items: readonly Plan[]) {
  const plans = new Map<string, number>();
  for (const { category } of items) plans.set(category, (plans.get(category) ?? 0) + 1);
  return [...plans]
    .filter(([category]) => !layers.some((rules) => namesPlan(rules, category)))
    .map(([category, count]) => ({ category, plans: count }));
}

/** @throws the codes of geo */
function soundVolume(volume: Plan["volumes"][number]): PrivateVolume {
  return { ...validAnyVolume(volume), footprint: validFootprint(volume.footprint) };
}
