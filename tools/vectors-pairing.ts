/** Makes `vectors/pairing.json` anew: `node tools/vectors-pairing.ts`. Keys are random, so the files differ each time. */
import { writeFileSync } from "node:fs";
import { pair } from "../test/line/sides.ts";

interface Case {
  readonly name: string;
  /** Which parser is asked. */
  readonly as: "invitation" | "join" | "proposal" | "signature" | "line";
  readonly text: string;
  /** Of the refusal; null where the file is valid. */
  readonly code: string | null;
}

const { texts } = await pair();
const valid = {
  invitation: texts.invitation,
  join: texts.joins[0] as string,
  proposal: texts.proposal,
  signature: texts.signatures[0] as string,
  line: texts.line,
} as const;
type Step = keyof typeof valid;

function parsed(step: Step): Record<string, unknown> {
  return JSON.parse(valid[step]) as Record<string, unknown>;
}

const written = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The same file with one bit of a base64 field turned over. */
function flipped(step: Step, field: string): string {
  const value = parsed(step);
  const bytes = Buffer.from(value[field] as string, "base64");
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  return written({ ...value, [field]: bytes.toString("base64") });
}

const cases: Case[] = Object.entries(valid).map(([step, text]) => ({
  name: `a ${step}`,
  as: step as Step,
  text,
  code: null,
}));
const refused = (name: string, as: Step, text: string, code: string): void => void cases.push({ name, as, text, code });

refused("an invitation where a join is asked for", "join", valid.invitation, "pairing-wrong-file");
refused("a proposal where a line's file is asked for", "line", valid.proposal, "pairing-wrong-file");
for (const step of Object.keys(valid) as Step[]) {
  refused(`a ${step} without its last line feed`, step, valid[step].slice(0, -1), "pairing-file-malformed");
  refused(`a ${step} in another spelling`, step, `${JSON.stringify(parsed(step))}\n`, "pairing-file-malformed");
  refused(`a ${step} with a member more`, step, written({ ...parsed(step), more: 1 }), "pairing-file-malformed");
}
refused(
  "an invitation whose name is not the signed one",
  "invitation",
  written({ ...parsed("invitation"), name: "Another Command" }),
  "pairing-file-malformed",
);
refused(
  "an invitation with an altered signature",
  "invitation",
  flipped("invitation", "signature"),
  "pairing-signature",
);
refused("a join with an altered signature", "join", flipped("join", "signature"), "pairing-signature");
refused(
  "a line's file without one signature",
  "line",
  written({ ...parsed("line"), signatures: (parsed("line")["signatures"] as unknown[]).slice(1) }),
  "charter-unsigned",
);
refused(
  "a line's file without one roster",
  "line",
  written({ ...parsed("line"), rosters: (parsed("line")["rosters"] as unknown[]).slice(1) }),
  "pairing-incomplete",
);

writeFileSync(new URL("../vectors/pairing.json", import.meta.url), written({ spec: "spec/pairing.md", cases }));
