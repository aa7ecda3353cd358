/** Words in a page. `t` gives text; `Say` puts what is more than text into its place in the sentence. */
import { createContext, Fragment, type ReactNode, use } from "react";
import type { Tongue } from "./load.ts";
import type { Arguments, Given, Key } from "./types.ts";

export const TongueContext = createContext<Tongue | null>(null);

/** The reader's language and how to speak it. */
export function useWords(): Tongue {
  const tongue = use(TongueContext);
  if (tongue === null) throw new Error("No language is loaded here.");
  return tongue;
}

type SayProps<K extends Key> = { readonly k: K } & ([] extends Given<K, ReactNode>
  ? { readonly given?: undefined }
  : { readonly given: Arguments<K, ReactNode> });

/** `<Say k="draft.by" given={{ officer: name, at: <Time at={at} /> }} />`: text among the arguments is isolated. */
export function Say<K extends Key>({ k, given }: SayProps<K>) {
  const { parts } = useWords();
  const slots: Readonly<Record<string, unknown>> = given ?? {};
  return parts(k, slots).map((part, i) => (
    <Fragment key={i}>{"text" in part ? part.text : nodeOf(slots[part.slot] as ReactNode)}</Fragment>
  ));
}

function nodeOf(node: ReactNode): ReactNode {
  return typeof node === "string" ? <bdi>{node}</bdi> : node;
}
