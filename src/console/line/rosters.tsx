/** Who speaks for each party: the officers of its newest roster, with their keys' fingerprints. */
import type { Client } from "../../api/index.ts";
import { useTask } from "../draft/use-task.ts";
import { useDesk } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { saveFile } from "../view/download.ts";
import { Button, Panel, PartyLabel, ProblemNotice, Tag } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { ToldFiles } from "../view/told-files.tsx";
import { Say, useWords } from "../words/say.tsx";
import { RosterHistory } from "./roster-history.tsx";

type Roster = Awaited<ReturnType<Client["rosters"]>>["rosters"][number];

interface Props {
  readonly rosters: readonly Roster[];
  /** Fingerprints of keys that their parties have revoked. */
  readonly revoked: readonly string[] | undefined;
  readonly nameOf: (party: string) => string;
}

export function Rosters({ rosters, revoked = [], nameOf }: Props) {
  const { t } = useWords();
  // Oldest first: the last of a party counts.
  const newest = [...new Map(rosters.map((roster) => [roster.party, roster])).values()];
  const allOf = (party: string) => rosters.filter((roster) => roster.party === party);
  return (
    <Panel title={t("charter.rosters")} aside={t("charter.rosters-aside")}>
      {newest.map((roster) => (
        <div key={roster.party} className="stack tight">
          <RosterTable roster={roster} revoked={revoked} name={nameOf(roster.party)} />
          <RosterHistory rosters={allOf(roster.party)} />
        </div>
      ))}
    </Panel>
  );
}

interface TableProps {
  readonly roster: Roster;
  readonly revoked: readonly string[];
  readonly name: string;
}

function RosterTable({ roster, revoked, name }: TableProps) {
  const { t, locales } = useWords();
  const placeOf = usePartyPlace();
  const listed = new Intl.ListFormat([...locales], { type: "unit" });
  return (
    <div className="stack tight">
      <div className="row">
        <PartyLabel name={name} place={placeOf(roster.party)} />
        <span className="fine">
          <Say k="charter.roster-at" given={{ seq: roster.seq, at: <Time at={roster.issued_at} /> }} />
        </span>
      </div>
      <div className="scroll-x">
        <table className="roster">
          <thead>
            <tr>
              <th scope="col">{t("charter.officer")}</th>
              <th scope="col">{t("charter.person")}</th>
              <th scope="col">{t("charter.roles")}</th>
              <th scope="col">{t("charter.key")}</th>
            </tr>
          </thead>
          <tbody>
            {roster.officers.map(({ id, person, roles, fingerprint }) => (
              <tr key={id}>
                <th scope="row">
                  <bdi>{id}</bdi> {revoked.includes(fingerprint) ? <Tag tone="grave">{t("line.revoked")}</Tag> : null}
                </th>
                <td>
                  <bdi>{person}</bdi>
                </td>
                <td>{listed.format(roles.map((role) => t(`frame.role-${role}`)))}</td>
                <td className="mono fine" dir="ltr">
                  {fingerprint}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Everything that was told and is in force. */
export function ToldPanel() {
  const { t } = useWords();
  return (
    <Panel title={t("paper.told")} aside={t("paper.told-aside")}>
      <ToldFiles query={{}} />
    </Panel>
  );
}

export function ExportPanel() {
  const { client } = useDesk();
  const { t } = useWords();
  const task = useTask();
  return (
    <Panel title={t("charter.export")} aside={t("charter.export-aside")}>
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button busy={task.busy} onPress={() => task.run(async () => saveFile("line.evidence", await client.export()))}>
          {t("charter.export-now")}
        </Button>
      </div>
    </Panel>
  );
}
