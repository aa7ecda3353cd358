/** What stands around every page: banner, whose node this is, the way to the pages, and whether the node is there. */
import { type ReactNode, type RefObject, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Alerts, PresenceReply, Status } from "../api/index.ts";
import { OthersHere, PresenceContext, usePresence } from "./live/presence.tsx";
import { useNow } from "./live/use-now.ts";
import { Trouble } from "./live/trouble.tsx";
import { type Resource, useResource } from "./live/use-resource.ts";
import { AnswerPage } from "./page/answer.tsx";
import { BringPage } from "./page/bring-lazy.tsx";
import { DraftPage } from "./page/draft.tsx";
import { DraftsPage } from "./page/drafts.tsx";
import { InboxPage } from "./page/inbox.tsx";
import { KnowsPage } from "./page/knows.tsx";
import { LinePage } from "./page/line.tsx";
import { ListPage } from "./page/list.tsx";
import { ListsPage } from "./page/lists.tsx";
import { MapPage } from "./page/map-lazy.tsx";
import { MessagePage } from "./page/message.tsx";
import { PlansPage } from "./page/plans.tsx";
import { ReadBackPage } from "./page/readback.tsx";
import { ExerciseBanner } from "./page/sign-in.tsx";
import { TablePage } from "./page/table.tsx";
import { WatchPage } from "./page/watch.tsx";
import { WritePage } from "./page/write.tsx";
import { href, type PageName, PAGES, parseRoute, type Route } from "./route.ts";
import { useDesk, useMay } from "./session/desk.ts";
import { placeIn, StatusContext } from "./session/status.ts";
import { Icon } from "./view/icon.tsx";
import { Loading, TopButton } from "./view/pieces.tsx";
import { asSaid, duration } from "./view/time.tsx";
import { KeysButton } from "./keys/keys.tsx";
import { SettingsButton } from "./settings/settings.tsx";
import { MomentDesk } from "./time/moment.tsx";
import { AlertsContext } from "./watch/alerts.ts";
import { Takeover } from "./watch/takeover.tsx";
import { useWords } from "./words/say.tsx";
import { Guard } from "./view/guard.tsx";

export function Frame() {
  const { node, client } = useDesk();
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const status = useResource("status", () => client.status(), [
    "message",
    "draft",
    "conflict",
    "plan",
    "exchange",
    "receipt",
    "log",
  ]);
  const alerts = useResource("alerts", () => client.alerts(), ["alert", "message", "receipt"]);
  const present = usePresence(route);
  const place = href(route);
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo({ top: 0 });
  }, [place]);
  return (
    <Desks status={status.value} alerts={alerts} present={present}>
      <div className="app">
        <SkipLink main={main} />
        {node.exercise ? <ExerciseBanner /> : null}
        <Top status={status.value} />
        <Navigation here={route} status={status.value} />
        <main ref={main} tabIndex={-1} className={route.page === "map" ? "bleed" : ""}>
          <OthersHere route={route} />
          <Guard key={place}>
            <Suspense fallback={<Loading />}>{pageOf(route)}</Suspense>
          </Guard>
        </main>
        <Trouble status={status.value} />
      </div>
      <Takeover alerts={alerts.value?.alerts ?? []} onChanged={() => alerts.reload()} />
    </Desks>
  );
}

interface DesksProps {
  readonly status: Status | null;
  readonly alerts: Resource<Alerts>;
  readonly present: PresenceReply | null;
  readonly children: ReactNode;
}

/** What the frame keeps for every page. */
function Desks({ status, alerts, present, children }: DesksProps) {
  return (
    <StatusContext value={status}>
      <AlertsContext value={alerts}>
        <PresenceContext value={present}>
          <MomentDesk>{children}</MomentDesk>
        </PresenceContext>
      </AlertsContext>
    </StatusContext>
  );
}

function pageOf(route: Route): ReactNode {
  switch (route.page) {
    case "watch":
      return <WatchPage />;
    case "inbox":
      return <InboxPage />;
    case "message":
      return <MessagePage key={route.hash} hash={route.hash} />;
    case "map":
      return <MapPage />;
    case "drafts":
      return <DraftsPage />;
    case "draft":
      return <DraftPage key={route.id} id={route.id} />;
    case "write":
      return <WritePage key={href(route)} route={route} />;
    case "readback":
      return <ReadBackPage key={route.hash} hash={route.hash} />;
    case "answer":
      return <AnswerPage key={href(route)} hash={route.hash} only={route.only === true} />;
    case "lists":
      return <ListsPage />;
    case "list":
      return <ListPage key={href(route)} from={route.from} id={route.id} />;
    case "bring":
      return <BringPage key={href(route)} list={route.list} />;
    case "plans":
      return <PlansPage />;
    case "table":
      return <TablePage />;
    case "knows":
      return <KnowsPage />;
    case "line":
      return <LinePage />;
  }
}

