import { ChoiceField, Group, WordsField } from "../view/fields.tsx";
import { Missing } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import { codeOptions } from "./codes.ts";
import { type FieldsProps, type Form, need, numberText, wholeOrNull, wordsOrNull } from "./form.ts";
import { NumberField, readNumber } from "./place-fields.tsx";
import { emptyRoute, RouteFields, routeOf, type RouteText, routeText } from "./route-fields.tsx";

interface Movement extends RouteText {
  readonly phase: string;
  readonly decision: string;
  readonly type: string;
  readonly count: string;
  readonly marks: string;
  readonly night: string;
  readonly people: string;
  readonly children: string;
  readonly wounded: string;
  readonly escort: string;
  readonly escortWords: string;
  readonly means: string;
  readonly number: string;
  readonly who: string;
  readonly remarks: string;
}

function Fields({ value, set }: FieldsProps<Movement>) {
  const { t, phrases } = useWords();
  return (
    <>
      <div className="pair">
        <ChoiceField
          label={t("write.phase")}
          value={value.phase}
          options={codeOptions("movement_phase", phrases)}
          onChange={(phase) => set({ phase })}
        />
        <ChoiceField
          label={t("write.decision")}
          value={value.decision}
          options={codeOptions("movement_decision", phrases)}
          onChange={(decision) => set({ decision })}
          hint={t("write.decision-hint")}
        />
      </div>
      <RouteFields value={value} set={set} />
      <WhoFields value={value} set={set} />
    </>
  );
}

function WhoFields({ value, set }: FieldsProps<Movement>) {
  const { t } = useWords();
  return (
    <>
      <Group legend={t("write.vehicles")}>
        <div className="pair">
          <WordsField label={t("write.type")} value={value.type} onChange={(type) => set({ type })} />
          <NumberField
            label={t("write.count")}
            unit={null}
            min={1}
            max={1000}
            value={value.count}
            onChange={(count) => set({ count })}
          />
        </div>
        <div className="pair">
          <WordsField label={t("write.marks-day")} value={value.marks} onChange={(marks) => set({ marks })} />
          <WordsField label={t("write.marks-night")} value={value.night} onChange={(night) => set({ night })} />
        </div>
      </Group>
      <Group legend={t("write.people")}>
        <div className="pair">
          <NumberField
            label={t("write.people-all")}
            unit={null}
            min={0}
            max={1_000_000}
            value={value.people}
            onChange={(people) => set({ people })}
          />
          <NumberField
            label={t("write.people-children")}
            unit={null}
            min={0}
            max={1_000_000}
            value={value.children}
            onChange={(children) => set({ children })}
          />
          <NumberField
            label={t("write.people-wounded")}
            unit={null}
            min={0}
            max={1_000_000}
            value={value.wounded}
            onChange={(wounded) => set({ wounded })}
          />
        </div>
      </Group>
      <EscortFields value={value} set={set} />
      <WordsField label={t("write.remarks")} rows={3} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

function EscortFields({ value, set }: FieldsProps<Movement>) {
  const { t, phrases } = useWords();
  return (
    <Group legend={t("write.escort-and-contact")}>
      <div className="pair">
        <ChoiceField
          label={t("write.escort")}
          value={value.escort}
          options={[{ value: "", label: t("write.not-said") }, ...codeOptions("escort", phrases)]}
          onChange={(escort) => set({ escort })}
        />
        <WordsField
          label={t("write.about-escort")}
          value={value.escortWords}
          onChange={(escortWords) => set({ escortWords })}
        />
      </div>
      <div className="pair">
        <ChoiceField
          label={t("write.reached-by")}
          value={value.means}
          options={codeOptions("contact_means", phrases)}
          onChange={(means) => set({ means })}
        />
        <WordsField
          label={t("write.number-or-frequency")}
          value={value.number}
          onChange={(number) => set({ number })}
        />
        <WordsField label={t("write.who-answers")} value={value.who} onChange={(who) => set({ who })} />
      </div>
    </Group>
  );
}

function peopleOf(value: Movement) {
  const total = wholeOrNull(value.people, 1_000_000);
  const children = wholeOrNull(value.children, 1_000_000);
  const wounded = wholeOrNull(value.wounded, 1_000_000);
  if (total === null && (children !== null || wounded !== null)) throw new Missing((t) => t("missing.people-in-all"));
  return total === null ? null : { total, children, wounded };
}

export const MOVEMENT_FORM: Form<Movement, "movement"> = {
  empty: (now, _, drawn) => ({
    phase: "planned",
    decision: "undecided",
    ...emptyRoute(now, drawn),
    type: "",
    count: "1",
    marks: "",
    night: "",
    people: "",
    children: "",
    wounded: "",
    escort: "",
    escortWords: "",
    means: "radio",
    number: "",
    who: "",
    remarks: "",
  }),
  of: ({ vehicles: [vehicle], people, escort, contact: [contact], ...movement }) => ({
    phase: movement.phase,
    decision: movement.decision,
    ...routeText(movement),
    type: vehicle?.type ?? "",
    count: String(vehicle?.count ?? 1),
    marks: vehicle?.marks ?? "",
    night: vehicle?.marks_night ?? "",
    people: numberText(people?.total),
    children: numberText(people?.children),
    wounded: numberText(people?.wounded),
    escort: escort?.type ?? "",
    escortWords: escort?.remarks ?? "",
    means: contact?.means ?? "radio",
    number: contact?.number ?? "",
    who: contact?.who ?? "",
    remarks: movement.remarks,
  }),
  Fields,
  body: (value) => ({
    phase: value.phase,
    decision: value.decision,
    ...routeOf(value),
    vehicles:
      value.type.trim() === ""
        ? []
        : [
            {
              type: value.type.trim(),
              count: Math.round(need(readNumber(value.count, 1, 1000), (t) => t("missing.vehicles"))),
              marks: value.marks.trim(),
              marks_night: value.night.trim(),
            },
          ],
    people: peopleOf(value),
    escort: value.escort === "" ? null : { type: value.escort, vehicles: 0, remarks: value.escortWords.trim() },
    contact:
      value.number.trim() === ""
        ? []
        : [{ means: value.means, number: value.number.trim(), who: wordsOrNull(value.who) }],
    precision_m: null,
    remarks: value.remarks.trim(),
  }),
};
