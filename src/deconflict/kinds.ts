/** Which kind of thing a category belongs to: what messages call sites and activities is known by its category. */
import { CODES } from "../message/index.ts";

/** Categories that are of both, such as "other", tell nothing. */
const KINDS_BY_CATEGORY: ReadonlyMap<string, string> = new Map(
  [
    ...CODES.site_category.map((category) => [category, "site"] as const),
    ...CODES.activity_category.map((category) => [category, "activity"] as const),
    ...["movement", "presence", "report", "warning", "query", "alert", "holding"].map((kind) => [kind, kind] as const),
  ].filter(([category]) => category !== "other"),
);

/** The kind of a category that messages use; null where none or more than one has it. */
export function kindOfCategory(category: string | null): string | null {
  return category === null ? null : (KINDS_BY_CATEGORY.get(category) ?? null);
}
