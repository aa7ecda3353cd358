import { useMemo } from "react";
import { type Message, render, type Rendered } from "../../message/index.ts";
import { readItem } from "../draft/say.ts";
import { useParties } from "../session/status.ts";
import { useWords } from "../words/say.tsx";
import { Notice, Words } from "./pieces.tsx";
import { type Problem, problemOf } from "./problem.ts";

export type ReadMessage =
  | { readonly message: Message; readonly rendered: Rendered; readonly problem: null }
  | { readonly message: null; readonly rendered: null; readonly problem: Problem | null };

/**
 * Signed bytes, read in this page and put into the reader's language from their codes; people's own words stay in the
 * language that they chose. Null until they have come, a problem where they are not what they are said to be.
 */
export function useMessage(bytes: string | null, hash: string): ReadMessage {
  const { phrases } = useWords();
  const { nameOf } = useParties();
  return useMemo(() => {
    if (bytes === null) return { message: null, rendered: null, problem: null };
    try {
      const { message } = readItem({ bytes, hash });
      return { message, rendered: render(message, phrases, nameOf), problem: null };
    } catch (error) {
      return { message: null, rendered: null, problem: problemOf(error) };
    }
  }, [bytes, hash, phrases, nameOf]);
}

export function RenderedView({ rendered }: { readonly rendered: Rendered }) {
  return (
    <>
      <dl className="facts">
        {rendered.lines.map(({ label, value }, i) => (
          <div key={i} className="fact">
            <dt>{label}</dt>
            <dd>
              <Words>{value}</Words>
            </dd>
          </div>
        ))}
      </dl>
      {rendered.notice === null ? null : <Notice tone="plain">{rendered.notice}</Notice>}
    </>
  );
}
