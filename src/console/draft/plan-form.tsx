/** A new plan: in a place, or along a route with times. What it comes too near to is told while it is written. */
import { useState } from "react";
import type { Plan } from "../../api/index.ts";
import { formatTime, movingVolume } from "../../geo/index.ts";
import { useDesk } from "../session/desk.ts";
import { ConflictList } from "../view/conflicts.tsx";
import { ChoiceField, WordsField } from "../view/fields.tsx";
import { Button, PrivateBox, ProblemNotice } from "../view/pieces.tsx";
import { Missing } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import { CircleFields, HeightFields } from "./circle-fields.tsx";
import { type CircleText, circleVolume, EMPTY_CIRCLE, heightOf } from "./form.ts";
import { emptyRoute, RouteFields, routeOf, type RouteText } from "./route-fields.tsx";
import { RULED_CATEGORIES } from "./ruled.ts";
import { usePlanCheck } from "./use-check.ts";
import { useTask } from "./use-task.ts";

const HOUR = 3_600_000;
const WAYS = ["standing", "moving"] as const;

interface PlanText {
  readonly way: (typeof WAYS)[number];
  readonly place: CircleText;
  readonly route: RouteText;
}

type Volume = Plan["volumes"][number];

function emptyPlan(now: number): PlanText {
  const hour = now - (now % HOUR);
  const place = { ...EMPTY_CIRCLE, start: formatTime(hour + 2 * HOUR), end: formatTime(hour + 3 * HOUR) };
  return { way: "standing", place, route: emptyRoute(now, null) };
}

/** Throws a Missing. The heights are typed once for both ways. */
function volumeOf({ way, place, route }: PlanText): Volume {
  if (way === "standing") return circleVolume(place);
  const { route: fixes, tolerance_s, width_m } = routeOf(route);
  const { footprint, window, motion } = movingVolume(fixes, { tolerance_s, width_m, height: null });
  const back = motion.times.filter((at) => at !== null).some((at, i, all) => i > 0 && at < (all[i - 1] as number));
  if (back) throw new Missing((t) => t("missing.ends-before-start"));
  return {
    footprint: { ...footprint, line: [...footprint.line] },
    height: heightOf(place),
    window,
    motion: { ...motion, times: [...motion.times] },
  };
}

/** null while something is missing or cannot be read: the fields say what. */
function volumeOrNull(text: PlanText): Volume | null {
  try {
    return volumeOf(text);
  } catch (error) {
    if (error instanceof Missing) return null;
    throw error;
  }
}

const NEW = "new";

export function PlanForm({ onDone }: { readonly onDone: () => void }) {
  const { client } = useDesk();
  const { t } = useWords();
  const task = useTask();
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [category, setCategory] = useState("");
  const [remarks, setRemarks] = useState("");
  const [text, setText] = useState(() => emptyPlan(Date.now()));
  const named = { id: id.trim(), name: name.trim(), category: category.trim() || "plan" };
  const save = async () => {
    if (named.id === "" || named.name === "") throw new Missing((say) => say("missing.number-and-name"));
    await client.putPlans({ body: { items: [{ ...named, volumes: [volumeOf(text)], remarks }] } });
    onDone();
  };
  return (
    <PrivateBox title={t("plans.new")}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          task.run(save);
        }}
      >
        <div className="pair">
          <WordsField label={t("plans.number")} value={id} onChange={setId} hint={t("plans.number-hint")} required />
          <WordsField label={t("plans.name")} value={name} onChange={setName} required />
          <WordsField
            label={t("plans.category")}
            value={category}
            onChange={setCategory}
            hint={t("plans.category-hint", { words: RULED_CATEGORIES.join(", ") })}
          />
        </div>
        <WhereFields value={text} change={setText} />
        <WordsField label={t("plans.remarks")} rows={2} value={remarks} onChange={setRemarks} />
        <WhileWriting text={text} category={named.category} name={named.name} />
        <ProblemNotice problem={task.problem} />
        <div className="row">
          <Button type="submit" tone="primary" busy={task.busy}>
            {t("plans.keep")}
          </Button>
          <Button onPress={onDone}>{t("common.cancel")}</Button>
        </div>
      </form>
    </PrivateBox>
  );
}

interface WhereProps {
  readonly value: PlanText;
  readonly change: (change: (before: PlanText) => PlanText) => void;
}

function WhereFields({ value, change }: WhereProps) {
  const { t } = useWords();
  const setPlace = (part: Partial<CircleText>) =>
    change((before) => ({ ...before, place: { ...before.place, ...part } }));
  const setRoute = (part: Partial<RouteText>) =>
    change((before) => ({ ...before, route: { ...before.route, ...part } }));
  return (
    <>
      <ChoiceField
        label={t("write.where")}
        value={value.way}
        options={WAYS.map((way) => ({ value: way, label: t(`plans.${way}`) }))}
        onChange={(way) => change((before) => ({ ...before, way: way as PlanText["way"] }))}
      />
      {value.way === "standing" ? (
        <CircleFields value={value.place} set={setPlace} />
      ) : (
        <>
          <RouteFields names={false} value={value.route} set={setRoute} />
          <HeightFields value={value.place} set={setPlace} />
        </>
      )}
    </>
  );
}

interface WhileWritingProps {
  readonly text: PlanText;
  readonly category: string;
  readonly name: string;
}

/** What the plan would come too near to if it were kept as it is typed. */
function WhileWriting({ text, category, name }: WhileWritingProps) {
  const { t } = useWords();
  const volume = volumeOrNull(text);
  const plan = { id: NEW, name: name === "" ? t("plans.new") : name, category };
  const checked = usePlanCheck(volume === null ? null : { volumes: [volume], plan });
  if (checked === null) return null;
  const { conflicts, problem } = checked;
  return (
    <section className="stack" aria-label={t("write.while-writing")} aria-live="polite">
      {conflicts.length === 0 && problem === null ? <p className="fine">{t("write.nothing-found")}</p> : null}
      {conflicts.length === 0 ? null : (
        <>
          <h3>{t("plans.too-close", { count: conflicts.length })}</h3>
          <ConflictList conflicts={conflicts} />
        </>
      )}
      <ProblemNotice problem={problem} />
    </section>
  );
}
