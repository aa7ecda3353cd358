import { useCallback, useEffect, useRef, useState } from "react";
import type { NodeEvent } from "../../api/index.ts";
import { useDesk } from "../session/desk.ts";
import { type Problem, problemOf } from "../view/problem.ts";

export interface Resource<T> {
  /** The newest that was loaded; kept while the next is on its way, and while the node is gone. */
  readonly value: T | null;
  readonly problem: Problem | null;
  reload(): void;
}

const GATHER_MS = 60;

/**
 * Something that the node knows, loaded again whenever one of these events says that it may have changed and whenever
 * the node is back. Bursts are gathered; an answer that was overtaken by a newer one is dropped.
 */
export function useResource<T>(key: string, load: () => Promise<T>, topics: readonly NodeEvent["type"][]): Resource<T> {
  const { feed } = useDesk();
  const [held, setHeld] = useState<{ key: string; value: T | null; problem: Problem | null }>({
    key,
    value: null,
    problem: null,
  });
  const turn = useRef(0);
  const latest = useRef(load);
  const wanted = topics.join(" ");

  const reload = useCallback(() => {
    const mine = ++turn.current;
    latest.current().then(
      (value) => mine === turn.current && setHeld({ key, value, problem: null }),
      (error: unknown) => {
        if (mine !== turn.current) return;
        setHeld((before) => ({ key, value: before.key === key ? before.value : null, problem: problemOf(error) }));
      },
    );
  }, [key]);

  useEffect(() => {
    latest.current = load;
  });

  useEffect(() => {
    reload();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = feed.onEvent((event) => {
      if (event !== "again" && !wanted.split(" ").includes(event.type)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        reload();
      }, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [feed, reload, wanted]);

  const current = held.key === key ? held : { value: null, problem: null };
  return { value: current.value, problem: current.problem, reload };
}
