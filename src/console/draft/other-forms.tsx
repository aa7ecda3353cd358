/** The shorter forms: activity, alert, query, text. */
import { formatTime } from "../../geo/index.ts";
import { ChoiceField, RadioField, WordsField } from "../view/fields.tsx";
import { CircleFields } from "./circle-fields.tsx";
import { codeOptions } from "./codes.ts";
import { circleVolume, type CircleText, EMPTY_CIRCLE, type FieldsProps, type Form, Missing, need } from "./form.ts";
import { NumberField, readNumber, readTime, TimeField } from "./place-fields.tsx";

const HOUR = 3_600_000;

interface Activity {
  readonly category: string;
  readonly phase: string;
  readonly circle: CircleText;
  readonly precision: string;
  readonly remarks: string;
}

function ActivityFields({ value, set }: FieldsProps<Activity>) {
  return (
    <>
      <div className="pair">
        <ChoiceField
          label="What"
          value={value.category}
          options={codeOptions("activity_category")}
          onChange={(category) => set({ category })}
        />
        <ChoiceField
          label="Phase"
          value={value.phase}
          options={codeOptions("activity_phase")}
          onChange={(phase) => set({ phase })}
        />
      </div>
      <CircleFields value={value.circle} set={(change) => set({ circle: { ...value.circle, ...change } })} />
      <NumberField
        label="Precise to"
        unit="metres"
        min={0}
        max={1_000_000}
        value={value.precision}
        onChange={(precision) => set({ precision })}
      />
      <WordsField label="Remarks" rows={3} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

export const ACTIVITY_FORM: Form<Activity> = {
  empty: (now) => ({
    category: "flight",
    phase: "planned",
    circle: {
      ...EMPTY_CIRCLE,
      start: formatTime(now - (now % HOUR) + 2 * HOUR),
      end: formatTime(now - (now % HOUR) + 4 * HOUR),
    },
    precision: "100",
    remarks: "",
  }),
  Fields: ActivityFields,
  body: (value) => ({
    category: value.category,
    phase: value.phase,
    volumes: [circleVolume(value.circle)],
    precision_m: need(readNumber(value.precision, 0, 1_000_000), "How precise it is"),
    remarks: value.remarks.trim(),
  }),
};

interface Alert {
  readonly alert: string;
  readonly circle: CircleText;
  readonly remarks: string;
}

function AlertFields({ value, set }: FieldsProps<Alert>) {
  return (
    <>
      <RadioField
        label="Alert"
        value={value.alert}
        options={codeOptions("alert")}
        onChange={(alert) => set({ alert })}
      />
      <CircleFields
        heights={false}
        value={value.circle}
        set={(change) => set({ circle: { ...value.circle, ...change } })}
      />
      <WordsField label="Remarks" rows={2} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

export const ALERT_FORM: Form<Alert> = {
  empty: (now) => ({
    alert: "STOP",
    circle: { ...EMPTY_CIRCLE, radius: "1000", start: formatTime(now - (now % 60_000)) },
    remarks: "",
  }),
  Fields: AlertFields,
  body: (value) => ({
    alert: value.alert,
    volumes: [circleVolume(value.circle)],
    message: null,
    remarks: value.remarks.trim(),
  }),
};

interface Query {
  readonly message: string | null;
  readonly about: string;
  readonly circle: CircleText;
  readonly question: string;
  readonly due: string;
}

function QueryFields({ value, set }: FieldsProps<Query>) {
  const about = codeOptions("query_about").filter(
    (option) => (option.value === "message") === (value.message !== null),
  );
  return (
    <>
      <ChoiceField label="About" value={value.about} options={about} onChange={(next) => set({ about: next })} />
      <WordsField
        label="Question"
        rows={3}
        value={value.question}
        onChange={(question) => set({ question })}
        required
      />
      {value.about === "volume" ? (
        <CircleFields value={value.circle} set={(change) => set({ circle: { ...value.circle, ...change } })} />
      ) : null}
      <TimeField label="Answer wanted by" value={value.due} onChange={(due) => set({ due })} />
    </>
  );
}

export const QUERY_FORM: Form<Query> = {
  empty: (now, message) => ({
    message,
    about: message === null ? "volume" : "message",
    circle: EMPTY_CIRCLE,
    question: "",
    due: formatTime(now - (now % 60_000) + HOUR),
  }),
  Fields: QueryFields,
  body: (value) => {
    if (value.question.trim() === "") throw new Missing("The question is missing.");
    return {
      about: value.about,
      message: value.message,
      volumes: value.about === "volume" ? [circleVolume(value.circle)] : [],
      question: value.question.trim(),
      due_at: need(readTime(value.due), "By when the answer is wanted"),
    };
  },
};

interface TextValue {
  readonly words: string;
}

function TextFields({ value, set }: FieldsProps<TextValue>) {
  return <WordsField label="Words" rows={7} value={value.words} onChange={(words) => set({ words })} required />;
}

export const TEXT_FORM: Form<TextValue> = {
  empty: () => ({ words: "" }),
  Fields: TextFields,
  body: ({ words }) => {
    if (words.trim() === "") throw new Missing("The words are missing.");
    return { words: words.trim() };
  },
};
