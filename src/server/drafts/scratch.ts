/** What was half-written is let go with the draft that it became. */
import type { DraftRecord, LineStore, LineWrite } from "../../store/index.ts";

type Gone = Extract<LineWrite, { readonly write: "scratch-deleted" }>;

/** A page that keeps a form beside its draft says so in the form's `draft`. */
export function scratchOf(store: Pick<LineStore, "scratches">, { id, draftedBy }: DraftRecord): Gone[] {
  return store
    .scratches(draftedBy)
    .filter(({ form }) => (JSON.parse(form) as { readonly draft?: unknown }).draft === id)
    .map((scratch) => ({ write: "scratch-deleted", officer: draftedBy, id: scratch.id }));
}
