import { useState } from "react";
import type { Conflict } from "../../api/index.ts";
import { Say, useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";
import { Button, NodeWords, Tag, Words } from "./pieces.tsx";
import { RuleWord } from "./rule-word.tsx";
import { duration, WindowText } from "./time.tsx";

const SHOWN = 20;
const KILOMETRES_FROM = 10_000;

/** Distance in metres as people say it. */
export function metres(t: Translate, value: number): string {
  if (value < KILOMETRES_FROM) return t("common.metres", { n: Math.round(value) });
  return t("common.kilometres", { n: value / 1000 });
}

const TONES = { low: "plain", high: "warn", critical: "grave" } as const;

/** What of ours comes too close to what. Shown only inside a private box. */
export function ConflictList({
  conflicts,
  left = 0,
}: {
  readonly conflicts: readonly Conflict[];
  /** So many more there are, none of them worse. */
  readonly left?: number;
}) {
  const { t } = useWords();
  const [shown, setShown] = useState(SHOWN);
  return (
    <>
      <ul className="stack">
        {conflicts.slice(0, shown).map((conflict, i) => (
          <li key={i} className="stack">
            <ConflictItem conflict={conflict} />
          </li>
        ))}
      </ul>
      {conflicts.length <= shown ? null : (
        <Button onPress={() => setShown((before) => before + 100)}>
          {t("draft.show-more", { count: conflicts.length - shown })}
        </Button>
      )}
      {left <= 0 ? null : <p className="fine">{t("common.not-shown", { count: left })}</p>}
    </>
  );
}

export function ConflictItem({ conflict }: { readonly conflict: Conflict }) {
  const { t } = useWords();
  return (
    <>
      <div className="row">
        <Tag tone={TONES[conflict.grave]}>{t(`conflict.${conflict.grave}`)}</Tag>
        <strong>
          <bdi>{conflict.own.name}</bdi>
        </strong>
        <span className="quiet">{t("conflict.against")}</span>
        <bdi>{conflict.against.name}</bdi>
        {conflict.phase === null || conflict.phase === "ahead" ? null : (
          <Tag tone={conflict.phase === "now" ? "grave" : "plain"}>{t(`decide.${conflict.phase}`)}</Tag>
        )}
      </div>
      <Gap conflict={conflict} />
    </>
  );
}

/** The figures and the rule in the reader's language; English has the node's own sentence, which says the same. */
function Gap({ conflict }: { readonly conflict: Conflict }) {
  const { t, language } = useWords();
  const { distance_m: distance, vertical_gap_m: gap, undecided, because, time, why } = conflict;
  if (language === "en") {
    return (
      <p>
        {undecided === null ? null : <>{t("conflict.undecided")} </>}
        {because}
      </p>
    );
  }
  return (
    <p>
      {undecided === null ? null : <Undecided code={undecided} because={because} />}
      {distance === null ? null : distance === 0 ? (
        <Say k="conflict.overlaps" />
      ) : (
        <Say k="conflict.within" given={{ distance: metres(t, distance) }} />
      )}{" "}
      {gap === null || gap === 0 ? null : <Say k="conflict.height-gap" given={{ distance: metres(t, gap) }} />}{" "}
      <WindowText window={time} /> {why === null ? null : t("conflict.asked", askedIn(t, why.asked))}
    </p>
  );
}

function Undecided({ code, because }: { readonly code: string; readonly because: string }) {
  const { t, has } = useWords();
  const key = `conflict.undecided-${code}`;
  return (
    <>
      {t("conflict.undecided")} {has(key) ? (t as (key: string) => string)(key) : <NodeWords>{because}</NodeWords>}{" "}
    </>
  );
}

const ANY_HEIGHT_M = 100_000;

function askedIn(t: Translate, { lateral_m, vertical_m, time_s }: NonNullable<Conflict["why"]>["asked"]) {
  return {
    lateral: metres(t, lateral_m),
    vertical: vertical_m >= ANY_HEIGHT_M ? t("conflict.any-height") : metres(t, vertical_m),
    time: duration(t, time_s * 1000),
  };
}

/** Whose rule fired, which, what it asks for, and what whoever set it said of it. */
export function WhyFired({ why }: { readonly why: NonNullable<Conflict["why"]> }) {
  const { t } = useWords();
  return (
    <>
      {t(`decide.set-${why.set}`)}{" "}
      {why.rule === null ? (
        t("conflict.rule-default")
      ) : (
        <Say
          k="conflict.rule-pair"
          given={{ plan: <RuleWord word={why.rule.plan} />, against: <RuleWord word={why.rule.against} /> }}
        />
      )}{" "}
      {t("conflict.asked", askedIn(t, why.asked))} {why.reason === null ? null : <Words>{why.reason}</Words>}
    </>
  );
}
