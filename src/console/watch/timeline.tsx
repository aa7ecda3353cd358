/** What is due and what was told, along one line of time: the past on one side of now, what is planned on the other. */
import { memo } from "react";
import type { InboxItem, MessageSummary } from "../../api/index.ts";
import { useNow } from "../live/use-now.ts";
import { href } from "../route.ts";
import { SPANS, useMoment } from "../time/moment.tsx";
import { Panel, Words } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { useWords } from "../words/say.tsx";

type What = "mark-due" | "mark-told" | "mark-heard";

interface Mark {
  readonly key: string;
  readonly at: number;
  readonly what: What;
  readonly message: MessageSummary;
  readonly late: boolean;
}

/** Marks drawn; what is beyond stands in the lists. */
const MOST = 60;

interface TimelineProps {
  readonly items: readonly InboxItem[];
  readonly told: readonly MessageSummary[];
}

export const Timeline = memo(Marks);

function Marks({ items, told }: TimelineProps) {
  const { t, phrases } = useWords();
  const { span, asOf, planned } = useMoment();
  const clock = useNow(15_000);
  const now = asOf ?? planned ?? clock;
  const half = SPANS[span] / 2;
  const [from, to] = [now - half, now + half];
  const marks = marksOf(items, told)
    .filter(({ at }) => at >= from && at <= to)
    .slice(-MOST);
  const place = (at: number) => `${((at - from) / (to - from)) * 100}%`;
  return (
    <Panel title={t("watch.timeline")}>
      {/* Time runs from left to right in every language: as clocks and date-time groups are read. */}
      <div className="timeline" dir="ltr">
        <div className="timeline-axis" aria-hidden="true">
          <span className="timeline-now" ref={(node) => node?.style.setProperty("inset-inline-start", place(now))} />
          {marks.map((mark) => (
            <span
              key={mark.key}
              className={`timeline-mark ${mark.what} ${mark.late ? "late" : ""}`}
              ref={(node) => node?.style.setProperty("inset-inline-start", place(mark.at))}
            />
          ))}
        </div>
        <div className="timeline-ends fine">
          <Time at={from} />
          <span>{t("watch.now")}</span>
          <Time at={to} />
        </div>
      </div>
      {marks.length === 0 ? (
        <p className="quiet">{t("watch.timeline-none")}</p>
      ) : (
        <ol className="timeline-list" aria-label={t("watch.timeline")}>
          {marks.map(({ key, at, what, message, late }) => (
            <li key={key}>
              <Time at={at} />
              <span className={late ? "due over" : "quiet"}>{t(`watch.${what}`)}</span>
              <a href={href({ page: "message", hash: message.hash })}>
                {message.answer ?? phrases.kinds[message.kind]}: <Words lang={message.lang}>{message.subject}</Words>
              </a>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function marksOf(items: readonly InboxItem[], told: readonly MessageSummary[]): Mark[] {
  const due = items.flatMap(({ message, due_at, overdue }): Mark[] =>
    due_at === null ? [] : [{ key: `due ${message.hash}`, at: due_at, what: "mark-due", message, late: overdue }],
  );
  const said = told.map((message): Mark => {
    const what = message.own ? "mark-told" : "mark-heard";
    return { key: message.hash, at: message.stored_at, what, message, late: false };
  });
  return [...due, ...said].toSorted((a, b) => a.at - b.at);
}
