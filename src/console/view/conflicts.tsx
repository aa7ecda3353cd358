import type { Conflict } from "../../api/index.ts";
import { Say, useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";
import { NodeWords, Tag } from "./pieces.tsx";
import { WindowText } from "./time.tsx";

const KILOMETRES_FROM = 10_000;

/** Distance in metres as people say it. */
export function metres(t: Translate, value: number): string {
  if (value < KILOMETRES_FROM) return t("common.metres", { n: Math.round(value) });
  return t("common.kilometres", { n: value / 1000 });
}

const TONES = { low: "plain", high: "warn", critical: "grave" } as const;

/** What of ours comes too close to what. Shown only inside a private box. */
export function ConflictList({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  return (
    <ul className="stack">
      {conflicts.map((conflict, i) => (
        <li key={i} className="stack">
          <ConflictItem conflict={conflict} />
        </li>
      ))}
    </ul>
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
