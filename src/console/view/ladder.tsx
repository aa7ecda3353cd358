/**
 * How far a message got with one party: a ladder, climbed from below as ladders are, so that what came last stands on
 * top; each rung with its evidence and with what that does not prove.
 */
import type { Ladder } from "../../api/index.ts";
import { useParties } from "../session/status.ts";
import type { Tongue } from "../words/load.ts";
import { Say, useWords } from "../words/say.tsx";
import { href } from "../route.ts";
import { Tag } from "./pieces.tsx";
import { Time } from "./time.tsx";

type Rung = Ladder["rungs"][number];

const BESIDE: Record<Ladder["beside"][number]["state"], "warn" | "grave"> = {
  held: "warn",
  refused: "grave",
  expired: "warn",
  overdue: "grave",
  unopened: "grave",
};

const newest = ({ rungs }: Ladder): number => Math.max(...rungs.map(({ at }) => at ?? 0));

/** Those where something happened last come first. */
export function byNewest(ladders: readonly Ladder[]): readonly Ladder[] {
  return ladders.toSorted((a, b) => newest(b) - newest(a));
}

export function LadderView({ ladder, here }: { readonly ladder: Ladder; readonly here: string }) {
  const { t } = useWords();
  const climbed = ladder.rungs.findLastIndex((rung) => rung.at !== null);
  const next = ladder.rungs.findIndex((rung, i) => rung.at === null && !(rung.rung === "sent" && i < climbed));
  return (
    <section aria-label={t("ladder.with", { party: ladder.name })} className="stack">
      <header className="row">
        <h3>
          <bdi>{ladder.name}</bdi>
        </h3>
        {ladder.beside.map(({ state, at, code }) => (
          <Tag key={state} tone={BESIDE[state]}>
            {t(`ladder.beside-${state}`)}
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
              ladder={ladder}
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
function missing(rung: Rung["rung"], passed: boolean): "ladder.known-to-author" | "ladder.not-yet" {
  return rung === "sent" && passed ? "ladder.known-to-author" : "ladder.not-yet";
}

/** How a read-back compared, or which carriers took it, in the reader's language; an answer's code stays as it is. */
export function saysOf({ t, has }: Pick<Tongue, "t" | "has">, says: string): string {
  const said = says.split(", ").map((one) => {
    const key = [`ladder.says-${one}`, `line.carrier-${one}`].find(has);
    return key === undefined ? one : t(key as "ladder.says-same");
  });
  return said.join(", ");
}

/** Who signed a rung: an officer, or a node. What was sent is this node's own word, as its rung says. */
function SignedBy({ rung, ladder }: { readonly rung: Rung; readonly ladder: Ladder }) {
  const { nameOf } = useParties();
  if (rung.by === null || rung.rung === "sent") return null;
  const [officer, party] = rung.by.split(" of ");
  const isNode = rung.rung === "stored" || rung.rung === "opened" || rung.rung === "reached";
  if (isNode || officer === undefined || party === undefined) {
    return <Say k="ladder.signed-by-node" given={{ party: ladder.name }} />;
  }
  return <Say k="ladder.signed-by" given={{ who: officer, party: nameOf(party) }} />;
}

function RungView({
  rung,
  ladder,
  here,
  place,
  passed,
}: {
  readonly rung: Rung;
  readonly ladder: Ladder;
  readonly here: string;
  readonly place: "done" | "now" | "open";
  /** A later rung has its evidence. */
  readonly passed: boolean;
}) {
  const tongue = useWords();
  const { t } = tongue;
  return (
    <li className={`rung ${place} ${place === "now" ? "open" : ""}`}>
      <span className="rail" aria-hidden="true" />
      <div>
        <div className="row">
          <span className="name">{t(`ladder.${rung.rung}`)}</span>
          {rung.says === null ? null : <Tag>{saysOf(tongue, rung.says)}</Tag>}
          <span className="when">
            {rung.at === null ? t(missing(rung.rung, passed)) : <Time at={rung.at} seconds />}
          </span>
        </div>
        {rung.at === null ? null : (
          <p className="proof">
            <SignedBy rung={rung} ladder={ladder} /> {t(`ladder.proves-${rung.rung}`)}{" "}
            <span className="not">{t("ladder.not-proven", { what: t(`ladder.not-${rung.rung}`) })}</span>
            {rung.message === null || rung.message === here ? null : (
              <>
                {" "}
                <a href={href({ page: "message", hash: rung.message })}>{t("ladder.see-it")}</a>
              </>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
