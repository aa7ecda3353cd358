import type { Finding } from "../../api/index.ts";
import { formatCoordinate } from "../../geo/index.ts";
import { labelOf, type Phrasebook } from "../../message/index.ts";
import type { Tongue } from "../words/load.ts";
import { useWords } from "../words/say.tsx";
import { NodeWords, Notice, Words } from "./pieces.tsx";

/** What was found by intake has no row, and what the node found has none either; a file's has. */
type Found = Omit<Finding, "file_row"> & { readonly file_row?: number | null | undefined };

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

/** By its code in the reader's language, with what was probably meant; the figures behind it as they were written. */
function FindingWords({ finding }: { readonly finding: Found }) {
  const tongue = useWords();
  const { t, language, phrases } = tongue;
  const { message, because, file_row: row = null, suggestion } = finding;
  const words = wordsOf(tongue, finding.code);
  const exact = [message, because].filter((part) => part !== null).join(" ");
  // Who reads English reads the sentence with its figures at once.
  if (language === "en" || words === null) return <NodeWords>{exact}</NodeWords>;
  return (
    <>
      {row === null ? null : t("finding.row", { row })} {words}{" "}
      {suggestion === null ? null : (
        <span>
          {t("finding.meant", { what: "" })} <Words>{meantIn(suggestion, phrases)}</Words>
        </span>
      )}
      <details className="fine">
        <summary>{t("finding.details")}</summary>
        <NodeWords>{exact}</NodeWords>
      </details>
    </>
  );
}

function wordsOf({ t, has }: Pick<Tongue, "t" | "has">, code: string): string | null {
  const key = `finding.${code}`;
  return has(key) ? (t as (key: string) => string)(key) : null;
}

function meantIn(suggestion: NonNullable<Finding["suggestion"]>, phrases: Phrasebook): string {
  const { latitude: lat, longitude: lon } = suggestion;
  if (typeof lat === "number" && typeof lon === "number") return formatCoordinate({ lat, lon }, "decimal");
  return Object.entries(suggestion)
    .map(([field, value]) => `${labelOf(field, phrases)}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("; ");
}
