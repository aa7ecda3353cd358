import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import type { NodeEvent } from "../../api/index.ts";
import { useDesk } from "../session/desk.ts";
import { type Problem, problemOf } from "../view/problem.ts";
import { type Loader, loader, pace } from "./loader.ts";
import { isSame } from "./same.ts";

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

interface Held<T> {
  readonly key: string;
  readonly value: T | null;
  readonly problem: Problem | null;
}

const show = (work: () => void): void => work();

/** What says the same as before is not drawn again. */
function newer<T>(before: Held<T>, key: string, value: T): Held<T> {
  const isKnown = before.key === key && before.problem === null && isSame(before.value, value);
  return isKnown ? before : { key, value, problem: null };
}

/**
 * Something that the node knows, loaded again whenever one of these events says that it may have changed and whenever
 * the node is back. An answer that was overtaken by a newer one is dropped.
 */
export function useResource<T>(key: string, load: () => Promise<T>, topics: readonly NodeEvent["type"][]): Resource<T> {
  const { feed } = useDesk();
  const [held, setHeld] = useState<Held<T>>({ key, value: null, problem: null });
  const latest = useRef(load);
  const loading = useRef<Loader | null>(null);
  const wanted = topics.join(" ");

  useEffect(() => {
    latest.current = load;
  });

  useEffect(() => {
    const heard = wanted.split(" ");
    const showsAlerts = heard.includes("alert");
    const mine = loader(
      () => latest.current(),
      (outcome) =>
        void outcome.then(
          // An alert that comes while a long list is drawn does not wait for it.
          (value) => (showsAlerts ? show : startTransition)(() => setHeld((before) => newer(before, key, value))),
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
