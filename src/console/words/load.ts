/** Loads a language when it is used and not before: its words, and the phrasebook of the messages. */
import { PHRASEBOOKS } from "../../message/phrases/books.ts";
import type { Phrasebook } from "../../message/index.ts";
import { type Language, LANGUAGES } from "./languages.ts";
import { type Speaker, speakerOf } from "./speaker.ts";
import type { Book } from "./types.ts";

/** The words of each language, for the tests as well. */
export const BOOKS: { readonly [L in Language]: () => Promise<Book> } = {
  en: () => import("./en/index.ts"),
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
  const [book, phrases] = await Promise.all([BOOKS[language](), PHRASEBOOKS[language]()]);
  const { dir, locales } = LANGUAGES[language];
  return { ...speakerOf(language, book), language, dir, locales, phrases };
}
