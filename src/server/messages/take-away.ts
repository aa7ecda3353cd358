/** A party's own word takes away what one of its officers said: what every desk of this node does about it. */
import type { Node } from "../node.ts";
import type { DeclaredHere } from "./declared.ts";

type Desks = Pick<Node, "book" | "plans" | "said" | "waiting" | "certificates" | "events" | "logger" | "now">;

/** What was told is looked at as if a revoked officer's messages had never been; what they had replaced is back. */
export function takeAway(
  { book, plans, said, waiting, certificates, events, logger, now }: Desks,
  { declaration, revoked }: DeclaredHere,
): void {
  const { party, declares } = declaration;
  logger.warn("declared", { party, declares, revoked: revoked.length });
  const gone = revoked.flatMap((hash) => {
    const fact = book.get(hash);
    return fact === null ? [] : [{ hash, from: fact.from, kind: fact.kind, subject: book.message(hash).subject }];
  });
  if (gone.length > 0) {
    book.forget();
    said.forget();
    waiting.forget();
    plans.recheck(revoked);
    certificates.recheck();
  }
  const at = now();
  for (const each of gone) events.emit({ type: "message", at, ...each });
  events.emit({ type: "declaration", at, party, declares });
}
