/** What a message says, folded so that it is found however it was typed: one way for what is kept and what is asked. */
import type { Message } from "./message.ts";
import { render } from "./render.ts";

/** Letters that people type for one another: forms of alif, ya, kaf and ha in Arabic, Persian and Kurdish. */
const SAME: Readonly<Record<string, string>> = { ٱ: "ا", ى: "ي", ی: "ي", ې: "ي", ک: "ك", ة: "ه", ە: "ه" };
const SAME_LETTERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "gu");

/** Lower case, compatibility forms as one, without marks, vowel signs, tatweel and invisible characters. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\u0640\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(SAME_LETTERS, (letter) => SAME[letter] ?? letter);
}

/** The Arabic article, which is written as one with its word. */
const ARTICLE = /^ال(?=\p{L}{3})/u;

/** The words of a text, folded, without the Arabic article; a number with its point is two words on both sides. */
export function wordsOf(text: string): readonly string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(ARTICLE, ""))
    .filter((word) => word !== "");
}

/** Everything that a message says in words, its subject and its codes included. */
export function searchWords(message: Message): string {
  const { title, lines } = render(message);
  const list = message.list === null ? "" : message.list.name;
  return wordsOf([title, message.from, list, ...lines.map(({ value }) => value)].join(" ")).join(" ");
}
