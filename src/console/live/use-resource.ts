import { useCallback, useEffect, useRef, useState } from "react";
import type { NodeEvent } from "../../api/index.ts";
import { useDesk } from "../session/desk.ts";
import { type Problem, problemOf } from "../view/problem.ts";
import { type Loader, loader, pace } from "./loader.ts";

export interface Resource<T> {
  /** The newest that was loaded; kept while the next is on its way, and while the node is gone. */
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly reload: () => void;
}

/** Of all that this page shows of the node. */
const PACE = pace();

/** What shows alerts asks at once; whatever else it changes can wait for the node. */
function isUrgent(event: NodeEvent): boolean {
  return event.type === "alert" || (event.type === "message" && event.kind === "alert");
}

/**
 * Something that the node knows, loaded again whenever one of these events says that it may have changed and whenever
 * the node is back. An answer that was overtaken by a newer one is dropped.
 */
export function useResource<T>(key: string, load: () => Promise<T>, topics: readonly NodeEvent["type"][]): Resource<T> {
  const { feed } = useDesk();
  const [held, setHeld] = useState<{ key: string; value: T | null; problem: Problem | null }>({
    key,
    value: null,
    problem: null,
  });
  const latest = useRef(load);
  const loading = useRef<Loader | null>(null);
  const wanted = topics.join(" ");

  useEffect(() => {
    latest.current = load;
  });

  useEffect(() => {
    const mine = loader(
      () => latest.current(),
      (outcome) =>
        void outcome.then(
          (value) => setHeld({ key, value, problem: null }),
          (error: unknown) =>
            setHeld((before) => ({ key, value: before.key === key ? before.value : null, problem: problemOf(error) })),
        ),
      { pace: PACE },
    );
    loading.current = mine;
    // What is asked for before the node's events come would have to be asked for again once they do.
    let isAsked = feed.state() !== "connecting";
    if (isAsked) mine.now();
    const leaveState = feed.onState(() => {
      if (!isAsked) mine.now();
      isAsked = true;
    });
    const heard = wanted.split(" ");
    const showsAlerts = heard.includes("alert");
    const leave = feed.onEvent((event) => {
      if (event === "again") (showsAlerts ? mine.now : mine.again)();
      else if (!heard.includes(event.type)) return;
      else if (showsAlerts && isUrgent(event)) mine.now();
      else mine.changed();
    });
    return () => {
      mine.stop();
      leaveState();
      leave();
    };
  }, [feed, key, wanted]);

  const reload = useCallback(() => loading.current?.now(), []);
  const current = held.key === key ? held : { value: null, problem: null };
  return { value: current.value, problem: current.problem, reload };
}
