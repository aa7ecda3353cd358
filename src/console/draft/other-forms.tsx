/** The shorter forms: activity, alert, query, text. */
import { formatTime } from "../../geo/index.ts";
import { ChoiceField, RadioField, WordsField } from "../view/fields.tsx";
import { Missing } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import { CircleFields } from "./circle-fields.tsx";
import { codeOptions } from "./codes.ts";
import {
  circleText,
  circleVolume,
  type CircleText,
  drawnText,
  EMPTY_CIRCLE,
  type FieldsProps,
  type Form,
  need,
} from "./form.ts";
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
  const { t, phrases } = useWords();
  return (
    <>
      <div className="pair">
        <ChoiceField
          label={t("write.what")}
          value={value.category}
          options={codeOptions("activity_category", phrases)}
          onChange={(category) => set({ category })}
        />
        <ChoiceField
          label={t("write.phase")}
          value={value.phase}
          options={codeOptions("activity_phase", phrases)}
          onChange={(phase) => set({ phase })}
        />
      </div>
      <CircleFields value={value.circle} set={(change) => set({ circle: { ...value.circle, ...change } })} />
      <NumberField
        label={t("write.precision")}
        unit="metres"
        min={0}
        max={1_000_000}
        value={value.precision}
        onChange={(precision) => set({ precision })}
      />
      <WordsField label={t("write.remarks")} rows={3} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

export const ACTIVITY_FORM: Form<Activity, "activity"> = {
  empty: (now, _, drawn) => ({
    category: "flight",
    phase: "planned",
    circle: {
      ...EMPTY_CIRCLE,
      ...drawnText(drawn),
      start: formatTime(now - (now % HOUR) + 2 * HOUR),
      end: formatTime(now - (now % HOUR) + 4 * HOUR),
    },
    precision: "100",
    remarks: "",
  }),
  of: ({ category, phase, volumes: [volume], precision_m, remarks }) => {
    return { category, phase, circle: circleText(volume), precision: String(precision_m), remarks };
  },
  Fields: ActivityFields,
  body: (value) => ({
    category: value.category,
    phase: value.phase,
    volumes: [circleVolume(value.circle)],
    precision_m: need(readNumber(value.precision, 0, 1_000_000), (t) => t("missing.precision")),
    remarks: value.remarks.trim(),
  }),
};

interface Alert {
  readonly alert: string;
  readonly circle: CircleText;
  readonly remarks: string;
}

function AlertFields({ value, set }: FieldsProps<Alert>) {
  const { t, phrases } = useWords();
  return (
    <>
      <RadioField
        label={t("write.alert")}
        value={value.alert}
        options={codeOptions("alert", phrases)}
        onChange={(alert) => set({ alert })}
      />
      <CircleFields
        heights={false}
        value={value.circle}
        set={(change) => set({ circle: { ...value.circle, ...change } })}
      />
      <WordsField label={t("write.remarks")} rows={2} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

export const ALERT_FORM: Form<Alert, "alert"> = {
  empty: (now, _, drawn) => ({
    alert: "STOP",
    circle: { ...EMPTY_CIRCLE, radius: "1000", ...drawnText(drawn), start: formatTime(now - (now % 60_000)) },
    remarks: "",
  }),
  of: ({ alert, volumes: [volume], remarks }) => ({ alert, circle: circleText(volume), remarks }),
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
  const { t, phrases } = useWords();
  const about = codeOptions("query_about", phrases).filter(
    (option) => (option.value === "message") === (value.message !== null),
  );
  return (
    <>
      <ChoiceField
        label={t("write.about")}
        value={value.about}
        options={about}
        onChange={(next) => set({ about: next })}
      />
      <WordsField
        label={t("write.question")}
        rows={3}
        value={value.question}
        onChange={(question) => set({ question })}
        required
      />
      {value.about === "volume" ? (
        <CircleFields value={value.circle} set={(change) => set({ circle: { ...value.circle, ...change } })} />
      ) : null}
      <TimeField label={t("write.answer-by")} value={value.due} onChange={(due) => set({ due })} />
    </>
  );
}

export const QUERY_FORM: Form<Query, "query"> = {
  empty: (now, message, drawn) => ({
    message,
    about: message === null ? "volume" : "message",
    circle: { ...EMPTY_CIRCLE, ...drawnText(drawn) },
    question: "",
    due: formatTime(now - (now % 60_000) + HOUR),
  }),
  of: ({ about, message, volumes: [volume], question, due_at }) => {
    return { about, message, circle: circleText(volume), question, due: formatTime(due_at) };
  },
  Fields: QueryFields,
  body: (value) => {
    if (value.question.trim() === "") throw new Missing((t) => t("missing.question"));
    return {
      about: value.about,
      message: value.message,
      volumes: value.about === "volume" ? [circleVolume(value.circle)] : [],
      question: value.question.trim(),
      due_at: need(readTime(value.due), (t) => t("missing.answer-by")),
    };
  },
};

interface TextValue {
  readonly words: string;
}

function TextFields({ value, set }: FieldsProps<TextValue>) {
  const { t } = useWords();
  return (
    <WordsField label={t("write.words")} rows={7} value={value.words} onChange={(words) => set({ words })} required />
  );
}

export const TEXT_FORM: Form<TextValue, "text"> = {
  empty: () => ({ words: "" }),
  of: ({ words }) => ({ words }),
  Fields: TextFields,
  body: ({ words }) => {
    if (words.trim() === "") throw new Missing((t) => t("missing.words"));
    return { words: words.trim() };
  },
};
