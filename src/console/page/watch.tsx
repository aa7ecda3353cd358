import { useMemo } from "react";
import type { Alert, InboxItem } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { useDesk } from "../session/desk.ts";
import { MomentBar, useMoment } from "../time/moment.tsx";
import { Empty, ProblemNotice } from "../view/pieces.tsx";
import { HandoverPanel } from "../watch/handover.tsx";
import { HealthPanel, NobodyLooks } from "../watch/health.tsx";
import { useAlerts } from "../watch/alerts.ts";
import { AlertRow } from "../watch/takeover.tsx";
import { LapsedGo } from "../watch/lapsed-go.tsx";
import { useInbox } from "../watch/use-inbox.ts";
import { Timeline } from "../watch/timeline.tsx";
import { WatchMap } from "../watch/watch-map.tsx";
import { useWords } from "../words/say.tsx";
import { InboxRow, MoreRows, WaitingDrafts } from "./inbox.tsx";

const NONE: readonly InboxItem[] = [];
const noReload = (): void => undefined;

/** The one screen for a shift: what needs somebody now, gravest and soonest first, each with its one next action. */
export function WatchPage() {
  const { client } = useDesk();
  const { t } = useWords();
  const { asOf } = useMoment();
  const alerts = useAlerts();
  const inbox = useInbox();
  const told = useResource(
    `told ${asOf ?? "now"}`,
    () => client.messages({ query: { limit: 60, ...(asOf === null ? {} : { as_of: asOf }) } }),
    ["message", "receipt"],
  );
  const health = useResource("health", () => client.lineHealth(), ["exchange", "receipt", "log"]);
  const open = alerts?.value?.alerts ?? [];
  const alerted = new Set(open.map(({ message }) => message.hash));
  // An alert stands on top with its own action; it is not said twice.
  const [above, items] = partition(inbox.value?.items ?? [], ({ message }) => alerted.has(message.hash));
  const count = above.reduce((sum, { messages }) => sum - messages, inbox.value?.waiting ?? 0);
  const said = useMemo(
    () => (told.value?.messages ?? []).filter(({ kind }) => kind !== "read" && kind !== "readback"),
    [told.value],
  );
  return (
    <div className="page watch-page">
      <div className="page-head">
        <h1>{t("watch.title")}</h1>
        <span className="quiet">{count === 0 ? t("inbox.nothing-waits") : t("inbox.waits", { count })}</span>
      </div>
      <ProblemNotice problem={inbox.problem ?? alerts?.problem ?? null} />
      <NobodyLooks />
      <LapsedGo />
      <div className="watch-columns">
        <div className="stack">
          <AlertList alerts={open} onChanged={alerts?.reload ?? noReload} />
          <WaitingDrafts />
          {inbox.value !== null && items.length + open.length === 0 ? <Empty>{t("watch.nothing")}</Empty> : null}
          <ul className="inbox" aria-label={t("inbox.waiting")}>
            {items.map((item) => (
              <InboxRow key={item.message.hash} item={item} />
            ))}
          </ul>
          <MoreRows left={inbox.value?.left_out ?? 0} more={inbox.more} />
        </div>
        <div className="stack">
          {health.value === null ? null : <HealthPanel lines={health.value.lines} />}
          <WatchMap isReady={inbox.value !== null && health.value !== null && told.value !== null} />
          <HandoverPanel />
        </div>
      </div>
      <Timeline items={inbox.value?.items ?? NONE} told={said} />
      <div className="panel stack">
        <MomentBar />
      </div>
    </div>
  );
}

function AlertList({ alerts, onChanged }: { readonly alerts: readonly Alert[]; readonly onChanged: () => void }) {
  const { t } = useWords();
  if (alerts.length === 0) return null;
  return (
    <section className="stack" aria-label={t("watch.alerts")}>
      <ul className="inbox">
        {alerts.map((alert) => (
          <AlertRow key={alert.message.hash} alert={alert} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

function partition<Item>(all: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  const parts: [Item[], Item[]] = [[], []];
  for (const item of all) parts[isFirst(item) ? 0 : 1].push(item);
  return parts;
}
