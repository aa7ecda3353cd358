/** What the map shows: the volumes of what was told and is in force, our own plans, and the conflicts between them. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { Conflict, MessageDetail, MessageSummary, Plan } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { useDesk, useMay } from "../session/desk.ts";

const WITH_PLACES = new Set(["activity", "site", "movement", "presence", "report", "warning", "alert", "query"]);
/** Drawn at most; the page says how many are not. */
const MOST = 600;
const AT_ONCE = 6;

export interface Placed {
  readonly summary: MessageSummary;
  readonly detail: MessageDetail;
}

export interface MapData {
  readonly placed: readonly Placed[];
  readonly notShown: number;
  /** Everything that is to be drawn has come. */
  readonly complete: boolean;
  readonly plans: readonly Plan[];
  readonly conflicts: readonly Conflict[];
}

const NOTHING: readonly never[] = [];

export function useMapData(): MapData {
  const { client } = useDesk();
  const seesPlans = useMay("see plans");
  const seesConflicts = useMay("see conflicts");
  const list = useResource("map-messages", () => client.messages({ query: { limit: 5000 } }), ["message"]);
  const plans = useResource(
    "map-plans",
    async () => (seesPlans ? [...(await client.plans()).items, ...(await client.holdings()).items] : []),
    ["plan"],
  );
  const conflicts = useResource(
    "map-conflicts",
    async () => (seesConflicts ? (await client.conflicts()).conflicts : []),
    ["plan", "conflict", "message"],
  );
  const wanted = useMemo(() => {
    const messages = list.value?.messages ?? [];
    return messages.filter(
      (message) => WITH_PLACES.has(message.kind) && message.state === "in-force" && message.faults.length === 0,
    );
  }, [list.value]);
  const placed = useDetails(useMemo(() => wanted.slice(0, MOST), [wanted]));
  // One object for as long as nothing changes: the map is fed anew only when there is something new.
  return useMemo(
    () => ({
      placed,
      complete: list.value !== null && plans.value !== null && placed.length === Math.min(MOST, wanted.length),
      notShown: Math.max(0, wanted.length - MOST),
      plans: plans.value ?? NOTHING,
      conflicts: conflicts.value ?? NOTHING,
    }),
    [placed, list.value, plans.value, conflicts.value, wanted],
  );
}

/** A message's volumes never change, so each is asked for once. */
function useDetails(wanted: readonly MessageSummary[]): readonly Placed[] {
  const { client } = useDesk();
  const cache = useRef(new Map<string, MessageDetail>());
  const [placed, setPlaced] = useState<readonly Placed[]>([]);
  useEffect(() => {
    const over = new AbortController();
    const publish = () => {
      if (over.signal.aborted) return;
      setPlaced(
        wanted.flatMap((summary) => {
          const detail = cache.current.get(summary.hash);
          return detail === undefined ? [] : [{ summary, detail }];
        }),
      );
    };
    const queue = wanted.filter(({ hash }) => !cache.current.has(hash));
    const work = async () => {
      for (let next = queue.shift(); next !== undefined && !over.signal.aborted; next = queue.shift()) {
        try {
          cache.current.set(next.hash, await client.message({ params: { hash: next.hash } }));
        } catch {
          // It is asked for again with the next change of the list.
        }
      }
    };
    publish();
    void Promise.all(Array.from({ length: AT_ONCE }, work)).then(publish);
    return () => over.abort();
  }, [client, wanted]);
  return placed;
}
