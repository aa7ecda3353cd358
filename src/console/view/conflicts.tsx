import { useState } from "react";
import type { Conflict } from "../../api/index.ts";
import { Say, useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";
import { Button, NodeWords, Tag } from "./pieces.tsx";
import { WindowText } from "./time.tsx";

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

/** The figures in the reader's language, then the node's own sentence with the rules that were asked. */
function Gap({ conflict }: { readonly conflict: Conflict }) {
  const { t, language } = useWords();
  const { distance_m: distance, vertical_gap_m: gap, undecided, because, time } = conflict;
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
      {undecided === null ? null : <>{t("conflict.undecided")} </>}
      {distance === null ? null : distance === 0 ? (
        <Say k="conflict.overlaps" />
      ) : (
        <Say k="conflict.within" given={{ distance: metres(t, distance) }} />
      )}{" "}
      {gap === null || gap === 0 ? null : <Say k="conflict.height-gap" given={{ distance: metres(t, gap) }} />}{" "}
      <WindowText window={time} /> <NodeWords>{because}</NodeWords>
    </p>
  );
}
