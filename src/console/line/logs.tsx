/** The line's logs: which generation each is in and how earlier ones ended, and which witnesses cosign our own. */
import type { Client, Status } from "../../api/index.ts";
import { parseLogOrigin } from "../../wire/id.ts";
import { usePartyPlace } from "../session/status.ts";
import { FaultWords, Panel, PartyLabel, Tag } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

type Closing = Awaited<ReturnType<Client["rosters"]>>["closings"][number];

interface LogsProps {
  readonly status: Status;
  readonly closings: readonly Closing[];
}

export function LogsPanel({ status, closings }: LogsProps) {
  const { t } = useWords();
  const placeOf = usePartyPlace();
  const own = { party: status.party, name: status.name, origin: status.log.origin, size: status.log.size };
  return (
    <Panel title={t("line.logs")} aside={t("line.logs-aside")}>
      <ul className="stack">
        {[own, ...status.peers].map(({ party, name, origin, size }) => (
          <li key={party} className="stack tight">
            <div className="row">
              <PartyLabel name={name} place={placeOf(party)} />
              <span>{t("line.generation", { generation: parseLogOrigin(origin).generation, size })}</span>
            </div>
            {closings
              .filter((closing) => closing.party === party)
              .map((closing) => (
                <Ended key={closing.next} closing={closing} />
              ))}
          </li>
        ))}
      </ul>
      <h3>{t("line.witnesses")}</h3>
      {status.witnesses.length === 0 ? <p className="quiet">{t("line.no-witness")}</p> : null}
      <ul className="stack">
        {status.witnesses.map((witness) => (
          <WitnessRow key={witness.name} witness={witness} held={status.log.size} />
        ))}
      </ul>
    </Panel>
  );
}

function Ended({ closing: { generation, size, next, cause, issued_at } }: { readonly closing: Closing }) {
  const { t } = useWords();
  const given = { generation, size, next, cause: t(`line.closed-${cause}`), at: <Time at={issued_at} /> };
  return (
    <p className="fine">
      <Say k="line.generation-ended" given={given} />
    </p>
  );
}

function WitnessRow({
  witness: { name, size, at, fault },
  held,
}: {
  readonly witness: Status["witnesses"][number];
  readonly held: number;
}) {
  const { t } = useWords();
  return (
    <li className="stack tight">
      <div className="row">
        <Tag tone={fault !== null ? "warn" : size >= held ? "good" : "plain"}>
          {fault === null ? t("line.outcome-ok") : t("line.outcome-failed")}
        </Tag>
        <bdi dir="ltr">{name}</bdi>
        <span className="quiet">
          {at === null ? (
            t("doctor.cosigned-none")
          ) : (
            <Say k="doctor.cosigned" given={{ size, held, at: <Time at={at} seconds /> }} />
          )}
        </span>
      </div>
      {fault === null ? null : (
        <p className="fine">
          <Say k="line.last-fault" given={{ at: <Time at={fault.at} />, fault: <FaultWords fault={fault} /> }} />{" "}
          <span className="mono">{fault.code}</span>
        </p>
      )}
    </li>
  );
}