/** First in the order of focus: past the navigation, to what the page is about. */
function SkipLink({ main }: { readonly main: RefObject<HTMLElement | null> }) {
  const { t } = useWords();
  return (
    <button type="button" className="skip" onClick={() => main.current?.focus()}>
      {t("frame.skip")}
    </button>
  );
}

function Top({ status }: { readonly status: Status | null }) {
  const { node, session, signOut } = useDesk();
  const { t, locales } = useWords();
  const roles = new Intl.ListFormat([...locales], { type: "unit" }).format(
    session.roles.map((role) => t(`frame.role-${role}`)),
  );
  return (
    <header className="top">
      <span className={`mark party-${status === null ? 0 : placeIn(status, node.party) % 4}`} aria-hidden="true">
        {node.name.slice(0, 1)}
      </span>
      <div className="names">
        <div className="party-name" dir="auto">
          {node.name}
        </div>
        <div className="fine" dir="auto">
          {node.line_title}
        </div>
      </div>
      <Connection status={status} />
      <Clock />
      <span className="fine wide-only">
        <bdi>{session.officer}</bdi> · {roles}
      </span>
      <KeysButton />
      <SettingsButton />
      <TopButton icon="sign-out" label={t("frame.sign-out")} onPress={signOut} />
    </header>
  );
}

function Clock() {
  const { t } = useWords();
  const now = new Date(useNow(1000)).toISOString();
  return (
    <time className="clock" aria-label={t("frame.clock")} dir="ltr">
      {now.slice(11, 16)}
      <span className="mid-only">{now.slice(16, 19)}</span>Z
    </time>
  );
}

const FRESH_MS = 60_000;
const FAULT_MS = 5000;

/** No exchange for a minute, or the newest attempt failed and none has come through for some seconds. */
function isSilent({ last_exchange_at: last, last_fault: fault }: Status["peers"][number], now: number): boolean {
  if (last === null) return true;
  return now - last > FRESH_MS || (fault !== null && fault.at > last && now - last > FAULT_MS);
}

/** Whether the other sides answer, worst first: a dot with words, never a colour alone. */
function Connection({ status }: { readonly status: Status | null }) {
  const { feed } = useDesk();
  const { t } = useWords();
  const lost = useSyncExternalStore(feed.onState, feed.state) === "lost";
  const peers = status?.peers ?? [];
  const names = useNow(1000, (now) =>
    peers
      .filter((peer) => isSilent(peer, now))
      .map(({ party }) => party)
      .join(" "),
  );
  const silent = peers.filter(({ party }) => names.split(" ").includes(party));
  const last = Math.max(...silent.map((peer) => peer.last_exchange_at ?? 0));
  const since = useNow(1000, (now) => asSaid(now - last));
  if (status === null) return null;
  const split = status.peers.find((peer) => peer.split);
  const tone = lost || split !== undefined ? "grave" : silent.length > 0 ? "warn" : "good";
  const parties = { listed: "unit", names: silent.map((peer) => peer.name) } as const;
  const words = lost
    ? t("frame.node-lost-short")
    : split !== undefined
      ? t("frame.split-record", { party: split.name })
      : silent.length === 0
        ? t("frame.all-answer")
        : last > 0
          ? t("frame.silent-since", { parties, since: duration(t, since) })
          : t("frame.silent", { parties });
  return (
    <a className="row fine" href={href({ page: "line" })} aria-label={words}>
      <span className={`dot ${tone}`} aria-hidden="true" />
      <span className="mid-only">{words}</span>
    </a>
  );
}

function Navigation({ here, status }: { readonly here: Route; readonly status: Status | null }) {
  const { t } = useWords();
  const plans = useMay("see plans");
  const drafts = useMay("see drafts");
  const pages = PAGES.filter((page) => (page !== "plans" || plans) && (page !== "drafts" || drafts));
  const counts: Partial<Record<PageName, number>> =
    status === null ? {} : { inbox: status.counts.inbox, drafts: status.counts.drafts, plans: status.counts.conflicts };
  return (
    <nav className="nav" aria-label={t("frame.pages")}>
      <ul>
        {pages.map((page) => (
          <li key={page}>
            <a href={href({ page })} {...(pageAbove(here) === page ? { "aria-current": "page" as const } : {})}>
              <Icon name={page} />
              {t(`frame.${page}`)}
              {(counts[page] ?? 0) > 0 ? <span className="count">{counts[page]}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function pageAbove(route: Route): PageName {
  switch (route.page) {
    case "message":
    case "readback":
    case "answer":
      return "inbox";
    case "draft":
    case "write":
      return "drafts";
    case "list":
    case "bring":
      return "lists";
    case "watch":
    case "inbox":
    case "map":
    case "drafts":
    case "lists":
    case "plans":
    case "table":
    case "knows":
    case "line":
      return route.page;
  }
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(window.location.hash));
  useEffect(() => {
    const read = () => setRoute(parseRoute(window.location.hash));
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  return route;
}
