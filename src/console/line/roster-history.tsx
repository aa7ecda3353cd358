/** A party's rosters so far, newest first: what each changed, read out of the signed bytes. */
import type { ReactNode } from "react";
import type { Client } from "../../api/index.ts";
import { decodeRoster } from "../../line/index.ts";
import { fromBase64 } from "../../wire/bytes.ts";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";
import { type RosterChange, rosterChanges } from "./roster-changes.ts";

type Roster = Awaited<ReturnType<Client["rosters"]>>["rosters"][number];

/** `rosters`: of one party, oldest first. */
export function RosterHistory({ rosters }: { readonly rosters: readonly Roster[] }) {
  const { t } = useWords();
  if (rosters.length < 2) return null;
  const decoded = rosters.map(({ bytes }) => decodeRoster(fromBase64(bytes)));
  const steps = decoded.flatMap((roster, i) => {
    const before = decoded[i - 1];
    return before === undefined ? [] : [{ roster, changes: rosterChanges(before, roster) }];
  });
  return (
    <details>
      <summary>{t("charter.history", { count: steps.length })}</summary>
      <ol className="stack fine">
        {steps.toReversed().map(({ roster: { seq, issued_at }, changes }) => (
          <li key={seq}>
            <Say k="charter.roster-at" given={{ seq, at: <Time at={issued_at} /> }} />
            <ul>
              {changes.length === 0 ? <li>{t("charter.changed-nothing")}</li> : null}
              {changes.map((change, i) => (
                <li key={i}>
                  <Change change={change} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Change({ change }: { readonly change: RosterChange }): ReactNode {
  const { t } = useWords();
  switch (change.change) {
    case "joined":
    case "left":
    case "officer-key":
    case "roles":
      return t(`charter.changed-${change.change}`, { officer: change.officer });
    case "node-keys":
      return t("charter.changed-node-keys", {
        keys: { listed: "conjunction", names: change.keys.map((key) => t(`charter.node-key-${key}`)) },
      });
    case "address":
      return change.address === null ? (
        t("charter.changed-no-address")
      ) : (
        <Say k="charter.changed-address" given={{ address: <bdi dir="ltr">{change.address}</bdi> }} />
      );
    case "suspended":
    case "resumed":
    case "units":
    case "mailboxes":
      return t(`charter.changed-${change.change}`);
  }
}
