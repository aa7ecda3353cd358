/** Has the node draft many messages as one, once this page has seen that the node drafted just those. */
import type { Draft, DraftRequest } from "../../api/index.ts";
import type { Desk } from "../session/desk.ts";
import { refuseOtherWords } from "../draft/say.ts";

export async function draftList(desk: Desk, request: DraftRequest): Promise<Draft> {
  const draft = await desk.client.createDraft({ body: request });
  refuseOtherWords(draft, request.items);
  return draft;
}
