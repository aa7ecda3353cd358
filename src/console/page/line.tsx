import { useState } from "react";
import type { DoctorStep, PeerStatus, Suspension } from "../../api/index.ts";
import { useTask } from "../draft/use-task.ts";
import { reasonWords } from "../../line/index.ts";
import { useNow } from "../live/use-now.ts";
import { useResource } from "../live/use-resource.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { Button, Panel, PartyLabel, ProblemNotice, Tag } from "../view/pieces.tsx";
import { duration, Time } from "../view/time.tsx";

/** The line's health and its parties: who holds what of whose log, and whose keys they are. */
export function LinePage() {
  const { client } = useDesk();
  const status = useResource("status-page", () => client.status(), ["exchange", "receipt", "log", "message"]);
  const charter = useResource("charter", () => client.charter(), []);
  const placeOf = usePartyPlace();
  const mayDoctor = useMay("see the node's health");
  return (
    <div className="page">
      <h1>Line</h1>
      <ProblemNotice problem={status.problem ?? charter.problem} />
      {status.value === null ? null : (
        <Panel title="The other sides" aside={`our own log holds ${status.value.log.size} entries`}>
          {status.value.suspended.map((each) => (
            <Suspended key={each.party} suspension={each} />
          ))}
          <ul className="stack">
            {status.value.peers.map((peer) => (
              <PeerRow key={peer.party} peer={peer} own={status.value?.log.size ?? 0} place={placeOf(peer.party)} />
            ))}
          </ul>
        </Panel>
      )}
      {charter.value === null ? null : (
        <Panel title="Parties" aside="compare the fingerprints in person or by voice">
          <dl className="facts">
            {charter.value.parties.map((party) => (
              <div key={party.id} className="fact">
                <dt>
                  <PartyLabel name={party.name} place={placeOf(party.id)} />
                </dt>
                <dd className="mono">{party.fingerprint}</dd>
              </div>
            ))}
          </dl>
          <dl className="facts">
            <div className="fact">
              <dt>Charter</dt>
              <dd className="mono">{charter.value.hash}</dd>
            </div>
            <div className="fact">
              <dt>Line</dt>
              <dd className="mono">{charter.value.line}</dd>
            </div>
            <NotFor terms={charter.value.terms} />
          </dl>
        </Panel>
      )}
      {mayDoctor ? <DoctorPanel /> : null}
    </div>
  );
}

function NotFor({ terms }: { readonly terms: Readonly<Record<string, unknown>> }) {
  const text = terms["not_for"];
  if (typeof text !== "string" || text === "") return null;
  return (
    <div className="fact">
      <dt>What the line is not for</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </div>
  );
}

function Suspended({ suspension: { name, since, reason } }: { readonly suspension: Suspension }) {
  return (
    <p>
      <Tag tone="grave">suspended</Tag> <bdi>{name}</bdi> has suspended the line since <Time at={since} /> (
      {reasonWords(reason)}). Only sites, alerts and replies flow.
    </p>
  );
}

function PeerRow({ peer, own, place }: { readonly peer: PeerStatus; readonly own: number; readonly place: number }) {
  const now = useNow(1000);
  return (
    <li className="stack">
      <div className="row">
        <PartyLabel name={peer.name} place={place} />
        {peer.split ? <Tag tone="grave">split record</Tag> : null}
        <span className="quiet">
          {peer.last_exchange_at === null
            ? "no exchange yet"
            : `last exchange ${duration(now - peer.last_exchange_at)} ago`}
        </span>
      </div>
      <p>
        We hold {peer.size} of the {peer.known_size} entries of its log that are known. It has receipted{" "}
        {peer.they_hold} of our {own}.
      </p>
      {peer.last_fault === null ? null : (
        <p className="fine">
          Last fault, <Time at={peer.last_fault.at} />: {peer.last_fault.message}{" "}
          <span className="mono">{peer.last_fault.code}</span>
        </p>
      )}
    </li>
  );
}

const OUTCOMES: Record<DoctorStep["outcome"], "good" | "warn" | "grave" | "plain"> = {
  ok: "good",
  warning: "warn",
  failed: "grave",
  "not-tried": "plain",
};

function DoctorPanel() {
  const { client } = useDesk();
  const task = useTask();
  const [steps, setSteps] = useState<readonly DoctorStep[]>([]);
  return (
    <Panel title="Doctor" aside="tries every step of the line and names the one that fails">
      <div className="row">
        <Button busy={task.busy} onPress={() => task.run(async () => setSteps((await client.doctor()).steps))}>
          Examine the line
        </Button>
      </div>
      <ProblemNotice problem={task.problem} />
      <ul className="stack">
        {steps.map((step, i) => (
          <li key={i} className="row">
            <Tag tone={OUTCOMES[step.outcome]}>{step.outcome}</Tag>
            <span>{step.step}</span>
            <span className="quiet">
              {step.message} {step.next}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
