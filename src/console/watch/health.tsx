/** The health of the line to each party, and whether anybody looks. */
import { memo } from "react";
import type { LineHealth } from "../../api/index.ts";
import { useNow } from "../live/use-now.ts";
import { usePresent } from "../live/presence.tsx";
import { usePartyPlace } from "../session/status.ts";
import { FaultWords, Notice, Panel, PartyLabel, Tag } from "../view/pieces.tsx";
import { asSaid, duration, Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

export const HealthPanel = memo(Health);

function Health({ lines }: { readonly lines: readonly LineHealth[] }) {
  const { t } = useWords();
  return (
    <Panel title={t("watch.health")}>
      <ul className="stack">
        {lines.map((line) => (
          <HealthRow key={line.party} line={line} />
        ))}
      </ul>
      <SirenWords />
    </Panel>
  );
}

const SKEW_MS = 2000;
const SILENT_MS = 60_000;

function HealthRow({ line }: { readonly line: LineHealth }) {
  const { t } = useWords();
  const placeOf = usePartyPlace();
  const { last_heard_at: heard, clock_ahead_ms: ahead } = line;
  const left = line.state === "left";
  const isLate = useNow(1000, (now) => heard === null || now - heard > SILENT_MS);
  const ago = useNow(1000, (now) => asSaid(now - (heard ?? now)));
  const silent = !left && (isLate || line.fault !== null);
  return (
    <li className="stack tight">
      <div className="row">
        <span className={`dot ${line.split ? "grave" : silent ? "warn" : "good"}`} aria-hidden="true" />
        <PartyLabel name={line.name} place={placeOf(line.party)} />
        <span className={silent ? "due over" : "quiet"}>
          {heard === null ? t("watch.never-heard") : t("watch.heard", { for: duration(t, ago) })}
        </span>
        {line.state === "suspended" ? <Tag tone="grave">{t("line.suspended")}</Tag> : null}
        {left ? <Tag tone="warn">{t("line.left")}</Tag> : null}
        {line.split ? <Tag tone="grave">{t("line.split-record")}</Tag> : null}
      </div>
      <p className="fine">
        {line.to_fetch + line.to_open + line.receipts_owed_to_us + line.receipts_owed_by_us === 0
          ? t("watch.nothing-owed")
          : t("watch.backlog", {
              fetch: line.to_fetch,
              open: line.to_open,
              us: line.receipts_owed_to_us,
              them: line.receipts_owed_by_us,
            })}
        {" · "}
        {ahead === null || Math.abs(ahead) < SKEW_MS
          ? t("watch.clock-same")
          : t(ahead > 0 ? "watch.clock-ahead" : "watch.clock-behind", { for: duration(t, Math.abs(ahead)) })}
        {line.unopened === 0 ? null : ` · ${t("watch.unopened", { count: line.unopened })}`}
      </p>
      {line.last_test_call_at === null ? null : (
        <p className="fine">
          <Say k="watch.test-call" given={{ at: <Time at={line.last_test_call_at} /> }} />
        </p>
      )}
      {line.test_call.state !== "missed" || line.test_call.called_at === null ? null : (
        <Notice tone="grave">
          <Say k="watch.test-call-missed" given={{ at: <Time at={line.test_call.called_at} /> }} />
        </Notice>
      )}
      {line.fault === null ? null : (
        <p className="fine">
          <FaultWords fault={line.fault} />
        </p>
      )}
    </li>
  );
}

function SirenWords() {
  const { t } = useWords();
  const reply = usePresent();
  if (reply === null) return null;
  const { siren, present } = reply;
  const officers = [...new Set(present.map(({ officer }) => officer))];
  return (
    <div className="stack tight fine">
      {officers.length === 0 ? null : <p>{t("watch.at-desk", { officers: { listed: "unit", names: officers } })}</p>}
      {siren.configured === "none" ? (
        <p>{t("watch.siren-none")}</p>
      ) : siren.fault !== null ? (
        <Notice tone="grave">
          {t("watch.siren-fails", { count: siren.fault.failures })} <FaultWords fault={siren.fault} />
        </Notice>
      ) : siren.last_rung_at === null ? (
        <p>{t("watch.siren-ready")}</p>
      ) : (
        <p>
          <Say k="watch.siren-works" given={{ at: <Time at={siren.last_rung_at} /> }} />
        </p>
      )}
    </div>
  );
}

/** Said on top: something waits and nobody has looked. */
export function NobodyLooks() {
  const reply = usePresent();
  if (reply === null || reply.attention.unattended_since === null) return null;
  const { unattended_since, waiting } = reply.attention;
  return (
    <Notice tone="grave">
      <Say k="watch.nobody-looks" given={{ at: <Time at={unattended_since} />, count: waiting }} />
    </Notice>
  );
}
