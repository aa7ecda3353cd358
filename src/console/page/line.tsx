import type { Client, DeclarationReply, Departure, PeerStatus, Suspension, Way } from "../../api/index.ts";
import { useNow } from "../live/use-now.ts";
import { Agreement } from "../line/agreement.tsx";
import { Declared } from "../line/declared.tsx";
import { DoctorPanel } from "../line/doctor.tsx";
import { successorOf } from "../line/identity.ts";
import { LogsPanel } from "../line/logs.tsx";
import { ExportPanel, Rosters, ToldPanel } from "../line/rosters.tsx";
import { useResource } from "../live/use-resource.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { FaultWords, Panel, PartyLabel, ProblemNotice, Tag } from "../view/pieces.tsx";
import { asSaid, duration, Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

/** The line's health and its parties: who holds what of whose log, and whose keys they are. */
export function LinePage() {
  const { client } = useDesk();
  const { t } = useWords();
  const status = useResource("status-page", () => client.status(), [
    "exchange",
    "receipt",
    "log",
    "message",
    "declaration",
  ]);
  const charter = useResource("charter", () => client.charter(), []);
  const placeOf = usePartyPlace();
  const rosters = useResource("rosters", () => client.rosters(), ["log"]);
  const declared = useResource("declarations", () => client.declarations(), ["declaration"]);
  const nameOf = (party: string) => charter.value?.parties.find(({ id }) => id === party)?.name ?? party;
  const mayDoctor = useMay("see the node's health");
  const mayExport = useMay("export evidence");
  return (
    <div className="page">
      <h1>{t("line.title")}</h1>
      <ProblemNotice problem={status.problem ?? charter.problem} />
      {status.value === null ? null : (
        <Panel title={t("line.other-sides")} aside={t("line.own-log", { count: status.value.log.size })}>
          {status.value.suspended.map((each) => (
            <Suspended key={each.party} suspension={each} />
          ))}
          {status.value.left.map((each) => (
            <Left key={each.party} departure={each} />
          ))}
          <ul className="stack">
            {status.value.peers.map((peer) => (
              <PeerRow key={peer.party} peer={peer} own={status.value?.log.size ?? 0} place={placeOf(peer.party)} />
            ))}
          </ul>
        </Panel>
      )}
      {charter.value === null ? null : (
        <PartiesPanel charter={charter.value} declarations={declared.value?.declarations ?? []} />
      )}
      {declared.value === null ? null : <Declared declarations={declared.value.declarations} nameOf={nameOf} />}
      {charter.value === null ? null : <Agreement reply={charter.value} />}
      {rosters.value === null ? null : (
        <Rosters
          rosters={rosters.value.rosters}
          revoked={declared.value?.declarations.flatMap(({ declares, fingerprint }) =>
            declares === "revocation" && fingerprint !== null ? [fingerprint] : [],
          )}
          nameOf={nameOf}
        />
      )}
      {status.value === null || rosters.value === null ? null : (
        <LogsPanel status={status.value} closings={rosters.value.closings} />
      )}
      <ToldPanel />
      {mayExport ? <ExportPanel /> : null}
      {mayDoctor ? <DoctorPanel /> : null}
    </div>
  );
}

type CharterReply = Awaited<ReturnType<Client["charter"]>>;

interface PartiesProps {
  readonly charter: CharterReply;
  readonly declarations: readonly DeclarationReply[];
}

/** Whose keys they are: what two people compare in person or by voice. A key that another succeeded is named as such. */
function PartiesPanel({ charter, declarations }: PartiesProps) {
  const { t } = useWords();
  const placeOf = usePartyPlace();
  return (
    <Panel title={t("line.parties")} aside={t("line.parties-aside")}>
      <dl className="facts">
        {charter.parties.map(({ id, name, fingerprint: founding }) => {
          const now = successorOf(id, declarations);
          return (
            <div key={id} className="fact">
              <dt>
                <PartyLabel name={name} place={placeOf(id)} />
              </dt>
              <dd>
                <p className="mono" dir="ltr">
                  {now ?? founding}
                </p>
                {now === null ? null : (
                  <p className="fine">
                    <Say k="line.founding-key" given={{ fingerprint: <bdi className="mono">{founding}</bdi> }} />
                  </p>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <dl className="facts">
        <div className="fact">
          <dt>{t("line.charter")}</dt>
          <dd className="mono" dir="ltr">
            {charter.hash}
          </dd>
        </div>
        <div className="fact">
          <dt>{t("line.line")}</dt>
          <dd className="mono" dir="ltr">
            {charter.line}
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

function Suspended({ suspension: { name, since, reason } }: { readonly suspension: Suspension }) {
  const { t } = useWords();
  return (
    <p>
      <Tag tone="grave">{t("line.suspended")}</Tag>{" "}
      <Say
        k="line.suspended-since"
        given={{ party: name, at: <Time at={since} />, reason: t(`line.reason-${reason ?? "none"}`) }}
      />
    </p>
  );
}

function Left({ departure: { name, at, reason } }: { readonly departure: Departure }) {
  const { t } = useWords();
  return (
    <p>
      <Tag tone="grave">{t("line.left")}</Tag>{" "}
      <Say
        k="line.left-since"
        given={{ party: name, at: <Time at={at} />, reason: t(`line.reason-${reason ?? "none"}`) }}
      />
    </p>
  );
}

function PeerRow({ peer, own, place }: { readonly peer: PeerStatus; readonly own: number; readonly place: number }) {
  const { t } = useWords();
  const ago = useNow(1000, (now) => asSaid(now - (peer.last_exchange_at ?? now)));
  return (
    <li className="stack">
      <div className="row">
        <PartyLabel name={peer.name} place={place} />
        {peer.split ? <Tag tone="grave">{t("line.split-record")}</Tag> : null}
        <span className="quiet">
          {peer.last_exchange_at === null ? t("line.no-exchange") : t("line.last-exchange", { for: duration(t, ago) })}
        </span>
      </div>
      <p>{t("line.we-hold", { held: peer.size, known: peer.known_size, theirs: peer.they_hold, own })}</p>
      <ul className="row">
        {peer.ways.filter(isUsed).map((way) => (
          <WayRow key={way.carrier} way={way} />
        ))}
      </ul>
      {peer.last_fault === null ? null : (
        <p className="fine">
          <Say
            k="line.last-fault"
            given={{ at: <Time at={peer.last_fault.at} />, fault: <FaultWords fault={peer.last_fault} /> }}
          />{" "}
          <span className="mono">{peer.last_fault.code}</span>
        </p>
      )}
    </li>
  );
}

/** A carrier that goes there, or that has ever brought or taken something. */
function isUsed({ reaches, last_sent_at, last_heard_at }: Way): boolean {
  return reaches || last_sent_at !== null || last_heard_at !== null;
}

function WayRow({ way: { carrier, last_heard_at, last_fault } }: { readonly way: Way }) {
  const { t } = useWords();
  const ago = useNow(1000, (now) => asSaid(now - (last_heard_at ?? now)));
  const heard = last_heard_at === null ? t("line.way-silent") : t("line.way-heard", { for: duration(t, ago) });
  return (
    <li className="row fine">
      <Tag tone={last_fault === null ? "plain" : "warn"}>{t(`line.carrier-${carrier}`)}</Tag>
      <span className="quiet">{heard}</span>
      {last_fault === null ? null : <span className="mono">{last_fault.code}</span>}
    </li>
  );
}
