/** The one control for time, shared by the views: how much of it is shown, and as of when. Zulu first, local beside it. */
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

export interface Moment {
  readonly span: Span;
  /** Null: now. */
  readonly asOf: number | null;
  readonly change: (change: { readonly span?: Span; readonly asOf?: number | null }) => void;
}

const MomentContext = createContext<Moment | null>(null);

export function MomentDesk({ children }: { readonly children: ReactNode }) {
  const [held, setHeld] = useState<Pick<Moment, "span" | "asOf">>({ span: "24h", asOf: null });
  const change = useCallback<Moment["change"]>((next) => setHeld((before) => ({ ...before, ...next })), []);
  return <MomentContext value={{ ...held, change }}>{children}</MomentContext>;
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

export function MomentBar() {
  const { t, has, phrases } = useWords();
  const { span, asOf, change } = useMoment();
  const [text, setText] = useState("");
  const now = useNow(60_000);
  const [fault, setFault] = useState<string | null>(null);
  const show = () => {
    try {
      change({ asOf: parseTime(text.trim(), Date.now()).at });
      setFault(null);
    } catch (error) {
      if (!isParleyError(error)) throw error;
      setFault(problemWords({ t, has, phrases }, problemOf(error)) ?? error.message);
    }
  };
  const at = asOf ?? now;
  return (
    <section className="moment" aria-label={t("moment.label")}>
      <div className="row">
        <ChoiceField
          label={t("moment.span")}
          value={span}
          options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: t(`moment.span-${value}`) }))}
          onChange={(value) => change({ span: value as Span })}
        />
        <form
          className="row moment-as-of"
          onSubmit={(event) => {
            event.preventDefault();
            show();
          }}
        >
          <WordsField label={t("moment.as-of")} value={text} onChange={setText} error={fault} />
          <Button type="submit">{t("moment.show")}</Button>
        </form>
        <div className="row moment-steps">
          <Button onPress={() => change({ asOf: at - SPANS[span] / 4 })}>{t("moment.earlier")}</Button>
          <Button disabled={asOf === null} onPress={() => change({ asOf: later(at, span) })}>
            {t("moment.later")}
          </Button>
        </div>
      </div>
      <p className="fine">{t("moment.as-of-hint")}</p>
      <PastNotice />
    </section>
  );
}

/** Said on every page that shows the past, with the way back. */
export function PastNotice() {
  const { t } = useWords();
  const { asOf, change } = useMoment();
  if (asOf === null) return null;
  return (
    <Notice tone="warn">
      <Say k="moment.past" given={{ at: <Time at={asOf} /> }} /> <LocalTime at={asOf} />{" "}
      <Button tone="quiet" onPress={() => change({ asOf: null })}>
        {t("moment.now")}
      </Button>
    </Notice>
  );
}

/** Not beyond now: the future is planned, and not known. */
function later(at: number, span: Span): number | null {
  const next = at + SPANS[span] / 4;
  return next >= Date.now() ? null : next;
}
