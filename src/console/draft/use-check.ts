/** What the node has to say about a message while it is written: asked when the officer pauses, dropped when he goes on. */
import { startTransition, useEffect, useState } from "react";
import type { Conflict, DraftItemRequest, Finding } from "../../api/index.ts";
import { useDesk } from "../session/desk.ts";
import { type Problem, problemOf } from "../view/problem.ts";

export interface Checked {
  readonly findings: readonly Finding[];
  readonly conflicts: readonly Conflict[];
  readonly problem: Problem | null;
}

const PAUSE_MS = 250;

/** null while there is nothing that could be checked. What is shown is the last that came, until the next comes. */
export function useCheck(item: DraftItemRequest | null): Checked | null {
  const { client } = useDesk();
  const [checked, setChecked] = useState<Checked | null>(null);
  const asked = item === null ? null : JSON.stringify(item);
  useEffect(() => {
    if (asked === null) return;
    const over = new AbortController();
    // Never in the way of a key: what came is drawn when nothing is being typed.
    const show = (found: Checked) => {
      if (!over.signal.aborted) startTransition(() => setChecked(found));
    };
    const timer = setTimeout(() => {
      client.checkDraft({ body: JSON.parse(asked) as DraftItemRequest }, { signal: over.signal }).then(
        ({ findings, conflicts }) => show({ findings, conflicts, problem: null }),
        (error: unknown) => show({ findings: [], conflicts: [], problem: problemOf(error) }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [client, asked]);
  return asked === null ? null : checked;
}
