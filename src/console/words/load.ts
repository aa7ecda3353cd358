/** Loads a language when it is used and not before: its words, and the phrasebook of the messages. */
import { PHRASEBOOKS } from "../../message/phrases/books.ts";
import type { Phrasebook } from "../../message/index.ts";
import { type Language, LANGUAGES } from "./languages.ts";
import { type Speaker, speakerOf } from "./speaker.ts";
import type { Book } from "./types.ts";

/** The words of each language, for the tests as well. */
export const BOOKS: { readonly [L in Language]: () => Promise<Book> } = {
  en: () => import("./en/index.ts"),
  ar: () => import("./ar/index.ts"),
  fa: () => import("./fa/index.ts"),
  fr: () => import("./fr/index.ts"),
  ru: () => import("./ru/index.ts"),
  uk: () => import("./uk/index.ts"),
  ckb: () => import("./ckb/index.ts"),
};

export interface Tongue extends Speaker {
  readonly language: Language;
  readonly dir: "ltr" | "rtl";
  /** For `Intl`: with the digits of the language. */
  readonly locales: readonly string[];
  /** How messages are rendered in this language. */
  readonly phrases: Phrasebook;
}

export async function loadTongue(language: Language): Promise<Tongue> {
  const [book, english, phrases] = await Promise.all([BOOKS[language](), BOOKS.en(), PHRASEBOOKS[language]()]);
  const { dir, locales } = LANGUAGES[language];
  return { ...speakerOf(language, book, english), language, dir, locales, phrases };
}
