/**
 * Names of places as different people write them. Two names are alike where they sound alike, in one script or across
 * two: "Al-Mawşil", "Mosul" and "الموصل" have the same consonants. Nothing here says that two places are one.
 */
import anyAscii from "any-ascii";

/** Letters that Persian and Kurdish write with another character than Arabic does. */
const ARABIC_FORMS: Readonly<Record<string, string>> = { ک: "ك", ی: "ي", ى: "ي", ە: "ه", ھ: "ه" };

/** A name without case, marks and punctuation, for comparing what was written the same way. */
export function fold(name: string): string {
  // Most of a list is plain, and none of its letters has another form.
  if (/^[ -~]*$/.test(name))
    return name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, " ")
      .trim();
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[کیىەھ]/g, (letter) => ARABIC_FORMS[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const ARTICLE = /^(?:a[lrsndtz]|el|ash|adh|ath)$/;
const SOUNDS: readonly (readonly [written: RegExp, sound: string])[] = [
  [/kh|x/g, "X"],
  [/t?ch|sh/g, "$"],
  [/X/g, "h"],
  [/gh|[qgc](?!h)/g, "k"],
  [/dh/g, "d"],
  [/th/g, "t"],
  [/zh/g, "j"],
  [/ph|v/g, "f"],
  [/p/g, "b"],
  [/h$/g, ""],
  [/[aeiouywé]/g, ""],
];

/** Names come again and again in a list; as many are remembered. */
const MOST = 20_000;
const known = new Map<string, string>();

/** The consonants of a name in one rough form for every script, without articles; "" where it has none. */
export function soundOf(name: string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const words = fold(name).split(" ");
  const sound = words
    .filter((word) => !ARTICLE.test(word))
    .map(wordSound)
    .join("");
  if (known.size >= MOST) known.clear();
  known.set(name, sound);
  return sound;
}

function wordSound(word: string): string {
  const bare = word.replace(/^[وف]?ال(?=.{2})/u, "").replace(/^al(?=[a-z]{4})/, "");
  const ascii = anyAscii(bare)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
  return SOUNDS.reduce((text, [written, sound]) => text.replace(written, sound), ascii.replaceAll(/(.)\1+/g, "$1"));
}

export type ScriptName = "Latin" | "Arabic" | "Cyrillic";
const SCRIPTS: readonly (readonly [ScriptName, RegExp])[] = [
  ["Latin", /\p{Script=Latin}/gu],
  ["Arabic", /\p{Script=Arabic}/gu],
  ["Cyrillic", /\p{Script=Cyrillic}/gu],
];

/** The script of most of its letters; null where that is none of these. */
export function scriptOf(name: string): ScriptName | null {
  const counts = SCRIPTS.map(([script, letters]) => [script, name.match(letters)?.length ?? 0] as const);
  const [script, count] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  return count === 0 ? null : script;
}

/** Longer than any name; what comes after is not compared, for it would be with everything. */
const LONGEST = 200;

/** How much two sounds have in common and in the same order, from 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [one.slice(0, LONGEST), other.slice(0, LONGEST)];
  if (a === "" || b === "") return 0;
  let before = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const row = new Uint16Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      row[j + 1] =
        a.charAt(i) === b.charAt(j) ? (before[j] as number) + 1 : Math.max(before[j + 1] as number, row[j] as number);
    }
    before = row;
  }
  return (2 * (before[b.length] as number)) / (a.length + b.length);
}

/** Sounds of fewer consonants are shared by too many places. */
const TELLING = 3;
/** Within one script the vowels must agree about so well too. */
const ALIKE = 0.75;

/** True where the two may be one name: the same letters, or the same sound. */
export function alike(a: string, b: string): boolean {
  const [one, other] = [fold(a), fold(b)];
  if (one === other) return one !== "";
  const sound = soundOf(a);
  if (sound !== soundOf(b)) return false;
  if (scriptOf(a) !== scriptOf(b)) return sound.length >= TELLING - 1;
  return sound.length >= TELLING && likeness(one, other) >= ALIKE;
}
