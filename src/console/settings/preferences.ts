/** What an officer chose in this browser. It holds nothing of the line, so signing out leaves it. */
import { createContext, use } from "react";
import { chosenLanguage, isLanguage, type Language } from "../words/languages.ts";

export const THEMES = ["system", "dark", "light", "contrast"] as const;
export const CALENDARS = ["none", "persian", "islamic"] as const;

export interface Preferences {
  readonly language: Language;
  readonly theme: (typeof THEMES)[number];
  /** Beside the Gregorian calendar, never in its place. */
  readonly calendar: (typeof CALENDARS)[number];
  readonly localTime: boolean;
}

const KEY = "parley.preferences";

/** What is kept, each part only where it is one of ours; otherwise what the browser asks for. */
export function keptPreferences(): Preferences {
  const kept = read();
  const one = <T extends string>(name: string, among: readonly T[]): T | undefined =>
    among.find((value) => value === kept[name]);
  const language = kept["language"];
  return {
    language:
      typeof language === "string" && isLanguage(language) ? language : chosenLanguage(window.navigator.languages),
    theme: one("theme", THEMES) ?? "system",
    calendar: one("calendar", CALENDARS) ?? "none",
    localTime: kept["localTime"] === true,
  };
}

export function keepPreferences(preferences: Preferences): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing still shows what was chosen until it is closed.
  }
}

/** Calls `changed` when another window of this browser keeps other preferences; returns the way to stop. */
export function onKeptElsewhere(changed: () => void): () => void {
  const hear = ({ key }: StorageEvent) => key === KEY && changed();
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

function read(): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? "{}");
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

export interface PreferencesDesk {
  readonly preferences: Preferences;
  readonly change: (change: Partial<Preferences>) => void;
}

export const PreferencesContext = createContext<PreferencesDesk | null>(null);

export function usePreferences(): PreferencesDesk {
  const desk = use(PreferencesContext);
  if (desk === null) throw new Error("No preferences are loaded here.");
  return desk;
}
