/** Countries by name in the languages of the console, and by code (ISO 3166-1), from the tables that every engine has. */
import { fold } from "./names.ts";

const LANGUAGES = ["en", "ar", "fa", "fr", "ru", "uk", "ckb"] as const;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

let known: Map<string, string> | null = null;

/** The two letters of a country that is named or coded; null where it is none. */
export function countryOf(text: string): string | null {
  const name = fold(text);
  if (name === "") return null;
  known ??= namesOfAll();
  return known.get(name) ?? null;
}

/** "368" is Iraq; null where the number is no country's. */
export function countryOfNumber(number: string): string | null {
  if (!/^\d{3}$/.test(number)) return null;
  const region = new Intl.Locale(`und-${number}`).region ?? "";
  return /^[A-Z]{2}$/.test(region) ? region : null;
}

export function countryName(code: string): string {
  return new Intl.DisplayNames(["en"], { type: "region", fallback: "code" }).of(code) ?? code;
}

function namesOfAll(): Map<string, string> {
  const names = new Map<string, string>();
  const codes = Array.from(LETTERS, (first) => Array.from(LETTERS, (second) => first + second)).flat();
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of codes) {
      const name = display.of(code);
      if (name === undefined || code === "ZZ") continue;
      names.set(fold(code), code);
      // "Burkina Faso (formerly …)" and "Syria" alike; what is said of one country first stays.
      const plain = fold(name);
      if (!names.has(plain)) names.set(plain, code);
    }
  }
  return names;
}
