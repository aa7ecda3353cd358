/** The words of the console in every language: none missing, none left over, each asking for what English asks for. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseMessage } from "messageformat";
import { chosenLanguage, LANGUAGE_LIST, LANGUAGES } from "../../src/console/words/languages.ts";
import { BOOKS, loadTongue } from "../../src/console/words/load.ts";

const CONSOLE = join(import.meta.dirname, "..", "..", "src", "console");
const PAGES = globSync("**/*.{ts,tsx}", { cwd: CONSOLE }).filter((file) => !file.startsWith("words/"));
/** A plural of a number up to here is one that officers meet; French has another from a million on. */
const COUNTED_TO = 1000;

type Flat = ReadonlyMap<string, string>;

async function flat(language: keyof typeof BOOKS): Promise<Flat> {
  const entries = Object.entries(await BOOKS[language]()).flatMap(([section, words]) =>
    Object.entries(words).map(([name, text]): [string, string] => [`${section}.${name}`, text]),
  );
  return new Map(entries);
}

interface Shape {
  /** `count :integer`, `officer`: what the message takes, however often. */
  readonly takes: readonly string[];
  readonly variants: readonly string[] | null;
}

function shapeOf(source: string): Shape {
  const message = parseMessage(source);
  const found = new Map<string, string>();
  const note = (expression: unknown) => {
    const { arg, functionRef } = expression as {
      readonly arg?: { readonly type: string; readonly name?: string };
      readonly functionRef?: { readonly name: string };
    };
    if (arg?.type !== "variable" || arg.name === undefined) return;
    found.set(arg.name, functionRef === undefined ? (found.get(arg.name) ?? "") : ` :${functionRef.name}`);
  };
  for (const { value } of message.declarations) note(value);
  const patterns = message.type === "message" ? [message.pattern] : message.variants.map(({ value }) => value);
  for (const part of patterns.flat()) {
    assert.ok(typeof part === "string" || part.type === "expression", `${source}: markup is not used`);
    if (typeof part !== "string") note(part);
  }
  return {
    takes: [...found].map(([name, how]) => `${name}${how}`).toSorted(),
    variants:
      message.type === "message"
        ? null
        : message.variants.map(({ keys }) => keys.map((key) => key.value ?? "*").join(" ")),
  };
}

function pluralsOf(locales: readonly string[]): readonly string[] {
  const rules = new Intl.PluralRules([...locales]);
  const met = new Set(Array.from({ length: COUNTED_TO + 1 }, (_, n) => rules.select(n)));
  met.delete("other");
  return [...met, "*"].toSorted();
}

/** The plural forms of a message that leave out the number they stand for. */
function formsWithoutNumber(source: string): readonly string[] {
  const message = parseMessage(source);
  if (message.type === "message") return [];
  const [chosen] = message.selectors;
  return message.variants
    .filter(
      ({ value }) =>
        !value.some(
          (part) =>
            typeof part !== "string" &&
            part.type === "expression" &&
            part.arg?.type === "variable" &&
            part.arg.name === chosen?.name,
        ),
    )
    .map(({ keys }) => keys[0]?.value ?? "*");
}

function numbersOf(locales: readonly string[], form: string): number {
  const rules = new Intl.PluralRules([...locales]);
  const wanted = form === "*" ? "other" : form;
  return Array.from({ length: COUNTED_TO + 1 }, (_, n) => n).filter((n) => rules.select(n) === wanted).length;
}

const english = await flat("en");

for (const language of LANGUAGE_LIST) {
  test(`${language}: every message is there, takes what the English one takes, and has the plurals of its language`, async () => {
    const words = await flat(language);
    const lacking = [...english.keys()].filter((key) => !words.has(key));
    assert.deepEqual(lacking, []);
    for (const key of words.keys()) assert.ok(english.has(key), `${language} ${key}: English has no such message`);
    const plurals = pluralsOf(LANGUAGES[language].locales);
    for (const [key, text] of words) {
      const [own, meant] = [shapeOf(text), shapeOf(english.get(key) ?? "")];
      assert.deepEqual(own.takes, meant.takes, `${language} ${key}`);
      assert.equal(own.variants === null, meant.variants === null, `${language} ${key}: both choose, or neither`);
      if (own.variants !== null) assert.deepEqual(own.variants.toSorted(), plurals, `${language} ${key}`);
      assert.equal(text, text.trim(), `${language} ${key}: no space at its ends`);
      for (const form of formsWithoutNumber(text)) {
        const served = numbersOf(LANGUAGES[language].locales, form);
        assert.ok(served <= 1, `${language} ${key}: "${form}" serves ${served} numbers, and does not say which`);
      }
    }
  });
}

