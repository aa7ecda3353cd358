/** A finding in the reader's language: the sentences that intake chose, with their figures, names and places. */
import { sentencesOf } from "../../intake/codes.ts";
import { type Manner, type Quantity, type Sentence, textOf } from "../../intake/words/sentence.ts";
import { phraseOf } from "../../message/index.ts";
import type { Tongue } from "./load.ts";
import type { Listed } from "./speaker.ts";

/** What there is to say of it. */
export type Said = Parameters<typeof sentencesOf>[0];

/** Null where the language has no words for it. */
export function findingWords(tongue: Tongue, finding: Said): string | null {
  const { says = [] } = finding;
  if (says.length === 0 || !says.every(({ key }) => tongue.has(key))) return null;
  return sentencesOf(finding)
    .flatMap((sentence) => sentenceIn(tongue, sentence) ?? [])
    .join(" ");
}

function sentenceIn({ t, has, locales, phrases }: Tongue, { key, given }: Sentence): string | null {
  if (!has(key)) return null;
  const manner: Manner = {
    locales,
    distance: ({ unit, n }) => t(`common.${unit}`, { n }),
    stance: (code) => phraseOf("stance", code, phrases),
  };
  const values = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === "object" ? quantityIn(value, manner) : value,
  ]);
  return (t as (key: string, given: unknown) => string)(key, Object.fromEntries(values));
}

function quantityIn(value: Quantity, manner: Manner): string | Listed {
  return "names" in value ? { listed: "unit", names: value.names } : textOf(value, manner);
}
