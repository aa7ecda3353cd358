/** What a separation rule names, in the reader's words: `*`, `site:*`, `site:hospital` and `hospital` are signed. */
import type { ReactNode } from "react";
import { CODES, type Kind, KINDS } from "../../message/index.ts";
import { useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";

type Phrases = ReturnType<typeof useWords>["phrases"];

/** One side of a rule. What nobody has a word for, as a plan's own category, stands as it is signed. */
export function RuleWord({ word }: { readonly word: string }): ReactNode {
  const { t, phrases } = useWords();
  // Where text runs from the right, `airstrike:*` would be shown as `*:airstrike`.
  return ruleWord(word, t, phrases) ?? <bdi dir="ltr">{word}</bdi>;
}

type AnyKey = `conflict.any${"thing" | `-${"site" | "activity" | "movement" | "presence" | "holding"}`}`;
const ANY: ReadonlyMap<string, AnyKey> = new Map([
  ["*", "conflict.anything"],
  ["site:*", "conflict.any-site"],
  ["activity:*", "conflict.any-activity"],
  ["movement:*", "conflict.any-movement"],
  ["presence:*", "conflict.any-presence"],
  ["holding:*", "conflict.any-holding"],
]);

function ruleWord(word: string, t: Translate, phrases: Phrases): string | null {
  const any = ANY.get(word) ?? ANY.get(`${word}:*`);
  if (any !== undefined) return t(any);
  const at = word.indexOf(":");
  const [of, category] = at < 0 ? [null, word] : [word.slice(0, at), word.slice(at + 1)];
  const kind = kindOf(of);
  if (category === "*") return kind === null ? null : phrases.kinds[kind];
  const site = of === null || of === "site" ? siteOf(category, phrases) : null;
  const activity = of === null || of === "activity" ? activityOf(category, phrases) : null;
  const inKind = site ?? activity;
  if (inKind === null || category !== "other") return inKind;
  // Sites and activities both have others: of which is said beside it.
  return kind === null ? inKind : t("conflict.of-kind", { category: inKind, kind: phrases.kinds[kind] });
}

function kindOf(word: string | null): Kind | null {
  return KINDS.find((kind) => kind === word) ?? null;
}

function siteOf(category: string, { codes }: Phrases): string | null {
  const found = CODES.site_category.find((each) => each === category);
  return found === undefined ? null : codes.site_category[found];
}

function activityOf(category: string, { codes }: Phrases): string | null {
  const found = CODES.activity_category.find((each) => each === category);
  return found === undefined ? null : codes.activity_category[found];
}
