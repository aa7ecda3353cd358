/** A file that an officer brings: read in this page, with what is wrong in it on top, then drafted as one list. */
import { useState } from "react";
import { FileTrigger, Button as AriaButton } from "react-aria-components";
import { allMembers } from "../../api/index.ts";
import { IMPORTABLE_KINDS } from "../../intake/index.ts";
import { useTask } from "../draft/use-task.ts";
import { Columns } from "../list/columns.tsx";
import type { Corrections } from "../list/corrections.ts";
import { DifferenceView } from "../list/difference.tsx";
import { type Brought, readFile } from "../list/read-file.ts";
import { NewList } from "../list/new-list.tsx";
import { ReadRows } from "../list/rows.tsx";
import { useResource } from "../live/use-resource.ts";
import { useDesk } from "../session/desk.ts";
import { ChoiceField } from "../view/fields.tsx";
import { Button, Loading, Panel, ProblemNotice } from "../view/pieces.tsx";
import { Say, useWords } from "../words/say.tsx";

export function BringPage({ list }: { readonly list: string | null }) {
  return list === null ? <Bring list={null} /> : <BringOver id={list} />;
}

/** The members in force come with their signed bytes: the difference is made from those. */
function BringOver({ id }: { readonly id: string }) {
  const { client, node } = useDesk();
  const from = node.party;
  const members = useResource(`members ${id}`, () => allMembers(client, { from, id }), ["message"]);
  const reply = useResource(`list ${id}`, () => client.list({ params: { from, id }, query: { limit: 1 } }), []);
  if (members.value === null || reply.value === null) {
    const problem = members.problem ?? reply.problem;
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} />;
  }
  return <Bring list={{ summary: reply.value.list, members: members.value }} />;
}

function Bring({ list }: { readonly list: Brought["list"] }) {
  const { t } = useWords();
  const { client } = useDesk();
  const task = useTask();
  const [kind, setKind] = useState(list?.summary.kind ?? "");
  const [file, setFile] = useState<File | null>(null);
  const [brought, setBrought] = useState<Brought | null>(null);
  const read = (chosen: File, how: { corrections: Corrections | null; zone: string | null }) => {
    setFile(chosen);
    task.run(async () => setBrought(await readFile(chosen, { client, as: kind === "" ? null : kind, list, ...how })));
  };
  const bring = (chosen: File) => {
    setBrought(null);
    read(chosen, { corrections: null, zone: null });
  };
  /** What is shown stays until the file is read again. */
  const again = (how: { corrections?: Corrections; zone?: string | null }) => {
    if (file === null || brought === null || task.busy) return;
    read(file, { corrections: brought.corrections, zone: brought.zone, ...how });
  };
  return (
    <div className="page">
      <h1>
        {list === null ? t("bring.title") : <Say k="bring.title-difference" given={{ list: list.summary.name }} />}
      </h1>
      <Panel title={t("bring.file")}>
        <p className="fine">{t("bring.note")}</p>
        <div className="row">
          <FileTrigger
            onSelect={(files) => {
              const chosen = files?.[0];
              if (chosen !== undefined) bring(chosen);
            }}
          >
            <AriaButton className={`button ${file === null ? "primary" : ""}`}>
              {file === null ? t("bring.choose") : <bdi>{file.name}</bdi>}
            </AriaButton>
          </FileTrigger>
          {list === null ? <KindField kind={kind} onChange={setKind} /> : null}
          {file === null || list !== null ? null : (
            <Button disabled={task.busy} onPress={() => (brought === null ? bring(file) : again({}))}>
              {t("frame.again")}
            </Button>
          )}
        </div>
        {task.busy ? <Loading /> : null}
        <ProblemNotice problem={task.problem} />
      </Panel>
      {brought === null ? null : (
        <>
          <Columns
            brought={brought}
            onCorrect={(corrections) => again({ corrections })}
            onZone={(chosen) => again({ zone: chosen })}
          />
          {brought.incomplete === null ? <WhatWasRead brought={brought} /> : null}
        </>
      )}
    </div>
  );
}

function WhatWasRead({ brought }: { readonly brought: Brought }) {
  return (
    <>
      <ReadRows result={brought.result} />
      {brought.difference === null ? (
        <NewList brought={brought} />
      ) : (
        <DifferenceView brought={brought} difference={brought.difference} />
      )}
    </>
  );
}

function KindField({ kind, onChange }: { readonly kind: string; readonly onChange: (kind: string) => void }) {
  const { t, phrases } = useWords();
  const options = IMPORTABLE_KINDS.filter((each) => each !== "alert").map((value) => ({
    value: value as string,
    label: phrases.kinds[value],
  }));
  return (
    <ChoiceField
      label={t("bring.kind")}
      value={kind}
      options={[{ value: "", label: t("bring.kind-auto") }, ...options]}
      onChange={onChange}
    />
  );
}
