/** Names that are not what they look like: letters of two scripts in one word, and a name that is another in its other script. */
import { type Finding, finding } from "../codes.ts";
import { type Name, namesOf } from "../draft.ts";
import { likeness, scriptOf, soundOf } from "../gazetteer/names.ts";
import type { IntakeRecord } from "../record.ts";
import { reason } from "../words/sentence.ts";

/** Cyrillic and Greek letters beside the Latin ones that they are taken for. */
const CYRILLIC = twins("асеіјорѕԁԛѵухАВЕКМНОРСТУХІЈ", "aceijopsdqvyxABEKMHOPCTYXIJ");
const TWINS = new Map([...CYRILLIC, ...twins("οανρικΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", "oavpikABEHIKMNOPTXYZ")]);
const BACK = new Map([...CYRILLIC].map(([twin, latin]) => [latin, twin]));

/** Both letter by letter, in one order. */
function twins(letters: string, latin: string): Map<string, string> {
  const plain = Array.from(latin);
  return new Map(Array.from(letters, (letter, i) => [letter, plain[i] as string]));
}

/** Words that are written in two scripts. */
export function disguisedNames(names: readonly Name[]): Finding[] {
  return names.flatMap((name) => {
    const plain = undisguised(name.text);
    if (plain === null) return [];
    const { from, to } = plain;
    const suggestion = { names: [{ lang: name.lang, text: to ?? "" }] };
    const more = to === null ? {} : { suggestion, reason: reason("script", {}) };
    return [finding("name-disguised", "names", { word: from.slice(0, 60) }, more)];
  });
}

/** The first word that is written in two scripts, and the whole name in one; null where there is none. */
function undisguised(text: string): { readonly from: string; readonly to: string | null } | null {
  const whole = scriptOf(text);
  for (const word of text.match(/[\p{L}\p{M}]+/gu) ?? []) {
    const latin = /\p{Script=Latin}/u.test(word);
    const twin = /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word);
    const hidden = !latin && twin && whole === "Latin" && Array.from(word).every((letter) => TWINS.has(letter));
    if ((!latin || !twin) && !hidden) continue;
    return { from: word, to: inOneScript(text, whole === "Cyrillic" ? BACK : TWINS) };
  }
  return null;
}

function inOneScript(text: string, twins: ReadonlyMap<string, string>): string | null {
  const plain = Array.from(text, (letter) => twins.get(letter) ?? letter).join("");
  const mixed = (plain.match(/[\p{L}\p{M}]+/gu) ?? []).some(
    (word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word),
  );
  return mixed ? null : plain;
}

/**
 * Names are often translated rather than written down by their sound, so that little likeness proves nothing. It is
 * doubted only where the name in the other script is unlike by `unlike`, and is by `other` that of another row.
 */
const SCRIPTS = { unlike: 0.35, other: 0.9, sounds: 4 } as const;
/** One word in common, by so many sounds and so well, and the rest may be translated: "Al-Sakhra village", "قرية الصخرة". */
const SHARED = { sounds: 2, likeness: 0.8 } as const;

interface Pair {
  readonly row: number;
  readonly one: Name;
  readonly other: Name;
  readonly sounds: readonly [string, string];
}

/** Of a list: a name whose other script is the name of another row. Findings by row. */
export function namesOfOtherRows(records: readonly IntakeRecord[]): Map<number, Finding[]> {
  const pairs = records.flatMap(pairOf);
  const bySound = Map.groupBy(pairs, ({ sounds: [sound] }) => sound);
  const found = new Map<number, Finding[]>();
  for (const { row, one, other, sounds } of pairs) {
    const [here, there] = sounds;
    if (there.length < SCRIPTS.sounds || likeness(here, there) > SCRIPTS.unlike) continue;
    if (sharesWord(one.text, other.text)) continue;
    const owner = (bySound.get(there) ?? []).find(
      (each) => each.row !== row && likeness(each.sounds[0], there) >= SCRIPTS.other,
    );
    if (owner === undefined) continue;
    const given = { other: said(other), one: said(one), like: said(owner.one), row: owner.row };
    found.set(row, [finding("names-differ", "names", given)]);
  }
  return found;
}

function said({ text }: Name): string {
  return text.slice(0, 60);
}

function sharesWord(one: string, other: string): boolean {
  const words = wordsOf(other);
  return wordsOf(one).some((word) => words.some((each) => likeness(word, each) >= SHARED.likeness));
}

function wordsOf(name: string): string[] {
  return name
    .split(/\s+/)
    .map(soundOf)
    .filter((sound) => sound.length >= SHARED.sounds);
}

/** Its name in Latin letters and in others. */
function pairOf(record: IntakeRecord): Pair[] {
  const names = namesOf(record, "en");
  const one = names.find(({ text }) => scriptOf(text) === "Latin");
  const other = names.find(({ text }) => !["Latin", null].includes(scriptOf(text)));
  if (one === undefined || other === undefined) return [];
  return [{ row: record.row, one, other, sounds: [soundOf(one.text), soundOf(other.text)] }];
}