test("no message is left that no page says", () => {
  const source = PAGES.map((file) => readFileSync(join(CONSOLE, file), "utf8")).join("\n");
  const said = new Set([...source.matchAll(/["'`]([a-z]+\.[\w -]+)["'`]/g)].map(([, key]) => key));
  const beginnings = [...source.matchAll(/`([a-z]+\.[\w-]*)\$\{/g)].map(([, start]) => start as string);
  // What intake finds it says by itself: `findings.test.ts` meets each.
  const found = ["finding.", "reason.", "fault."];
  const unused = [...english.keys()].filter(
    (key) => !said.has(key) && ![...beginnings, ...found].some((start) => key.startsWith(start)),
  );
  assert.deepEqual(unused, []);
});

test("no page writes its words out", () => {
  for (const file of PAGES.filter((name) => name.endsWith(".tsx"))) {
    const source = readFileSync(join(CONSOLE, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const written = [
      ...source.matchAll(/^\s+[A-Z][a-z]+ [a-z]+[^"{}()=:;]*$/gm),
      ...source.matchAll(/>\s*[A-Za-z][a-z]{2,}[^<>{}();=]*<\//g),
      ...source.matchAll(/\b(?:label|title|aside|hint|legend|aria-label|placeholder)="[^"]*[A-Za-z]{2}[^"]*"/g),
    ].map(([text]) => text.trim());
    assert.deepEqual(
      written.filter((text) => !text.startsWith(">Parley<")),
      [],
      file,
    );
  }
});

test("what a person said cannot turn the sentence around it", async () => {
  const { t } = await loadTongue("en");
  assert.equal(t("common.by-one", { officer: "watch-1", at: "now" }), "drafted by watch-1, now");
  const turned = t("common.by-one", { officer: "\u202eمحمد", at: "now" });
  assert.equal(turned, "drafted by \u2068محمد\u2069, now");
});

test("figures and names keep their own order among words that run from right to left", async () => {
  for (const language of ["ar", "fa", "ckb"] as const) {
    const { t } = await loadTongue(language);
    assert.match(t("fault.time-malformed"), /\u20662026-11-23 15:30Z\u2069/, language);
    assert.match(t("fault.latitude-out-of-range"), /\u2066-90\u2069/, language);
    const parties = { listed: "conjunction", names: ["Northern Command", "x\u2069\u202ey"] } as const;
    assert.match(t("charter.between", { parties }), /\u2068Northern Command\u2069.*\u2068xy\u2069/, language);
    assert.doesNotMatch(t("inbox.waits", { count: 17 }), /[٠-٩۰-۹]/, "one kind of digits on a screen");
  }
});

test("what was said is said again in the same words, and another thing in others", async () => {
  const { t, parts } = await loadTongue("en");
  for (let turn = 0; turn < 2; turn++) {
    assert.equal(t("time.hours", { h: 1, m: 2 }), "1 h 2 min");
    assert.equal(t("time.hours", { h: 2, m: 1 }), "2 h 1 min");
    assert.equal(t("time.overdue", { for: "3 min" }), "overdue by 3 min");
    assert.deepEqual(
      parts("watch.nobody-looks", { at: "noon", count: 1 }),
      parts("watch.nobody-looks", { at: "one", count: 1 }),
    );
    assert.notDeepEqual(
      parts("watch.nobody-looks", { at: "", count: 1 }),
      parts("watch.nobody-looks", { at: "", count: 2 }),
    );
  }
  // Far more than is kept.
  for (let h = 0; h < 3200; h++) assert.equal(t("time.hours", { h, m: 0 }).replace(",", ""), `${h} h 0 min`);
});

test("the browser's first language that there is, is taken; else English", () => {
  assert.equal(chosenLanguage(["de-DE", "en-GB"]), "en");
  assert.equal(chosenLanguage(["de"]), "en");
  assert.equal(chosenLanguage(["__proto__", "constructor"]), "en");
});
