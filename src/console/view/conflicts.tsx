import type { Conflict } from "../../api/index.ts";
import { Tag } from "./pieces.tsx";

/** Distance in metres as people say it. */
export function metres(value: number): string {
  return value < 10_000 ? `${Math.round(value).toLocaleString("en")} m` : `${(value / 1000).toFixed(1)} km`;
}

export const GRAVITY = {
  low: { name: "Low", tone: "plain" },
  high: { name: "High", tone: "warn" },
  critical: { name: "Critical", tone: "grave" },
} as const;

/** What of ours comes too close to what. Shown only inside a private box. */
export function ConflictList({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  return (
    <ul className="stack">
      {conflicts.map((conflict, i) => (
        <li key={i} className="stack">
          <div className="row">
            <Tag tone={GRAVITY[conflict.grave].tone}>{GRAVITY[conflict.grave].name}</Tag>
            <strong>
              <bdi>{conflict.own.name}</bdi>
            </strong>
            <span className="quiet">against</span>
            <bdi>{conflict.against.name}</bdi>
          </div>
          <p>
            {conflict.undecided === null ? null : <>Could not be decided, so it counts as a conflict. </>}
            {conflict.because}
          </p>
        </li>
      ))}
    </ul>
  );
}
