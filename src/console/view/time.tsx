/** Times on screen: always with their zone, always with the exact instant for machines. */
import { formatTime } from "../../geo/index.ts";

export function Time({ at, seconds = false }: { readonly at: number; readonly seconds?: boolean }) {
  return <time dateTime={new Date(at).toISOString()}>{seconds ? withSeconds(at) : formatTime(minute(at))}</time>;
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
  window,
}: {
  readonly window: { readonly start: number | null; readonly end: number | null };
}) {
  if (window.start === null && window.end === null) return <span className="quiet">At all times.</span>;
  if (window.start === null)
    return (
      <span className="quiet">
        Until <Time at={window.end as number} />.
      </span>
    );
  if (window.end === null)
    return (
      <span className="quiet">
        From <Time at={window.start} />.
      </span>
    );
  return (
    <span className="quiet">
      <Time at={window.start} /> to <Time at={window.end} />.
    </span>
  );
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `4 min`, `3 h 20 min`, `2 d 4 h`: never rounded up, so that nobody believes he has longer than he has. */
export function duration(ms: number): string {
  const rest = Math.max(0, ms);
  if (rest < MINUTE) return `${Math.floor(rest / 1000)} s`;
  if (rest < HOUR) return `${Math.floor(rest / MINUTE)} min`;
  if (rest < DAY) return `${Math.floor(rest / HOUR)} h ${Math.floor((rest % HOUR) / MINUTE)} min`;
  return `${Math.floor(rest / DAY)} d ${Math.floor((rest % DAY) / HOUR)} h`;
}

const SOON_MS = 15 * MINUTE;

export function Due({ at, now }: { readonly at: number | null; readonly now: number }) {
  if (at === null) return null;
  const left = at - now;
  if (left < 0) return <span className="due over">overdue by {duration(-left)}</span>;
  return (
    <span className={`due ${left < SOON_MS ? "soon" : ""}`}>
      due in {duration(left)} · <Time at={at} />
    </span>
  );
}
