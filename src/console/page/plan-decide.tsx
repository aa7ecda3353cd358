import { useState } from "react";
import type { Conflict, Plan, PlanState, PlanStateReply, Suggestions } from "../../api/index.ts";
import { formatTime } from "../../geo/index.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { ConflictItem, WhyFired } from "../view/conflicts.tsx";
import { WordsField } from "../view/fields.tsx";
import { Button, Loading, Notice, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { duration, Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";

type Outcome = NonNullable<PlanState["certificate"]>["outcome"];

/** GO, NO GO or neither, and how many breaches stand against it. */
export function DecisionTag({ state }: { readonly state: PlanState }) {
  const { t } = useWords();
  const { decision, breaches } = state;
  const open = breaches === 0 ? null : <Tag tone="warn">{t("decide.breaches", { count: breaches })}</Tag>;
  if (decision === null) return open;
  const hasLapsed = decision.lapsed_at !== null;
  const [key, tone] = hasLapsed
    ? (["decide.go-lapsed", "grave"] as const)
    : decision.decision === "GO"
      ? (["decide.go", "good"] as const)
      : (["decide.no-go", "plain"] as const);
  return (
    <>
      <Tag tone={tone}>{t(key)}</Tag> {open}
    </>
  );
}

/** Everything that GO or NO GO for one plan rests on. */
export function PlanDecision({ plan }: { readonly plan: Plan }) {
  const { client } = useDesk();
  const params = { id: plan.id };
  const topics = ["plan", "conflict", "certificate", "message"] as const;
  const reply = useResource(`state ${plan.id}`, () => client.planState({ params }), topics);
  const advice = useResource(`advice ${plan.id}`, () => client.planSuggestions({ params }), topics);
  if (reply.value === null) return reply.problem === null ? <Loading /> : <ProblemNotice problem={reply.problem} />;
  const { conflicts } = reply.value;
  return (
    <div className="stack decide">
      <Certified reply={reply.value} />
      {conflicts.length === 0 ? null : (
        <ul className="stack">
          {conflicts.map((conflict) => (
            <Breach key={keyOf(conflict)} plan={plan.id} conflict={conflict} state={reply.value?.state ?? null} />
          ))}
        </ul>
      )}
      <Ways plan={plan} advice={conflicts.length === 0 ? null : advice.value} />
      <Decide plan={plan.id} isBehind={reply.value.behind.length > 0} />
    </div>
  );
}

/** What the node calls a conflict of a plan. */
function keyOf({ against: { type, id } }: Conflict): string {
  return type === "message" ? id : `${type}:${id}`;
}

function Certified({ reply: { state, behind } }: { readonly reply: PlanStateReply }) {
  const { t } = useWords();
  const { certificate, lapsed, decision } = state;
  return (
    <>
      <p>
        <strong>
          {t(decision === null ? "decide.undecided" : decision.decision === "GO" ? "decide.go" : "decide.no-go")}
        </strong>{" "}
        {decision === null ? null : (
          <span className="quiet">
            <Say k="decide.by-at" given={{ officer: decision.by, at: <Time at={decision.at} /> }} />{" "}
            {decision.lapsed_at === null ? null : (
              <Tag tone="grave">
                {t("decide.go-lapsed")} <Time at={decision.lapsed_at} />
              </Tag>
            )}{" "}
            <Words>{decision.reason}</Words>
          </span>
        )}
      </p>
      <p>
        {certificate === null ? (
          t("decide.no-certificate")
        ) : (
          <Say
            k="decide.certified-at"
            given={{ at: <Time at={certificate.at} seconds />, outcome: <OutcomeText outcome={certificate.outcome} /> }}
          />
        )}{" "}
        <span className="quiet fine">{t("decide.self-attested")}</span>
      </p>
      {lapsed === null ? null : (
        <p className="quiet">
          <Say
            k="decide.lapsed-at"
            given={{ at: <Time at={lapsed.at} seconds />, outcome: <OutcomeText outcome={lapsed.outcome} /> }}
          />
        </p>
      )}
      {behind.map(({ party, waiting, missing }) => (
        <Notice key={party} tone="warn">
          {t("decide.behind", { party, count: waiting + missing })}
        </Notice>
      ))}
    </>
  );
}

function OutcomeText({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useWords();
  if (outcome.outcome === "clear") return t("decide.clear");
  const doubts = outcome.undecided === 0 ? "" : t("decide.cannot-decide", { count: outcome.undecided });
  if (outcome.outcome === "undecided") return doubts;
  return [t("decide.conflicts", { count: outcome.conflicts }), doubts].filter((part) => part !== "").join(", ");
}

/** One conflict: what, by which rule, and whether somebody has taken it upon himself. */
function Breach({
  plan,
  conflict,
  state,
}: {
  readonly plan: Plan["id"];
  readonly conflict: Conflict;
  readonly state: PlanState | null;
}) {
  const { client } = useDesk();
  const { t } = useWords();
  const mayChange = useMay("change plans");
  const task = useTask();
  const [reason, setReason] = useState<string | null>(null);
  const against = keyOf(conflict);
  const taken = state?.overrides.find((each) => each.against === against) ?? null;
  const override = async () => {
    await client.overridePlan({ params: { id: plan }, body: { against, reason: reason?.trim() ?? "" } });
    setReason(null);
  };
  return (
    <li className="stack">
      <ConflictItem conflict={conflict} />
      {conflict.why === null ? null : (
        <details className="fine">
          <summary>{t("decide.why")}</summary>
          <WhyFired why={conflict.why} />
        </details>
      )}
      {taken === null ? null : (
        <p className="quiet">
          <Say k="decide.overridden" given={{ officer: taken.by, at: <Time at={taken.at} />, reason: taken.reason }} />
        </p>
      )}
      <ProblemNotice problem={task.problem} />
      {!mayChange || taken !== null ? null : reason === null ? (
        <div className="row">
          <Button onPress={() => setReason("")}>{t("decide.override")}</Button>
        </div>
      ) : (
        <>
          <WordsField label={t("decide.override-reason")} value={reason} onChange={setReason} rows={2} required />
          <div className="row">
            <Button tone="grave" busy={task.busy} disabled={reason.trim() === ""} onPress={() => task.run(override)}>
              {t("decide.override")}
            </Button>
            <Button onPress={() => setReason(null)}>{t("common.cancel")}</Button>
          </div>
        </>
      )}
    </li>
  );
}

function changeWords(t: Translate, change: Suggestions["suggestions"][number]["change"]): string {
  switch (change.type) {
    case "later":
      return t("decide.change-later", { for: duration(t, change.delay_ms), at: formatTime(change.start) });
    case "shift":
      return t("decide.change-shift", {
        distance: t("common.metres", { n: Math.round(change.metres) }),
        bearing: change.bearing_deg,
      });
    case "height":
      return t("decide.change-height", { lower: change.lower_m, upper: change.upper_m, datum: change.datum });
  }
}

/** The nearest changes that clear the plan; one press puts the changed plan, which the node checks anew. */
function Ways({ plan, advice }: { readonly plan: Plan; readonly advice: Suggestions | null }) {
  const { client } = useDesk();
  const { t } = useWords();
  const mayChange = useMay("change plans");
  const task = useTask();
  const [left, setLeft] = useState<number | null>(null);
  const apply = (volumes: Plan["volumes"]) => async () => {
    const { conflicts } = await client.putPlans({ body: { items: [{ ...plan, volumes }] } });
    setLeft(conflicts.length);
  };
  const applied =
    left === null ? null : (
      <Notice tone={left === 0 ? "good" : "warn"}>
        {left === 0 ? t("decide.applied-clear") : t("decide.applied-still", { count: left })}
      </Notice>
    );
  if (advice === null || advice.troubles.length === 0) return applied;
  return (
    <>
      {applied}
      <h3>{t("decide.what-clears")}</h3>
      {advice.suggestions.length === 0 ? <p className="quiet">{t("decide.nothing-clears")}</p> : null}
      <ul className="stack">
        {advice.suggestions.map(({ change, says, volumes }) => (
          <li key={says} className="row apart">
            <span>{changeWords(t, change)}</span>
            {mayChange ? (
              <Button
                label={t("decide.apply-one", { change: changeWords(t, change) })}
                busy={task.busy}
                onPress={() => task.run(apply(volumes))}
              >
                {t("decide.apply")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ProblemNotice problem={task.problem} />
    </>
  );
}

function Decide({ plan, isBehind }: { readonly plan: Plan["id"]; readonly isBehind: boolean }) {
  const { client } = useDesk();
  const { t } = useWords();
  const mayChange = useMay("change plans");
  const task = useTask();
  const [although, setAlthough] = useState("");
  const [reason, setReason] = useState<string | null>(null);
  if (!mayChange) return null;
  const params = { id: plan };
  const go = () =>
    client.goPlan({ params, body: { although_behind: although.trim() === "" ? null : although.trim() } });
  const noGo = async () => {
    await client.noGoPlan({ params, body: { reason: reason?.trim() ?? "" } });
    setReason(null);
  };
  return (
    <>
      {isBehind ? (
        <WordsField label={t("decide.although-behind")} value={although} onChange={setAlthough} rows={2} />
      ) : null}
      {reason === null ? null : (
        <WordsField label={t("decide.no-go-reason")} value={reason} onChange={setReason} rows={2} required />
      )}
      <ProblemNotice problem={task.problem} />
      <div className="row">
        {reason === null ? (
          <>
            <Button tone="primary" busy={task.busy} onPress={() => task.run(go)}>
              {t("decide.go")}
            </Button>
            <Button onPress={() => setReason("")}>{t("decide.no-go")}</Button>
          </>
        ) : (
          <>
            <Button tone="grave" busy={task.busy} disabled={reason.trim() === ""} onPress={() => task.run(noGo)}>
              {t("decide.no-go")}
            </Button>
            <Button onPress={() => setReason(null)}>{t("common.cancel")}</Button>
          </>
        )}
      </div>
    </>
  );
}
