/** What the node has to say about something while it is written: asked when the officer pauses, dropped when he goes on. */
import { startTransition, useEffect, useState } from "react";
import type { Conflict, DraftItemRequest, Finding } from "../../api/index.ts";
import { useDesk } from "../session/desk.ts";
import { type Problem, problemOf } from "../view/problem.ts";

export interface Checked {
  readonly findings: readonly Finding[];
  readonly conflicts: readonly Conflict[];
  /** In all; `conflicts` holds the worst. */
  readonly conflictsCount: number;
  readonly problem: Problem | null;
}

type PlanCheck = Parameters<Client["check"]>[0]["body"];
type Client = ReturnType<typeof useDesk>["client"];
type Said = Pick<Checked, "conflicts"> & Partial<Pick<Checked, "findings"> & { readonly conflicts_count: number }>;

const PAUSE_MS = 250;

/** Of a draft; null while there is nothing that could be checked. */
export function useCheck(item: DraftItemRequest | null): Checked | null {
  return useAsked(item, askDraft);
}

/** Of a plan that is not kept yet. */
export function usePlanCheck(body: PlanCheck | null): Checked | null {
  return useAsked(body, askPlan);
}

const askDraft = (client: Client, body: DraftItemRequest, signal: AbortSignal) =>
  client.checkDraft({ body }, { signal });
const askPlan = (client: Client, body: PlanCheck, signal: AbortSignal) => client.check({ body }, { signal });

/** What is shown is the last that came, until the next comes. */
function useAsked<Body>(
  body: Body | null,
  ask: (client: Client, body: Body, signal: AbortSignal) => Promise<Said>,
): Checked | null {
  const { client } = useDesk();
  const [checked, setChecked] = useState<Checked | null>(null);
  const asked = body === null ? null : JSON.stringify(body);
  useEffect(() => {
    if (asked === null) return;
    const over = new AbortController();
    // Never in the way of a key: what came is drawn when nothing is being typed.
    const show = (found: Checked) => {
      if (!over.signal.aborted) startTransition(() => setChecked(found));
    };
    const timer = setTimeout(() => {
      ask(client, JSON.parse(asked) as Body, over.signal).then(
        ({ findings = [], conflicts, conflicts_count = conflicts.length }) =>
          show({ findings, conflicts, conflictsCount: conflicts_count, problem: null }),
        (error: unknown) => show({ findings: [], conflicts: [], conflictsCount: 0, problem: problemOf(error) }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [client, asked, ask]);
  return asked === null ? null : checked;
}
