import { useState } from "react";
import { type Plan, plansCsv, type PlanState } from "../../api/index.ts";
import { PlanForm } from "../draft/plan-form.tsx";
import type { Told } from "../../intake/write/told.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { ListFiles } from "../view/paper.tsx";
import { Button, Empty, PrivateBox, ProblemNotice, Words } from "../view/pieces.tsx";
import { DecisionTag, PlanDecision } from "./plan-decide.tsx";
import { WindowText } from "../view/time.tsx";
import { useWords } from "../words/say.tsx";

/** What this side intends and has not told, and what told things it comes too close to. */
export function PlansPage() {
  const { client, node } = useDesk();
  const { t } = useWords();
  const mayChange = useMay("change plans");
  const plans = useResource("plans", () => client.plans(), ["plan"]);
  const holdings = useResource("holdings", () => client.holdings(), ["plan"]);
  const conflicts = useResource("conflicts", () => client.conflicts(), ["plan", "conflict", "message"]);
  const states = useResource("plan-states", () => client.planStates(), ["plan", "conflict", "certificate"]);
  const stateOf = new Map<string, PlanState>(states.value?.items.map((state) => [state.plan, state]));
  const [adding, setAdding] = useState(false);
  const found = conflicts.value?.conflicts ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("plans.title")}</h1>
        <span className="grow" />
        {mayChange && !adding ? <Button onPress={() => setAdding(true)}>{t("plans.add")}</Button> : null}
      </div>
      <ProblemNotice problem={plans.problem ?? conflicts.problem} />
      {adding ? <PlanForm onDone={() => setAdding(false)} /> : null}
      <PrivateBox title={found.length === 0 ? t("plans.nothing-close") : t("plans.too-close", { count: found.length })}>
        {found.length === 0 ? <p className="quiet">{t("plans.nothing-nearer")}</p> : <ConflictList conflicts={found} />}
      </PrivateBox>
      <PrivateBox title={t("plans.plans")}>
        <PlanList plans={plans.value?.items ?? []} type="plan" mayChange={mayChange} states={stateOf} />
      </PrivateBox>
      {(holdings.value?.items.length ?? 0) === 0 ? null : (
        <PrivateBox title={t("plans.holdings")}>
          <PlanList plans={holdings.value?.items ?? []} type="holding" mayChange={mayChange} states={NO_STATES} />
        </PrivateBox>
      )}
      <ListFiles
        name="plans-PRIVATE"
        csv={plansCsv([...(plans.value?.items ?? []), ...(holdings.value?.items ?? [])])}
        places={async () =>
          [...(plans.value?.items ?? []), ...(holdings.value?.items ?? [])].map((plan) =>
            privately(plan, node.exercise),
          )
        }
        isPrivate
      />
    </div>
  );
}

/** Whoever opens the file sees in each name that it is not to be passed on. */
const privately = ({ id, name, remarks, volumes }: Plan, exercise: boolean): Told => ({
  id,
  uid: id,
  kind: "plan",
  exercise,
  precision_m: null,
  fields: [],
  gone: false,
  name: `PRIVATE · ${name}`,
  remarks,
  // A map file holds no heights.
  volumes: volumes.map(({ footprint, window }) => ({ footprint, window, height: null })),
  route: [],
});

const NO_STATES: ReadonlyMap<string, PlanState> = new Map();
const SHOWN = 200;

interface PlanListProps {
  readonly plans: readonly Plan[];
  readonly type: "plan" | "holding";
  readonly mayChange: boolean;
  readonly states: ReadonlyMap<string, PlanState>;
}

function PlanList({ plans, type, mayChange, states }: PlanListProps) {
  const { client } = useDesk();
  const { t } = useWords();
  const task = useTask();
  const [open, setOpen] = useState<string | null>(null);
  if (plans.length === 0) return <p className="quiet">{t("common.none")}</p>;
  const remove = (id: string) => () =>
    type === "plan" ? client.deletePlan({ params: { id } }) : client.deleteHolding({ params: { id } });
  return (
    <>
      <ProblemNotice problem={task.problem} />
      <ul className="stack">
        {plans.slice(0, SHOWN).map((plan) => (
          <li key={plan.id} className="stack">
            <div className="row apart">
              <PlanName plan={plan} state={states.get(plan.id)} />
              <span className="row">
                {type === "plan" ? (
                  <OpenButton
                    plan={plan}
                    isOpen={open === plan.id}
                    onPress={() => setOpen(open === plan.id ? null : plan.id)}
                  />
                ) : null}
                {mayChange ? (
                  <Button
                    tone="quiet"
                    label={t("plans.remove-one", { name: plan.name })}
                    disabled={task.busy}
                    onPress={() => task.run(remove(plan.id))}
                  >
                    {t("plans.remove")}
                  </Button>
                ) : null}
              </span>
            </div>
            {open === plan.id ? <PlanDecision plan={plan} /> : null}
          </li>
        ))}
      </ul>
      {plans.length > SHOWN ? <Empty>{t("plans.left-out", { count: plans.length - SHOWN })}</Empty> : null}
    </>
  );
}

function PlanName({ plan, state }: { readonly plan: Plan; readonly state: PlanState | undefined }) {
  return (
    <span>
      <span className="mono fine">{plan.id}</span>{" "}
      <strong>
        <Words>{plan.name}</Words>
      </strong>{" "}
      <span className="quiet">{plan.category}</span>{" "}
      {plan.volumes[0] === undefined ? null : <WindowText window={plan.volumes[0].window} />}{" "}
      {state === undefined ? null : <DecisionTag state={state} />}
    </span>
  );
}

interface OpenButtonProps {
  readonly plan: Plan;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function OpenButton({ plan, isOpen, onPress }: OpenButtonProps) {
  const { t } = useWords();
  return (
    <Button
      label={isOpen ? t("decide.close-one", { name: plan.name }) : t("decide.decide-one", { name: plan.name })}
      onPress={onPress}
    >
      {isOpen ? t("decide.close") : t("decide.decide")}
    </Button>
  );
}
