import type { MessageSummary } from "../../api/index.ts";
import { useWords } from "../words/say.tsx";
import { Tag } from "./pieces.tsx";

/** Whether what was said still holds, and whether its author still stands by it; nothing where both are so. */
export function StandingTags({ message: { state, disowned } }: { readonly message: MessageSummary }) {
  const { t } = useWords();
  return (
    <>
      {state === "in-force" ? null : <Tag tone="warn">{t(`message.state-${state}`)}</Tag>}
      {disowned === null ? null : <Tag tone="grave">{t(`message.disowned-${disowned}`)}</Tag>}
    </>
  );
}
