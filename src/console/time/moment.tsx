/**
 * The one control for time, shared by the views: how much of it is shown, what was known at a time that is past, and
 * what is planned for one that is to come. Zulu first, local beside it.
 */
import { createContext, type ReactNode, use, useCallback, useState } from "react";
import { parseTime } from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { useNow } from "../live/use-now.ts";
import { ChoiceField, WordsField } from "../view/fields.tsx";
import { Button, Notice } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { problemOf, problemWords } from "../view/problem.ts";
import { Say, useWords } from "../words/say.tsx";

const HOUR = 3_600_000;
export const SPANS = {
  "6h": 6 * HOUR,
  "24h": 24 * HOUR,
  "7d": 168 * HOUR,
  "30d": 720 * HOUR,
  "180d": 4320 * HOUR,
} as const;
export type Span = keyof typeof SPANS;

interface Held {
  readonly span: Span;
  /** What was known then; null: what is known now. */
  readonly asOf: number | null;
  /** Of what is known, or was, what holds then; null: whatever its times. */
  readonly planned: number | null;
}

export interface Moment extends Held {
  readonly show: (span: Span) => void;
  /** To a time that is past or to come; null: now. */
  readonly goTo: (at: number | null) => void;
  /** While one looks at the past: what of it holds at this time; null: whatever its times. */
  readonly holdAt: (at: number | null) => void;
}

const MomentContext = createContext<Moment | null>(null);

export function MomentDesk({ children }: { readonly children: ReactNode }) {
  const [held, setHeld] = useState<Held>({ span: "24h", asOf: null, planned: null });
  const show = useCallback((span: Span) => setHeld((before) => ({ ...before, span })), []);
  const goTo = useCallback((at: number | null) => {
    const isToCome = at !== null && at > Date.now();
    setHeld(({ span, asOf, planned }) => {
      if (isToCome || at === null) return { span, asOf: null, planned: at };
      // A step through the past keeps what is looked at in it.
      return { span, asOf: at, planned: asOf === null ? null : planned };
    });
  }, []);
  const holdAt = useCallback((at: number | null) => setHeld((before) => ({ ...before, planned: at })), []);
  return <MomentContext value={{ ...held, show, goTo, holdAt }}>{children}</MomentContext>;
}

export function useMoment(): Moment {
  const moment = use(MomentContext);
  if (moment === null) throw new Error("No time is held here.");
  return moment;
}

/** Zulu, and the same instant by this machine's clock. */
function LocalTime({ at }: { readonly at: number }) {
  const { locales } = useWords();
  const local = new Intl.DateTimeFormat([...locales], { dateStyle: "short", timeStyle: "short" }).format(at);
  return (
    <span className="quiet">
      <Say k="moment.local-time" given={{ at: <bdi>{local}</bdi> }} />
    </span>
  );
}

/** The control, and what it says of the page. */
export function MomentBar() {
  return (
    <>
      <MomentFields />
      <MomentNotice />
    </>
  );
}

export function MomentFields() {
  const { t } = useWords();
  const { span, asOf, planned, show, goTo, holdAt } = useMoment();
  const now = useNow(60_000);
  const at = asOf ?? planned ?? now;
  const step = SPANS[span] / 4;
  /** A step that crosses now ends there. */
  const move = (by: number) => {
    const next = at + by;
    const isAcross = (asOf !== null && next >= Date.now()) || (planned !== null && next <= Date.now());
    goTo(isAcross ? null : next);
  };
  return (
    <section className="moment" aria-label={t("moment.label")}>
      <div className="row">
        <ChoiceField
          label={t("moment.span")}
          value={span}
          options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: t(`moment.span-${value}`) }))}
          onChange={(value) => show(value as Span)}
        />
        <TypedTime label={t("moment.at")} take={goTo} />
        <div className="row moment-steps">
          <Button onPress={() => move(-step)}>{t("moment.earlier")}</Button>
          <Button onPress={() => move(step)}>{t("moment.later")}</Button>
        </div>
      </div>
      <p className="fine">{t("moment.at-hint")}</p>
      {asOf === null ? null : <TypedTime label={t("moment.holds-at")} take={holdAt} />}
    </section>
  );
}

/** A time as it is typed or pasted, a date-time group among them. */
function TypedTime({ label, take }: { readonly label: string; readonly take: (at: number) => void }) {
  const { t, has, phrases } = useWords();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const read = () => {
    try {
      take(parseTime(text.trim(), Date.now()).at);
      setFault(null);
    } catch (error) {
      if (!isParleyError(error)) throw error;
      setFault(problemWords({ t, has, phrases }, problemOf(error)) ?? error.message);
    }
  };
  return (
    <form
      className="row moment-as-of"
      onSubmit={(event) => {
        event.preventDefault();
        read();
      }}
    >
      <WordsField label={label} value={text} onChange={setText} error={fault} />
      <Button type="submit">{t("moment.show")}</Button>
    </form>
  );
}

/** Said on every page that shows another time than now, with the way back. */
export function MomentNotice() {
  const { asOf, planned } = useMoment();
  return (
    <>
      <PastNotice />
      {planned === null ? null : asOf === null ? (
        <AwayFromNow k="moment.planned" at={planned} />
      ) : (
        <Holding at={planned} />
      )}
    </>
  );
}

/** For pages that show what was said, and nothing of what is planned. */
export function PastNotice() {
  const { asOf } = useMoment();
  return asOf === null ? null : <AwayFromNow k="moment.past" at={asOf} />;
}

function Holding({ at }: { readonly at: number }) {
  const { t } = useWords();
  const { holdAt } = useMoment();
  return (
    <Notice tone="warn">
      <Say k="moment.holding" given={{ at: <Time at={at} /> }} /> <LocalTime at={at} />{" "}
      <Button tone="quiet" onPress={() => holdAt(null)}>
        {t("moment.whenever")}
      </Button>
    </Notice>
  );
}

function AwayFromNow({ k, at }: { readonly k: "moment.past" | "moment.planned"; readonly at: number }) {
  const { t } = useWords();
  const { goTo } = useMoment();
  return (
    <Notice tone="warn">
      <Say k={k} given={{ at: <Time at={at} /> }} /> <LocalTime at={at} />{" "}
      <Button tone="quiet" onPress={() => goTo(null)}>
        {t("moment.now")}
      </Button>
    </Notice>
  );
}
