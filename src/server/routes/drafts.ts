import { allows } from "../../api/index.ts";
import { checkItem, createDraft, deleteDraft, draftOf, refuseDraft, signDraft } from "../drafts/desk.ts";
import { draftSummary, draftView } from "../drafts/view.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import { releaseDraft } from "../drafts/release.ts";
import { cursorOf } from "./cursor.ts";
import { officerOf } from "./line.ts";

const PAGE = 200;

export function draftRoutes(
  node: Node,
): HandlersOf<
  "drafts" | "createDraft" | "checkDraft" | "draft" | "signDraft" | "releaseDraft" | "refuseDraft" | "deleteDraft"
> {
  const view = (id: Parameters<typeof draftOf>[1]) => draftView(node, draftOf(node, id));
  return {
    drafts: ({ query: { limit = PAGE, before } }) => {
      const found = node.store.drafts({ limit: limit + 1, before: cursorOf(before) });
      const shown = found.slice(0, limit);
      const more = found.length > limit ? String(shown.at(-1)?.seq) : null;
      return { drafts: shown.map((record) => draftSummary(node, record)), more };
    },
    createDraft: async ({ body }, caller) => draftView(node, await createDraft(node, body, officerOf(caller))),
    checkDraft: ({ body }, caller) => {
      const checked = checkItem(node, body);
      return allows("see conflicts", officerOf(caller).roles)
        ? checked
        : { findings: checked.findings, conflicts: [], conflicts_count: 0 };
    },
    draft: ({ params }) => view(params.id),
    signDraft: async ({ params, body }, caller) => {
      await signDraft(node, params.id, body.signatures, officerOf(caller));
      return view(params.id);
    },
    releaseDraft: async ({ params, body }, caller) => ({
      released: await releaseDraft(node, params.id, body, officerOf(caller)),
    }),
    refuseDraft: ({ params, body }, caller) => {
      refuseDraft(node, params.id, officerOf(caller), body.reason);
      return view(params.id);
    },
    deleteDraft: ({ params }) => deleteDraft(node, params.id),
  };
}
