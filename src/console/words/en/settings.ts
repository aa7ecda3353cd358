/** What each officer chooses for himself in this browser. */
export const settings = {
  title: "Settings",
  language: "Language",
  theme: "Appearance",
  "theme-system": "As this device has it",
  "theme-dark": "Dark, for the night watch",
  "theme-light": "Light",
  "theme-contrast": "High contrast",
  calendar: "Second calendar beside the Gregorian one",
  "calendar-none": "None",
  "calendar-persian": "Persian (Solar Hijri)",
  "calendar-islamic": "Islamic (Umm al-Qura)",
  "local-time": "Show local time beside Zulu",
  close: "Close",
  note: "Kept in this browser. Signing out leaves it; it holds nothing of the line.",
} as const;
