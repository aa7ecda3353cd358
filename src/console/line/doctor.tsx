/** The doctor: every step of the line tried in turn, and what each came upon, in the reader's language. */
import { type ReactNode, useState } from "react";
import type { DoctorStep } from "../../api/index.ts";
import { useTask } from "../draft/use-task.ts";
import { useDesk } from "../session/desk.ts";
import { useParties } from "../session/status.ts";
import { Button, NodeWords, Panel, ProblemNotice, Tag } from "../view/pieces.tsx";
import { problemWords } from "../view/problem.ts";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

const OUTCOMES: Record<DoctorStep["outcome"], "good" | "warn" | "grave" | "plain"> = {
  ok: "good",
  warning: "warn",
  failed: "grave",
  "not-tried": "plain",
};

export function DoctorPanel() {
  const { client } = useDesk();
  const { t } = useWords();
  const task = useTask();
  const [steps, setSteps] = useState<readonly DoctorStep[]>([]);
  return (
    <Panel title={t("line.doctor")} aside={t("line.doctor-aside")}>
      <div className="row">
        <Button busy={task.busy} onPress={() => task.run(async () => setSteps((await client.doctor()).steps))}>
          {t("line.examine")}
        </Button>
      </div>
      <ProblemNotice problem={task.problem} />
      <ul className="stack">
        {steps.map((step, i) => (
          <li key={i} className="row">
            <Tag tone={OUTCOMES[step.outcome]}>{t(`line.outcome-${step.outcome}`)}</Tag>
            <StepName step={step} />
            <StepWords step={step} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** `reach southern` as an officer says it: what was tried and with whom. A witness is named where a party would be. */
const STEPS = [
  "store",
  "at rest",
  "node keys",
  "TLS key",
  "clock",
  "charter",
  "own address",
  "own log",
  "siren",
  "own witness",
  "address of",
  "resolve",
  "reach",
  "answers",
  "exchange with",
  "log of",
  "clock of",
  "receipts of",
  "test call to",
] as const;
const WITNESS = "witness ";

function StepName({ step: { step, party } }: { readonly step: DoctorStep }) {
  const { t } = useWords();
  const { nameOf } = useParties();
  if (party === null && step.startsWith(WITNESS)) {
    return <span>{t("line.step-witness", { party: step.slice(WITNESS.length) })}</span>;
  }
  const bare = party === null ? step : step.replace(party, "").trim();
  const name = STEPS.find((each) => each === bare);
  if (name === undefined) return <NodeWords>{step}</NodeWords>;
  const key = `line.step-${name.replaceAll(" ", "-")}` as "line.step-reach";
  return <span>{t(key, { party: party === null ? "" : nameOf(party) })}</span>;
}

/** Of what fails, what it is and what to do; then what was come upon, with its figures. */
function StepWords({ step }: { readonly step: DoctorStep }) {
  const tongue = useWords();
  const { t } = tongue;
  const { outcome, code, found, message, next } = step;
  const said = code === null ? null : problemWords(tongue, { code, message, next: next ?? "", said: null });
  return (
    <span className="quiet">
      {outcome === "not-tried" ? (
        t("line.step-failed-before")
      ) : found !== null && (code === null || said !== null) ? (
        <>
          {said !== null && `${said} · `}
          <FoundWords found={found} />
        </>
      ) : (
        <>
          {said} <NodeWords>{said === null ? `${message} ${next ?? ""}` : message}</NodeWords>
        </>
      )}
    </span>
  );
}

function FoundWords({ found: { name, figures } }: { readonly found: NonNullable<DoctorStep["found"]> }) {
  const { nameOf } = useParties();
  const shown = (figure: string, value: string | number): ReactNode => {
    if (figure === "at" && typeof value === "number") return <Time at={value} seconds />;
    if (typeof value === "number") return value;
    // Addresses and keys run from left to right among words that do not.
    return figure === "party" ? nameOf(value) : <bdi dir="ltr">{value}</bdi>;
  };
  const given = Object.fromEntries(Object.entries(figures).map(([figure, value]) => [figure, shown(figure, value)]));
  return <Say k={`doctor.${name}` as "doctor.clock-at"} given={given as { readonly at: ReactNode }} />;
}
