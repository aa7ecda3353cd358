import type { Finding } from "../../api/index.ts";
import { findingWords, type Said } from "../words/finding.ts";
import { useWords } from "../words/say.tsx";
import { NodeWords, Notice } from "./pieces.tsx";

/** What was found by intake has no row, and what the node found has none either; a file's has. */
type Found = Omit<Finding, "file_row" | keyof Said> & Said & { readonly file_row?: number | null | undefined };

/** What is found against a draft or a row of a file, worst marked as such. */
export function Findings({ findings }: { readonly findings: readonly Found[] }) {
  const { t } = useWords();
  return findings.map((finding, i) => (
    <Notice key={i} tone={finding.gravity === "refuse" ? "grave" : finding.gravity === "warn" ? "warn" : "plain"}>
      <strong>{t(`draft.finding-${finding.gravity}`)}</strong> <FindingWords finding={finding} />{" "}
      <span className="fine mono">{finding.code}</span>
    </Notice>
  ));
}

function FindingWords({ finding }: { readonly finding: Found }) {
  const tongue = useWords();
  const { file_row: row = null, message, because } = finding;
  const said = findingWords(tongue, finding);
  // Of an older node, or of a program that says it in its own words.
  if (said === null) return <NodeWords>{[message, because].filter((part) => part !== null).join(" ")}</NodeWords>;
  return row === null ? said : `${tongue.t("finding.row", { row })} ${said}`;
}
