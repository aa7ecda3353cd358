/** The languages of the console: what each calls itself, and how it runs. */

/**
 * Numbers have Latin digits in every language. Coordinates, Zulu times and hashes have them on every side's screen, because
 * they are read aloud and compared; beside those, another kind of digits would be one more thing to misread.
 */
export const LANGUAGES = {
  en: { name: "English", dir: "ltr", locales: ["en-GB"] },
  ar: { name: "العربية", dir: "rtl", locales: ["ar-u-nu-latn"] },
  fa: { name: "فارسی", dir: "rtl", locales: ["fa-u-nu-latn"] },
  fr: { name: "Français", dir: "ltr", locales: ["fr"] },
  ru: { name: "Русский", dir: "ltr", locales: ["ru"] },
  uk: { name: "Українська", dir: "ltr", locales: ["uk"] },
  // Not every browser knows Sorani; English has the same two plural forms.
  ckb: { name: "کوردی (سۆرانی)", dir: "rtl", locales: ["ckb-u-nu-latn", "en-u-nu-latn"] },
} as const satisfies Readonly<
  Record<string, { readonly name: string; readonly dir: "ltr" | "rtl"; readonly locales: readonly string[] }>
>;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_LIST = Object.keys(LANGUAGES) as readonly Language[];

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text);
}

/** The first of the wanted language tags that there is, else English. */
export function chosenLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [language = ""] = tag.toLowerCase().split("-");
    if (isLanguage(language)) return language;
  }
  return "en";
}
