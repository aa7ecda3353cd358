import { useState } from "react";
import { type Problem, problemOf } from "../view/problem.ts";

export interface Task {
  readonly busy: boolean;
  readonly problem: Problem | null;
  run(work: () => Promise<unknown>): void;
}

/** Something that the officer started: busy until it is done, and its fault kept in view until the next try. */
export function useTask(): Task {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const run = (work: () => Promise<unknown>) => {
    setState({ busy: true, problem: null });
    work().then(
      () => setState({ busy: false, problem: null }),
      (error: unknown) => setState({ busy: false, problem: problemOf(error) }),
    );
  };
  return { ...state, run };
}
