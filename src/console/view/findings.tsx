import type { Finding } from "../../api/index.ts";
import { useWords } from "../words/say.tsx";
import { NodeWords, Notice } from "./pieces.tsx";

/** What the node finds against a draft, worst marked as such. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useWords();
  return findings.map((finding, i) => (
    <Notice key={i} tone={finding.gravity === "refuse" ? "grave" : finding.gravity === "warn" ? "warn" : "plain"}>
      <strong>{t(`draft.finding-${finding.gravity}`)}</strong>{" "}
      <NodeWords>{[finding.message, finding.because].filter((part) => part !== null).join(" ")}</NodeWords>{" "}
      <span className="fine mono">{finding.code}</span>
    </Notice>
  ));
}
