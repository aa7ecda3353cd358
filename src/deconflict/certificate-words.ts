/** A certificate in words. It always says whose word it is, and what it does not prove. */
import { formatTime } from "../geo/index.ts";
import type { Rendered } from "../message/index.ts";
import type { Certificate, CertifiedHead, CertifiedOutcome } from "./certificate.ts";

const SELF_ATTESTED =
  "Self-attested: the party's own node says this of itself. It proves what the node said it had checked, and cannot be " +
  "changed afterwards; it does not prove that the check was made, or made well.";

export function renderCertificate(certificate: Certificate): Rendered {
  const { line, party, exercise, at, plan, rules, heads, outcome } = certificate;
  return {
    title: `${exercise ? "EXERCISE " : ""}Certificate of a check, by the node of ${party} (self-attested)`,
    lines: [
      { label: "Outcome", value: outcomeWords(outcome) },
      { label: "Checked", value: `${formatTime(at)} (this node's clock)` },
      ...heads.map((head) => ({ label: `Log ${head.origin.split("/")[2] ?? ""}`, value: headWords(head) })),
      { label: "Plan", value: `commitment ${plan}` },
      { label: "Rules", value: rules },
      { label: "Line", value: line },
    ],
    notice: SELF_ATTESTED,
  };
}

export function outcomeWords(outcome: CertifiedOutcome): string {
  switch (outcome.outcome) {
    case "clear":
      return "clear: nothing that was told is nearer than the rules allow";
    case "undecided":
      return `undecided: ${outcome.undecided} could not be decided`;
    case "conflicts": {
      const { conflicts, gravest, undecided } = outcome;
      const also = undecided === 0 ? "" : `; ${undecided} more could not be decided`;
      return `${conflicts} conflict${conflicts === 1 ? "" : "s"}, the gravest ${gravest}${also}`;
    }
  }
}

function headWords({ size, root, known, unopened }: CertifiedHead): string {
  const beyond = known > size ? `; ${known - size} more were known of and NOT checked` : "";
  const shut = unopened > 0 ? `; ${unopened} could not be opened and were NOT checked` : "";
  return `${size} entries${beyond}${shut}; root ${root}`;
}
