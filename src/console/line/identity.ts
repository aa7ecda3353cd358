import type { DeclarationReply } from "../../api/index.ts";

/** The fingerprint of the key that took the place of the one in the charter; null where that one still counts. */
export function successorOf(party: string, declarations: readonly DeclarationReply[]): string | null {
  const taken = declarations.findLast((each) => each.party === party && each.declares === "succession");
  return taken?.fingerprint ?? null;
}
