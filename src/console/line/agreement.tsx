/** The charter, readable as the agreement that it is: what the line is for, and what it is not for. */
import type { ReactNode } from "react";
import type { Client } from "../../api/index.ts";
import { CONTENT_KINDS } from "../../message/index.ts";
import { decodeCharter, type Charter } from "../../line/index.ts";
import { fromBase64 } from "../../wire/bytes.ts";
import { Panel, Words } from "../view/pieces.tsx";
import { RuleWord } from "../view/rule-word.tsx";
import { duration, Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

type CharterReply = Awaited<ReturnType<Client["charter"]>>;

/** Read out of the signed bytes, never out of what the node says beside them. */
export function Agreement({ reply }: { readonly reply: CharterReply }) {
  const { t } = useWords();
  const charter = decodeCharter(fromBase64(reply.bytes));
  const nameOf = (id: string) => charter.parties.find((party) => party.id === id)?.name ?? id;
  return (
    <Panel title={t("charter.title")} aside={t("charter.aside")}>
      <h3>
        <Words>{charter.title}</Words>
      </h3>
      <ol className="agreement">
        <li>{t("charter.between", { parties: all(charter.parties.map(({ name }) => name)) })}</li>
        <li>
          <Say k="charter.founded" given={{ at: <Time at={charter.founded_at} /> }} />{" "}
          {charter.expires_at === null ? (
            t("charter.no-end")
          ) : (
            <Say k="charter.expires" given={{ at: <Time at={charter.expires_at} /> }} />
          )}
        </li>
        {charter.exercise ? <li>{t("charter.exercise")}</li> : null}
        <Terms charter={charter} />
        <Rules charter={charter} />
        <li className="not-for">
          <strong>{t("charter.not-for")}</strong>
          <p>
            <Words>{charter.not_for}</Words>
          </p>
        </li>
      </ol>
      <p className="fine">
        {t("charter.signed", { parties: all(reply.signatures.map(({ party }) => nameOf(party))) })}
      </p>
    </Panel>
  );
}

const all = (names: readonly string[]) => ({ listed: "conjunction", names }) as const;
const degrees = (value: number): string => `${value}°`;

function Terms({ charter }: { readonly charter: Charter }): ReactNode {
  const { t, phrases } = useWords();
  const { area, precision_floor_m: floor, deadlines_ms } = charter;
  const kinds = CONTENT_KINDS.filter((kind) => charter.kinds.includes(kind)).map((kind) => phrases.kinds[kind]);
  const sooner = CONTENT_KINDS.flatMap((kind) => {
    const ms = deadlines_ms[kind];
    return ms === undefined ? [] : [t("charter.deadline", { kind: phrases.kinds[kind], for: duration(t, ms) })];
  });
  const sides = {
    west: degrees(area.west),
    east: degrees(area.east),
    south: degrees(area.south),
    north: degrees(area.north),
  };
  const sentences = [
    t("charter.kinds", { kinds: all(kinds) }),
    t("charter.area", sides),
    floor === 0 ? t("charter.precision-any") : t("charter.precision", { metres: floor }),
    ...(sooner.length === 0 ? [] : [t("charter.deadlines", { list: all(sooner) })]),
    t(charter.sole_release ? "charter.sole-release" : "charter.two-persons"),
    t("charter.separation", { metres: charter.separation_m, seconds: charter.time_separation_s }),
    t("charter.exchange", { every: duration(t, charter.exchange_interval_s * 1000) }),
    t("charter.test-calls", { every: duration(t, charter.test_call_interval_s * 1000) }),
    t("charter.quota", { megabytes: charter.quota_bytes_per_day / 1e6 }),
    t("charter.languages", { languages: all(charter.languages) }),
  ];
  return sentences.map((sentence) => <li key={sentence}>{sentence}</li>);
}

/** What the parties agreed on for pairs of things, each number as it is signed. */
function Rules({ charter: { rules = [] } }: { readonly charter: Charter }): ReactNode {
  const { t } = useWords();
  return rules.map(({ plan, against, lateral_m: metres, vertical_m: height, time_s: seconds, grave, reason }) => (
    <li key={`${plan}\n${against}`}>
      <Say
        k="charter.rule"
        given={{ plan: <RuleWord word={plan} />, against: <RuleWord word={against} />, metres, height, seconds }}
      />
      {grave === null ? null : ` ${t(`conflict.${grave}`)}.`} {reason === undefined ? null : <Words>{reason}</Words>}
    </li>
  ));
}
