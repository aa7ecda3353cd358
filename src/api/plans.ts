/** Plans and holdings: what this side intends or has, and has not told. Nothing of it leaves the node. */
import { z } from "zod";
import { conflict, planId, size, planVolume, words } from "./shapes.ts";

export const plan = z
  .strictObject({
    id: planId,
    name: z.string().min(1).max(200),
    category: z.string().min(1).max(64),
    volumes: z.array(planVolume).min(1).max(1000),
    remarks: words,
  })
  .meta({ id: "Plan", description: "A plan or a holding; it never leaves this node" });

export const plansRequest = z.strictObject({
  items: z.array(plan).min(1).max(10_000).meta({ description: "One with the id of another replaces it" }),
});
export const plansChanged = z.strictObject({
  changed: size,
  conflicts: z.array(conflict),
  unruled: z
    .array(z.strictObject({ category: z.string(), plans: size }))
    .meta({ description: "Categories of plans that no rule names: only the rules for anything are asked of them" }),
  ruled: z.array(z.string()).meta({ description: "Where there are any, those by which rules name plans" }),
});
export const plansReply = z.strictObject({ items: z.array(plan) });

export const checkRequest = z.strictObject({
  volumes: z.array(planVolume).min(1).max(1000),
  plan: z
    .strictObject({ id: planId, name: z.string().min(1).max(200), category: z.string().min(1).max(64) })
    .optional()
    .meta({ description: "The plan that would have them: it is checked as it would be if it were put" }),
});
export const conflictsReply = z.strictObject({ conflicts: z.array(conflict) });

export type Plan = z.output<typeof plan>;
