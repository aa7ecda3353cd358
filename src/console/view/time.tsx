/** Times on screen: Zulu first, with the exact instant for machines. Zulu and date-time groups keep Latin digits everywhere. */
import { use } from "react";
import { formatTime } from "../../geo/index.ts";
import { useNow } from "../live/use-now.ts";
import { PreferencesContext } from "../settings/preferences.ts";
import { Say, useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";
import { beside } from "./beside.ts";

/** Set apart from the text around it and always left to right, whatever that text's direction. */
export function Time({ at, seconds = false }: { readonly at: number; readonly seconds?: boolean }) {
  const desk = use(PreferencesContext);
  const more = desk === null ? [] : beside(at, desk.preferences);
  return (
    <>
      <time dir="ltr" dateTime={new Date(at).toISOString()}>
        {seconds ? withSeconds(at) : formatTime(minute(at))}
      </time>
      {more.map((text) => (
        <span key={text} className="beside">
          {" · "}
          <bdi>{text}</bdi>
        </span>
      ))}
    </>
  );
}

/** Cut, never rounded up. */
const minute = (at: number) => Math.floor(at / 60_000) * 60_000;

/** `2026-11-23 15:30:07Z`: evidence is told apart by seconds. */
function withSeconds(at: number): string {
  return new Date(at)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
}

export function WindowText({
  window: { start, end },
}: {
  readonly window: { readonly start: number | null; readonly end: number | null };
}) {
  return (
    <span className="quiet">
      {start === null && end === null ? (
        <Say k="time.at-all-times" />
      ) : start === null ? (
        <Say k="time.until" given={{ end: <Time at={end as number} /> }} />
      ) : end === null ? (
        <Say k="time.from" given={{ start: <Time at={start} /> }} />
      ) : (
        <Say k="time.from-to" given={{ start: <Time at={start} />, end: <Time at={end} /> }} />
      )}
    </span>
  );
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `4 min`, `3 h 20 min`, `2 d 4 h`: never rounded up, so that nobody believes he has longer than he has. */
export function duration(t: Translate, ms: number): string {
  const rest = Math.max(0, ms);
  if (rest < MINUTE) return t("time.seconds", { n: Math.floor(rest / 1000) });
  if (rest < HOUR) return t("time.minutes", { n: Math.floor(rest / MINUTE) });
  if (rest < DAY) return t("time.hours", { h: Math.floor(rest / HOUR), m: Math.floor((rest % HOUR) / MINUTE) });
  return t("time.days", { d: Math.floor(rest / DAY), h: Math.floor((rest % DAY) / HOUR) });
}

const two = (number: number): string => String(number).padStart(2, "0");

/** `1:48`, `2:05:00`: for what is counted in seconds; the same digits in every language. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** As much of a duration as `duration` says: what says the same is not drawn again. */
export function asSaid(ms: number): number {
  const unit = ms < MINUTE ? 1000 : MINUTE;
  return Math.floor(ms / unit) * unit;
}

const SOON_MS = 15 * MINUTE;

export function Due({ at }: { readonly at: number | null }) {
  const { t } = useWords();
  const isOver = useNow(1000, (now) => at !== null && at < now);
  const apart = useNow(1000, (now) => (at === null ? 0 : asSaid(Math.abs(at - now))));
  if (at === null) return null;
  if (isOver) return <span className="due over">{t("time.overdue", { for: duration(t, apart) })}</span>;
  return (
    <span className={`due ${apart < SOON_MS ? "soon" : ""}`}>
      {t("time.due-in", { for: duration(t, apart) })} · <Time at={at} />
    </span>
  );
}
