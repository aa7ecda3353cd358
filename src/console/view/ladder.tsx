/**
 * How far a message got with one party: a ladder, climbed from below as ladders are, so that what came last stands on
 * top; each rung with its evidence and with what that does not prove.
 */
import type { Ladder } from "../../api/index.ts";
import { href } from "../route.ts";
import { Tag } from "./pieces.tsx";
import { Time } from "./time.tsx";

type Rung = Ladder["rungs"][number];

export const RUNG_NAMES: Record<Rung["rung"], string> = {
  released: "Released",
  sent: "Sent",
  stored: "Stored",
  opened: "Opened",
  read: "Read",
  readback: "Read back",
  answered: "Answered",
  reached: "Reached the units",
};

const BESIDE: Record<Ladder["beside"][number]["state"], { name: string; tone: "warn" | "grave" }> = {
  refused: { name: "Refused", tone: "grave" },
  expired: { name: "Expired", tone: "warn" },
  overdue: { name: "Overdue", tone: "grave" },
  unopened: { name: "Could not be opened", tone: "grave" },
};

const newest = ({ rungs }: Ladder): number => Math.max(...rungs.map(({ at }) => at ?? 0));

/** Those where something happened last come first. */
export function byNewest(ladders: readonly Ladder[]): readonly Ladder[] {
  return ladders.toSorted((a, b) => newest(b) - newest(a));
}

export function LadderView({ ladder, here }: { readonly ladder: Ladder; readonly here: string }) {
  const climbed = ladder.rungs.findLastIndex((rung) => rung.at !== null);
  const next = ladder.rungs.findIndex((rung, i) => rung.at === null && !(rung.rung === "sent" && i < climbed));
  return (
    <section aria-label={`Ladder with ${ladder.name}`} className="stack">
      <header className="row">
        <h3>
          <bdi>{ladder.name}</bdi>
        </h3>
        {ladder.beside.map(({ state, at, code }) => (
          <Tag key={state} tone={BESIDE[state].tone}>
            {BESIDE[state].name}
            {at === null ? "" : <Time at={at} />} {code ?? ""}
          </Tag>
        ))}
      </header>
      <ol className="ladder" reversed>
        {ladder.rungs
          .map((rung, i) => (
            <RungView
              key={rung.rung}
              rung={rung}
              here={here}
              place={rung.at !== null ? "done" : i === next ? "now" : "open"}
              passed={i < climbed}
            />
          ))
          .toReversed()}
      </ol>
    </section>
  );
}

/** That it was sent is its author's own word, which no other node has: there, "not yet" would be wrong. */
function missing(rung: Rung["rung"], passed: boolean): string {
  return rung === "sent" && passed ? "known to its author alone" : "not yet";
}

function RungView({
  rung,
  here,
  place,
  passed,
}: {
  readonly rung: Rung;
  readonly here: string;
  readonly place: "done" | "now" | "open";
  /** A later rung has its evidence. */
  readonly passed: boolean;
}) {
  return (
    <li className={`rung ${place} ${place === "now" ? "open" : ""}`}>
      <span className="rail" aria-hidden="true" />
      <div>
        <div className="row">
          <span className="name">{RUNG_NAMES[rung.rung]}</span>
          {rung.says === null ? null : <Tag>{rung.says}</Tag>}
          <span className="when">{rung.at === null ? missing(rung.rung, passed) : <Time at={rung.at} seconds />}</span>
        </div>
        {rung.at === null ? null : (
          <p className="proof">
            {rung.by === null ? null : (
              <>
                Signed by <bdi>{rung.by}</bdi>.{" "}
              </>
            )}
            {rung.proves} <span className="not">Does not prove: {rung.does_not_prove}</span>
            {rung.message === null || rung.message === here ? null : (
              <>
                {" "}
                <a href={href({ page: "message", hash: rung.message })}>See it</a>
              </>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
