/** What an officer wants to see beside Zulu time: his own clock, and the day in another calendar. Never in its place. */
import type { Preferences } from "../settings/preferences.ts";

const CALENDAR_NAMES = { persian: "persian", islamic: "islamic-umalqura" } as const;

export type Beside = Pick<Preferences, "calendar" | "localTime" | "language">;

/**
 * Of `at`, in milliseconds since the epoch: local time with its zone (`09:30 GMT+3`), then the Zulu day in the calendar
 * that was chosen, in the officer's language. `zone` is an IANA time zone, by default this machine's.
 */
export function beside(at: number, { calendar, localTime, language }: Beside, zone?: string): string[] {
  const said: string[] = [];
  if (localTime) {
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" } as const;
    said.push(new Intl.DateTimeFormat(`${language}-u-nu-latn`, { ...clock, timeZone: zone }).format(at));
  }
  if (calendar !== "none") {
    const day = { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" } as const;
    said.push(new Intl.DateTimeFormat(language, { ...day, calendar: CALENDAR_NAMES[calendar] }).format(at));
  }
  return said;
}
